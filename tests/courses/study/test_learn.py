"""A learner finds the next thing, reads, says that a lesson is studied, and sees how far it is; nobody else does."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.study.models import Activity, DoneWhen, Lesson, LessonProgress, LessonState
from lms.courses.study.queries.learning import study_overview
from lms.courses.study.reckoning import Tally
from lms.quizzes.delivery.models import Response
from lms.quizzes.delivery.operations.closing import hand_in
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.papers.models import Assessment, AssessmentKind
from tests.counting import counted
from tests.courses.study.conftest import School
from tests.courses.study.stories import lesson_in, module_of
from tests.visitor import Visitor


@pytest.fixture
def learner(school: School) -> Visitor:
    return school.visit(school.learner)


def _read(school: School, lesson: Lesson) -> str:
    return f"{school.learn}/{lesson.public_id}"


def _quiz(school: School, lesson: Lesson | None = None, **fields: object) -> Assessment:
    given = {
        "kind": AssessmentKind.PRACTICE,
        "attempts_allowed": 0,
        "questions": 2,
        "title": "Luyện tập",
        **fields,
    }
    made = school.world.assessment(
        school.course_class, school.world.bank(school.centre), school.lecturer, **given
    )
    kind = "practice_quiz" if made.kind is AssessmentKind.PRACTICE else "assessment"
    with UnitOfWork():
        activity = Activity(
            class_id=school.course_class.id,
            module_id=school.module.id,
            lesson_id=lesson.id if lesson else None,
            kind=kind,
            target=made.public_id,
        )
        db.session.add(activity)
    return made


def _answer(
    school: School, assessment: Assessment, account: Account, slots: int, *, close: bool = False
) -> None:
    actor = school.world.actor(account)
    with UnitOfWork():
        attempt = start_attempt(actor=actor, assessment_id=assessment.public_id)
    with UnitOfWork():
        for slot in range(1, slots + 1):
            row = Response(attempt_id=attempt.id, slot=slot, revision=1, answer=["a"], client="t")
            row.idempotency_key, row.saved_at = f"k{slot}", clock.now()
            db.session.add(row)
    if close:
        with UnitOfWork():
            hand_in(actor=actor, attempt_id=attempt.public_id, grace=timedelta(0))


def _said(visitor: Visitor, url: str) -> str:
    return " ".join(visitor.page(url).text_content().split())


def test_the_way_from_the_first_lesson_to_the_last(school: School, learner: Visitor) -> None:
    first, second = (lesson_in(school.module, school.lecturer, title) for title in ("Bài A", "Bài B"))
    lesson_in(school.module, school.lecturer, "Bài nháp", state=LessonState.DRAFT)
    page = _said(learner, school.learn)
    assert "0/2" in page
    assert "Bắt đầu học" in page
    assert "Bài nháp" not in page
    assert "Bài 1/2" in _said(learner, _read(school, first))
    assert "Đang học dở" in _said(learner, school.learn)
    learner.post(f"{_read(school, first)}/done")
    assert "Bài tiếp: Bài B" in _said(learner, _read(school, first))
    assert "1/2" in _said(learner, school.learn)
    learner.post(f"{_read(school, second)}/done")
    assert "Đã học xong mọi bài" in _said(learner, school.learn)


def test_saying_it_twice_changes_nothing(school: School, learner: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer)
    learner.post(f"{_read(school, lesson)}/done")
    before = db.session.scalars(sa.select(LessonProgress.done_at)).one()
    learner.post(f"{_read(school, lesson)}/done")
    assert db.session.scalars(sa.select(LessonProgress.done_at)).one() == before


def test_a_lesson_that_counts_when_opened(school: School, learner: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer, done_when=DoneWhen.OPENED)
    assert "Đã học xong" not in _said(learner, _read(school, lesson))
    assert "1/1" in _said(learner, school.learn)
    learner.post(f"{_read(school, lesson)}/done", status=409)


def test_a_lesson_that_waits_for_its_practice(school: School, learner: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer, done_when=DoneWhen.ACTIVITIES)
    quiz = _quiz(school, lesson)
    page = learner.page(_read(school, lesson))
    assert page.xpath(f"//main//a[@href='/assessments/{quiz.public_id}']")
    learner.post(f"{_read(school, lesson)}/done", status=409)
    _answer(school, quiz, school.learner, 1)
    assert "0/2" in _said(learner, school.learn)
    with UnitOfWork():
        attempt_id = db.session.scalars(sa.select(Response.attempt_id)).first()
        db.session.add(
            Response(
                attempt_id=attempt_id,
                slot=2,
                revision=1,
                answer=["a"],
                idempotency_key="k2",
                saved_at=clock.now(),
            )
        )
    assert "2/2" in _said(learner, school.learn)
    assert db.session.scalars(sa.select(LessonProgress.done_at)).one() is not None


def test_a_graded_assessment_is_done_when_handed_in(school: School, learner: Visitor) -> None:
    test = _quiz(school, kind=AssessmentKind.MODULE_TEST, attempts_allowed=1, title="Kiểm tra chuyên đề")
    assert "Kiểm tra chuyên đề" in _said(learner, school.learn)
    other = school.world.learner(school.centre, school.course_class)
    _answer(school, test, other, 2)
    _answer(school, test, school.learner, 1, close=True)
    assert "1/1" in _said(learner, school.learn)
    assert "0/1" in _said(school.visit(other), school.learn)


def test_what_was_taken_back_is_neither_shown_nor_counted(school: School, learner: Visitor) -> None:
    lesson_in(school.module, school.lecturer)
    quiz = _quiz(school)
    with UnitOfWork():
        db.session.execute(sa.update(Assessment).where(Assessment.id == quiz.id).values(state="draft"))
    page = _said(learner, school.learn)
    assert "Luyện tập" not in page
    assert "0/1" in page


def test_a_class_without_lessons_says_so(school: School, learner: Visitor) -> None:
    assert "Lớp chưa có bài học" in _said(learner, school.learn)


def test_home_and_class_page_count_lessons_and_tasks_alike(school: School, learner: Visitor) -> None:
    first, second = (lesson_in(school.module, school.lecturer, title) for title in ("Bài A", "Bài B"))
    quiz = _quiz(school, second)
    learner.post(f"{_read(school, first)}/done")
    for url in ("/", school.learn):
        assert "Đã xong 1/3 bài và việc bắt buộc" in _said(learner, url)
    overview = study_overview(school.learner.id)
    assert [(one.course_class.id, one.whole, one.next) for one in overview] == [
        (school.course_class.id, Tally(1, 3), overview[0].next)
    ]
    assert learner.page("/").xpath(f"//main//a[@href='{_read(school, second)}']"), "the same next step"
    learner.get(_read(school, second))
    _answer(school, quiz, school.learner, 2)
    assert "Đã xong 2/3 bài và việc bắt buộc" in _said(learner, "/")
    assert study_overview(school.staff.id) == []


def test_two_classes_of_one_programme_are_counted_apart(school: School, learner: Visitor) -> None:
    lesson_in(school.module, school.lecturer)
    _quiz(school)
    with UnitOfWork():
        again = CourseClass(
            unit_id=school.centre.id,
            programme_id=school.course_class.programme_id,
            code="LAI",
            title="Lớp học lại",
            starts_on=school.course_class.starts_on,
            ends_on=school.course_class.ends_on,
        )
        db.session.add(again)
    with counted() as alone:
        study_overview(school.learner.id)
    school.world.enrol(school.learner, again)
    with counted() as both:
        overview = study_overview(school.learner.id)
    assert {one.course_class.title: one.whole for one in overview} == {
        school.course_class.title: Tally(0, 2),
        "Lớp học lại": Tally(0, 1),
    }
    assert len(both) == len(alone)
    assert "Đã xong 0/1 bài và việc bắt buộc" in _said(learner, f"/learn/{again.public_id}")


def test_what_cannot_be_done_now_is_not_the_next_thing(school: School, learner: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer)
    late = _quiz(
        school, lesson, title="Kiểm tra đã đóng", kind=AssessmentKind.MODULE_TEST, attempts_allowed=1
    )
    with UnitOfWork():
        late.opens_at, late.closes_at = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
    learner.post(f"{_read(school, lesson)}/done")
    page = _said(learner, school.learn)
    assert "Lúc này chưa có việc nào làm được" in page
    assert "Đã học xong mọi bài" not in page
    assert "Đã xong 1/2" in page
    assert "Hiện không có việc phải làm" in _said(learner, "/")


def test_a_class_that_is_over_asks_for_nothing(school: School, learner: Visitor) -> None:
    lesson_in(school.module, school.lecturer, "Bài còn lại")
    assert "Bài còn lại" in _said(learner, "/")
    with UnitOfWork():
        school.course_class.starts_on = school.course_class.ends_on = clock.now().date() - timedelta(days=9)
    page = _said(learner, "/")
    assert "Bài còn lại" not in page
    assert "Đã xong 0/1 bài và việc bắt buộc" in page


def test_only_who_is_in_the_class_reads(school: School, stranger: Visitor) -> None:
    world, lesson = school.world, lesson_in(school.module, school.lecturer)
    other_class = world.learner(school.centre, world.course_class(school.centre))
    for account in (world.learner(school.centre), other_class, school.lecturer, school.staff):
        visitor = school.visit(account)
        visitor.get(school.learn, 404)
        visitor.get(_read(school, lesson), 404)
        visitor.post(f"{_read(school, lesson)}/done", status=404)
    stranger.get(school.learn, 302)
    assert db.session.scalars(sa.select(LessonProgress)).all() == []


def test_who_withdrew_reads_no_more(school: School, learner: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer)
    learner.get(_read(school, lesson))
    with UnitOfWork():
        db.session.execute(sa.update(Enrolment).values(state=EnrolmentState.WITHDRAWN))
    learner.get(_read(school, lesson), 404)


def test_a_lesson_of_another_programme_is_not_read_through_this_class(
    school: School, learner: Visitor
) -> None:
    other = lesson_in(module_of(school.world.course_class(school.centre).programme), school.lecturer)
    learner.get(_read(school, other), 404)
