"""Staff and lecturers see how far each learner is, and who has not started; the same statements at any size."""

import time

import sqlalchemy as sa

from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.courses.study.models import Activity, Lesson, LessonProgress
from lms.quizzes.papers.models import AssessmentKind
from tests.counting import counted
from tests.courses.study.conftest import School
from tests.courses.study.stories import lesson_in, module_of
from tests.visitor import Visitor

LEARNERS, MODULES = 120, 18
MOST = 8
"""Ten with an essay among the tasks: the room that marks essays answers for them in two."""


def _rows(visitor: Visitor, url: str) -> dict[str, list[str]]:
    return {
        " ".join(row.xpath("./th")[0].text_content().split()): [
            " ".join(cell.text_content().split()) for cell in row.xpath("./td")
        ]
        for row in visitor.page(url).xpath("//tbody/tr")
    }


def test_each_learner_by_module(school: School) -> None:
    world = school.world
    second = module_of(school.course_class.programme, "Chuyên đề hai")
    first = lesson_in(school.module, school.lecturer)
    lesson_in(second, school.lecturer)
    idle = world.learner(school.centre, school.course_class, "Lê Văn Ân")
    school.visit(school.learner).post(f"{school.learn}/{first.public_id}/done")
    for account in (school.staff, school.lecturer, world.person(Role.OVERSEER, school.centre)):
        visitor = school.visit(account)
        rows = _rows(visitor, f"{school.study}/progress")
        assert rows["Trần Thị Bình"][1:] == ["1/2", "đủ 1/1", "0/1"]
        assert rows["Lê Văn Ân · chưa bắt đầu"][1:] == ["0/2", "0/1", "0/1"]
        assert list(_rows(visitor, f"{school.study}/progress?state=none")) == ["Lê Văn Ân · chưa bắt đầu"]
        assert idle.full_name in visitor.get(f"{school.study}/progress").get_data(as_text=True)
    assert "đã bắt đầu" in school.visit(school.staff).page(f"{school.study}/progress").text_content()


def test_a_class_without_lessons_says_so(school: School) -> None:
    page = school.visit(school.staff).page(f"{school.study}/progress").text_content()
    assert "Lớp chưa có gì để học" in page


def test_a_class_without_learners_says_so(school: School) -> None:
    lesson_in(school.module, school.lecturer)
    with UnitOfWork():
        db.session.execute(sa.update(Enrolment).values(state=EnrolmentState.WITHDRAWN))
    page = school.visit(school.staff).page(f"{school.study}/progress").text_content()
    assert "Lớp chưa có học viên" in page
    assert "Không có dòng nào khớp" not in page


def test_a_choice_that_nobody_fits_says_what_that_means(school: School) -> None:
    lesson = lesson_in(school.module, school.lecturer)
    staff = school.visit(school.staff)
    assert "Chưa ai học đủ" in staff.page(f"{school.study}/progress?state=whole").text_content()
    school.visit(school.learner).post(f"{school.learn}/{lesson.public_id}/done")
    assert "Ai cũng đã bắt đầu học" in staff.page(f"{school.study}/progress?state=none").text_content()


def test_a_stranger_may_not(school: School, stranger: Visitor) -> None:
    url = f"{school.study}/progress"
    stranger.get(url, 302)
    school.visit(school.learner).get(url, 403)
    school.visit(school.world.person(Role.STAFF, school.world.centre("B"))).get(url, 404)


def test_a_hundred_and_twenty_learners_in_eighteen_modules_cost_ten_statements(school: School) -> None:
    world, moment = school.world, clock.now()
    lesson_in(school.module, school.lecturer)
    for number in range(2, MODULES + 1):
        lesson_in(module_of(school.course_class.programme, f"Chuyên đề {number}"), school.lecturer)
    bank = world.bank(school.centre)
    for kind, name in (
        (AssessmentKind.PRACTICE, "practice_quiz"),
        (AssessmentKind.MODULE_TEST, "assessment"),
    ):
        made = world.assessment(school.course_class, bank, school.lecturer, kind=kind)
        with UnitOfWork():
            db.session.add(
                Activity(
                    class_id=school.course_class.id,
                    module_id=school.module.id,
                    kind=name,
                    target=made.public_id,
                )
            )
    accounts = [
        world.person(Role.LEARNER, school.centre, f"Học viên {number}") for number in range(LEARNERS - 1)
    ]
    with UnitOfWork():
        lessons = list(db.session.scalars(sa.select(Lesson.id)))
        for account in accounts:
            db.session.add(
                Enrolment(class_id=school.course_class.id, account_id=account.id, enrolled_at=moment)
            )
        for account in accounts[::2]:
            for lesson in lessons[::2]:
                db.session.add(
                    LessonProgress(lesson_id=lesson, account_id=account.id, opened_at=moment, done_at=moment)
                )
    staff = school.visit(school.staff)
    address = school.study
    staff.send("GET", address)
    with counted() as statements:
        begun = time.perf_counter()
        rows = _rows(staff, f"{address}/progress")
        took = time.perf_counter() - begun
    assert len(rows) == LEARNERS
    assert len(statements) <= MOST, f"{len(statements)} in {took:.2f} s"
    with counted() as statements:
        staff.get(address)
    assert len(statements) <= 12
