"""From a learner's marks to the result, exactly: fractions all the way, rounded once at the end. Pure.

The total is Σ weight × component over the weights that count; a component is the mean of its sources, rounded as the
regulation says. Theory and practice are formed likewise, over the components that have that aspect, their weights
taken in proportion. The class of result is read from the rounded total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lms.core.rounding import scaled
from lms.results.classification.regulation import (
    NOT_ELIGIBLE_CODE,
    NOT_ELIGIBLE_TITLE,
    WHOLE,
    Band,
    Component,
    ComponentKind,
    Regulation,
    Rounding,
    Unmet,
)

Pair = list[int]
"""A fraction as JSON: numerator and denominator."""


@dataclass(frozen=True, slots=True)
class SourceMark:
    """What one source gave a learner, in hundredths; ``mark`` None where there is none. ``note`` says where from."""

    title: str
    mark: int | None
    theory: int | None = None
    practice: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Periods of the class: planned, those whose roll was called, and how many of them the learner missed."""

    planned: int
    held: int
    missed: int

    @property
    def mark(self) -> Fraction | None:
        """Points: the attended share of the called periods, of 10; None when no roll was called."""
        return Fraction(10 * (self.held - self.missed), self.held) if self.held else None

    @property
    def missed_share(self) -> Fraction | None:
        """The share of all planned periods that was missed; None when no roll was called."""
        return Fraction(self.missed, self.planned) if self.held and self.planned else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A learner's result; marks in hundredths. ``missing`` are titles of what has no mark yet, ``unmet`` codes of conditions.

    ``path`` holds every step as JSON; :mod:`lms.results.classification.words` says it.
    """

    mark: int | None
    theory: int | None
    practice: int | None
    band: str
    band_title: str
    passed: bool
    missing: tuple[str, ...]
    unmet: tuple[str, ...]
    path: dict[str, Any]


@dataclass(slots=True)
class _Part:
    """A component on its way into the total."""

    component: Component
    sources: Sequence[SourceMark]
    exact: Fraction | None
    mark: Fraction | None = None
    share: Fraction = Fraction(0)
    missing: list[str] = field(default_factory=list)


def rounded_points(points: Fraction, rounding: Rounding) -> Fraction:
    """Points rounded to the place, halves up."""
    if rounding is Rounding.EXACT:
        return points
    scale = 10 if rounding is Rounding.TENTHS else 100
    return Fraction(scaled(points, scale), scale)


def result(
    regulation: Regulation, marks: Mapping[str, Sequence[SourceMark]], attendance: Attendance
) -> Outcome:
    """The result of a learner. ``marks`` holds the sources of each component by its code.

    A component without a source, or with a source that has no mark, is missing; where it is required there is no
    total, and ``missing`` says what is wanted. The regulation must have no :func:`problems`.
    """
    parts = [_part(one, marks.get(one.code, ()), attendance, regulation) for one in regulation.components]
    missing = tuple(title for part in parts if part.component.required for title in part.missing)
    _share_out(parts)
    total = None if missing else sum((part.mark * part.share for part in parts if part.mark is not None), Fraction(0))  # fmt: skip
    mark = None if total is None else _hundredths(total, regulation)
    conditions = _conditions(regulation, parts, attendance)
    unmet = tuple(one["code"] for one in conditions if one["met"] is False)
    band = _band(regulation, mark, has_unmet=bool(unmet))
    theory, practice = (_aspect(parts, aspect, regulation) for aspect in ("theory", "practice"))
    path = {
        "components": [_step(part) for part in parts],
        "component_rounding": regulation.component_rounding.value,
        "rounding": regulation.final_rounding.value,
        "attendance": {"planned": attendance.planned, "held": attendance.held, "missed": attendance.missed},
        "sum": None if total is None else _pair(total),
        "mark": mark,
        "theory": theory,
        "practice": practice,
        "conditions": conditions,
        "missing": list(missing),
        "unmet": list(unmet),
        "band": None if band is None else {"code": band.code, "title": band.title, "from": band.lower},
    }
    return Outcome(
        mark=mark,
        theory=None if theory is None else theory["mark"],
        practice=None if practice is None else practice["mark"],
        band="" if band is None else band.code,
        band_title="" if band is None else band.title,
        passed=band is not None and band.passes and mark is not None,
        missing=missing,
        unmet=unmet,
        path=path,
    )


def _part(
    component: Component, sources: Sequence[SourceMark], attendance: Attendance, regulation: Regulation
) -> _Part:
    part = _Part(component, sources, None)
    if component.kind is ComponentKind.ATTENDANCE and not sources:
        part.exact = attendance.mark
    elif sources and all(source.mark is not None for source in sources):
        part.exact = Fraction(sum(source.mark or 0 for source in sources), 100 * len(sources))
    if part.exact is not None:
        part.mark = rounded_points(part.exact, regulation.component_rounding)
    else:
        part.missing = [source.title for source in sources if source.mark is None] or [component.title]
    return part


def _share_out(parts: Sequence[_Part]) -> None:
    """The share of each component: its weight, or in proportion where one that isn't required has no mark."""
    present = sum(part.component.weight for part in parts if part.mark is not None or part.component.required)
    for part in parts:
        if (part.mark is not None or part.component.required) and present:
            part.share = Fraction(part.component.weight, present)


