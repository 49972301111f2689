"""Letters within a scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account, AccountState, RoleGrant
from lms.auth.units.models import Unit
from lms.auth.units.queries import lineage, within
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.jobs.models import Job
from lms.results.class_results.models import ClassResult, ResultState
from lms.results.letters.models import LetterState, UnitLetter

JOB = "letters.make"
_PARTS = (
    joinedload(UnitLetter.course_class).joinedload(CourseClass.unit),
    joinedload(UnitLetter.course_class).joinedload(CourseClass.programme),
    joinedload(UnitLetter.pdf),
    joinedload(UnitLetter.docx),
    joinedload(UnitLetter.scan),
)


@dataclass(frozen=True)
class LetterRow:
    """A unit that sent learners to a class, how many are still in it, and its letter if there is one."""

    unit: Unit
    learners: int
    letter: UnitLetter | None

    @property
    def public_id(self) -> str:
        """The letter's key; empty without one."""
        return self.letter.public_id if self.letter is not None else ""


def published_result(course_class: CourseClass) -> ClassResult | None:
    """The class's result if it has been published."""
    return db.session.scalar(
        sa.select(ClassResult)
        .where(ClassResult.class_id == course_class.id, ClassResult.state == ResultState.PUBLISHED)
        .options(joinedload(ClassResult.version))
    )


def rows_of(course_class: CourseClass) -> list[LetterRow]:
    """Every unit of the class with its letter, in Vietnamese order; two statements."""
    active = sa.func.sum(sa.case((Enrolment.state == EnrolmentState.ACTIVE, 1), else_=0))
    sent = db.session.execute(
        sa.select(Unit, active)
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .where(Enrolment.class_id == course_class.id)
        .group_by(Unit.id)
        .order_by(Unit.sort_key, Unit.id)
    ).all()
    letters = {letter.unit_id: letter for letter in letters_of(course_class)}
    return [LetterRow(unit, int(count), letters.get(unit.id)) for unit, count in sent]


def letters_of(course_class: CourseClass, keys: Collection[str] | None = None) -> Sequence[UnitLetter]:
    """The class's letters, or those of ``keys``, by unit in Vietnamese order; one statement."""
    wanted = (
        sa.select(UnitLetter)
        .join(UnitLetter.unit)
        .where(UnitLetter.class_id == course_class.id)
        .options(contains_eager(UnitLetter.unit), *_PARTS)
        .order_by(Unit.sort_key, Unit.id)
    )
    if keys is not None:
        wanted = wanted.where(UnitLetter.public_id.in_(keys))
    return db.session.scalars(wanted).all()


def letter_kept(scope: Scope, key: str) -> UnitLetter:
    """The letter of this public id, of a class held by a centre of the scope.

    Raises:
        NotFound: there is none.
    """
    return _one(
        sa.select(UnitLetter)
        .join(UnitLetter.course_class)
        .join(Unit, Unit.id == CourseClass.unit_id)
        .where(UnitLetter.public_id == key, within(scope))
        .options(joinedload(UnitLetter.unit), *_PARTS)
    )


def letter_to(scope: Scope, key: str) -> UnitLetter:
    """The letter of this public id, sent to a unit of the scope.

    Raises:
        NotFound: there is none, or it hasn't been sent.
    """
    return _one(_sent_to(scope).where(UnitLetter.public_id == key))


def _one(wanted: sa.Select[UnitLetter]) -> UnitLetter:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def letters_to(scope: Scope) -> Sequence[UnitLetter]:
    """The letters sent to the scope's units, the latest first; one statement."""
    return db.session.scalars(_sent_to(scope).order_by(UnitLetter.sent_at.desc(), UnitLetter.id.desc())).all()


def _sent_to(scope: Scope) -> sa.Select[UnitLetter]:
    return (
        sa.select(UnitLetter)
        .join(UnitLetter.unit)
        .where(UnitLetter.state != LetterState.MADE, within(scope))
        .options(contains_eager(UnitLetter.unit), *_PARTS)
    )


def liaisons_of(units: Collection[Unit]) -> dict[int, set[int]]:
    """Accounts that speak for each of these units or a unit above it, by unit id; one statement."""
    lines = {unit.id: set(lineage(unit.path)) for unit in units}
    wanted = {unit_id for line in lines.values() for unit_id in line}
    rows = db.session.execute(
        sa.select(RoleGrant.unit_id, RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.UNIT,
            RoleGrant.unit_id.in_(wanted),
            Account.state == AccountState.ACTIVE,
        )
    ).all()
    return {
        unit_id: {row.account_id for row in rows if row.unit_id in line} for unit_id, line in lines.items()
    }


def making_job(course_class: CourseClass) -> Job | None:
    """The latest job that made, or makes, this class's letters."""
    found: Job | None = db.session.scalar(
        sa.select(Job)
        .where(Job.kind == JOB, Job.idempotency_key.startswith(f"{JOB}:{course_class.id}:"))
        .order_by(Job.id.desc())
        .limit(1)
    )
    return found
