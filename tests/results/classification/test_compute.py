"""From marks to result, against exact rationals."""

import json
from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.results.classification.checking import problems
from lms.results.classification.compute import Attendance, Outcome, SourceMark, result
from lms.results.classification.regulation import (
    DEFAULT_BANDS,
    ELEMENTARY,
    SHORT_COURSE,
    WHOLE,
    Component,
    ComponentKind,
    Regulation,
    Rounding,
    Unmet,
)

FULL = Attendance(40, 40, 0)
MARK = st.integers(0, 1000)


def final_only(**changes: object) -> Regulation:
    part = Component("final", "Kiểm tra cuối khóa", ComponentKind.FINAL_TEST, WHOLE)
    return replace(SHORT_COURSE, **{"components": (part,), **changes})


def of_final(mark: int | None, attendance: Attendance = FULL, **changes: object) -> Outcome:
    return result(final_only(**changes), {"final": [SourceMark("Bài thi", mark)]}, attendance)


def whole_weights(parts: list[int]) -> list[int]:
    """Any cut points as weights that sum to the whole."""
    cuts = sorted(part % (WHOLE + 1) for part in parts)
    return [upper - lower for lower, upper in zip([0, *cuts], [*cuts, WHOLE], strict=True)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Regulation, dict[str, list[SourceMark]]]:
    weights = whole_weights(draw(st.lists(st.integers(0, WHOLE), max_size=5)))
    parts = tuple(Component(f"c{n}", f"Phần {n}", ComponentKind.ESSAY, one) for n, one in enumerate(weights))
    rounding = draw(st.sampled_from(Rounding))
    final = draw(st.sampled_from([Rounding.TENTHS, Rounding.HUNDREDTHS]))
    regulation = replace(SHORT_COURSE, components=parts, component_rounding=rounding, final_rounding=final)
    assert problems(regulation) == []
    sources = st.lists(MARK, min_size=1, max_size=4)
    marks = {
        part.code: [SourceMark(f"Nguồn {n}", mark) for n, mark in enumerate(draw(sources))] for part in parts
    }
    return regulation, marks


def half_up(value: Fraction, places: int) -> Fraction:
    scale = 10**places
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


PLACES = {Rounding.TENTHS: 1, Rounding.HUNDREDTHS: 2}


@given(cases())
def test_the_total_is_the_weighted_sum_rounded_once(
    case: tuple[Regulation, dict[str, list[SourceMark]]],
) -> None:
    regulation, marks = case
    total = Fraction(0)
    for part in regulation.components:
        mean = Fraction(sum(one.mark or 0 for one in marks[part.code]), len(marks[part.code]) * 100)
        if regulation.component_rounding is not Rounding.EXACT:
            mean = half_up(mean, PLACES[regulation.component_rounding])
        total += mean * Fraction(part.weight, 10_000)
    outcome = result(regulation, marks, FULL)
    expected = half_up(total, PLACES[regulation.final_rounding])
    assert outcome.mark == expected * 100
    assert Fraction(*outcome.path["sum"]) == total
    assert sum(Fraction(*one["contribution"]) for one in outcome.path["components"]) == total
    assert sum(Fraction(*one["share"]) for one in outcome.path["components"]) == 1
    assert 0 <= outcome.mark <= 1000
    json.dumps(outcome.path)


@given(cases(), st.data())
def test_a_better_mark_never_makes_a_worse_result(
    case: tuple[Regulation, dict[str, list[SourceMark]]], data: st.DataObject
) -> None:
    regulation, marks = case
    code = data.draw(st.sampled_from(sorted(marks)))
    place = data.draw(st.integers(0, len(marks[code]) - 1))
    before = marks[code][place].mark or 0
    assume(before < 1000)
    raised = [*marks[code]]
    raised[place] = SourceMark("Nguồn", data.draw(st.integers(before + 1, 1000)))
    lower, upper = result(regulation, marks, FULL), result(regulation, {**marks, code: raised}, FULL)
    assert lower.mark is not None
    assert upper.mark is not None
    assert lower.mark <= upper.mark
    order = [band.code for band in regulation.bands]
    assert order.index(upper.band) <= order.index(lower.band)


