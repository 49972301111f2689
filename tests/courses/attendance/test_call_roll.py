"""The monitor or staff calls the roll of a half day; everybody is present until marked."""

from datetime import timedelta

import pytest

from lms.audit.queries import trail
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import ClassMeeting, Half, Leave
from lms.courses.classes.models import EnrolmentState
from lms.notices.models import Notice
from tests.courses.attendance.stories import LONG_AGO, TODAY, TOMORROW, YESTERDAY, RollStory, roll
from tests.visitor import Visitor


def _address(meeting: ClassMeeting) -> str:
    return f"/rolls/{meeting.public_id}"


def _fresh(meeting: ClassMeeting) -> ClassMeeting:
    db.session.expire_all()
    return db.session.get_one(ClassMeeting, meeting.id)


def test_the_monitor_marks_two_and_the_rest_is_present(told: RollStory) -> None:
    meeting, monitor = told.meeting(), told.visitor(told.hoa)
    names = [
        one.text_content() for one in monitor.page(_address(meeting)).xpath("//span[@class='roll-name']")
    ]
    assert names == ["Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Đức", "Phạm Thị Hòa"]
    sent = roll((told.an, "unexcused"), (told.duc, "excused"), (told.binh, ""))
    sent[f"note-{told.duc.public_id}"] = "  Đi công tác  "
    answer = monitor.post(_address(meeting), sent)
    assert answer.headers["Location"] == _address(meeting)
    assert told.absent(meeting) == {"Nguyễn Văn An": Leave.UNEXCUSED, "Lê Minh Đức": Leave.EXCUSED}
    stored = _fresh(meeting)
    assert (stored.called_by_id, stored.revision) == (told.hoa.id, 2)
    page = monitor.page(_address(meeting))
    assert page.xpath(f"string(//input[@name='note-{told.duc.public_id}']/@value)") == "Đi công tác"
    assert page.xpath(f"string(//input[@name='roll-{told.an.public_id}'][@checked]/@value)") == "unexcused"


def test_a_roll_where_everybody_came_is_called_too(told: RollStory) -> None:
    meeting = told.meeting()
    told.visitor(told.hoa).post(_address(meeting), roll())
    assert told.absent(meeting) == {}
    assert _fresh(meeting).called_at is not None


def test_a_correction_says_who_changed_what(told: RollStory) -> None:
    meeting = told.meeting()
    told.visitor(told.hoa).post(_address(meeting), roll((told.an, "unexcused")))
    told.staff.post(_address(meeting), roll((told.an, "excused"), (told.binh, "unexcused"), revision=2))
    told.staff.post(_address(meeting), roll((told.an, "excused"), revision=3))
    assert told.absent(meeting) == {"Nguyễn Văn An": Leave.EXCUSED}
    assert _fresh(meeting).called_by_id == told.hoa.id
    last, corrected, called = trail("class_meeting", meeting.id)
    assert (called.action, called.actor_name) == ("roll.called", "Phạm Thị Hòa")
    assert called.data == {"absent": {told.an.public_id: "unexcused"}}
    assert (corrected.action, corrected.actor_name) == ("roll.corrected", "Vũ Giáo Vụ")
    assert corrected.data["changed"] == {
        told.an.public_id: ["unexcused", "excused"],
        told.binh.public_id: ["present", "unexcused"],
    }
    assert last.data == {"changed": {told.binh.public_id: ["unexcused", "present"]}}
    text = told.staff.page(_address(meeting)).text_content()
    assert "Nguyễn Văn An: Không phép → Có phép" in text
    assert "Ai điểm danh" not in told.visitor(told.hoa).page(_address(meeting)).text_content()


def test_two_people_at_once_see_where_they_differ(told: RollStory) -> None:
    meeting = told.meeting()
    told.staff.post(_address(meeting), roll((told.an, "unexcused"), (told.duc, "excused")))
    late = told.visitor(told.hoa).post(
        _address(meeting), roll((told.binh, "unexcused"), (told.duc, "excused")), 409
    )
    assert told.absent(meeting) == {"Nguyễn Văn An": Leave.UNEXCUSED, "Lê Minh Đức": Leave.EXCUSED}
    text = " ".join(late.text.split())
    assert "<strong>Nguyễn Văn An</strong>: đã lưu là không phép, ở đây là có mặt" in text
    assert "<strong>Trần Thị Bình</strong>: đã lưu là có mặt, ở đây là không phép" in text
    assert "<strong>Lê Minh Đức</strong>" not in text
    assert 'name="revision" value="2"' in text
    told.visitor(told.hoa).post(_address(meeting), roll((told.binh, "unexcused"), revision=2))
    assert told.absent(meeting) == {"Trần Thị Bình": Leave.UNEXCUSED}


def test_the_same_roll_sent_again_is_no_conflict(told: RollStory) -> None:
    """Whoever heard no answer sends again, with the revision of before."""
    meeting, monitor = told.meeting(), told.visitor(told.hoa)
    for _ in range(2):
        monitor.post(_address(meeting), roll((told.an, "unexcused")))
    assert _fresh(meeting).revision == 2
    assert len(trail("class_meeting", meeting.id)) == 1


