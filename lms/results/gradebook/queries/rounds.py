"""Rounds of a result: a regrade adds one, the newest holds."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms.core.db import db
from lms.results.gradebook.models import Result


def is_current() -> sa.ColumnElement[bool]:
    """The condition that a ``Result`` is the newest round of its attempt."""
    other = sa.orm.aliased(Result)
    return ~sa.exists().where(other.attempt_id == Result.attempt_id, other.round > Result.round)


def latest_result(attempt_id: int) -> Result | None:
    """The result that holds: the newest round."""
    return db.session.scalars(
        sa.select(Result).where(Result.attempt_id == attempt_id).order_by(Result.round.desc()).limit(1)
    ).one_or_none()


def accounts_with_results(assessment_id: int) -> Sequence[int]:
    """The account ids of everybody who has a result of the assessment."""
    return db.session.scalars(
        sa.select(Result.account_id).where(Result.assessment_id == assessment_id).distinct()
    ).all()
