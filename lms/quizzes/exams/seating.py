"""Rooms as they are typed, numbers as they are given, seats as they are drawn; pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lms.core import vietnamese
from lms.core.messages import N_, Message

MOST_ROOMS = 40
MOST_SEATS = 500
NAME_LENGTH = 80
DIGITS = 3
_LINE = re.compile(r"(?P<name>.+?)\s*[:=|\t]\s*(?P<seats>[0-9]{1,4})\s*(?:chỗ)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room with its number of seats."""

    name: str
    seats: int


class BadRoomsError(ValueError):
    """The rooms can't be read; ``message`` says which line and how to mend it."""

    def __init__(self, text: str, **params: str | int) -> None:
        self.message = Message(text, params)
        super().__init__(str(self.message))


def parse_rooms(text: str) -> list[RoomLine]:
    """The rooms of lines such as ``Phòng 1: 30``, in their order.

    Raises:
        BadRoomsError: no room, too many, two of one name, or a line without a name or a sensible number.
    """
    rooms: list[RoomLine] = []
    for number, line in enumerate(vietnamese.nfc(text).splitlines(), start=1):
        if not line.strip():
            continue
        read = _LINE.fullmatch(line.strip())
        name = vietnamese.clean_name(read["name"]) if read else ""
        seats = int(read["seats"]) if read else 0
        if not name or len(name) > NAME_LENGTH or not 1 <= seats <= MOST_SEATS:
            raise BadRoomsError(
                N_("Dòng %(number)s chưa đúng. Ghi tên phòng, dấu hai chấm, số chỗ, ví dụ: Phòng 1: 30"),
                number=number,
            )
        if any(room.name.casefold() == name.casefold() for room in rooms):
            raise BadRoomsError(N_("Phòng %(name)s ghi hai lần. Mỗi phòng một dòng."), name=name)
        rooms.append(RoomLine(name, seats))
    if not rooms:
        raise BadRoomsError(N_("Ghi ít nhất một phòng, ví dụ: Phòng 1: 30"))
    if len(rooms) > MOST_ROOMS:
        raise BadRoomsError(N_("Nhiều nhất %(most)s phòng một ca thi."), most=MOST_ROOMS)
    return rooms


def rooms_text(rooms: Sequence[RoomLine]) -> str:
    """The lines that :func:`parse_rooms` reads."""
    return "\n".join(f"{room.name}: {room.seats}" for room in rooms)


def share_out(people: int, capacities: Sequence[int]) -> list[int]:
    """How many people each room takes: as even as the seats allow, earlier rooms first with what is left over.

    Raises:
        ValueError: there are fewer seats than people.
    """
    if people > sum(capacities):
        raise ValueError("fewer seats than people")
    taken = [0] * len(capacities)
    left = people
    while left:
        open_rooms = [index for index, seats in enumerate(capacities) if taken[index] < seats]
        step = max(1, left // len(open_rooms))
        for index in open_rooms:
            more = min(step, capacities[index] - taken[index], left)
            taken[index] += more
            left -= more
    return taken


def draw(people: int, capacities: Sequence[int]) -> list[tuple[int, int]]:
    """Room (an index) and seat (from 1) of each person in turn: rooms are filled in order, seats counted."""
    return [
        (room, seat)
        for room, count in enumerate(share_out(people, capacities))
        for seat in range(1, count + 1)
    ]


def free_seats(
    capacities: Sequence[int], taken: Sequence[Collection[int]], wanted: int
) -> list[tuple[int, int]]:
    """``wanted`` free seats for people who come later: each in the room with most room left, at its lowest free seat.

    Raises:
        ValueError: there are fewer free seats.
    """
    used = [set(seats) for seats in taken]
    found = []
    for _ in range(wanted):
        room = max(range(len(capacities)), key=lambda index: (capacities[index] - len(used[index]), -index))
        seat = next((one for one in range(1, capacities[room] + 1) if one not in used[room]), None)
        if seat is None:
            raise ValueError("fewer seats than people")
        used[room].add(seat)
        found.append((room, seat))
    return found


def number_text(prefix: str, number: int) -> str:
    """A candidate number: ``LLCT-`` and 1 give ``LLCT-001``."""
    return f"{prefix}{number:0{DIGITS}d}"