@given(cases())
def test_equal_marks_everywhere_are_the_total(case: tuple[Regulation, dict[str, list[SourceMark]]]) -> None:
    regulation, marks = case
    same = {code: [SourceMark("Nguồn", 830) for _ in given_] for code, given_ in marks.items()}
    assert result(regulation, same, FULL).mark == 830


@pytest.mark.parametrize(
    ("mark", "rounded", "band"),
    [
        (825, 830, "good"),
        (824, 820, "good"),
        (895, 900, "excellent"),
        (894, 890, "good"),
        (900, 900, "excellent"),
        (795, 800, "good"),
        (695, 700, "fair"),
        (495, 500, "average"),
        (494, 490, "failed"),
        (0, 0, "failed"),
        (1000, 1000, "excellent"),
    ],
)
def test_the_class_is_read_from_the_rounded_mark(mark: int, rounded: int, band: str) -> None:
    outcome = of_final(mark)
    assert (outcome.mark, outcome.band) == (rounded, band)
    assert outcome.passed == (band != "failed")


@given(MARK)
def test_a_boundary_belongs_to_the_upper_class(mark: int) -> None:
    outcome = of_final(mark, final_rounding=Rounding.HUNDREDTHS)
    expected = next(band for band in DEFAULT_BANDS if band.lower <= mark)
    assert (outcome.mark, outcome.band, outcome.passed) == (mark, expected.code, mark >= 500)


def test_the_working_can_be_followed() -> None:
    outcome = result(
        SHORT_COURSE,
        {
            "conduct": [SourceMark("Ý thức", 900)],
            "essay": [SourceMark("Bài thu hoạch", 750, 800, 700)],
            "final": [SourceMark("Bài thi", 830, 900, 760)],
        },
        Attendance(40, 40, 4),
    )
    assert [one["contribution"] for one in outcome.path["components"]] == [
        [9, 10],
        [9, 10],
        [3, 2],
        [249, 50],
    ]
    assert outcome.path["sum"] == [207, 25]
    assert (outcome.mark, outcome.band) == (830, "good")
    # Theory: (8,0 × 20 + 9,0 × 60) ÷ 80 = 8,75 → 8,8; practice: (7,0 × 20 + 7,6 × 60) ÷ 80 = 7,45 → 7,5.
    assert (outcome.theory, outcome.practice) == (880, 750)


@given(st.lists(st.tuples(st.none() | MARK, st.none() | MARK), min_size=1, max_size=4))
def test_an_aspect_is_formed_over_the_components_that_have_it(
    given_: list[tuple[int | None, int | None]],
) -> None:
    weights = whole_weights(list(range(1000, 1000 * len(given_), 1000)))
    parts = tuple(Component(f"c{n}", f"Phần {n}", ComponentKind.ESSAY, one) for n, one in enumerate(weights))
    marks = {f"c{n}": [SourceMark("Nguồn", 500, *pair)] for n, pair in enumerate(given_)}
    outcome = result(replace(SHORT_COURSE, components=parts), marks, FULL)
    for place, got in enumerate((outcome.theory, outcome.practice)):
        having = [(pair[place], weight) for pair, weight in zip(given_, weights, strict=True) if pair[place] is not None]  # fmt: skip
        if not having:
            assert got is None
            continue
        exact = Fraction(
            sum((mark or 0) * weight for mark, weight in having), 100 * sum(w for _, w in having)
        )
        assert got == half_up(exact, 1) * 100


def test_a_missing_mark_is_named_and_there_is_no_total() -> None:
    outcome = result(
        SHORT_COURSE, {"essay": [SourceMark("Thu hoạch 1", 800), SourceMark("Thu hoạch 2", None)]}, FULL
    )
    assert outcome.mark is None
    assert outcome.missing == ("Ý thức kỷ luật", "Thu hoạch 2", "Kiểm tra cuối khóa")
    assert (outcome.band, outcome.passed) == ("", False)


