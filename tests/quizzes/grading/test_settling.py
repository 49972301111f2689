"""What marks come to, against exact rationals."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.grading.settling import deciding, settle, share

MARK = st.integers(0, 1000)


@dataclass(frozen=True)
class Line:
    id: int
    most: int


@given(MARK, st.integers(0, 1000))
def test_one_mark_is_the_mark(mark: int, limit: int) -> None:
    assert settle([mark], limit) == mark


@given(MARK, MARK, st.integers(0, 1000))
def test_two_marks_make_their_mean_or_ask_for_a_third(one: int, two: int, limit: int) -> None:
    settled = settle([one, two], limit)
    if abs(one - two) > limit:
        assert settled is None
        return
    exact = Fraction(one + two, 2)
    assert settled is not None
    assert 0 <= settled - exact <= Fraction(1, 2)  # a half goes up, nothing else is rounded
    assert min(one, two) <= settled <= max(one, two)
    assert settle([two, one], limit) == settled


def test_a_difference_of_just_the_limit_is_no_difference() -> None:
    assert settle([700, 800], 100) == 750
    assert settle([700, 801], 100) is None
    assert settle([800, 825], 100) == 813  # 8,125 rounds up once


@given(MARK, MARK, MARK, st.integers(0, 1000))
def test_the_third_mark_decides(one: int, two: int, three: int, limit: int) -> None:
    assert settle([one, two, three], limit) == three
    assert deciding([one, two, three], limit) == range(2, 3)


@pytest.mark.parametrize("marks", [[], [1, 2, 3, 4]])
def test_no_marks_or_four_are_nonsense(marks: list[int]) -> None:
    with pytest.raises(ValueError, match="one, two or three"):
        settle(marks, 100)


@st.composite
def rubrics(draw: st.DrawFn) -> tuple[list[Line], list[dict[int, int]]]:
    most = draw(st.lists(st.integers(1, 1000), min_size=1, max_size=6))
    lines = [Line(place, one) for place, one in enumerate(most, start=1)]
    graders = draw(st.integers(1, 2))
    points = [{line.id: draw(st.integers(0, line.most)) for line in lines} for _ in range(graders)]
    return lines, points


@given(rubrics())
def test_a_share_is_what_was_reached_of_what_could_be(drawn: tuple[list[Line], list[dict[int, int]]]) -> None:
    lines, points = drawn
    reached = sum((Fraction(sum(one.values())) for one in points), Fraction(0)) / len(points)
    assert share(points, lines) == reached / sum(line.most for line in lines) * 1000
    full = [{line.id: line.most for line in lines}]
    assert share(full, lines) == 1000


def test_a_side_without_criteria_has_no_share() -> None:
    assert share([{1: 100}], []) is None
