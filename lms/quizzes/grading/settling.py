"""What the marks of one essay come to: pure, in exact hundredths of a point.

One grader: that mark. Two graders: the mean, if they are no further apart than the limit, rounded once, halves up.
Further apart: a third grader marks as well, and the third mark decides; all three stay on record and are shown. (Regulations
of graduation exams differ in what three marks come to; this is the rule by which the third is the chief grader.)
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from lms.core.rounding import scaled

SCALE = 1000
"""Ten points in hundredths."""
MOST_MARKS = 3


class Criterion(Protocol):
    """What is asked of a line of a rubric."""

    id: int
    most: int


def deciding(marks: Sequence[int], limit: int) -> range | None:
    """Which of the marks, in the order they were given, make the settled one; None where a third is needed.

    Raises:
        ValueError: there are none, or more than three.
    """
    if not 1 <= len(marks) <= MOST_MARKS:
        raise ValueError("one, two or three marks")
    if len(marks) == MOST_MARKS:
        return range(2, 3)
    if max(marks) - min(marks) > limit:
        return None
    return range(len(marks))


def settle(marks: Sequence[int], limit: int) -> int | None:
    """The settled mark in hundredths; None where the two are further apart than ``limit`` and a third is needed."""
    chosen = deciding(marks, limit)
    if chosen is None:
        return None
    return scaled(mean([marks[one] for one in chosen]), 1)


def mean(values: Sequence[int | Fraction]) -> Fraction:
    """The exact mean of at least one value."""
    return Fraction(sum(values, Fraction(0))) / len(values)


def share(points: Iterable[Mapping[int, int]], criteria: Sequence[Criterion]) -> Fraction | None:
    """The part of ``criteria`` that was reached, exactly, in hundredths on the 10-point scale; None without criteria.

    ``points`` are the graders' points by the criterion's id; several graders count alike.
    """
    most = sum(one.most for one in criteria)
    if not most:
        return None
    reached = mean([sum(given.get(one.id, 0) for one in criteria) for given in points])
    return reached * SCALE / most
