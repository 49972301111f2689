"""Class results as they are stored."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account, RoleGrant
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.class_results.table import Row
from lms.results.classification.compute import Outcome
from lms.results.regulations.models import RegulationVersion


def class_result_of(class_id: int) -> ClassResult | None:
    """The result of a class with its regulation's version, if one was computed; one statement."""
    return db.session.scalar(
        sa.select(ClassResult)
        .options(joinedload(ClassResult.version).joinedload(RegulationVersion.regulation))
        .where(ClassResult.class_id == class_id)
    )


def class_result_in(scope: Scope, key: str) -> ClassResult:
    """The class result of this public id, with its class, centre and version.

    Raises:
        NotFound: there is none within the scope.
    """
    found = db.session.scalar(
        sa.select(ClassResult)
        .join(ClassResult.course_class)
        .join(CourseClass.unit)
        .options(
            contains_eager(ClassResult.course_class).contains_eager(CourseClass.unit),
            joinedload(ClassResult.version),
        )
        .where(ClassResult.public_id == key, within(scope))
    )
    if found is None:
        raise NotFound
    return found


def rows_of(class_id: int, result_id: int | None) -> list[Row]:
    """Everybody of the class, and who left it after the result was computed, in Vietnamese name order; one statement."""
    rows = db.session.execute(
        sa.select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.state,
            Enrolment.account_id,
            Account.public_id,
            Account.full_name,
            Account.sort_key,
            Account.search_key,
            Account.born,
            Unit.public_id.label("unit_id"),
            Unit.name.label("unit_name"),
            Unit.short_name.label("unit_short"),
            Unit.sort_key.label("unit_sort"),
            LearnerResult.enrolment_id.label("has_result"),
            LearnerResult.mark,
            LearnerResult.theory,
            LearnerResult.practice,
            LearnerResult.band,
            LearnerResult.band_title,
            LearnerResult.passed,
            LearnerResult.path,
            LearnerResult.remark,
        )
        .join(Account, Account.id == Enrolment.account_id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(
            LearnerResult,
            (LearnerResult.enrolment_id == Enrolment.id)
            & (LearnerResult.class_result_id == (result_id or 0)),
        )
        .where(
            Enrolment.class_id == class_id,
            sa.or_(Enrolment.state == EnrolmentState.ACTIVE, LearnerResult.enrolment_id.is_not(None)),
        )
        .order_by(Account.sort_key, Account.id)
    )
    return [
        Row(
            enrolment_id=row.enrolment_id,
            account_id=row.account_id,
            public_id=row.public_id,
            name=row.full_name,
            sort_key=row.sort_key,
            search_key=row.search_key,
            born=row.born,
            unit_id=row.unit_id or "",
            unit=row.unit_short or row.unit_name or "",
            unit_sort=row.unit_sort or "",
            withdrawn=row.state is EnrolmentState.WITHDRAWN,
            computed=row.has_result is not None,
            mark=row.mark,
            theory=row.theory,
            practice=row.practice,
            band=row.band or "",
            band_title=row.band_title or "",
            passed=bool(row.passed),
            path=row.path or {},
            remark=row.remark or "",
        )
        for row in rows
    ]


def changed(rows: Sequence[Row], fresh: dict[int, Outcome]) -> set[int]:
    """Enrolment ids whose stored result a fresh computation would alter, add or take away."""
    stored = {row.enrolment_id: row for row in rows if row.computed}
    differing = {
        number
        for number, one in fresh.items()
        if number in stored
        and (one.mark, one.theory, one.practice, one.band, one.passed)
        != (
            stored[number].mark,
            stored[number].theory,
            stored[number].practice,
            stored[number].band,
            stored[number].passed,
        )
    }
    return differing | (set(stored) ^ set(fresh))


def learner_results(class_id: int) -> list[LearnerResult]:
    """The stored results of a class with account and unit, in Vietnamese name order; one statement."""
    return list(
        db.session.scalars(
            sa.select(LearnerResult)
            .join(LearnerResult.class_result)
            .join(LearnerResult.enrolment)
            .join(Enrolment.account)
            .options(
                contains_eager(LearnerResult.class_result),
                contains_eager(LearnerResult.enrolment).contains_eager(Enrolment.account),
                contains_eager(LearnerResult.enrolment).joinedload(Enrolment.unit),
            )
            .where(ClassResult.class_id == class_id)
            .order_by(Account.sort_key, Account.id)
        )
    )


def signing_waiting(scope: Scope) -> Sequence[ClassResult]:
    """Checked results within the scope that wait for a leader, the oldest first; one statement."""
    return db.session.scalars(
        sa.select(ClassResult)
        .join(ClassResult.course_class)
        .join(CourseClass.unit)
        .options(contains_eager(ClassResult.course_class).contains_eager(CourseClass.unit))
        .where(ClassResult.state == ResultState.CHECKED, within(scope))
        .order_by(ClassResult.checked_at, ClassResult.id)
    ).all()


def own_result(class_key: str, account_id: int) -> LearnerResult | None:
    """A learner's own result in a class once it is published; one statement."""
    return db.session.scalar(
        _published().where(CourseClass.public_id == class_key, Enrolment.account_id == account_id)
    )


def own_results(account_id: int) -> Sequence[LearnerResult]:
    """A learner's published class results, newest first; one statement."""
    return db.session.scalars(
        _published().where(Enrolment.account_id == account_id).order_by(ClassResult.published_at.desc())
    ).all()


def _published() -> sa.Select[LearnerResult]:
    return (
        sa.select(LearnerResult)
        .join(LearnerResult.class_result)
        .join(ClassResult.course_class)
        .join(LearnerResult.enrolment)
        .options(
            contains_eager(LearnerResult.class_result)
            .contains_eager(ClassResult.course_class)
            .joinedload(CourseClass.programme),
            contains_eager(LearnerResult.class_result).joinedload(ClassResult.version),
            contains_eager(LearnerResult.enrolment),
        )
        .where(ClassResult.state == ResultState.PUBLISHED)
    )


def passed_pairs(account_ids: Collection[int], programme_ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs of account and programme id that a published class result says were passed; one statement."""
    rows = db.session.execute(
        sa.select(Enrolment.account_id, CourseClass.programme_id)
        .join(LearnerResult, LearnerResult.enrolment_id == Enrolment.id)
        .join(ClassResult, ClassResult.id == LearnerResult.class_result_id)
        .join(CourseClass, CourseClass.id == Enrolment.class_id)
        .where(
            ClassResult.state == ResultState.PUBLISHED,
            LearnerResult.passed,
            Enrolment.account_id.in_(account_ids),
            CourseClass.programme_id.in_(programme_ids),
        )
    )
    return {(row.account_id, row.programme_id) for row in rows}


def leaders_over(unit: Unit) -> list[int]:
    """Account ids of those who sign for a centre; one statement."""
    rows = db.session.execute(
        sa.select(RoleGrant.account_id, Unit.path)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.role == Role.LEADER)
    )
    return [row.account_id for row in rows if unit.path.startswith(row.path)]
