"""The results table as plain rows: what a row says, how rows are ordered and which are shown. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lms.core.vietnamese import search_key


class Outcome(StrEnum):
    """What became of a learner: passed, failed, still writing the first attempt, or never began."""

    PASSED = "passed"
    FAILED = "failed"
    WRITING = "writing"
    NOT_SAT = "not_sat"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A learner of the class with the result that counts: the best total of all attempts, the earliest of equals.

    Marks are hundredths on the 10-point scale. ``attempts`` counts those begun; ``writing`` says that one is still
    in progress. ``withdrawn`` marks somebody who left the class after sitting. ``born`` stays as it was given.
    """

    public_id: str
    name: str
    sort_key: str
    search_key: str
    born: str
    unit_id: str
    unit: str
    unit_sort: str
    withdrawn: bool
    attempts: int
    writing: bool
    outcome: Outcome
    attempt_id: str = ""
    answered: int | None = None
    questions: int | None = None
    theory: int | None = None
    practice: int | None = None
    total: int | None = None
    topics: Sequence[dict[str, Any]] = ()
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def has_result(self) -> bool:
        """Whether there is a mark."""
        return self.total is not None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, in which order: ``sort`` is a column's name, with ``-`` in front for descending."""

    text: str = ""
    unit: str = ""
    outcome: Outcome | None = None
    sort: str = "name"


_ORDER = (Outcome.PASSED, Outcome.FAILED, Outcome.WRITING, Outcome.NOT_SAT)
_BORN = re.compile(r"(?:(?:(\d{1,2})\D)?(\d{1,2})\D)?(\d{4})")


def born_key(born: str) -> tuple[int, int, int] | None:
    """Order of birth dates as given: a year alone comes before the days of that year; ``None`` for no date."""
    match = _BORN.fullmatch(born.strip())
    if match is None:
        return None
    day, month, year = match.groups()
    return int(year), int(month or 0), int(day or 0)


_KEYS: dict[str, Callable[[ResultRow], Any]] = {
    "name": lambda row: row.sort_key,
    "born": lambda row: born_key(row.born),
    "unit": lambda row: row.unit_sort or None,
    "attempts": lambda row: row.attempts or None,
    "answered": lambda row: row.answered,
    "theory": lambda row: row.theory,
    "practice": lambda row: row.practice,
    "total": lambda row: row.total,
    "outcome": lambda row: _ORDER.index(row.outcome),
    "closed_at": lambda row: row.closed_at,
    "closed_by": lambda row: row.closed_by or None,
}


def arranged(rows: Sequence[ResultRow], wanted: Wanted) -> list[ResultRow]:
    """The wanted rows in the wanted order; missing values last either way, equals in Vietnamese name order.

    An unknown column means the name.
    """
    text = search_key(wanted.text)
    shown = [
        row
        for row in rows
        if (not text or text in row.search_key)
        and (not wanted.unit or wanted.unit == row.unit_id)
        and (wanted.outcome is None or wanted.outcome is row.outcome)
    ]
    shown.sort(key=lambda row: (row.sort_key, row.public_id))
    key = _KEYS.get(wanted.sort.removeprefix("-"), _KEYS["name"])
    known = [row for row in shown if key(row) is not None]
    known.sort(key=key, reverse=wanted.sort.startswith("-"))
    return known + [row for row in shown if key(row) is None]


def units_of(rows: Sequence[ResultRow]) -> list[tuple[str, str]]:
    """The units that sent somebody, ``(public id, name)`` in Vietnamese order."""
    named = {(row.unit_sort, row.unit_id): row.unit for row in rows if row.unit_id}
    return [(unit_id, name) for (_, unit_id), name in sorted(named.items())]
