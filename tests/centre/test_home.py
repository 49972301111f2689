"""The first page: one next thing for a learner, what waits for everybody else."""

from datetime import timedelta

from flask import Flask

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, begin_write, db
from lms.courses.attendance.models import ClassMeeting, Half
from lms.courses.classes.models import ClassQuota
from lms.courses.nominations import operations as nominations
from lms.courses.nominations.operations import Typed
from lms.quizzes.bank.models import QuestionState
from lms.quizzes.grading.models import EssayState, EssayTask
from lms.quizzes.papers.models import AssessmentKind
from tests.counting import counted
from tests.courses.study.stories import lesson_in, module_of
from tests.visitor import Visitor
from tests.world import World


def home(app: Flask, account: Account) -> str:
    return Visitor(app).sign_in_as(account).get("/").get_data(as_text=True)


def test_a_learner_sees_the_open_assessment_first(app: Flask, world: World) -> None:
    centre = world.centre()
    course_class, bank, lecturer = (
        world.course_class(centre),
        world.bank(centre),
        world.person(Role.LECTURER, centre),
    )
    world.assessment(
        course_class,
        bank,
        lecturer,
        kind=AssessmentKind.PRACTICE,
        title="Luyện tập",
        attempts_allowed=0,
        minutes=None,
    )
    graded = world.assessment(course_class, bank, lecturer, title="Bài đang mở")
    world.assessment(
        course_class,
        bank,
        lecturer,
        title="Bài sắp tới",
        opens_at=clock.now() + timedelta(days=1),
        closes_at=clock.now() + timedelta(days=2),
    )
    learner = world.learner(centre, course_class)
    visitor = Visitor(app).sign_in_as(learner)
    page = visitor.page("/")
    assert page.xpath("//main//h2")[0].text_content().strip() == "Bài đang mở"
    assert [
        link.text_content().strip() for link in page.xpath('//main//a[contains(@class, "btn-primary")]')
    ] == ["Vào thi"]
    visitor.post(f"/assessments/{graded.public_id}/start")
    assert "Làm tiếp" in visitor.get("/").get_data(as_text=True)


def test_a_learner_without_work_is_told_so(app: Flask, world: World) -> None:
    assert "Hiện không có việc phải làm" in home(app, world.learner(world.centre()))


def test_a_learner_always_finds_attendance_and_essays(app: Flask, world: World) -> None:
    centre = world.centre()
    course_class = world.course_class(centre)
    learner = world.learner(centre, course_class)
    assert "/my-attendance" in home(app, learner), "a class without lessons has half days too"
    assert "/my-essays" not in home(app, learner)
    lecturer = world.person(Role.LECTURER, centre)
    task = EssayTask(
        class_id=course_class.id,
        title="Bài thu hoạch cuối khóa",
        prompt="",
        state=EssayState.PUBLISHED,
        author_id=lecturer.id,
        created_at=clock.now(),
    )
    with UnitOfWork():
        begin_write()
        db.session.add(task)
    assert "/my-essays" in home(app, learner), "a mark stays in reach after the essay is published"
    assert "/my-attendance" not in home(app, world.learner(centre))


def test_everybody_else_sees_what_waits(app: Flask, world: World) -> None:
    centre = world.centre()
    lecturer, leader = world.person(Role.LECTURER, centre), world.person(Role.LEADER, centre)
    staff = world.person(Role.STAFF, centre)
    course_class, bank = world.course_class(centre), world.bank(centre)
    world.question(bank, lecturer, state=QuestionState.IN_REVIEW)
    running = world.assessment(course_class, bank, lecturer, title="Ca đang mở")
    visitor = Visitor(app).sign_in_as(world.learner(centre, course_class))
    visitor.post(f"/assessments/{running.public_id}/start")
    draft = world.assessment(course_class, bank, lecturer, title="Đề chờ ký", released=False)
    with UnitOfWork():
        draft.submitted_at = clock.now()
    for_leader = home(app, leader)
    assert "1 câu chờ duyệt" in for_leader
    assert "Đề chờ phát hành: Đề chờ ký" in for_leader
    assert "Đang làm 1, đã nộp 0" in for_leader
    assert "chờ duyệt" not in home(app, lecturer)
    with UnitOfWork():
        running.closes_at = clock.now() - timedelta(minutes=1)
    assert "Chưa công bố điểm: Ca đang mở" in home(app, staff)


