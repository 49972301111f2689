"""The table of a class result as plain rows: what a row says, how rows are ordered and which are shown. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lms.core.rounding import distribution, percentage
from lms.core.vietnamese import search_key
from lms.results.classification.regulation import NOT_ELIGIBLE_CODE, NOT_ELIGIBLE_TITLE, Regulation

NO_BAND = "none"
"""The filter's word for those who have no class of result."""


@dataclass(frozen=True, slots=True)
class Row:
    """A learner with the stored result, marks in hundredths; ``computed`` is False where there is none yet."""

    enrolment_id: int
    account_id: int
    public_id: str
    name: str
    sort_key: str
    search_key: str
    born: str
    unit_id: str
    unit: str
    unit_sort: str
    withdrawn: bool
    computed: bool
    mark: int | None
    theory: int | None
    practice: int | None
    band: str
    band_title: str
    passed: bool
    path: Mapping[str, Any]
    remark: str

    @property
    def components(self) -> dict[str, Fraction | None]:
        """The mark of each component in points, by code."""
        return {
            one["code"]: None if one["mark"] is None else Fraction(*one["mark"])
            for one in self.path.get("components", ())
        }

    @property
    def attended(self) -> Decimal | None:
        """Attended periods of those held, in percent; None without a roll."""
        seen = self.path.get("attendance", {})
        held = seen.get("held", 0)
        return percentage(held - seen["missed"], held) if held else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, in which order: ``sort`` is a column's name, with ``-`` in front for descending."""

    text: str = ""
    unit: str = ""
    band: str = ""
    sort: str = "name"


_KEYS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.sort_key,
    "unit": lambda row: row.unit_sort or None,
    "attended": lambda row: row.attended,
    "theory": lambda row: row.theory,
    "practice": lambda row: row.practice,
    "mark": lambda row: row.mark,
}


def arranged(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    """The wanted rows in the wanted order; missing values last either way, equals in Vietnamese name order."""
    text = search_key(wanted.text)
    shown = [
        row
        for row in rows
        if (not text or text in row.search_key)
        and (not wanted.unit or wanted.unit == row.unit_id)
        and (not wanted.band or wanted.band == (row.band or NO_BAND))
    ]
    shown.sort(key=lambda row: (row.sort_key, row.public_id))
    name = wanted.sort.removeprefix("-")
    key: Callable[[Row], Any] = _KEYS.get(name) or (lambda row: row.components.get(name.removeprefix("c-")))
    known = [row for row in shown if key(row) is not None]
    known.sort(key=key, reverse=wanted.sort.startswith("-"))
    return known + [row for row in shown if key(row) is None]


def units_of(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The units that sent somebody, ``(public id, name)`` in Vietnamese order."""
    named = {(row.unit_sort, row.unit_id): row.unit for row in rows if row.unit_id}
    return [(unit_id, name) for (_, unit_id), name in sorted(named.items())]


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many have a class of result; the percentages of all sum to exactly 100."""

    code: str
    title: str
    count: int
    percent: Decimal


def band_counts(rows: Sequence[Row], regulation: Regulation) -> list[BandCount]:
    """Every class of the regulation, then who is not eligible and who has none, where there are such."""
    named = [(band.code, band.title) for band in regulation.bands]
    held = [row.band for row in rows if row.computed]
    if NOT_ELIGIBLE_CODE in held:
        named.append((NOT_ELIGIBLE_CODE, NOT_ELIGIBLE_TITLE))
    if "" in held:
        named.append(("", ""))
    counts = [held.count(code) for code, _ in named]
    return [
        BandCount(code or NO_BAND, title, count, percent)
        for (code, title), count, percent in zip(named, counts, distribution(counts), strict=True)
    ]
