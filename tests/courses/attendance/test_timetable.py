"""The timetable of a class: half days added, moved, struck out, and what stands in their way."""

import pytest

from lms.audit.queries import trail
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import ClassMeeting, Half, Leave
from lms.notices.models import Notice
from tests.counting import counted
from tests.courses.attendance.stories import LONG_AGO, TODAY, TOMORROW, RollStory
from tests.visitor import Visitor


def _form(**changes: str) -> dict[str, str]:
    return {"held_on": "2026-11-24", "half": "morning", "periods": "4", "room": "Hội trường 1", **changes}


def _edit(told: RollStory, meeting: ClassMeeting, rest: str = "edit") -> str:
    return told.url(f"/timetable/{meeting.public_id}/{rest}")


def test_an_empty_timetable_offers_the_first_step(told: RollStory) -> None:
    page = told.staff.page(told.url("/timetable"))
    assert "Lớp chưa có thời khóa biểu" in page.text_content()
    assert page.xpath("//a[contains(@href, '/timetable/fill')]")


def test_a_half_day_is_added(told: RollStory) -> None:
    module = told.module(1, 8, "Bản chất của Đảng")
    lecturer = told.world.person(Role.LECTURER, told.centre, "Ngô Giảng Viên")
    chosen = {"module": module.public_id, "lecturer": lecturer.public_id, "guest": "Bí thư Đoàn"}
    told.staff.get(told.url("/timetable/new"))
    told.staff.post(told.url("/timetable/new"), _form(**chosen))
    (made,) = told.meetings()
    assert (made.held_on, made.half, made.periods, made.room) == (TOMORROW, Half.MORNING, 4, "Hội trường 1")
    assert (made.module_id, made.lecturer_id, made.guest) == (module.id, lecturer.id, "Bí thư Đoàn")
    text = told.staff.page(told.url("/timetable")).text_content()
    for part in (
        "Thứ Ba 24/11/2026",
        "Bản chất của Đảng",
        "Ngô Giảng Viên",
        "mời: Bí thư Đoàn",
        "còn 4 tiết chưa xếp",
    ):
        assert part in text
    assert [event.action for event in trail("class_meeting", made.id)] == ["meeting.planned"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": ""}, "held_on"),
        ({"held_on": "31/02/2026"}, "held_on"),
        ({"held_on": "2031-01-01"}, "held_on"),
        ({"half": "night"}, "half"),
        ({"held_on": "2026-11-23"}, "half"),
        ({"periods": "0"}, "periods"),
        ({"periods": "13"}, "periods"),
        ({"periods": "bốn"}, "periods"),
        ({"module": "nonsense"}, "module"),
        ({"lecturer": "nonsense"}, "lecturer"),
        ({"guest": "x" * 121}, "guest"),
    ],
)
def test_what_is_wrong_stands_at_its_field(told: RollStory, changes: dict[str, str], field: str) -> None:
    told.meeting(TODAY, Half.MORNING)
    answer = told.staff.post(told.url("/timetable/new"), _form(**changes), 422)
    assert f'href="#{field}"' in answer.text
    assert len(told.meetings()) == 1


def test_a_half_day_is_moved_and_struck_out_until_its_roll_is_called(told: RollStory) -> None:
    meeting = told.meeting(TODAY, Half.MORNING)
    told.staff.post(_edit(told, meeting), _form(half="evening"))
    (moved,) = told.meetings()
    assert (moved.held_on, moved.half) == (TOMORROW, Half.EVENING)
    (event,) = trail("class_meeting", meeting.id)
    assert event.data["held_on"] == ["2026-11-23", "2026-11-24"]
    told.staff.post(_edit(told, meeting, "delete"))
    assert told.meetings() == []
    assert "meeting.deleted" in [event.action for event in trail("course_class", told.course_class.id)]


def test_the_class_is_told_of_a_move_to_come_but_not_of_the_past(told: RollStory) -> None:
    past, coming = told.meeting(LONG_AGO, Half.MORNING), told.meeting(TODAY, Half.AFTERNOON)
    told.staff.post(_edit(told, past), _form(held_on="2026-11-17"))
    assert db.session.query(Notice).count() == 0
    told.staff.post(_edit(told, coming), _form(half="evening"))
    notices = db.session.query(Notice).all()
    assert {one.account_id for one in notices} == {one.id for one in (told.an, told.binh, told.duc, told.hoa)}
    assert notices[0].params["before"] == "23/11/2026"
    assert notices[0].params["after"] == "24/11/2026"
    assert notices[0].url == f"/my-attendance/{told.course_class.public_id}"


