"""The exams room: a planned session, one that runs with somebody waiting, one that is over."""

from datetime import timedelta
from typing import TYPE_CHECKING

from lms.core import clock
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import CourseClass
from lms.quizzes.exams.models import ExamSession, ExamState
from lms.quizzes.exams.operations import SessionData, Telling, note_unlisted, open_session
from lms.quizzes.exams.queries.candidates import candidates
from lms.quizzes.exams.seating import parse_rooms
from lms.quizzes.papers.models import Assessment
from tests.site.rows import Endpoint, Row

if TYPE_CHECKING:
    from tests.site.fullworld import Builder

STAFF, LEADER = "staff", "leader"
CLASS = {"key": "class"}
PLANNED, OPEN, OVER = ({"exam_key": f"exam.{name}"} for name in ("planned", "open", "over"))
LISTED = {**OPEN, "candidate_key": "candidate.listed"}
WAITING = {**OPEN, "candidate_key": "candidate.waiting"}
PLAN = {
    "title": "Ca thi mới",
    "starts_at": "2030-01-01T08:00",
    "ends_at": "2030-01-01T10:00",
    "rooms": "Phòng 9: 90",
}
REASON = {"reason": "Có lý do"}

ROWS: dict[Endpoint, Row] = {
    ("exams.index", "GET"): Row(CLASS),
    ("exams.new", "GET"): Row(CLASS),
    ("exams.create", "POST"): Row(CLASS, data={**PLAN, "first_number": "1"}),
    ("exams.show", "GET"): Row(OPEN),
    ("exams.edit", "GET"): Row(PLANNED),
    ("exams.save", "POST"): Row(PLANNED, data=PLAN),
    ("exams.renew", "POST"): Row(OPEN),
    ("exams.call_off", "POST"): Row(PLANNED, data={"off-reason": "Lùi lịch"}),
    ("exams.start", "POST"): Row(PLANNED),
    ("exams.ending", "GET"): Row(OPEN),
    ("exams.end", "POST"): Row(OPEN, status=(409,)),
    ("exams.note", "POST"): Row(OPEN, data={"note-text": "Mất điện"}),
    ("exams.door", "GET"): Row(OPEN),
    ("exams.check", "POST"): Row(LISTED),
    ("exams.candidate", "GET"): Row(LISTED),
    ("exams.uncheck", "POST"): Row(LISTED, data=REASON),
    ("exams.admit", "POST"): Row(WAITING, data=REASON),
    ("exams.refuse", "POST"): Row(WAITING, data=REASON),
    ("exams.unlisted", "GET"): Row(OPEN),
    ("exams.note_unlisted", "POST"): Row(OPEN, data={"account": "@account.other"}),
    ("exams.minutes", "GET"): Row(OVER),
    ("exams.save_minutes", "POST"): Row(OVER, data={"opinion": "Tốt"}),
    ("exams.lock_minutes", "POST"): Row(OVER),
    ("exams.door_list", "GET"): Row(OPEN),
    ("exams.posted_list", "GET"): Row(OPEN),
    ("exams.signature_sheet", "GET"): Row(OPEN),
    ("exams.seat_labels", "GET"): Row(OPEN),
    ("exams.print_minutes", "GET"): Row(OVER),
}


def furnish(builder: "Builder") -> None:
    """A class of its own, so that its sessions bar nobody from the assessments of other tests."""
    house, world = builder.house, builder.world
    course_class = world.course_class(builder.centre)
    for name in ("learner", "other"):
        world.enrol(house.people[name], course_class)
    for name in ("planned", "open", "over"):
        assessment = world.assessment(course_class, builder.bank, house.people["lecturer"], questions=1)
        exam = _session(builder, course_class, assessment, f"Ca {name}")
        builder.keep(f"exam.{name}", exam)
        with UnitOfWork():
            if name != "planned":
                exam.state, exam.opened_at = ExamState(name), clock.now()
    _candidates(builder, db.session.query(ExamSession).filter_by(public_id=house["exam.open"]).one())


def _session(
    builder: "Builder", course_class: CourseClass, assessment: Assessment, title: str
) -> ExamSession:
    now = clock.now()
    with UnitOfWork():
        return open_session(
            actor=builder.world.actor(builder.house.people["staff"]),
            course_class=course_class,
            assessment=assessment,
            data=SessionData(
                title=title,
                starts_at=now,
                ends_at=now + timedelta(hours=2),
                rooms=parse_rooms(f"Phòng {title}: 50"),
                despite=True,
            ),
            prefix="T-",
            first_number=1,
            telling=Telling(url=f"/assessments/{assessment.public_id}"),
        )


def _candidates(builder: "Builder", exam: ExamSession) -> None:
    guest = builder.world.learner(builder.unit, name="Người đến muộn")
    with UnitOfWork():
        waiting = note_unlisted(
            actor=builder.world.actor(builder.house.people["staff"]), exam=exam, account=guest
        )
    builder.keep("candidate.waiting", waiting)
    builder.keep("candidate.listed", candidates(exam.id)[0])
