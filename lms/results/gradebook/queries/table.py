"""Everybody of a class with the result that counts."""

from typing import Any

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import db
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.papers.models import Assessment
from lms.results.gradebook.models import Result
from lms.results.gradebook.queries.rounds import is_current
from lms.results.gradebook.table import Outcome, ResultRow


def result_rows(assessment: Assessment) -> list[ResultRow]:
    """Everybody of the class, who never sat as well, and who left it after sitting; in Vietnamese name order.

    Two statements, whatever the number of rows.
    """
    attempts: dict[int, list[Any]] = {}
    for attempt in _attempts(assessment.id):
        attempts.setdefault(attempt.account_id, []).append(attempt)
    return [_row(person, attempts.get(person.id, [])) for person in _people(assessment)]


def _people(assessment: Assessment) -> list[Any]:
    sat = sa.select(Attempt.account_id).where(Attempt.assessment_id == assessment.id)
    return list(
        db.session.execute(
            sa.select(
                Account.id,
                Account.public_id,
                Account.full_name,
                Account.sort_key,
                Account.search_key,
                Account.born,
                Enrolment.state,
                Unit.public_id.label("unit_id"),
                Unit.name.label("unit_name"),
                Unit.short_name.label("unit_short"),
                Unit.sort_key.label("unit_sort"),
            )
            .join(Enrolment, Enrolment.account_id == Account.id)
            .outerjoin(Unit, Unit.id == Enrolment.unit_id)
            .where(
                Enrolment.class_id == assessment.class_id,
                sa.or_(Enrolment.state == EnrolmentState.ACTIVE, Account.id.in_(sat)),
            )
            .order_by(Account.sort_key, Account.id)
        )
    )


def _attempts(assessment_id: int) -> list[Any]:
    """Every attempt with its result if it has one, the one that counts first."""
    return list(
        db.session.execute(
            sa.select(
                Attempt.account_id,
                Attempt.public_id,
                Attempt.state,
                Attempt.closed_at,
                Attempt.closed_by,
                Result.total,
                Result.theory,
                Result.practice,
                Result.topics,
                Result.answered,
                Result.questions,
                Result.passed,
            )
            .outerjoin(Result, (Result.attempt_id == Attempt.id) & is_current())
            .where(Attempt.assessment_id == assessment_id)
            .order_by(sa.nulls_last(Result.total.desc()), Attempt.number)
        )
    )


def _row(person: Any, attempts: list[Any]) -> ResultRow:
    best = next((attempt for attempt in attempts if attempt.total is not None), None)
    writing = any(attempt.state is AttemptState.IN_PROGRESS for attempt in attempts)
    known = {
        "public_id": person.public_id,
        "name": person.full_name,
        "sort_key": person.sort_key,
        "search_key": person.search_key,
        "born": person.born,
        "unit_id": person.unit_id or "",
        "unit": person.unit_short or person.unit_name or "",
        "unit_sort": person.unit_sort or "",
        "withdrawn": person.state is EnrolmentState.WITHDRAWN,
        "attempts": len(attempts),
        "writing": writing,
    }
    if best is None:
        return ResultRow(**known, outcome=Outcome.WRITING if writing else Outcome.NOT_SAT)
    return ResultRow(
        **known,
        outcome=Outcome.PASSED if best.passed else Outcome.FAILED,
        attempt_id=best.public_id,
        answered=best.answered,
        questions=best.questions,
        theory=best.theory,
        practice=best.practice,
        total=best.total,
        topics=best.topics,
        closed_at=best.closed_at,
        closed_by=best.closed_by or "",
    )