def test_a_called_half_day_stays_where_it_is(told: RollStory) -> None:
    meeting = told.called(TODAY, Half.MORNING, {told.an.id: Leave.UNEXCUSED})
    told.staff.post(_edit(told, meeting), _form(half="evening"), 409)
    told.staff.post(_edit(told, meeting, "delete"), status=409)
    told.staff.post(_edit(told, meeting), _form(held_on="2026-11-23", room="Phòng 3", periods="5"))
    (kept,) = told.meetings()
    assert (kept.held_on, kept.half, kept.room, kept.periods) == (TODAY, Half.MORNING, "Phòng 3", 5)
    assert told.absent(meeting) == {"Nguyễn Văn An": Leave.UNEXCUSED}


def test_another_lecturer_takes_over(told: RollStory) -> None:
    ill, fit = (told.world.person(Role.LECTURER, told.centre, name) for name in ("Ngô Ốm", "Đỗ Khỏe"))
    meeting = told.meeting(TOMORROW, Half.MORNING, lecturer_id=ill.id, room="Hội trường 1")
    told.staff.post(_edit(told, meeting), _form(lecturer=fit.public_id))
    (event,) = trail("class_meeting", meeting.id)
    assert (event.action, event.data) == ("meeting.lecturer_changed", {"from": "Ngô Ốm", "to": "Đỗ Khỏe"})
    told_to = {one.account_id: one for one in db.session.query(Notice)}
    assert set(told_to) == {ill.id, fit.id}
    assert told_to[fit.id].url == "/my-week?day=2026-11-24"
    assert "dạy thay" in told_to[ill.id].text


def test_clashes_name_the_other_class(told: RollStory) -> None:
    lecturer = told.world.person(Role.LECTURER, told.centre, "Ngô Giảng Viên")
    other = told.world.course_class(told.centre)
    foreign = told.world.course_class(told.world.centre("Trung tâm khác"))
    with UnitOfWork():
        other.title, foreign.title = "Lớp Sơ cấp lý luận", "LỚP CỦA TRUNG TÂM KHÁC"
    told.meeting(TOMORROW, Half.MORNING, class_id=other.id, room="hội  trường 1")
    told.meeting(TOMORROW, Half.AFTERNOON, class_id=other.id, lecturer_id=lecturer.id)
    told.meeting(TOMORROW, Half.EVENING, class_id=foreign.id, lecturer_id=lecturer.id, room="Hội trường 1")
    told.staff.post(told.url("/timetable/new"), _form())
    page = told.staff.page(told.url("/timetable")).text_content()
    assert "Trùng phòng với Lớp Sơ cấp lý luận" in page
    assert "Đã lưu, nhưng: Trùng phòng với Lớp Sơ cấp lý luận." in page
    assert "Trùng giảng viên" not in page
    told.staff.post(told.url("/timetable/new"), _form(half="afternoon", lecturer=lecturer.public_id))
    told.staff.post(told.url("/timetable/new"), _form(half="evening", lecturer=lecturer.public_id))
    page = told.staff.page(told.url("/timetable")).text_content()
    assert "Trùng giảng viên với Lớp Sơ cấp lý luận" in page
    assert "Giảng viên có lớp ở trung tâm khác" in page
    assert "LỚP CỦA TRUNG TÂM KHÁC" not in page


def test_no_clash_without_a_room_or_on_another_half_day(told: RollStory) -> None:
    other = told.world.course_class(told.centre)
    told.meeting(TOMORROW, Half.MORNING, class_id=other.id, room="")
    told.meeting(TODAY, Half.MORNING, class_id=other.id, room="P1")
    told.meeting(TOMORROW, Half.MORNING, room="")
    told.meeting(TODAY, Half.AFTERNOON, room="P1")
    assert "Trùng" not in told.staff.page(told.url("/timetable")).text_content()


WISH = {"first": "2026-11-23", "last": "2026-11-27", "weekdays": ["0", "1", "2", "3", "4"], "periods": "4"}


def _query(**changes: object) -> dict[str, object]:
    return {**WISH, "halves": ["morning", "afternoon"], "room": "Phòng 2", **changes}


def test_filling_shows_first_and_adds_then(told: RollStory) -> None:
    told.module(1, 8), told.module(2, 6)
    told.meeting(TODAY, Half.AFTERNOON)
    url = told.url("/timetable/fill")
    told.staff.get(url)
    shown = told.staff.get(url, query_string=_query(days_off="24/11/2026"))
    assert "Thêm 4 buổi này" in shown.text
    assert len(told.meetings()) == 1
    told.staff.post(url, _query(days_off="24/11/2026"))
    made = [
        (one.held_on.day, one.half, one.periods, one.module.position)
        for one in told.meetings()
        if one.module is not None
    ]
    assert made == [
        (23, Half.MORNING, 4, 1),
        (25, Half.MORNING, 4, 1),
        (25, Half.AFTERNOON, 4, 2),
        (26, Half.MORNING, 2, 2),
    ]
    assert told.meetings()[0].room == "Phòng 2"
    told.staff.post(url, _query(), 422)


