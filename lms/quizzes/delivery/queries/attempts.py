"""Attempts, answers as they stand, and who is where in a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms.core.db import db
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt, AttemptState, ExtraTime, Response
from lms.quizzes.papers.models import Assessment, AssessmentState


@dataclass(frozen=True, slots=True)
class Standing:
    """The stored answer of a slot."""

    slot: int
    revision: int
    answer: Any
    flagged: bool
    saved_at: datetime

    @property
    def is_blank(self) -> bool:
        """Cleared again, or never more than flagged."""
        return self.answer in (None, "", [], {})


# The statements of a learner's way are built once: building one costs as much as running it.
_latest = (
    sa.select(Response.slot, sa.func.max(Response.revision).label("revision"))
    .where(Response.attempt_id == sa.bindparam("attempt_id"))
    .group_by(Response.slot)
    .subquery()
)
_standing = sa.select(
    Response.slot, Response.revision, Response.answer, Response.flagged, Response.saved_at
).where(Response.attempt_id == sa.bindparam("attempt_id"))
_STANDINGS = _standing.join(
    _latest, (_latest.c.slot == Response.slot) & (_latest.c.revision == Response.revision)
)
_STANDING = _standing.where(Response.slot == sa.bindparam("slot")).order_by(Response.revision.desc()).limit(1)
_OWN_ATTEMPT = (
    sa.select(Attempt)
    .options(sa.orm.joinedload(Attempt.assessment))
    .where(Attempt.public_id == sa.bindparam("public_id"), Attempt.account_id == sa.bindparam("account_id"))
)
_LEARNERS_ASSESSMENT = (
    sa.select(Assessment)
    .join(Enrolment, Enrolment.class_id == Assessment.class_id)
    .options(sa.orm.joinedload(Assessment.course_class))
    .where(
        Assessment.public_id == sa.bindparam("public_id"),
        Assessment.state != AssessmentState.DRAFT,
        Enrolment.account_id == sa.bindparam("account_id"),
        Enrolment.state == EnrolmentState.ACTIVE,
    )
)
_LEARNERS_ASSESSMENT_HELD = _LEARNERS_ASSESSMENT.with_for_update(read=True, of=Assessment)
_ATTEMPTS = (
    sa.select(Attempt)
    .where(
        Attempt.assessment_id == sa.bindparam("assessment_id"),
        Attempt.account_id == sa.bindparam("account_id"),
    )
    .order_by(Attempt.number)
)
_EXTRA = sa.select(sa.func.sum(ExtraTime.seconds)).where(
    ExtraTime.assessment_id == sa.bindparam("assessment_id"),
    ExtraTime.account_id == sa.bindparam("account_id"),
)


def standings(attempt_id: int) -> dict[int, Standing]:
    """The answers of an attempt as they stand, by slot, in one statement."""
    rows = db.session.execute(_STANDINGS, {"attempt_id": attempt_id})
    return {row.slot: Standing(*row) for row in rows}


def standing(attempt_id: int, slot: int) -> Standing | None:
    """The stored answer of one slot."""
    row = db.session.execute(_STANDING, {"attempt_id": attempt_id, "slot": slot}).one_or_none()
    return Standing(*row) if row is not None else None


def saved_with_key(attempt_id: int, slot: int, key: str) -> Response | None:
    """The save that a repeated send already made."""
    return db.session.scalars(
        sa.select(Response).where(
            Response.attempt_id == attempt_id, Response.slot == slot, Response.idempotency_key == key
        )
    ).first()


def attempt_by_public_id(public_id: str, account_id: int) -> Attempt | None:
    """A learner's own attempt with its assessment."""
    return db.session.scalars(_OWN_ATTEMPT, {"public_id": public_id, "account_id": account_id}).one_or_none()


@dataclass(frozen=True, slots=True)
class Due:
    """An assessment of a learner's class and where the learner stands in it."""

    assessment: Assessment
    class_title: str
    latest: Attempt | None
    attempts: int


def assessments_for(account_id: int) -> list[Due]:
    """Released assessments of the learner's classes with the latest attempt; two statements."""
    rows = db.session.execute(
        sa.select(Assessment, CourseClass.title)
        .join(CourseClass, CourseClass.id == Assessment.class_id)
        .join(Enrolment, Enrolment.class_id == CourseClass.id)
        .where(
            Enrolment.account_id == account_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Assessment.state == AssessmentState.RELEASED,
        )
        .order_by(Assessment.closes_at, Assessment.id)
    ).all()
    attempts: dict[int, list[Attempt]] = {}
    for attempt in db.session.scalars(
        sa.select(Attempt).where(Attempt.account_id == account_id).order_by(Attempt.number)
    ):
        attempts.setdefault(attempt.assessment_id, []).append(attempt)
    return [
        Due(
            assessment=assessment,
            class_title=title,
            latest=attempts[assessment.id][-1] if assessment.id in attempts else None,
            attempts=len(attempts.get(assessment.id, [])),
        )
        for assessment, title in rows
    ]


def assessment_for_learner(public_id: str, account_id: int, *, hold: bool = False) -> Assessment | None:
    """A released assessment of a class in which the learner is enrolled; ``hold`` keeps it as it is until commit."""
    values = {"public_id": public_id, "account_id": account_id}
    statement = _LEARNERS_ASSESSMENT_HELD if hold else _LEARNERS_ASSESSMENT
    return db.session.scalars(statement, values).one_or_none()


def attempts_of(assessment_id: int, account_id: int) -> list[Attempt]:
    """All attempts of a learner at an assessment, first to last."""
    return list(db.session.scalars(_ATTEMPTS, {"assessment_id": assessment_id, "account_id": account_id}))


def extra_seconds(assessment_id: int, account_id: int) -> int:
    """Extra time given to a learner, in seconds, all grants together."""
    values = {"assessment_id": assessment_id, "account_id": account_id}
    return int(db.session.scalar(_EXTRA, values) or 0)


def attempts_due(moment: datetime, limit: int = 200) -> list[str]:
    """Public ids of open attempts whose deadline passed before ``moment``, the oldest first."""
    return list(
        db.session.scalars(
            sa.select(Attempt.public_id)
            .where(Attempt.state == AttemptState.IN_PROGRESS, Attempt.deadline_at <= moment)
            .order_by(Attempt.deadline_at)
            .limit(limit)
        )
    )
