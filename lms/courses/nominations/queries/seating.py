"""The seats of a class: given, taken, wanted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.auth.units.models import Unit
from lms.core.db import db
from lms.courses.classes.models import ClassQuota, Enrolment, EnrolmentState
from lms.courses.nominations.models import (
    ListState,
    MatchKind,
    NominationList,
    NominationRow,
)


@dataclass(frozen=True)
class Places:
    """Places in a class: given, taken by learners, wanted by the list at hand, asked for by other lists that wait."""

    places: int
    taken: int
    wanted: int = 0
    waiting: int = 0

    @property
    def free(self) -> int:
        """Places that nobody has or asked for yet; below zero when more are asked for than given."""
        return self.places - self.taken - self.waiting

    @property
    def left(self) -> int:
        """Places that are free once the list is taken in; below zero when there are too many."""
        return self.places - self.taken - self.wanted


@dataclass(frozen=True)
class Seats:
    """The places of a unit, with those below it, in a class."""

    unit: Unit
    of: Places


@dataclass(frozen=True)
class ClassSeats:
    """The places of a class unit by unit, and of all of it, whose learners may be of units without places."""

    units: Sequence[Seats]
    whole: Places


def seats(
    class_ids: Collection[int], list_id: int | None = None, *, waiting: bool = False
) -> dict[int, ClassSeats]:
    """The seats of each class that has quotas.

    Two statements, one more with a list, one more with those who are ``waiting`` on other lists.
    """
    quotas = db.session.scalars(
        sa.select(ClassQuota)
        .join(ClassQuota.unit)
        .where(ClassQuota.class_id.in_(class_ids))
        .options(contains_eager(ClassQuota.unit))
        .order_by(Unit.sort_key, Unit.id)
    ).all()
    if not quotas:
        return {}
    rows = db.session.execute(
        sa.select(Enrolment.class_id, Unit.path, sa.func.count())
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id.in_(class_ids), Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(Enrolment.class_id, Unit.path)
    )
    taken = [(class_id, path or "", count) for class_id, path, count in rows]
    asked = _waiting(class_ids, list_id) if waiting else []
    wanted = _wanted(list_id) if list_id is not None else []

    def places(given: int, class_id: int, path: str) -> Places:
        return Places(
            given,
            sum(count for of, where, count in taken if of == class_id and where.startswith(path)),
            sum(count for where, count in wanted if where.startswith(path)),
            sum(count for of, where, count in asked if of == class_id and where.startswith(path)),
        )

    found = {}
    for class_id in dict.fromkeys(quota.class_id for quota in quotas):
        own = [quota for quota in quotas if quota.class_id == class_id]
        units = [Seats(one.unit, places(one.places, class_id, one.unit.path)) for one in own]
        given = sum(one.places for one in own if not _inside(one, own))
        found[class_id] = ClassSeats(units, places(given, class_id, ""))
    return found


def places_of(units: Collection[Unit], found: ClassSeats | None) -> Places | None:
    """The nearest quota that the units share in; none where the class has none for them."""
    own = [
        one
        for one in (found.units if found is not None else ())
        if any(unit.path.startswith(one.unit.path) for unit in units)
    ]
    nearest = max(own, key=lambda one: len(one.unit.path), default=None)
    return nearest.of if nearest is not None else None


def _inside(one: ClassQuota, others: Sequence[ClassQuota]) -> bool:
    """Whether the unit lies in another that has places too: those hold its own."""
    return any(other.unit_id != one.unit_id and one.unit.path.startswith(other.unit.path) for other in others)


def _waiting(class_ids: Collection[int], besides: int | None) -> list[tuple[int, str, int]]:
    """How many stand on lists that wait for staff, by class and the path of their unit."""
    rows = db.session.execute(
        sa.select(NominationList.class_id, Unit.path, sa.func.count())
        .join(NominationRow, NominationRow.list_id == NominationList.id)
        .outerjoin(Unit, Unit.id == NominationRow.unit_id)
        .where(
            NominationList.class_id.in_(class_ids),
            NominationList.id != (besides or 0),
            NominationList.state == ListState.SENT,
            NominationRow.skipped.is_(False),
        )
        .group_by(NominationList.class_id, Unit.path)
    )
    return [(class_id, path or "", count) for class_id, path, count in rows]


def _wanted(list_id: int) -> list[tuple[str, int]]:
    """How many of a list come newly into its class, by the path of their unit."""
    there = (
        sa.select(Enrolment.account_id)
        .join(NominationList, NominationList.class_id == Enrolment.class_id)
        .where(NominationList.id == list_id, Enrolment.state == EnrolmentState.ACTIVE)
    )
    rows = db.session.execute(
        sa.select(Unit.path, sa.func.count())
        .select_from(NominationRow)
        .outerjoin(Unit, Unit.id == NominationRow.unit_id)
        .where(
            NominationRow.list_id == list_id,
            NominationRow.skipped.is_(False),
            sa.or_(
                NominationRow.account_id.is_(None),
                NominationRow.match.in_([MatchKind.SIMILAR, MatchKind.NEW]),
                NominationRow.account_id.not_in(there),
            ),
        )
        .group_by(Unit.path)
    )
    return [(path or "", count) for path, count in rows]
