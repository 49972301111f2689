"""The list of a session: who is put on it, and what changes with the class."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, NotAllowed
from lms.core.messages import N_, Message
from lms.courses.classes.models import Enrolment
from lms.quizzes.exams import rules, seating
from lms.quizzes.exams.models import Admission, Candidate, ExamSession, ExamState
from lms.quizzes.exams.operations.places import (
    Telling,
    seat_latecomers,
    tell,
)
from lms.quizzes.exams.queries.candidates import candidates, learners, listed_elsewhere
from lms.quizzes.exams.queries.changes import has_withdrawn
from lms.quizzes.exams.queries.eligibility import REASON_LENGTH, bars
from lms.quizzes.exams.queries.places import next_number, next_position, seated_or_to_be
from lms.quizzes.exams.queries.sessions import held

WITHDRAWN = N_("Đã rút khỏi lớp")
OVER = N_("Ca thi đã kết thúc, danh sách không đổi nữa.")


def put_on_list(
    *,
    exam: ExamSession,
    people: Sequence[Enrolment],
    barred: Mapping[int, Message],
    position: int,
    number: int,
) -> list[str]:
    """Put these learners on the list in one statement; their numbers."""
    rows = [
        {
            "session_id": exam.id,
            "account_id": one.account_id,
            "enrolment_id": one.id,
            "position": position + index,
            "number": seating.number_text(exam.number_prefix, number + index),
            "admission": Admission.BARRED if one.id in barred else Admission.LISTED,
            "reason": _words(barred.get(one.id)),
        }
        for index, one in enumerate(people)
    ]
    if rows:
        db.session.execute(sa.insert(Candidate), rows)
    return [str(row["number"]) for row in rows]


def _words(bar: Message | None) -> str:
    return str(bar)[:REASON_LENGTH] if bar is not None else ""


@operation
def renew_list(*, actor: Actor, exam: ExamSession, telling: Telling) -> tuple[int, int]:
    """Follow what changed in the class since the list was made; how many came in, how many went out.

    Who was enrolled since gets the next number. Who withdrew and has not been here loses the seat. Before the start,
    the attendance is read anew: it bars and unbars, except for who was admitted by somebody's word.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Closed: the session is over.
        Conflict: too few free seats; it says how many are missing.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if not rules.takes_people(exam):
        raise Closed(OVER)
    barred = bars(exam.course_class, exam.assessment)
    present = list(candidates(exam.id))
    went = [one for one in present if has_withdrawn(one)]
    for one in went:
        _take_out(one, Admission.REFUSED, str(WITHDRAWN))
    if exam.state is ExamState.PLANNED:
        for one in present:
            bar = barred.get(one.enrolment_id or 0)
            if one.admission is Admission.LISTED and bar is not None:
                _take_out(one, Admission.BARRED, _words(bar))
            elif one.admission is Admission.BARRED and bar is None:
                one.admission, one.reason = Admission.LISTED, ""
    known = {one.account_id for one in present} | listed_elsewhere(exam.assessment_id, exam.id)
    came = put_on_list(
        exam=exam,
        people=[one for one in learners(exam.course_class) if one.account_id not in known],
        barred=barred,
        position=next_position(exam),
        number=next_number(exam),
    )
    db.session.flush()
    seat_latecomers(exam, [one for one in seated_or_to_be(exam) if one.seat is None])
    record(
        actor=actor,
        action="exam.list_renewed",
        subject=exam,
        data={"came": came, "went": [one.number for one in went]},
    )
    tell(exam=exam, telling=telling)
    return len(came), len(went)


def _take_out(candidate: Candidate, admission: Admission, reason: str) -> None:
    candidate.room_id = candidate.seat = None
    candidate.admission, candidate.reason = admission, reason
