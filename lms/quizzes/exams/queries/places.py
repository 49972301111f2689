"""Rooms, seats and numbers of a session as they stand."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.exams.models import Candidate, ExamRoom, ExamSession
from lms.quizzes.exams.queries.candidates import SITTING


def rooms_of(exam: ExamSession) -> Sequence[ExamRoom]:
    """The session's rooms in order."""
    return db.session.scalars(
        sa.select(ExamRoom).where(ExamRoom.session_id == exam.id).order_by(ExamRoom.position)
    ).all()


def seated_or_to_be(exam: ExamSession) -> Sequence[Candidate]:
    """Those of the session who sit, in the order of their numbers."""
    return db.session.scalars(
        sa.select(Candidate)
        .where(Candidate.session_id == exam.id, Candidate.admission.in_(SITTING))
        .order_by(Candidate.position, Candidate.id)
    ).all()


def next_number(exam: ExamSession) -> int:
    """The number part of the next candidate number: as many were given as have one, and none is given twice."""
    given = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Candidate)
        .where(Candidate.session_id == exam.id, Candidate.number.is_not(None))
    )
    return exam.first_number + (given or 0)


def next_position(exam: ExamSession) -> int:
    """The place in the list after everybody."""
    last = db.session.scalar(
        sa.select(sa.func.max(Candidate.position)).where(Candidate.session_id == exam.id)
    )
    return (last or 0) + 1
