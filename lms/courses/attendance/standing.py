"""How much of a class a learner has missed, in teaching periods (*tiết*); pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lms.core.rounding import percentage


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner's attendance, counted in periods.

    ``total`` are those of all planned half days, ``held`` those of half days whose roll was called. ``missed`` are
    all that the learner was absent from, and ``excused`` those of them with leave: both kinds count as absent.
    """

    total: int
    held: int
    missed: int
    excused: int

    @property
    def unexcused(self) -> int:
        """Periods missed without leave."""
        return self.missed - self.excused

    @property
    def attended(self) -> int:
        """Periods of called half days at which the learner was present."""
        return self.held - self.missed

    @property
    def share(self) -> Fraction:
        """The share of all planned periods that was missed; nothing where nothing is planned."""
        return Fraction(self.missed, self.total) if self.total else Fraction(0)

    @property
    def missed_percent(self) -> Decimal:
        """``share`` in percent with two decimals."""
        return percentage(self.missed, self.total)

    @property
    def attended_percent(self) -> Decimal:
        """Periods attended out of those held, in percent with two decimals; 0.00 while ``held`` is 0."""
        return percentage(self.attended, self.held)

    def within(self, limit: Fraction) -> bool:
        """Whether at most ``limit`` of all periods was missed: exactly the limit is still eligible."""
        return self.share <= limit

    def margin(self, limit: Fraction) -> int:
        """How many more periods may be missed without passing ``limit``; 0 when it is reached or passed."""
        return max(0, allowance(self.total, limit) - self.missed)


def allowance(total: int, limit: Fraction) -> int:
    """How many of ``total`` periods may be missed under ``limit``."""
    return int(limit * total)


class Verdict(StrEnum):
    """What a standing means under the limit."""

    ELIGIBLE = "eligible"
    NEAR = "near"
    OVER = "over"


def verdict(standing: Standing, limit: Fraction, half_day: int) -> Verdict:
    """Over the limit; near it when one more half day of ``half_day`` periods would pass it; else eligible."""
    if not standing.within(limit):
        return Verdict.OVER
    in_danger = standing.missed > 0 and standing.margin(limit) < half_day
    return Verdict.NEAR if in_danger else Verdict.ELIGIBLE
