"""Standings against exact rationals, and the statements they cost."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.core.db import UnitOfWork
from lms.courses.attendance import queries
from lms.courses.attendance.models import Half, Leave
from lms.courses.attendance.standing import Standing, Verdict, allowance, verdict
from lms.courses.classes.models import EnrolmentState
from tests.counting import counted
from tests.courses.attendance.stories import LONG_AGO, TODAY, TOMORROW, RollStory

FIFTH = Fraction(1, 5)


@st.composite
def standing(draw: st.DrawFn) -> Standing:
    total = draw(st.integers(1, 400))
    held = draw(st.integers(0, total))
    missed = draw(st.integers(0, held))
    return Standing(total, held, missed, draw(st.integers(0, missed)))


limits = st.builds(Fraction, st.integers(0, 100), st.just(100)) | st.fractions(0, 1, max_denominator=50)


@given(standing(), limits)
def test_within_says_what_the_exact_share_says(one: Standing, limit: Fraction) -> None:
    assert one.within(limit) == (one.missed * limit.denominator <= limit.numerator * one.total)


@given(standing(), limits)
def test_the_margin_is_the_most_that_may_still_be_missed(one: Standing, limit: Fraction) -> None:
    margin = one.margin(limit)
    after = Standing(one.total, one.total, one.missed + margin, 0)
    assert after.within(limit) == one.within(limit)
    assert not Standing(one.total, one.total, one.missed + margin + 1, 0).within(limit)
    if not one.within(limit):
        assert margin == 0


@given(standing())
def test_percentages_are_the_exact_ones_rounded_half_up(one: Standing) -> None:
    def exact(count: int, total: int) -> Decimal:
        return (Decimal(100 * count) / Decimal(total)).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert one.missed_percent == exact(one.missed, one.total)
    assert one.attended_percent == (exact(one.held - one.missed, one.held) if one.held else Decimal("0.00"))
    assert one.unexcused + one.excused == one.missed


@given(standing(), limits, st.integers(1, 12))
def test_near_means_that_one_more_half_day_would_pass_the_limit(
    one: Standing, limit: Fraction, half_day: int
) -> None:
    found = verdict(one, limit, half_day)
    assert (found is Verdict.OVER) == (not one.within(limit))
    if found is Verdict.NEAR:
        assert not Standing(one.total, one.total, one.missed + half_day, 0).within(limit)


def test_exactly_a_fifth_is_still_eligible() -> None:
    assert Standing(40, 40, 8, 8).within(FIFTH)
    assert not Standing(40, 40, 9, 9).within(FIFTH)
    assert Standing(40, 40, 8, 0).margin(FIFTH) == 0
    assert Standing(42, 42, 8, 0).within(FIFTH)
    assert allowance(44, FIFTH) == 8


def test_nothing_planned_is_nothing_missed() -> None:
    empty = Standing(0, 0, 0, 0)
    assert empty.within(FIFTH)
    assert empty.share == empty.margin(FIFTH) == 0
    assert empty.missed_percent == Decimal("0.00")


def test_both_kinds_of_absence_count_and_planned_half_days_are_the_whole(told: RollStory) -> None:
    told.called(LONG_AGO, Half.MORNING, {told.an.id: Leave.EXCUSED, told.binh.id: Leave.UNEXCUSED}, periods=5)
    told.called(LONG_AGO, Half.AFTERNOON, {told.an.id: Leave.UNEXCUSED}, periods=3)
    told.meeting(TOMORROW, periods=4)
    found = queries.standings(told.course_class)
    assert found[told.enrolment(told.an).id] == Standing(total=12, held=8, missed=8, excused=5)
    assert found[told.enrolment(told.binh).id] == Standing(total=12, held=8, missed=5, excused=0)
    assert found[told.enrolment(told.duc).id] == Standing(total=12, held=8, missed=0, excused=0)


def test_who_withdrew_keeps_a_standing_and_another_class_has_its_own(told: RollStory) -> None:
    other = told.world.course_class(told.centre)
    told.world.enrol(told.an, other)
    told.called(LONG_AGO, Half.MORNING, {told.an.id: Leave.UNEXCUSED})
    with UnitOfWork():
        told.enrolment(told.an).state = EnrolmentState.WITHDRAWN
    found = queries.standings_in([told.course_class.id, other.id])
    assert found[told.enrolment(told.an).id].missed == 4
    assert found[told.enrolment(told.an, other).id] == Standing(0, 0, 0, 0)


def test_two_statements_whatever_the_number(told: RollStory) -> None:
    for half in Half:
        told.called(TODAY, half, {told.an.id: Leave.UNEXCUSED})
    key = told.course_class
    _ = key.id
    with counted() as statements:
        queries.standings(key)
    assert len(statements) == 2
