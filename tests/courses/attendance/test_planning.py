"""Filling a timetable: what is proposed covers the programme exactly, in order, on free slots only."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.courses.attendance.models import Half
from lms.courses.attendance.planning import Part, Wish, propose, still_wanted

START = date(2026, 11, 23)
slots = st.tuples(st.integers(0, 40).map(lambda days: START + timedelta(days=days)), st.sampled_from(Half))


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    return Wish(
        first=START,
        last=START + timedelta(days=draw(st.integers(0, 40))),
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        halves=draw(st.frozensets(st.sampled_from(Half), min_size=1)),
        periods=draw(st.integers(1, 6)),
        days_off=draw(st.frozensets(slots.map(lambda slot: slot[0]), max_size=5)),
    )


parts = st.lists(st.integers(1, 30), max_size=8).map(
    lambda periods: [Part(number, count) for number, count in enumerate(periods, start=1)]
)


@given(wishes(), parts, st.frozensets(slots, max_size=10))
def test_the_programme_is_covered_to_the_period_in_order(
    wish: Wish, wanted: list[Part], taken: frozenset[tuple[date, Half]]
) -> None:
    found = propose(wish, wanted, taken)
    places = [(row.held_on, row.half) for row in found.rows]
    assert len(set(places)) == len(places)
    assert not set(places) & taken
    order = list(Half)
    assert places == sorted(places, key=lambda place: (place[0], order.index(place[1])))
    for row in found.rows:
        assert wish.first <= row.held_on <= wish.last
        assert row.held_on.weekday() in wish.weekdays
        assert row.held_on not in wish.days_off
        assert row.half in wish.halves
        assert 1 <= row.periods <= wish.periods
    if wanted:
        modules = [row.module_id for row in found.rows]
        assert modules == sorted(modules, key=lambda one: one or 0)
        assert sum(row.periods for row in found.rows) + found.left_over == sum(
            part.periods for part in wanted
        )


@given(wishes())
def test_without_modules_every_free_slot_is_proposed(wish: Wish) -> None:
    days = [wish.first + timedelta(days=n) for n in range((wish.last - wish.first).days + 1)]
    free = sum(1 for day in days if day.weekday() in wish.weekdays and day not in wish.days_off)
    found = propose(wish, [], [])
    assert len(found.rows) == free * len(wish.halves)
    assert all(row.module_id is None for row in found.rows)


def test_what_is_planned_already_is_not_planned_again() -> None:
    modules = [(1, 8), (2, 4), (3, 0), (4, 0)]
    assert still_wanted(modules, [(1, 4), (2, 6), (None, 4), (3, 2)]) == [Part(1, 4), Part(4, 0)]


def test_a_module_of_unknown_length_takes_one_half_day() -> None:
    wish = Wish(START, START, frozenset({0}), frozenset(Half), 4)
    assert [(row.half, row.periods) for row in propose(wish, [Part(1, 0), Part(2, 3)], []).rows] == [
        (Half.MORNING, 4),
        (Half.AFTERNOON, 3),
    ]
