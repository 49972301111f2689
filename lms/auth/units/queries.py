"""Reads of the unit tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from lms.auth.units.models import Unit, UnitKind, UnitName
from lms.core import clock
from lms.core.actor import Actor, Scope
from lms.core.db import db
from lms.core.errors import NotFound

NAME_KEPT_SECONDS = 60.0
_names: dict[int, tuple[float, str]] = {}


def within(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition that ``Unit`` lies in the scope; nothing lies in an empty one."""
    return sa.or_(sa.false(), *(Unit.path.startswith(path, autoescape=True) for path in scope.paths))


def centres_in(scope: Scope) -> Sequence[Unit]:
    """The scope's centres, in Vietnamese order."""
    return db.session.scalars(
        sa.select(Unit).where(within(scope), Unit.kind == UnitKind.CENTRE).order_by(Unit.sort_key, Unit.id)
    ).all()


def lineage(path: str) -> list[int]:
    """Ids from the root down to the unit itself."""
    return [int(part) for part in path.split("/") if part]


def setting(unit: Unit, name: str, default: Any = None) -> Any:
    """A setting of the unit or of the nearest unit above it that has it; one statement."""
    rows = db.session.execute(sa.select(Unit.id, Unit.settings).where(Unit.id.in_(lineage(unit.path)))).all()
    found = {row.id: row.settings for row in rows}
    for unit_id in reversed(lineage(unit.path)):
        if name in (found.get(unit_id) or {}):
            return found[unit_id][name]
    return default


def is_small_centre(unit: Unit) -> bool:
    """Whether the director approves alone here (*trung tâm nhỏ*), by the unit's setting or one above it."""
    return bool(setting(unit, "small_centre", default=False))


def centre_above(path: str) -> Unit | None:
    """The centre that the unit at ``path`` is, or belongs to."""
    return db.session.scalars(
        sa.select(Unit)
        .where(Unit.id.in_(lineage(path)), Unit.kind == UnitKind.CENTRE)
        .order_by(Unit.path.desc())
        .limit(1)
    ).one_or_none()


def heading(actor: Actor | None) -> str:
    """The centre's name for the head of a page; remembered for a minute, since every page asks.

    For a stranger it is the name of the only centre; where there are several it is empty.
    """
    key = (actor.unit_id or 0) if actor is not None else 0
    kept = _names.get(key)
    if kept is not None and clock.monotonic() - kept[0] < NAME_KEPT_SECONDS:
        return kept[1]
    name = _heading(key)
    _names[key] = (clock.monotonic(), name)
    return name


def _heading(unit_id: int) -> str:
    if unit_id:
        path = db.session.scalar(sa.select(Unit.path).where(Unit.id == unit_id))
        centre = centre_above(path) if path else None
        if centre is not None:
            return centre.name
    names = db.session.scalars(sa.select(Unit.name).where(Unit.kind == UnitKind.CENTRE).limit(2)).all()
    return names[0] if len(names) == 1 else ""


def forget_names() -> None:
    """After a unit was renamed, and in tests."""
    _names.clear()


def unit_in(scope: Scope, key: str) -> Unit:
    """The unit with this public id.

    Raises:
        NotFound: there is none within the scope.
    """
    unit = db.session.scalars(sa.select(Unit).where(Unit.public_id == key, within(scope))).one_or_none()
    if unit is None:
        raise NotFound
    return unit


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree as the reader sees it; ``depth`` counts from the highest one that the scope shows."""

    unit: Unit
    depth: int


def tree(scope: Scope) -> list[Branch]:
    """The units of the scope, each before those below it, siblings in Vietnamese order; one statement."""
    units = db.session.scalars(sa.select(Unit).where(within(scope)).order_by(Unit.sort_key, Unit.id)).all()
    known = {unit.id for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    found: list[Branch] = []
    waiting = [Branch(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting += [Branch(unit, branch.depth + 1) for unit in reversed(below.get(branch.unit.id, []))]
    return found


def history(unit: Unit) -> list[UnitName]:
    """The names of the unit, the latest first; empty for a unit that never was renamed."""
    return list(
        db.session.scalars(
            sa.select(UnitName).where(UnitName.unit_id == unit.id).order_by(UnitName.valid_from.desc())
        )
    )


def name_at(unit: Unit, day: date) -> str:
    """What the unit was called on ``day``; its first name for days before that."""
    names = history(unit)
    return next((one.name for one in names if one.valid_from <= day), names[-1].name if names else unit.name)


def centres() -> list[Unit]:
    """Every centre of the installation."""
    return list(
        db.session.scalars(sa.select(Unit).where(Unit.kind == UnitKind.CENTRE).order_by(Unit.sort_key))
    )
