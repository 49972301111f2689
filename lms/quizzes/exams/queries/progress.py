"""Where everybody of a session is: at the door, writing, gone; and what was noted meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.quizzes.delivery.models import Attempt, AttemptState, ExtraTime
from lms.quizzes.exams.models import Admission, Candidate, ExamIncident, ExamSession, ExamState
from lms.quizzes.exams.queries.candidates import SITTING, candidates


@dataclass(frozen=True, slots=True)
class Sitter:
    """A candidate with the latest attempt; ``extra`` seconds were given, for ``extra_reasons``."""

    candidate: Candidate
    attempt: Attempt | None
    extra: int
    extra_reasons: tuple[str, ...]

    @property
    def public_id(self) -> str:
        """The candidate's key."""
        return self.candidate.public_id

    @property
    def has_seat(self) -> bool:
        """Expected in the room."""
        return self.candidate.admission in SITTING

    @property
    def is_present(self) -> bool:
        """The card was ticked, or the paper begun."""
        return self.candidate.card_checked_at is not None or self.attempt is not None

    @property
    def is_writing(self) -> bool:
        """The paper is open."""
        return self.attempt is not None and self.attempt.state is AttemptState.IN_PROGRESS

    @property
    def has_handed_in(self) -> bool:
        """The paper is closed, by whomever."""
        return self.attempt is not None and self.attempt.state is AttemptState.CLOSED


@dataclass(frozen=True, slots=True)
class Counts:
    """``listed`` have a seat; of them ``present`` and ``absent``; of those present ``writing`` and ``handed_in``."""

    listed: int
    barred: int
    waiting: int
    present: int
    absent: int
    writing: int
    handed_in: int

    @property
    def all_in(self) -> bool:
        """Whether everybody with a seat has handed in, so that nobody can still come."""
        return 0 < self.listed == self.handed_in


def sitters(exam: ExamSession) -> list[Sitter]:
    """Every candidate of the session in the order of the list; three statements."""
    people = candidates(exam.id)
    latest = {
        attempt.account_id: attempt
        for attempt in db.session.scalars(
            sa.select(Attempt)
            .where(
                Attempt.assessment_id == exam.assessment_id,
                Attempt.account_id.in_(
                    sa.select(Candidate.account_id).where(Candidate.session_id == exam.id)
                ),
            )
            .order_by(Attempt.number)
        )
    }
    given: dict[int, list[ExtraTime]] = {}
    for one in db.session.scalars(
        sa.select(ExtraTime).where(ExtraTime.assessment_id == exam.assessment_id).order_by(ExtraTime.id)
    ):
        given.setdefault(one.account_id, []).append(one)
    return [
        Sitter(
            candidate=one,
            attempt=latest.get(one.account_id),
            extra=sum(grant.seconds for grant in given.get(one.account_id, ())),
            extra_reasons=tuple(grant.reason for grant in given.get(one.account_id, ())),
        )
        for one in people
    ]


def counts(people: Iterable[Sitter]) -> Counts:
    """The figures of a session."""
    everybody = list(people)
    seated = [one for one in everybody if one.has_seat]
    present = sum(one.is_present for one in seated)
    return Counts(
        listed=len(seated),
        barred=sum(one.candidate.admission is Admission.BARRED for one in everybody),
        waiting=sum(one.candidate.admission is Admission.WAITING for one in everybody),
        present=present,
        absent=len(seated) - present,
        writing=sum(one.is_writing for one in seated),
        handed_in=sum(one.has_handed_in for one in seated),
    )


def incidents(exam: ExamSession) -> Sequence[ExamIncident]:
    """What was noted, in the order of time, with the candidate concerned; nothing before the start, else one statement."""
    if exam.state is ExamState.PLANNED:
        return ()
    return db.session.scalars(
        sa.select(ExamIncident)
        .where(ExamIncident.session_id == exam.id)
        .options(joinedload(ExamIncident.candidate).joinedload(Candidate.account))
        .order_by(ExamIncident.at, ExamIncident.id)
    ).all()
