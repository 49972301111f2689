"""Who keeps or teaches a class gives it something to do: a practice quiz, a graded assessment; in order, required or not."""

import pytest
import sqlalchemy as sa

from lms.audit.queries import trail
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import ClassLecturer
from lms.courses.study.models import Activity
from lms.quizzes.papers.models import Assessment, AssessmentKind
from tests.courses.study.conftest import School
from tests.courses.study.stories import lesson_in
from tests.visitor import Visitor


@pytest.fixture
def staff(school: School) -> Visitor:
    return school.visit(school.staff)


def _practice(school: School, title: str = "Luyện tập một", **fields: object) -> Assessment:
    bank = school.world.bank(school.centre)
    given = {"kind": AssessmentKind.PRACTICE, "attempts_allowed": 0, "questions": 2, "title": title, **fields}
    return school.world.assessment(school.course_class, bank, school.lecturer, **given)


def _give(school: School, what: Assessment, kind: str = "practice_quiz", **changes: str) -> dict[str, str]:
    return {
        "give-what": f"{kind}:{what.public_id}",
        "give-where": school.module.public_id,
        "give-required": "y",
        **changes,
    }


def _activities() -> list[Activity]:
    return list(db.session.scalars(sa.select(Activity).order_by(Activity.position, Activity.id)))


def test_a_practice_quiz_is_given(school: School, staff: Visitor) -> None:
    quiz = _practice(school)
    staff.post(f"{school.study}/activities", _give(school, quiz))
    made = _activities()[0]
    assert (made.kind, made.target, made.required) == ("practice_quiz", quiz.public_id, True)
    page = staff.page(school.study).text_content()
    assert "Luyện tập một" in page
    assert "Trả lời hết các câu một lượt" in page
    assert trail("course_class", school.course_class.id)[0].action == "class.activity_added"


def test_only_what_is_released_for_this_class_is_offered(school: School, staff: Visitor) -> None:
    mine, draft = _practice(school), _practice(school, "Bản nháp", released=False)
    graded = _practice(school, "Kiểm tra", kind=AssessmentKind.MODULE_TEST, attempts_allowed=1)
    other = school.world.assessment(
        school.world.course_class(school.centre), school.world.bank(school.centre), school.lecturer
    )
    offered = set(staff.page(school.study).xpath("//select[@name='give-what']//option/@value"))
    assert offered == {"", f"practice_quiz:{mine.public_id}", f"assessment:{graded.public_id}"}
    for wrong in (draft, other):
        staff.post(f"{school.study}/activities", _give(school, wrong), 422)
    staff.post(f"{school.study}/activities", _give(school, graded, "practice_quiz"), 422)
    assert _activities() == []


def test_the_same_is_given_once(school: School, staff: Visitor) -> None:
    quiz = _practice(school)
    staff.post(f"{school.study}/activities", _give(school, quiz))
    staff.post(f"{school.study}/activities", _give(school, quiz), 422)
    assert len(_activities()) == 1


def test_an_activity_belongs_to_a_lesson_of_its_module(school: School, staff: Visitor) -> None:
    quiz, lesson = _practice(school), lesson_in(school.module, school.lecturer)
    where = f"{school.module.public_id}:{lesson.public_id}"
    staff.post(f"{school.study}/activities", _give(school, quiz, **{"give-where": where}))
    assert _activities()[0].lesson_id == lesson.id


def test_activities_are_ordered_made_optional_and_taken_out(school: School, staff: Visitor) -> None:
    for title in ("Một", "Hai"):
        staff.post(f"{school.study}/activities", _give(school, _practice(school, title)))
    first, second = _activities()
    at = f"{school.study}/activities"
    staff.post(f"{at}/{second.public_id}/move?to=up")
    assert [one.id for one in _activities()] == [second.id, first.id]
    staff.post(f"{at}/{first.public_id}/required?to=optional")
    assert [one.required for one in _activities()] == [True, False]
    staff.post(f"{at}/{second.public_id}/remove")
    assert [one.id for one in _activities()] == [first.id]


def test_a_lecturer_of_the_class_arranges_and_another_only_looks(school: School) -> None:
    quiz, other = _practice(school), school.world.person(Role.LECTURER, school.centre)
    with UnitOfWork():
        db.session.add(ClassLecturer(class_id=school.course_class.id, account_id=school.lecturer.id))
    looking = school.visit(other)
    assert not looking.page(school.study).xpath("//select[@name='give-what']")
    looking.post(f"{school.study}/activities", _give(school, quiz), 403)
    school.visit(school.lecturer).post(f"{school.study}/activities", _give(school, quiz))
    assert len(_activities()) == 1


def test_while_no_lecturer_is_named_any_of_the_centre_arranges(school: School) -> None:
    school.visit(school.lecturer).post(f"{school.study}/activities", _give(school, _practice(school)))
    assert len(_activities()) == 1


def test_a_stranger_may_not(school: School, staff: Visitor, stranger: Visitor) -> None:
    staff.post(f"{school.study}/activities", _give(school, _practice(school)))
    url = f"{school.study}/activities/{_activities()[0].public_id}/remove"
    stranger.post(url)
    elsewhere = school.visit(school.world.person(Role.STAFF, school.world.centre("B")))
    elsewhere.get(school.study, 404)
    elsewhere.post(url, status=404)
    school.visit(school.learner).post(url, status=403)
    school.visit(school.world.person(Role.OVERSEER, school.centre)).post(url, status=403)
    foreign = school.world.course_class(school.centre)
    staff.post(
        f"/classes/{foreign.public_id}/study/activities/{_activities()[0].public_id}/remove", status=404
    )
    assert len(_activities()) == 1
