"""Regulations within a scope, and the version a class follows."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass
from lms.results.classification.regulation import Regulation as Content
from lms.results.regulations.models import (
    ClassRegulation,
    ProgrammeRegulation,
    Regulation,
    RegulationVersion,
)

KEPT = 500
_contents: dict[int, Content] = {}


def content_of(version: RegulationVersion) -> Content:
    """What a version says, parsed once: a version never changes."""
    return parsed(version.id, version.content)


def parsed(version_id: int, content: dict[str, object]) -> Content:
    """The same from a version's id and document."""
    known = _contents.get(version_id)
    if known is None or known.to_json() != content:
        if len(_contents) >= KEPT:
            _contents.clear()
        known = _contents[version_id] = Content.from_json(content)
    return known


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """A regulation in the list with its newest version and how many programmes and classes follow it."""

    regulation: Regulation
    newest: RegulationVersion
    programmes: int
    classes: int


def _newest(regulation_id: sa.SQLColumnExpression[int]) -> sa.ScalarSelect[int]:
    other = sa.orm.aliased(RegulationVersion)
    return (
        sa.select(other.id)
        .where(other.regulation_id == regulation_id)
        .order_by(other.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def regulations_in(scope: Scope) -> list[RegulationRow]:
    """The scope's regulations by title; one statement."""
    programmes = (
        sa.select(sa.func.count())
        .select_from(ProgrammeRegulation)
        .where(ProgrammeRegulation.regulation_id == Regulation.id)
        .scalar_subquery()
    )
    other = sa.orm.aliased(RegulationVersion)
    classes = (
        sa.select(sa.func.count())
        .select_from(ClassRegulation)
        .join(other, other.id == ClassRegulation.version_id)
        .where(other.regulation_id == Regulation.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Regulation, RegulationVersion, programmes, classes)
        .join(Regulation.unit)
        .join(RegulationVersion, RegulationVersion.id == _newest(Regulation.id))
        .options(contains_eager(Regulation.unit))
        .where(within(scope))
        .order_by(Unit.sort_key, Regulation.title, Regulation.id)
    )
    return [RegulationRow(*row) for row in rows]


def regulation_in(scope: Scope, key: str) -> Regulation:
    """The regulation of this public id with its versions and centre; two statements.

    Raises:
        NotFound: there is none within the scope.
    """
    found = db.session.scalar(
        sa.select(Regulation)
        .join(Regulation.unit)
        .options(contains_eager(Regulation.unit), selectinload(Regulation.versions))
        .where(Regulation.public_id == key, within(scope))
    )
    if found is None:
        raise NotFound
    return found


def programmes_of(regulation: Regulation) -> Sequence[tuple[Programme, Regulation | None]]:
    """Every programme of the regulation's centre, with the regulation it points to; one statement."""
    other = sa.orm.aliased(Regulation)
    rows = db.session.execute(
        sa.select(Programme, other)
        .outerjoin(ProgrammeRegulation, ProgrammeRegulation.programme_id == Programme.id)
        .outerjoin(other, other.id == ProgrammeRegulation.regulation_id)
        .where(Programme.unit_id == regulation.unit_id)
        .order_by(Programme.title, Programme.id)
    )
    return [(row[0], row[1]) for row in rows]


def classes_of(regulation: Regulation) -> Sequence[tuple[CourseClass, int]]:
    """The classes that follow one of the regulation's versions for good, with its number; one statement."""
    rows = db.session.execute(
        sa.select(CourseClass, RegulationVersion.number)
        .join(ClassRegulation, ClassRegulation.class_id == CourseClass.id)
        .join(RegulationVersion, RegulationVersion.id == ClassRegulation.version_id)
        .where(RegulationVersion.regulation_id == regulation.id)
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())
        .limit(100)
    )
    return [(row[0], row[1]) for row in rows]


def _followed(class_id: int) -> sa.ScalarSelect[int]:
    """The id of the version that a class follows: its own, else the newest of its programme's regulation."""
    own = sa.select(ClassRegulation.version_id).where(ClassRegulation.class_id == class_id).scalar_subquery()
    of_programme = (
        sa.select(RegulationVersion.id)
        .join(ProgrammeRegulation, ProgrammeRegulation.regulation_id == RegulationVersion.regulation_id)
        .join(CourseClass, CourseClass.programme_id == ProgrammeRegulation.programme_id)
        .where(CourseClass.id == class_id)
        .order_by(RegulationVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    followed: sa.ScalarSelect[int] = sa.select(sa.func.coalesce(own, of_programme)).scalar_subquery()
    return followed


def version_followed(class_id: int) -> RegulationVersion | None:
    """The version that a class follows, with its regulation; None where its programme points to none."""
    return db.session.scalar(
        sa.select(RegulationVersion)
        .options(joinedload(RegulationVersion.regulation))
        .where(RegulationVersion.id == _followed(class_id))
    )


def content_followed(class_id: int) -> Content | None:
    """What the class's version says; one statement."""
    row = db.session.execute(
        sa.select(RegulationVersion.id, RegulationVersion.content).where(
            RegulationVersion.id == _followed(class_id)
        )
    ).one_or_none()
    return None if row is None else parsed(row.id, row.content)


def newest_version(regulation_id: int) -> RegulationVersion:
    """The newest version of a regulation; every regulation has one."""
    return db.session.scalars(
        sa.select(RegulationVersion)
        .where(RegulationVersion.regulation_id == regulation_id)
        .order_by(RegulationVersion.number.desc())
        .limit(1)
    ).one()
