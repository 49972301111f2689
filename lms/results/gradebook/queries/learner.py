"""What a learner reads: only the own, and marks only once they are published."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers.models import Assessment
from lms.results.gradebook.models import Publication, Result
from lms.results.gradebook.queries.rounds import is_current


@dataclass(frozen=True, slots=True)
class OwnResult:
    """One of the learner's attempts at an assessment; ``counts`` is the one whose mark counts."""

    attempt_id: str
    number: int
    result: Result
    counts: bool


def own_results(assessment_id: int, account_id: int) -> list[OwnResult]:
    """The learner's results at an assessment, first to last; of several the best counts, the earliest of equals."""
    rows = db.session.execute(
        sa.select(Attempt.public_id, Attempt.number, Result)
        .join(Result, Result.attempt_id == Attempt.id)
        .where(Attempt.assessment_id == assessment_id, Attempt.account_id == account_id, is_current())
        .order_by(Attempt.number)
    ).all()
    best = max(rows, key=lambda row: (row[2].total, -row[1]), default=None)
    return [OwnResult(row[0], row[1], row[2], counts=row is best) for row in rows]


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """A published result of a learner with what it is of."""

    title: str
    attempt_id: str
    total: int
    passed: bool


def published_results(account_id: int) -> list[PublishedResult]:
    """A learner's published results, newest first; one statement."""
    rows = db.session.execute(
        sa.select(Assessment.title, Attempt.public_id, Result.total, Result.passed)
        .join(Attempt, Attempt.id == Result.attempt_id)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .join(Publication, Publication.assessment_id == Result.assessment_id)
        .where(Result.account_id == account_id, is_current())
        .order_by(Publication.published_at.desc(), Attempt.number.desc())
    )
    return [PublishedResult(*row) for row in rows]