def test_filling_says_what_found_no_place(told: RollStory) -> None:
    told.module(1, 60)
    shown = told.staff.get(told.url("/timetable/fill"), query_string=_query())
    assert "Còn 20 tiết của chương trình chưa có chỗ" in shown.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": "2020-01-01"}, "first"),
        ({"last": "2026-11-20"}, "last"),
        ({"last": ""}, "last"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": ["9"]}, "weekdays"),
        ({"halves": []}, "halves"),
        ({"periods": "0"}, "periods"),
        ({"days_off": "2/9"}, "days_off"),
    ],
)
def test_an_impossible_wish_is_refused(told: RollStory, changes: dict[str, object], field: str) -> None:
    url = told.url("/timetable/fill")
    assert f'href="#{field}' in told.staff.get(url, query_string=_query(**changes)).text
    assert f'href="#{field}' in told.staff.post(url, _query(**changes), 422).text
    assert told.meetings() == []


def test_a_stranger_may_not(told: RollStory) -> None:
    meeting, world = told.meeting(), told.world
    edit = (told.url("/timetable/new"), told.url("/timetable/fill"), _edit(told, meeting))
    reader = told.visitor(world.person(Role.LECTURER, told.centre))
    assert "Thêm buổi" not in reader.page(told.url("/timetable")).text_content()
    foreign = told.visitor(world.person(Role.STAFF, world.centre("Trung tâm khác")))
    for visitor, status in ((reader, 403), (told.visitor(told.hoa), 403), (foreign, 404)):
        for url in edit:
            visitor.get(url, status)
            visitor.post(url, _form(), status)
        visitor.post(_edit(told, meeting, "delete"), status=status)
    foreign.get(told.url("/timetable"), 404)
    told.visitor(told.an).get(told.url("/timetable"), 403)
    other = world.course_class(told.centre)
    told.staff.get(f"/classes/{other.public_id}/timetable/{meeting.public_id}/edit", 404)
    assert len(told.meetings()) == 1


def test_a_lecturers_week(told: RollStory) -> None:
    lecturer = told.world.person(Role.LECTURER, told.centre, "Ngô Giảng Viên")
    other = told.world.person(Role.LECTURER, told.centre)
    told.meeting(TODAY, Half.AFTERNOON, lecturer_id=lecturer.id, room="Hội trường 1", periods=5)
    told.meeting(TODAY, Half.MORNING, lecturer_id=other.id, room="Phòng của người khác")
    told.meeting(LONG_AGO, Half.MORNING, lecturer_id=lecturer.id, room="Phòng tuần trước")
    visitor = told.visitor(lecturer)
    text = visitor.page("/my-week").text_content()
    for part in (
        "23/11/2026",
        "29/11/2026",
        "1 buổi, 5 tiết",
        "Chiều",
        "Hội trường 1",
        told.course_class.title,
    ):
        assert part in text
    assert "Phòng của người khác" not in text
    assert "Phòng tuần trước" not in text
    assert "Phòng tuần trước" in visitor.page("/my-week?day=2026-11-20").text_content()
    for nonsense in ("x", "0001-01-01", "9999-12-31"):
        assert "Hội trường 1" in visitor.page(f"/my-week?day={nonsense}").text_content()
    assert (
        "Tuần này không có buổi dạy nào"
        in told.visitor(told.world.person(Role.LECTURER, told.centre)).page("/my-week").text_content()
    )
    told.staff.get("/my-week", 403)
    assert Visitor(told.app).get("/my-week", 302).headers["Location"].startswith("/sign-in")


def test_the_timetable_asks_as_often_with_many_half_days(told: RollStory) -> None:
    def statements() -> int:
        with counted() as found:
            told.staff.get(told.url("/timetable"))
        return len(found)

    lecturer = told.world.person(Role.LECTURER, told.centre)
    told.meeting(TODAY, Half.MORNING, lecturer_id=lecturer.id, module_id=told.module(1, 4).id)
    statements()
    few = statements()
    for number, half in enumerate(Half):
        who = told.world.person(Role.LECTURER, told.centre)
        told.meeting(TOMORROW, half, lecturer_id=who.id, module_id=told.module(number + 2, 4).id)
    assert statements() == few <= 8