def test_what_is_not_required_and_missing_leaves_its_weight_to_the_others() -> None:
    parts = (
        Component("a", "A", ComponentKind.ESSAY, 5_000),
        Component("b", "B", ComponentKind.ESSAY, 2_500),
        Component("c", "C", ComponentKind.CONDUCT, 2_500, required=False),
    )
    regulation = replace(SHORT_COURSE, components=parts)
    outcome = result(regulation, {"a": [SourceMark("A", 600)], "b": [SourceMark("B", 900)]}, FULL)
    assert outcome.mark == 700
    assert [one["share"] for one in outcome.path["components"]] == [[2, 3], [1, 3], [0, 1]]
    assert outcome.path["components"][2]["state"] == "left_out"


@given(st.integers(1, 200), st.data(), st.integers(0, WHOLE))
def test_the_absence_limit_is_exact(periods: int, data: st.DataObject, limit: int) -> None:
    missed = data.draw(st.integers(0, periods))
    outcome = of_final(900, Attendance(periods, periods, missed), absence_limit=limit)
    met = missed * WHOLE <= limit * periods
    assert ("absence" not in outcome.unmet) == met
    assert outcome.passed == met


@given(st.integers(1, 300), st.data())
def test_attendance_is_the_attended_share_of_ten(periods: int, data: st.DataObject) -> None:
    missed = data.draw(st.integers(0, periods))
    parts = (Component("here", "Chuyên cần", ComponentKind.ATTENDANCE, WHOLE),)
    regulation = replace(SHORT_COURSE, components=parts, absence_limit=None)
    exact = Fraction(10 * (periods - missed), periods)
    assert result(regulation, {}, Attendance(periods, periods, missed)).mark == half_up(exact, 1) * 100


def test_absence_is_measured_against_all_planned_periods_and_attendance_against_the_called_ones() -> None:
    parts = (Component("here", "Chuyên cần", ComponentKind.ATTENDANCE, WHOLE),)
    outcome = result(replace(SHORT_COURSE, components=parts), {}, Attendance(40, 20, 8))
    assert outcome.mark == 600
    assert outcome.unmet == ()


def test_no_roll_called_leaves_attendance_open() -> None:
    outcome = of_final(900, Attendance(40, 0, 0))
    assert outcome.passed
    assert outcome.path["conditions"][0]["met"] is None


def test_a_minimum_below_which_nobody_passes() -> None:
    marks = {
        "module_tests": [SourceMark("Bài 1", 1000)],
        "essay": [SourceMark("Thu hoạch", 1000)],
        "final": [SourceMark("Thi", 490)],
    }
    outcome = result(ELEMENTARY, marks, FULL)
    assert outcome.mark == 750  # 7,45, rounded half up
    assert outcome.unmet == ("minimum",)
    assert (outcome.band, outcome.passed) == ("not_eligible", False)
    assert result(ELEMENTARY, {**marks, "final": [SourceMark("Thi", 500)]}, FULL).passed
    strict = result(replace(ELEMENTARY, unmet=Unmet.FAIL), marks, FULL)
    assert (strict.band, strict.band_title) == ("failed", "Không đạt")
    floor_ = result(replace(ELEMENTARY, lowest=600), {**marks, "final": [SourceMark("Thi", 590)]}, FULL)
    assert floor_.unmet == ("minimum",)


def test_who_is_barred_is_so_even_without_a_mark() -> None:
    outcome = of_final(None, Attendance(40, 40, 9))
    assert outcome.mark is None
    assert (outcome.band, outcome.unmet) == ("not_eligible", ("absence",))


def test_every_module_test_has_to_be_taken() -> None:
    marks = {
        "module_tests": [SourceMark("Bài 1", 900), SourceMark("Bài 2", None)],
        "essay": [SourceMark("Thu hoạch", 900)],
        "final": [SourceMark("Thi", 900)],
    }
    outcome = result(ELEMENTARY, marks, FULL)
    assert outcome.unmet == ("module_tests",)
    assert outcome.missing == ("Bài 2",)
    assert result(replace(ELEMENTARY, every_module_test=False), marks, FULL).unmet == ()


def test_a_component_rounded_first_can_differ_from_one_kept_exact() -> None:
    marks = {"final": [SourceMark("1", 833), SourceMark("2", 833), SourceMark("3", 834)]}
    shown = {
        rounding: result(final_only(component_rounding=rounding), marks, FULL).path["components"][0]["mark"]
        for rounding in Rounding
    }
    assert shown == {"exact": [25, 3], "hundredths": [833, 100], "tenths": [83, 10]}
