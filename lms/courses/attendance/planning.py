"""Filling a timetable: half days between two dates, the programme's modules spread over them; pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lms.courses.attendance.models import Half

LONGEST = 366
"""Days between the first and the last."""


@dataclass(frozen=True, slots=True)
class Part:
    """A module with the periods that still want a half day; 0 periods: nobody said how many, it takes one half day."""

    module_id: int
    periods: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fill: dates (both included), weekdays (Monday is 0), halves, periods of a half day, days off."""

    first: date
    last: date
    weekdays: frozenset[int]
    halves: frozenset[Half]
    periods: int
    room: str = ""
    days_off: frozenset[date] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A half day that could be added."""

    held_on: date
    half: Half
    periods: int
    module_id: int | None
    room: str = ""
    lecturer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The half days, in order, and the periods of the programme that found no place between the dates."""

    rows: Sequence[Proposed]
    left_over: int


def propose(wish: Wish, parts: Sequence[Part], taken: Collection[tuple[date, Half]]) -> Proposal:
    """Half days for the parts in their order, none on a slot that is taken.

    Each half day belongs to one module and has at most ``wish.periods``; a module's last one has what is left of it,
    so that the periods of the timetable sum to those of the programme. Without parts every free slot is
    proposed, with no module.
    """
    slots = _slots(wish, set(taken))
    if not parts:
        return Proposal([Proposed(day, half, wish.periods, None, wish.room) for day, half in slots], 0)
    rows, left_over = [], 0
    for module_id, periods in _pieces(parts, wish.periods):
        slot = next(slots, None)
        if slot is None:
            left_over += periods
        else:
            rows.append(Proposed(*slot, periods, module_id, wish.room))
    return Proposal(rows, left_over)


def _slots(wish: Wish, taken: set[tuple[date, Half]]) -> Iterator[tuple[date, Half]]:
    for offset in range(min((wish.last - wish.first).days, LONGEST) + 1):
        day = wish.first + timedelta(days=offset)
        if day.weekday() not in wish.weekdays or day in wish.days_off:
            continue
        for half in Half:
            if half in wish.halves and (day, half) not in taken:
                yield day, half


def _pieces(parts: Sequence[Part], most: int) -> Iterator[tuple[int, int]]:
    for part in parts:
        left = part.periods or most
        while left > 0:
            yield part.module_id, min(most, left)
            left -= most


def still_wanted(modules: Sequence[tuple[int, int]], planned: Sequence[tuple[int | None, int]]) -> list[Part]:
    """What of each module (id, periods) is not covered by the half days planned already (module id, periods)."""
    covered: dict[int, int] = {}
    for module_id, periods in planned:
        if module_id is not None:
            covered[module_id] = covered.get(module_id, 0) + periods
    return [
        Part(module_id, max(0, periods - covered.get(module_id, 0)))
        for module_id, periods in modules
        if (periods > covered.get(module_id, 0)) or (periods == 0 and module_id not in covered)
    ]
