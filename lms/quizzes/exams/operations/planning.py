"""Planning a session: its list with numbers, its rooms with seats, its times."""

from collections.abc import Sequence

from lms.audit.operations import record
from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.courses.classes.models import CourseClass
from lms.quizzes.exams import rules
from lms.quizzes.exams.models import ExamRoom, ExamSession, ExamState
from lms.quizzes.exams.operations.listing import put_on_list
from lms.quizzes.exams.operations.places import (
    Telling,
    draw_seats,
    must_hold,
    set_rooms,
    tell,
)
from lms.quizzes.exams.operations.plan import (
    SessionData,
    check,
    fill,
    known,
    must_be_free,
    set_window_of,
)
from lms.quizzes.exams.queries.candidates import candidates, learners, listed_elsewhere
from lms.quizzes.exams.queries.eligibility import bars
from lms.quizzes.exams.queries.places import rooms_of, seated_or_to_be
from lms.quizzes.exams.queries.sessions import examinable, held
from lms.quizzes.exams.seating import RoomLine
from lms.quizzes.papers.models import Assessment

OVER = N_("Ca thi đã kết thúc, không sửa được nữa.")

__all__ = ["SessionData", "call_off", "edit_session", "open_session"]


@operation
def open_session(
    *,
    actor: Actor,
    course_class: CourseClass,
    assessment: Assessment,
    data: SessionData,
    prefix: str,
    first_number: int,
    telling: Telling,
) -> ExamSession:
    """A session of the class on one of its released assessments: everybody listed, numbered, seated and told.

    Who may not sit by the regulation is listed as barred, with a number and without a seat. The assessment's window
    becomes that of its sessions together. All or nothing.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Invalid: what is wrong with which field; too few seats say how many are missing.
        Clashing: another session at the same time wants the same rooms or people.
        Conflict: the assessment can't be sat any more, or every learner is in another of its sessions.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    check(data, assessment)
    if assessment not in examinable(course_class, clock.now()):
        raise Conflict(
            N_("Đề này không còn tổ chức thi được: chưa phát hành, đã qua giờ đóng, hoặc của lớp khác.")
        )
    exam = ExamSession(
        class_id=course_class.id,
        assessment_id=assessment.id,
        number_prefix=vietnamese.clean_name(prefix),
        first_number=first_number,
        created_by_id=actor.id,
        created_at=clock.now(),
        minutes={},
    )
    fill(exam, data)
    set_window_of(actor, assessment, exam)
    elsewhere = listed_elsewhere(assessment.id, None)
    people = [one for one in learners(course_class) if one.account_id not in elsewhere]
    if not people:
        raise Conflict(
            N_("Không còn học viên nào để xếp: lớp chưa có học viên, hoặc ai cũng đã có ca thi của đề này.")
        )
    barred = bars(course_class, assessment)
    must_hold(sum(one.id not in barred for one in people), data.rooms)
    must_be_free(data, course_class, (one.account_id for one in people if one.id not in barred))
    db.session.add(exam)
    db.session.flush()
    set_rooms(exam=exam, rooms=data.rooms)
    put_on_list(exam=exam, people=people, barred=barred, position=1, number=exam.first_number)
    draw_seats(exam)
    record(
        actor=actor,
        action="exam.planned",
        subject=exam,
        data={"listed": len(people), "barred": sum(one.id in barred for one in people), **known(data)},
    )
    tell(exam=exam, telling=telling)
    return exam


@operation
def edit_session(*, actor: Actor, exam: ExamSession, data: SessionData, telling: Telling) -> None:
    """Change the plan. Before the start, other rooms draw the seats anew; the numbers stay.

    Once it is open, its start stays, its end comes later or not at all, and rooms only grow or are added.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Closed: the session is over.
        Invalid: what is wrong with which field.
        Clashing: another session at the same time wants the same rooms or people.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state not in rules.LIVE:
        raise Closed(OVER)
    check(data, exam.assessment)
    if exam.state is ExamState.OPEN and data.ends_at < exam.ends_at:
        raise Invalid(fields={"ends_at": N_("Ca thi đang diễn ra, chỉ lùi giờ kết thúc ra sau được.")})
    must_be_free(data, exam.course_class, (one.account_id for one in seated_or_to_be(exam)), exam)
    moved = (exam.starts_at, exam.ends_at) != (data.starts_at, data.ends_at)
    before = [RoomLine(room.name, room.seats) for room in rooms_of(exam)]
    fill(exam, data)
    if moved:
        set_window_of(actor, exam.assessment, exam)
    if list(data.rooms) != before:
        if exam.state is ExamState.PLANNED:
            must_hold(len(seated_or_to_be(exam)), data.rooms)
            set_rooms(exam=exam, rooms=data.rooms)
            draw_seats(exam)
        else:
            _grow_rooms(exam, data.rooms)
    record(actor=actor, action="exam.changed", subject=exam, data=known(data))
    if exam.state is ExamState.PLANNED:
        tell(exam=exam, telling=telling)


def _grow_rooms(exam: ExamSession, rooms: Sequence[RoomLine]) -> None:
    present = rooms_of(exam)
    shrunk = len(rooms) < len(present) or any(
        new.seats < old.seats for new, old in zip(rooms, present, strict=False)
    )
    if shrunk:
        raise Invalid(
            fields={
                "rooms": N_(
                    "Ca thi đang diễn ra, chỉ thêm phòng hoặc tăng số chỗ; giữ nguyên thứ tự các phòng."
                )
            }
        )
    for old, new in zip(present, rooms, strict=False):
        old.name, old.seats = new.name, new.seats
    db.session.add_all(
        ExamRoom(session_id=exam.id, position=position, name=room.name, seats=room.seats)
        for position, room in enumerate(rooms[len(present) :], start=len(present) + 1)
    )


@operation
def call_off(*, actor: Actor, exam: ExamSession, reason: str) -> None:
    """Take back a session that has not started; its list and numbers go with it, the assessment stays as it is.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: it has started.
        Invalid: no reason.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state is not ExamState.PLANNED:
        raise Conflict(N_("Ca thi đã bắt đầu nên không hủy được nữa."))
    words = vietnamese.clean_name(reason)
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do hủy ca thi.")})
    record(actor=actor, action="exam.called_off", subject=exam, data={"title": exam.title, "reason": words})
    for one in candidates(exam.id):
        db.session.delete(one)
    db.session.flush()
    db.session.delete(exam)