def _hundredths(points: Fraction, regulation: Regulation) -> int:
    return scaled(rounded_points(points, regulation.final_rounding), 100)


def _aspect(parts: Sequence[_Part], aspect: str, regulation: Regulation) -> dict[str, Any] | None:
    """Theory or practice: the mean of the sources that have it, by the weights of the components that have it."""
    found = []
    for part in parts:
        given = [mark for source in part.sources if (mark := getattr(source, aspect)) is not None]
        if given and part.component.weight:
            found.append((part.component, Fraction(sum(given), 100 * len(given))))
    whole = sum(component.weight for component, _ in found)
    if not whole:
        return None
    exact = sum((mark * component.weight for component, mark in found), Fraction(0)) / whole
    return {
        "mark": _hundredths(exact, regulation),
        "exact": _pair(exact),
        "parts": [
            {"title": component.title, "mark": _pair(mark), "weight": component.weight}
            for component, mark in found
        ],
    }


def _conditions(
    regulation: Regulation, parts: Sequence[_Part], attendance: Attendance
) -> list[dict[str, Any]]:
    """Each condition with ``met``: True, False, or None while it can't be known."""
    found: list[dict[str, Any]] = []
    if regulation.absence_limit is not None:
        share = attendance.missed_share
        met = None if share is None else share <= Fraction(regulation.absence_limit, WHOLE)
        found.append({"code": "absence", "met": met, "limit": regulation.absence_limit,
                      "planned": attendance.planned, "missed": attendance.missed})  # fmt: skip
    if regulation.every_module_test:
        tests = [part for part in parts if part.component.kind is ComponentKind.MODULE_TEST]
        wanted = [title for part in tests for title in part.missing]
        if tests:
            found.append({"code": "module_tests", "met": not wanted, "missing": wanted})
    for part in parts:
        least = max(part.component.minimum or 0, regulation.lowest or 0)
        if least:
            met = None if part.mark is None else part.mark * 100 >= least
            found.append({"code": "minimum", "met": met, "title": part.component.title, "least": least,
                          "mark": None if part.mark is None else _pair(part.mark)})  # fmt: skip
    return found


def _band(regulation: Regulation, mark: int | None, *, has_unmet: bool) -> Band | None:
    if has_unmet:
        if regulation.unmet is Unmet.FAIL:
            return regulation.bands[-1]
        return Band(NOT_ELIGIBLE_CODE, NOT_ELIGIBLE_TITLE, 0, passes=False)
    return None if mark is None else regulation.band_of(mark)


def _pair(value: Fraction) -> Pair:
    return [value.numerator, value.denominator]


def _step(part: _Part) -> dict[str, Any]:
    component = part.component
    counts = part.mark is not None
    return {
        "code": component.code,
        "title": component.title,
        "kind": component.kind.value,
        "weight": component.weight,
        "share": _pair(part.share),
        "required": component.required,
        "sources": [
            {"title": one.title, "mark": one.mark, **({"note": one.note} if one.note else {})}
            for one in part.sources
        ],
        "exact": None if part.exact is None else _pair(part.exact),
        "mark": None if part.mark is None else _pair(part.mark),
        "contribution": _pair(part.mark * part.share) if part.mark is not None else None,
        "state": "counted" if counts else ("missing" if component.required else "left_out"),
    }
