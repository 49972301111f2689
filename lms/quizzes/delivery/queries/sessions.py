"""Running sessions as staff see them: which there are, and who is where in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt, ExtraTime, Response
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState


def sessions_in(scope: Scope, since: datetime) -> list[Assessment]:
    """Graded assessments within the scope that are open or closed after ``since``."""
    return list(
        db.session.scalars(
            sa.select(Assessment)
            .join(Unit, Unit.id == Assessment.unit_id)
            .options(sa.orm.joinedload(Assessment.course_class))
            .where(
                within(scope),
                Assessment.state == AssessmentState.RELEASED,
                Assessment.kind != AssessmentKind.PRACTICE,
                sa.or_(Assessment.closes_at.is_(None), Assessment.closes_at > since),
            )
            .order_by(Assessment.opens_at.desc(), Assessment.id)
        )
    )


def assessment_in(scope: Scope, public_id: str) -> Assessment | None:
    """A released assessment within the scope."""
    return db.session.scalars(
        sa.select(Assessment)
        .join(Unit, Unit.id == Assessment.unit_id)
        .options(sa.orm.joinedload(Assessment.course_class))
        .where(
            Assessment.public_id == public_id,
            Assessment.state != AssessmentState.DRAFT,
            within(scope),
        )
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class Seat:
    """One learner of a running session."""

    account: Account
    unit_name: str
    attempt: Attempt | None
    answered: int
    last_saved_at: datetime | None
    extra: int

    def last_sign(self) -> datetime | None:
        """When the server last heard of this learner."""
        if self.attempt is None:
            return None
        return max(self.attempt.last_seen_at, self.last_saved_at or self.attempt.last_seen_at)


QUIET_AFTER = timedelta(seconds=130)


def seats(assessment: Assessment) -> list[Seat]:
    """Everybody who may sit the assessment, in Vietnamese name order, with the latest attempt; four statements."""
    learners = db.session.execute(
        sa.select(Account, Unit.short_name, Unit.name)
        .join(Enrolment, Enrolment.account_id == Account.id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id == assessment.class_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Account.sort_key, Account.id)
    ).all()
    latest: dict[int, Attempt] = {
        attempt.account_id: attempt
        for attempt in db.session.scalars(
            sa.select(Attempt).where(Attempt.assessment_id == assessment.id).order_by(Attempt.number)
        )
    }
    counts = _answer_counts(attempt.id for attempt in latest.values())
    grants = db.session.execute(
        sa.select(ExtraTime.account_id, sa.func.sum(ExtraTime.seconds))
        .where(ExtraTime.assessment_id == assessment.id)
        .group_by(ExtraTime.account_id)
    )
    extra = {row[0]: int(row[1]) for row in grants}
    rows = []
    for account, short, name in learners:
        attempt = latest.get(account.id)
        answered, saved = counts.get(attempt.id, (0, None)) if attempt else (0, None)
        rows.append(Seat(account, short or name or "", attempt, answered, saved, extra.get(account.id, 0)))
    return rows


def _answer_counts(attempt_ids: Iterable[int]) -> dict[int, tuple[int, datetime | None]]:
    """Slots answered and the last save, by attempt."""
    ids = list(attempt_ids)
    if not ids:
        return {}
    newest = (
        sa.select(Response.attempt_id, Response.slot, sa.func.max(Response.revision).label("revision"))
        .where(Response.attempt_id.in_(ids))
        .group_by(Response.attempt_id, Response.slot)
        .subquery()
    )
    empty = sa.cast(Response.answer, sa.Text).in_(["null", '""', "[]", "{}"])
    rows = db.session.execute(
        sa.select(
            Response.attempt_id,
            sa.func.sum(sa.case((empty, 0), else_=1)),
            sa.func.max(Response.saved_at),
        )
        .join(
            newest,
            (newest.c.attempt_id == Response.attempt_id)
            & (newest.c.slot == Response.slot)
            & (newest.c.revision == Response.revision),
        )
        .group_by(Response.attempt_id)
    )
    return {row[0]: (int(row[1]), row[2]) for row in rows}
