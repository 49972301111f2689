"""Seats and numbers, for any rooms and any number of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.exams.seating import (
    BadRoomsError,
    RoomLine,
    draw,
    free_seats,
    number_text,
    parse_rooms,
    rooms_text,
    share_out,
)

rooms = st.lists(st.integers(1, 60), min_size=1, max_size=8)


@given(rooms, st.data())
def test_everybody_is_seated_once_and_no_room_is_over(capacities: list[int], data: st.DataObject) -> None:
    people = data.draw(st.integers(0, sum(capacities)))
    places = draw(people, capacities)
    assert len(places) == people == len(set(places))
    assert places == sorted(places), "rooms are filled in order, seats counted"
    assert all(1 <= seat <= capacities[room] for room, seat in places)


@given(rooms, st.data())
def test_rooms_are_filled_evenly(capacities: list[int], data: st.DataObject) -> None:
    """A room with seats left has at most one person less than any other."""
    people = data.draw(st.integers(0, sum(capacities)))
    taken = share_out(people, capacities)
    roomy = [count for count, seats in zip(taken, capacities, strict=True) if count < seats]
    assert sum(taken) == people
    assert not roomy or max(taken) - min(roomy) <= 1


@given(rooms, st.data())
def test_latecomers_get_free_seats(capacities: list[int], data: st.DataObject) -> None:
    people = data.draw(st.integers(0, sum(capacities)))
    late = data.draw(st.integers(0, sum(capacities) - people))
    first = draw(people, capacities)
    taken = [[seat for room, seat in first if room == index] for index in range(len(capacities))]
    more = free_seats(capacities, taken, late)
    assert len(more) == late
    assert len({*first, *more}) == people + late
    assert all(1 <= seat <= capacities[room] for room, seat in more)


def test_too_few_seats_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer seats"):
        draw(5, [2, 2])
    with pytest.raises(ValueError, match="fewer seats"):
        free_seats([2], [[1, 2]], 1)


def test_rooms_are_read_as_people_type_them() -> None:
    typed = "Phòng 1: 30\n\n  Hội trường  A :  45 chỗ\nPhòng 2\t20\n"
    read = parse_rooms(typed)
    assert read == [RoomLine("Phòng 1", 30), RoomLine("Hội trường A", 45), RoomLine("Phòng 2", 20)]
    assert parse_rooms(rooms_text(read)) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Phòng 1",
        "Phòng 1: 0",
        ": 30",
        "Phòng: ba mươi",
        "A: 30\nA: 20",
        "A: 9999",
        "\n".join(f"P{n}: 1" for n in range(41)),
    ],
)
def test_what_can_not_be_read_is_refused(typed: str) -> None:
    with pytest.raises(BadRoomsError):
        parse_rooms(typed)


def test_numbers_have_three_digits_or_more() -> None:
    assert [number_text("LLCT-", n) for n in (1, 999, 1000)] == ["LLCT-001", "LLCT-999", "LLCT-1000"]
