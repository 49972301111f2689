"""Exact rounding. Halves go away from zero (8,25 → 8,3), as schools do; never through a float."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction


def scaled(value: Exact, scale: int) -> int:
    """``value`` × ``scale`` as the nearest integer, halves away from zero."""
    exact = Fraction(value) * scale
    doubled, unit = 2 * abs(exact.numerator), 2 * exact.denominator
    whole = (doubled + exact.denominator) // unit
    return whole if exact >= 0 else -whole


def to_hundredths(value: Exact) -> int:
    """``value`` in hundredths: ``Fraction(1, 3)`` → 33."""
    return scaled(value, 100)


def to_tenths(value: Exact) -> int:
    """``value`` in tenths: ``Decimal("8.25")`` → 83."""
    return scaled(value, 10)


def rounded(value: Exact, places: int) -> Decimal:
    """``value`` with exactly ``places`` decimals."""
    return Decimal(scaled(value, 10**places)).scaleb(-places)


def from_hundredths(hundredths: int) -> Decimal:
    """A stored mark (hundredths of a point) as a Decimal with two places: 830 → ``8.30``."""
    return Decimal(hundredths).scaleb(-2)


def percentage(count: int, total: int) -> Decimal:
    """The share of ``count`` in ``total`` in percent with two decimals: 17 of 31 → ``54.84``; 0 of 0 → ``0.00``.

    For a lone figure. The shares of a whole distribution come from :func:`distribution`.
    """
    return rounded(Fraction(100 * count, total), 2) if total else Decimal("0.00")


def distribution(counts: Sequence[int]) -> list[Decimal]:
    """Percentages with two decimals that sum to exactly 100.00 (largest remainder; ties to the earlier one).

    Raises ``ValueError`` on a negative count. All zero when every count is zero.
    """
    return [Decimal(part).scaleb(-2) for part in apportion(counts, 10_000)]


def apportion(weights: Sequence[int], whole: int) -> list[int]:
    """Split ``whole`` units in proportion to ``weights`` by largest remainder: each within one unit of its share."""
    if any(weight < 0 for weight in weights):
        msg = "weights can't be negative"
        raise ValueError(msg)
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    parts = [weight * whole // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(weights[i] * whole % total))
    for index in by_remainder[: whole - sum(parts)]:
        parts[index] += 1
    return parts