def test_a_script_is_told_by_json(told: RollStory) -> None:
    meeting, monitor = told.meeting(), told.visitor(told.hoa)
    asks = {"headers": {"Accept": "application/json"}}
    answer = monitor.post(_address(meeting), roll((told.an, "unexcused")), 200, **asks)
    assert answer.get_json() == {"saved": True, "url": _address(meeting)}
    answer = monitor.post(_address(meeting), roll(), 409, **asks)
    assert answer.get_json()["error"] == "conflict"


@pytest.mark.parametrize(
    ("day", "opens"), [(TODAY, True), (YESTERDAY, True), (LONG_AGO, False), (TOMORROW, False)]
)
def test_the_monitor_calls_today_and_yesterday(told: RollStory, day: object, opens: bool) -> None:
    meeting, monitor = told.meeting(day), told.visitor(told.hoa)
    page = monitor.page(_address(meeting))
    assert bool(page.xpath("//form[@data-roll]")) == opens
    monitor.post(_address(meeting), roll((told.an, "unexcused")), 302 if opens else 403)
    assert bool(told.absent(meeting)) == opens


def test_staff_calls_any_roll_that_has_come(told: RollStory) -> None:
    old, coming = told.meeting(LONG_AGO), told.meeting(TOMORROW)
    told.staff.post(_address(old), roll((told.an, "unexcused")))
    assert told.absent(old)
    assert "Chưa đến ngày" in told.staff.page(_address(coming)).text_content()
    told.staff.post(_address(coming), roll(), 403)


def test_nobody_else_may(told: RollStory) -> None:
    meeting, world = told.meeting(), told.world
    other_class = world.course_class(told.centre)
    foreign_monitor = world.learner(told.unit, other_class, "Lớp Trưởng Khác")
    with UnitOfWork():
        told.enrolment(foreign_monitor, other_class).is_monitor = True
    with UnitOfWork():
        told.enrolment(told.duc).is_monitor = True
        told.enrolment(told.duc).state = EnrolmentState.WITHDRAWN
    strangers = [
        told.an,
        told.duc,
        foreign_monitor,
        world.person(Role.LECTURER, told.centre),
        world.person(Role.OVERSEER, told.centre),
        world.person(Role.UNIT, told.unit),
        world.person(Role.ADMIN, told.centre),
        world.person(Role.STAFF, world.centre("Trung tâm khác")),
    ]
    for account in strangers:
        visitor = told.visitor(account)
        visitor.get(_address(meeting), 404)
        visitor.post(_address(meeting), roll((told.an, "unexcused")), 404)
    assert Visitor(told.app).get(_address(meeting), 302).headers["Location"].startswith("/sign-in")
    assert _fresh(meeting).called_at is None


def test_who_is_not_in_the_class_cannot_be_marked_and_who_withdrew_keeps_the_mark(told: RollStory) -> None:
    meeting = told.called(TODAY, Half.MORNING, {told.duc.id: Leave.UNEXCUSED})
    outsider = told.world.learner(told.unit, None, "Người Ngoài")
    with UnitOfWork():
        told.enrolment(told.duc).state = EnrolmentState.WITHDRAWN
    told.staff.post(
        _address(meeting), roll((outsider, "unexcused"), (told.an, "late"), (told.binh, "excused"))
    )
    assert told.absent(meeting) == {"Lê Minh Đức": Leave.UNEXCUSED, "Trần Thị Bình": Leave.EXCUSED}


def test_staff_takes_back_a_roll_that_should_not_have_been_called(told: RollStory) -> None:
    meeting = told.called(TODAY, Half.MORNING, {told.an.id: Leave.UNEXCUSED})
    url = told.url(f"/rolls/{meeting.public_id}/cancel")
    told.visitor(told.hoa).post(url, {"cancel-reason": "Nghỉ bão"}, 403)
    told.staff.post(url, {"cancel-reason": " "}, 422)
    assert told.absent(meeting)
    told.staff.post(url, {"cancel-reason": "Nghỉ bão"})
    assert told.absent(meeting) == {}
    assert _fresh(meeting).called_at is None
    (event,) = trail("class_meeting", meeting.id)
    assert (event.action, event.data["reason"]) == ("roll.cancelled", "Nghỉ bão")
    told.staff.post(url, {"cancel-reason": "Nghỉ bão"}, 409)


def test_who_comes_near_the_limit_is_told_once_and_again_when_over_it(told: RollStory) -> None:
    for number in range(8):
        told.meeting(TODAY + timedelta(days=number + 1), Half.MORNING)
    first, second, third = (told.meeting(TODAY, half) for half in Half)

    def told_texts() -> list[tuple[int, str]]:
        db.session.expire_all()
        return [(one.account_id, one.text[-20:]) for one in db.session.query(Notice).order_by(Notice.id)]

    told.staff.post(_address(first), roll((told.an, "excused")))
    assert told_texts() == []
    told.staff.post(_address(second), roll((told.an, "excused"), (told.binh, "unexcused")))
    near = [(told.an.id, "là quá mức cho phép.")]
    assert told_texts() == near
    told.staff.post(_address(second), roll((told.binh, "unexcused"), revision=2))
    told.staff.post(_address(second), roll((told.an, "unexcused"), revision=3))
    assert told_texts() == near
    told.staff.post(_address(third), roll((told.an, "unexcused")))
    assert told_texts() == [*near, (told.an.id, "t, quá mức cho phép.")]