def test_a_lecturer_is_told_of_the_next_half_day_and_of_unsaved_lessons(app: Flask, world: World) -> None:
    centre = world.centre()
    lecturer, colleague = world.person(Role.LECTURER, centre), world.person(Role.LECTURER, centre)
    course_class = world.course_class(centre)
    today = clock.to_local(clock.now()).date()
    lesson = lesson_in(module_of(course_class.programme), lecturer, "Bài soạn dở")
    with UnitOfWork():
        for away, half in ((8, Half.MORNING), (1, Half.EVENING), (2, Half.MORNING)):
            taught = ClassMeeting(class_id=course_class.id, held_on=today + timedelta(days=away), half=half)
            taught.lecturer_id, taught.room = lecturer.id, "Hội trường A"
            db.session.add(taught)
    typed = {"title": "", "html": "<p>Gõ dở</p>", "revision": 1, "done_when": "confirmed"}
    Visitor(app).sign_in_as(lecturer).post_json(f"/lessons/{lesson.public_id}/draft", typed)
    page = home(app, lecturer)
    day = (today + timedelta(days=1)).strftime("%d/%m")
    assert f"Dạy buổi tối {day}: {course_class.title}, Hội trường A" in page
    assert page.count("Dạy buổi") == 1
    assert "Bài học “Bài soạn dở” còn phần chưa lưu" in page
    assert "Dạy buổi" not in home(app, colleague)
    assert "còn phần chưa lưu" not in home(app, colleague)


def test_the_desk_costs_few_statements_and_crosses_no_centre(app: Flask, world: World) -> None:
    centre = world.centre()
    world.question(world.bank(centre), world.person(Role.LECTURER, centre), state=QuestionState.IN_REVIEW)
    elsewhere = world.person(Role.LEADER, world.centre("Trung tâm khác"))
    visitor = Visitor(app).sign_in_as(elsewhere)
    visitor.get("/")
    with counted() as statements:
        page = visitor.get("/").get_data(as_text=True)
    assert "chờ duyệt" not in page
    assert len(statements) <= 8


def test_a_stranger_is_asked_to_sign_in(stranger: Visitor) -> None:
    assert "/sign-in" in stranger.get("/", 302).headers["Location"]


def test_a_unit_is_told_which_class_waits_for_its_people(app: Flask, world: World) -> None:
    centre = world.centre()
    unit, other = world.unit("Đảng ủy xã Một", centre), world.unit("Đảng ủy xã Hai", centre)
    course_class = world.course_class(centre)
    liaison, stranger = world.person(Role.UNIT, unit), world.person(Role.UNIT, other)
    assert "Hiện không có việc nào đang chờ" in home(app, liaison)
    due = clock.to_local(clock.now()).date() + timedelta(days=9)
    with UnitOfWork():
        course_class.title, course_class.nominate_by = "Lớp đảng viên mới", due
        db.session.add(ClassQuota(class_id=course_class.id, unit_id=unit.id, places=2))
    text = home(app, liaison)
    assert f"Cử người đi học lớp đảng viên mới: hạn {due:%d/%m/%Y}, còn 2 chỗ" in text
    assert f"/nominate/{course_class.public_id}" in text
    assert "đơn vị chưa có chỉ tiêu" in home(app, stranger)
    actor = world.actor(liaison)
    with UnitOfWork():
        found = nominations.begin_list(actor=actor, course_class=course_class, unit=unit)
    for name in ("Lê Văn Một", "Lê Văn Hai"):
        with UnitOfWork():
            nominations.add_row(actor=actor, nomination_list=found, typed=Typed(full_name=name))
    assert "Chưa gửi trung tâm: danh sách 2 người cho lớp đảng viên mới" in home(app, liaison)
    assert found.public_id not in home(app, stranger)
    with UnitOfWork():
        nominations.send(actor=actor, nomination_list=found, url="/")
    assert "Hiện không có việc nào đang chờ" in home(app, liaison), "its places are filled"
