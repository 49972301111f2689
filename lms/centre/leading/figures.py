"""What the leader's pages say, as plain data made from plain rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lms.core.rounding import distribution, percentage, scaled

KNOWN = 500
"""Hundredths of a point from which theory or practice counts as mastered: 5,0, where passing begins."""


@dataclass(frozen=True, slots=True)
class Marks:
    """A learner's published result in a class: hundredths of a point, None where there is none."""

    class_id: int
    mark: int | None
    theory: int | None
    practice: int | None
    band_title: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Of ``measured`` learners who have both marks, how many master theory but not practice, and the other way round."""

    measured: int
    knows_only: int
    does_only: int
    theory: int | None
    practice: int | None

    @classmethod
    def of(cls, marks: Iterable[Marks]) -> "Gap":
        """The gap among these results; ``theory`` and ``practice`` are the means, rounded to hundredths."""
        pairs = [
            (one.theory, one.practice) for one in marks if one.theory is not None and one.practice is not None
        ]
        return cls(
            measured=len(pairs),
            knows_only=sum(theory >= KNOWN > practice for theory, practice in pairs),
            does_only=sum(practice >= KNOWN > theory for theory, practice in pairs),
            theory=_mean([theory for theory, _ in pairs]),
            practice=_mean([practice for _, practice in pairs]),
        )


def _mean(marks: Sequence[int]) -> int | None:
    return scaled(Fraction(sum(marks), len(marks)), 1) if marks else None


@dataclass(frozen=True, slots=True)
class BandShare:
    """How many have a class of result; the shares of a table sum to exactly 100,00 %."""

    title: str
    count: int
    share: Decimal


def bands(marks: Sequence[Marks]) -> list[BandShare]:
    """The classes of result that occur, from the best mark downwards, learners without one last."""
    best: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for one in marks:
        counts[one.band_title] += 1
        best[one.band_title] = max(best.get(one.band_title, -1), -1 if one.mark is None else one.mark)
    order = sorted(counts, key=lambda title: (title == "", -best[title], title))
    shares = distribution([counts[title] for title in order])
    return [BandShare(title, counts[title], share) for title, share in zip(order, shares, strict=True)]


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner of a running class: the unit that sent, and whether anything was begun."""

    class_id: int
    unit_id: int | None
    unit_name: str
    started: bool


@dataclass(frozen=True, slots=True)
class UnitStart:
    """A unit's learners in a class, and how many of them have begun."""

    class_id: int
    unit_name: str
    learners: int
    started: int


def not_started(learners: Iterable[Learner]) -> list[UnitStart]:
    """The units of each class of whose learners nobody has begun, the largest first."""
    groups: dict[tuple[int, int | None], list[Learner]] = {}
    for one in learners:
        groups.setdefault((one.class_id, one.unit_id), []).append(one)
    found = [
        UnitStart(class_id, group[0].unit_name, len(group), sum(one.started for one in group))
        for (class_id, _), group in groups.items()
    ]
    return sorted(
        (one for one in found if one.started == 0),
        key=lambda one: (-one.learners, one.class_id, one.unit_name),
    )


@dataclass(frozen=True, slots=True)
class ClassStand:
    """A class on a day: its learners, how many began, half days held of those planned, periods missed of those held."""

    id: int
    public_id: str
    code: str
    title: str
    starts_on: date
    ends_on: date
    learners: int
    started: int
    meetings: int
    called: int
    held_periods: int
    missed_periods: int

    @property
    def attendance(self) -> Decimal | None:
        """Percent of the periods held so far that were attended, over all learners; None before the first roll."""
        whole = self.held_periods * self.learners
        return percentage(whole - self.missed_periods, whole) if whole else None


@dataclass(frozen=True, slots=True)
class ClassOutcome:
    """A class whose result was published."""

    public_id: str
    code: str
    title: str
    learners: int
    passed: int
    gap: Gap


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a centre: classes that ran in it, results published in it, letters sent and answered in it."""

    begins: date
    ends: date
    running: list[ClassStand]
    outcomes: list[ClassOutcome]
    bands: list[BandShare]
    gap: Gap
    enrolled: int
    letters_sent: int
    letters_answered: int
    late: list[UnitStart] = field(default_factory=list)

    @property
    def learners(self) -> int:
        """Places in the month's classes; whoever sits in two counts twice."""
        return sum(one.learners for one in self.running)

    @property
    def judged(self) -> int:
        """Learners whose result was published."""
        return sum(one.learners for one in self.outcomes)

    @property
    def passed(self) -> int:
        """Those of them who passed."""
        return sum(one.passed for one in self.outcomes)
