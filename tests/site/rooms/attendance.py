"""Addresses of timetables and rolls."""

from lms.core import clock
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.classes.models import Enrolment
from tests.site.fullworld import Builder
from tests.site.rows import Endpoint, Row

CLASS = {"key": "class"}
MEETING = {"key": "class", "meeting_key": "meeting.coming"}
MEETING_DATA = {"held_on": "2026-06-01", "half": "evening", "periods": "4"}
FILL = {
    "first": "2026-03-02",
    "last": "2026-03-06",
    "weekdays": "0",
    "halves": "morning",
    "periods": "4",
}
ROLL = {"meeting_key": "meeting.today"}
CALLERS = ("learner", "staff", "leader")
"""The learner is the monitor of the class."""

ROWS: dict[Endpoint, Row] = {
    ("timetable.index", "GET"): Row(CLASS),
    ("timetable.new", "GET"): Row(CLASS),
    ("timetable.add", "POST"): Row(CLASS, data=MEETING_DATA),
    ("timetable.edit", "GET"): Row(MEETING),
    ("timetable.save", "POST"): Row(MEETING, data=MEETING_DATA),
    ("timetable.delete", "POST"): Row(MEETING),
    ("timetable.fill_page", "GET"): Row(CLASS),
    ("timetable.fill", "POST"): Row(CLASS, data=FILL),
    ("timetable.my_week", "GET"): Row(),
    ("attendance.index", "GET"): Row(CLASS),
    ("attendance.export", "GET"): Row(CLASS, noted=True),
    ("attendance.print_register", "GET"): Row(CLASS, noted=True),
    ("attendance.roll", "GET"): Row(ROLL, CALLERS),
    ("attendance.save_roll", "POST"): Row(ROLL, CALLERS, data={"revision": "1"}),
    ("attendance.cancel_roll", "POST"): Row(
        {"key": "class", "meeting_key": "meeting.called"}, data={"cancel-reason": "Nghỉ bão"}
    ),
    ("attendance.mine", "GET"): Row(),
    ("attendance.mine_in", "GET"): Row(CLASS, ("learner", "other")),
}


def furnish(builder: Builder) -> None:
    """A half day that is called, one of today and one to come; the learner is the monitor."""
    class_id = builder.course_class.id
    today = clock.to_local(clock.now()).date()
    with UnitOfWork():
        monitor = db.session.query(Enrolment).filter_by(
            class_id=class_id, account_id=builder.house.people["learner"].id
        )
        enrolment = monitor.one()
        enrolment.is_monitor = True
        coming = ClassMeeting(class_id=class_id, held_on=builder.course_class.ends_on, half=Half.EVENING)
        coming.lecturer_id = builder.house.people["lecturer"].id
        due = ClassMeeting(class_id=class_id, held_on=today, half=Half.MORNING)
        called = ClassMeeting(class_id=class_id, held_on=today, half=Half.AFTERNOON)
        called.called_at, called.called_by_id = clock.now(), enrolment.account_id
        called.absences = [Absence(enrolment_id=enrolment.id, leave=Leave.EXCUSED)]
        db.session.add_all([coming, due, called])
    for name, meeting in (("coming", coming), ("today", due), ("called", called)):
        builder.keep(f"meeting.{name}", meeting)
