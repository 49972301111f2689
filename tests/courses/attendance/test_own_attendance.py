"""A learner sees the own absences, what may still be missed, and what comes next; a monitor what is to be called."""

from datetime import timedelta

from lms.core.actor import Role
from lms.core.db import UnitOfWork
from lms.courses.attendance import queries
from lms.courses.attendance.models import Half, Leave
from lms.courses.classes.models import EnrolmentState
from tests.counting import counted
from tests.courses.attendance.stories import LONG_AGO, TODAY, TOMORROW, YESTERDAY, RollStory
from tests.visitor import Visitor


def _text(visitor: Visitor, url: str = "/my-attendance") -> str:
    return " ".join(visitor.page(url).text_content().split())


def _plan(told: RollStory, half_days: int = 8) -> None:
    for number in range(half_days):
        told.meeting(TOMORROW + timedelta(days=number), Half.MORNING, room="Hội trường 1")


def test_in_words_how_much_may_still_be_missed(told: RollStory) -> None:
    _plan(told)
    told.called(LONG_AGO, Half.MORNING, {told.an.id: Leave.EXCUSED})
    told.called(YESTERDAY, Half.MORNING, {told.binh.id: Leave.UNEXCUSED})
    text = _text(told.visitor(told.an))
    for part in (
        "Còn được vắng 4 tiết",
        "Cả khóa 40 tiết, được vắng nhiều nhất 8 tiết (20 %)",
        "50,00 %",
        "4/8 tiết đã điểm danh",
        "Sáng thứ Hai 16/11/2026 · 4 tiết · có phép",
        "Hội trường 1",
    ):
        assert part in text
    assert "22/11/2026" not in text
    assert "Chưa vắng buổi nào" in _text(told.visitor(told.duc))


def test_near_the_limit_and_over_it(told: RollStory) -> None:
    _plan(told, 2)
    for number in range(3):
        told.called(
            LONG_AGO + timedelta(days=number),
            Half.MORNING,
            {told.an.id: Leave.EXCUSED, **({told.binh.id: Leave.UNEXCUSED} if number == 0 else {})},
        )
    assert "Đã vắng quá mức cho phép" in _text(told.visitor(told.an))
    near = _text(told.visitor(told.binh))
    assert "Còn được vắng 0 tiết" in near
    assert "Vắng thêm một buổi nữa là quá mức 20 %" in near


def test_empty_pages_say_what_will_stand_here(told: RollStory) -> None:
    assert "Lớp chưa có thời khóa biểu" in _text(told.visitor(told.an))
    assert "Chưa ở trong lớp nào" in _text(told.visitor(told.world.learner(told.unit)))


def test_another_class_of_ones_own_but_nobody_elses(told: RollStory) -> None:
    other, foreign = told.world.course_class(told.centre), told.world.course_class(told.centre)
    told.world.enrol(told.an, other)
    _plan(told)
    visitor = told.visitor(told.an)
    for course_class in (other, told.course_class):
        assert course_class.title in _text(visitor, f"/my-attendance/{course_class.public_id}")
    visitor.get(f"/my-attendance/{foreign.public_id}", 404)
    with UnitOfWork():
        told.enrolment(told.an, other).state = EnrolmentState.WITHDRAWN
    visitor.get(f"/my-attendance/{other.public_id}", 404)
    told.staff.get("/my-attendance", 403)


def test_a_monitor_sees_what_is_to_be_called(told: RollStory) -> None:
    told.meeting(LONG_AGO, Half.MORNING)
    called = told.called(YESTERDAY, Half.MORNING, {})
    due = [told.meeting(YESTERDAY, Half.AFTERNOON), told.meeting(TODAY, Half.MORNING)]
    told.meeting(TOMORROW, Half.MORNING)
    page = told.visitor(told.hoa).page("/my-attendance")
    asked = page.xpath("//a[contains(@class, 'btn-primary')][starts-with(@href, '/rolls/')]/@href")
    assert asked == [f"/rolls/{one.public_id}" for one in due]
    assert not told.visitor(told.an).page("/my-attendance").xpath("//a[starts-with(@href, '/rolls/')]")
    monitor = told.hoa.id
    with counted() as statements:
        found = queries.monitored_rolls(monitor, YESTERDAY, TODAY)
    assert len(statements) == 1
    assert [(one.key, one.absent) for one in found] == [
        (due[1].public_id, None),
        (due[0].public_id, None),
        (called.public_id, 0),
    ]
    assert queries.monitored_rolls(told.an.id, YESTERDAY, TODAY) == []


def test_a_monitor_finds_a_called_roll_again_to_correct_it(told: RollStory) -> None:
    old = told.called(LONG_AGO, Half.MORNING, {})
    fresh = told.called(TODAY, Half.MORNING, {told.an.id: Leave.UNEXCUSED})
    monitor = told.visitor(told.hoa)
    page = monitor.page("/my-attendance")
    links = {
        one.get("href"): " ".join(one.text_content().split())
        for one in page.xpath("//a[starts-with(@href, '/rolls/')]")
    }
    assert list(links) == [f"/rolls/{fresh.public_id}", f"/rolls/{old.public_id}"]
    assert links[f"/rolls/{fresh.public_id}"].endswith("Đã điểm danh, vắng 1 người · còn sửa được")
    assert links[f"/rolls/{old.public_id}"].endswith("Đã điểm danh, cả lớp có mặt")
    home = monitor.page("/")
    assert home.xpath("//a[starts-with(@href, '/rolls/')]/@href") == [f"/rolls/{fresh.public_id}"]
    assert "/rolls/" not in told.visitor(told.an).get("/").text


def test_staff_is_offered_every_roll_that_was_forgotten(told: RollStory) -> None:
    old = told.meeting(LONG_AGO, Half.MORNING)
    told.meeting(TOMORROW, Half.MORNING)
    scope = told.world.actor(told.world.person(Role.STAFF, told.centre)).scope(Role.STAFF)
    foreign = told.world.actor(told.world.person(Role.STAFF, told.world.centre("Khác"))).scope(Role.STAFF)
    assert [one.key for one in queries.rolls_missing(scope, TODAY)] == [old.public_id]
    assert queries.rolls_missing(foreign, TODAY) == []


def test_a_class_that_is_over_offers_no_more_absences(told: RollStory) -> None:
    told.called(LONG_AGO, Half.MORNING, {})
    with UnitOfWork():
        told.course_class.starts_on, told.course_class.ends_on = LONG_AGO, LONG_AGO
    page = _text(told.visitor(told.an), f"/my-attendance/{told.course_class.public_id}")
    assert "Khóa học đã kết thúc, đủ chuyên cần" in page
    assert "Còn được vắng" not in page
