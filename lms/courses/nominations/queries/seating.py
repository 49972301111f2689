"""The seats of a class: given, taken, wanted."""

from collections.abc import Collection
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
class Seats:
    """Places of a unit, with those below it, in a class.

    Given, taken by learners, wanted by the list at hand, and asked for by other lists that wait for staff.
    """

    unit: Unit
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


def seats(
    class_ids: Collection[int], list_id: int | None = None, *, waiting: bool = False
) -> dict[int, list[Seats]]:
    """The seats of each class that has quotas, unit by unit.

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
    taken = db.session.execute(
        sa.select(Enrolment.class_id, Unit.path, sa.func.count().label("people"))
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id.in_(class_ids), Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(Enrolment.class_id, Unit.path)
    ).all()
    asked = _waiting(class_ids, list_id) if waiting else []
    wanted = _wanted(list_id) if list_id is not None else []
    found: dict[int, list[Seats]] = {}
    for quota in quotas:
        path = quota.unit.path
        found.setdefault(quota.class_id, []).append(
            Seats(
                quota.unit,
                quota.places,
                sum(
                    row.people
                    for row in taken
                    if row.class_id == quota.class_id and (row.path or "").startswith(path)
                ),
                sum(people for where, people in wanted if where.startswith(path)),
                sum(
                    people
                    for class_id, where, people in asked
                    if class_id == quota.class_id and where.startswith(path)
                ),
            )
        )
    return found


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


@dataclass(frozen=True)
class Filling:
    """How many are in a class, and how many a list would bring."""

    taken: int
    wanted: int


def all_seats(nomination_list: NominationList) -> Filling:
    """The whole class, whatever the units; two statements."""
    taken = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Enrolment)
        .where(Enrolment.class_id == nomination_list.class_id, Enrolment.state == EnrolmentState.ACTIVE)
    )
    return Filling(taken or 0, sum(people for _, people in _wanted(nomination_list.id)))
