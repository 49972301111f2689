"""Item and test statistics of classical test theory, over plain numbers. Pure.

Variances and covariances divide by s − 1. Floats are right here: these figures describe marks, they never are marks.
``None`` stands for a figure that isn't defined: too few attempts, or nothing varies.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

DUBIOUS_EFFICIENCY = 15.0
"""Below this discriminative efficiency (percent) an item hardly tells learners apart."""
_TINY = 1e-12
_FOR_SKEWNESS, _FOR_KURTOSIS, _FOR_ALPHA = 3, 4, 3


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; raises ``ValueError`` for no values."""
    if not values:
        raise ValueError("no values, no mean")
    return math.fsum(values) / len(values)


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle; raises ``ValueError`` for no values."""
    if not values:
        raise ValueError("no values, no median")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def covariance(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Sample covariance of paired values; ``None`` below two pairs. Raises ``ValueError`` for unequal lengths."""
    if len(first) != len(second):
        raise ValueError("paired values need the same number on both sides")
    if len(first) <= 1:
        return None
    left, right = mean(first), mean(second)
    return math.fsum((x - left) * (y - right) for x, y in zip(first, second, strict=True)) / (len(first) - 1)


def variance(values: Sequence[float]) -> float | None:
    """Sample variance; ``None`` below two values."""
    return covariance(values, values)


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item over the ``seen`` attempts that had it; covariances in squared marks, the rest as each says.

    ``facility`` is a share of 1, ``sd`` in marks; ``discrimination`` and ``efficiency`` are percentages, negative
    where those who did well elsewhere did worse here. ``covariance_total`` is the one with the attempt's total.
    """

    seen: int
    maximum: float
    facility: float
    sd: float | None
    mark_variance: float | None
    rest_variance: float | None
    covariance: float | None
    covariance_max: float | None
    covariance_total: float | None
    discrimination: float | None
    efficiency: float | None

    @property
    def sd_percent(self) -> float | None:
        """100·SD/maximum."""
        return None if self.sd is None or not self.maximum else 100 * self.sd / self.maximum


def item_statistics(
    marks: Sequence[float], totals: Sequence[float], maximum: float, *, drawn: bool = False
) -> ItemStatistics:
    """Statistics of one item from its marks and the totals of the same attempts, in the same order.

    The item is compared with the rest, total − mark; ``drawn`` takes the whole total instead, as the peer that our
    figures are checked against does for the place of an item drawn at random.

    Raises:
        ValueError: no attempts, or unequal lengths.
    """
    rest = list(totals) if drawn else [total - mark for mark, total in zip(marks, totals, strict=True)]
    own, others, both = variance(marks), variance(rest), covariance(marks, rest)
    best = covariance(sorted(marks), sorted(rest))
    return ItemStatistics(
        seen=len(marks),
        maximum=maximum,
        facility=mean(marks) / maximum if maximum else 0.0,
        sd=None if own is None else math.sqrt(own),
        mark_variance=own,
        rest_variance=others,
        covariance=both,
        covariance_max=best,
        covariance_total=covariance(marks, totals),
        discrimination=_percent_of_root(both, own, others),
        efficiency=None if both is None or best is None or abs(best) < _TINY else 100 * both / best,
    )


def _percent_of_root(both: float | None, own: float | None, others: float | None) -> float | None:
    if both is None or own is None or others is None or own * others < _TINY:
        return None
    return max(-100.0, min(100.0, 100 * both / math.sqrt(own * others)))


def intended_weight(maximum: float, total_maximum: float) -> float | None:
    """The share of the test, in percent, that the author gave the item."""
    return 100 * maximum / total_maximum if total_maximum else None


def effective_weights(items: Sequence[ItemStatistics]) -> list[float | None]:
    """How much of the spread of totals each item makes, in percent; they sum to 100.

    An item whose covariance with the total is negative has none (and deserves a look), nor has any when nothing varies.
    """
    roots = [
        None
        if item.covariance_total is None or item.covariance_total < 0
        else math.sqrt(item.covariance_total)
        for item in items
    ]
    whole = math.fsum(root for root in roots if root is not None)
    return [None if root is None or not whole else 100 * root / whole for root in roots]


@dataclass(frozen=True, slots=True)
class TestStatistics:
    """A test over ``attempts`` totals; in marks, but ``alpha`` and ``error_ratio`` in percent."""

    attempts: int
    mean: float
    median: float
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    error_ratio: float | None
    standard_error: float | None


def test_statistics(totals: Sequence[float], items: Sequence[Sequence[float]]) -> TestStatistics:
    """Statistics of a test from the totals and, for each item, its marks in the same attempts.

    Raises:
        ValueError: no attempts.
    """
    spread = variance(totals)
    alpha = cronbach_alpha(totals, items)
    ratio = None if alpha is None else 100 * math.sqrt(max(0.0, 1 - alpha / 100))
    sd = None if spread is None else math.sqrt(spread)
    return TestStatistics(
        attempts=len(totals),
        mean=mean(totals),
        median=median(totals),
        sd=sd,
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        alpha=alpha,
        error_ratio=ratio,
        standard_error=None if ratio is None or sd is None else ratio * sd / 100,
    )


test_statistics.__test__ = False  # type: ignore[attr-defined]  # pytest takes the name for a test
TestStatistics.__test__ = False  # type: ignore[attr-defined]  # and this one too


def cronbach_alpha(totals: Sequence[float], items: Sequence[Sequence[float]]) -> float | None:
    """Internal consistency in percent: 100·p/(p − 1)·(1 − ΣV(item)/V(total)); can be negative.

    Only for more than two attempts, more than one item, and totals that differ.
    """
    spread = variance(totals)
    if len(totals) < _FOR_ALPHA or len(items) <= 1 or spread is None or spread < _TINY:
        return None
    parts = math.fsum(variance(marks) or 0.0 for marks in items)
    return 100 * len(items) / (len(items) - 1) * (1 - parts / spread)


def _central(values: Sequence[float], power: int) -> float:
    middle = mean(values)
    return math.fsum((value - middle) ** power for value in values) / len(values)


def skewness(values: Sequence[float]) -> float | None:
    """Fisher's k3/k2^1.5; ``None`` below three values or when nothing varies."""
    size, spread = len(values), variance(values)
    if size < _FOR_SKEWNESS or spread is None or spread < _TINY:
        return None
    k3 = size**2 * _central(values, 3) / ((size - 1) * (size - 2))
    return float(k3 / spread**1.5)


def kurtosis(values: Sequence[float]) -> float | None:
    """Fisher's k4/k2²; ``None`` below four values or when nothing varies."""
    size, spread = len(values), variance(values)
    if size < _FOR_KURTOSIS or spread is None or spread < _TINY:
        return None
    second, fourth = _central(values, 2), _central(values, 4)
    k4 = size**2 * ((size + 1) * fourth - 3 * (size - 1) * second**2)
    return float(k4 / ((size - 1) * (size - 2) * (size - 3)) / spread**2)
