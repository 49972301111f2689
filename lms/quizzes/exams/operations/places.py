"""Rooms, numbers and seats of a session that is held; called inside an operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import sqlalchemy as sa

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Conflict, Invalid
from lms.core.messages import N_, Message
from lms.notices.operations import notify_each
from lms.quizzes.exams import seating
from lms.quizzes.exams.models import Candidate, ExamRoom, ExamSession
from lms.quizzes.exams.queries.places import rooms_of, seated_or_to_be
from lms.quizzes.exams.seating import RoomLine

TOO_FEW = N_(
    "Thiếu %(missing)s chỗ: có %(people)s người dự thi mà các phòng chỉ có %(seats)s chỗ. Thêm phòng hoặc tăng số chỗ."
)
FULL = N_(
    "Các phòng đã hết chỗ, còn thiếu %(missing)s chỗ. Vào Sửa ca thi, thêm phòng hoặc tăng số chỗ, rồi làm lại."
)
PLACED = N_("%(title)s: %(when)s, %(room)s, chỗ số %(seat)s, số báo danh %(number)s.")


@dataclass(frozen=True)
class Telling:
    """How candidates are told: the address of the assessment's page, and the time zone they live in."""

    url: str
    zone: str = clock.DEFAULT_ZONE


def must_hold(people: int, rooms: Sequence[RoomLine]) -> None:
    """Refuse rooms with too few seats, saying how many are missing."""
    seats = sum(room.seats for room in rooms)
    if people > seats:
        params = {"missing": people - seats, "people": people, "seats": seats}
        raise Invalid(fields={"rooms": Message(TOO_FEW, params)})


def set_rooms(*, exam: ExamSession, rooms: Sequence[RoomLine]) -> None:
    """Give the session these rooms in place of those it had; whoever sat in one loses the seat."""
    db.session.execute(
        sa.update(Candidate).where(Candidate.session_id == exam.id).values(room_id=None, seat=None)
    )
    db.session.execute(sa.delete(ExamRoom).where(ExamRoom.session_id == exam.id))
    db.session.expire(exam, ["rooms"])
    db.session.add_all(
        ExamRoom(session_id=exam.id, position=position, name=room.name, seats=room.seats)
        for position, room in enumerate(rooms, start=1)
    )
    db.session.flush()


def draw_seats(exam: ExamSession) -> None:
    """Seat everybody who sits, in the order of the numbers; the seats are free and enough."""
    rooms = rooms_of(exam)
    people = seated_or_to_be(exam)
    _seat(people, rooms, seating.draw(len(people), [room.seats for room in rooms]))


def seat_latecomers(exam: ExamSession, people: Sequence[Candidate]) -> None:
    """Give people without a seat a free one each.

    Raises:
        Conflict: there are too few.
    """
    rooms = rooms_of(exam)
    taken: dict[int, list[int]] = {room.id: [] for room in rooms}
    for one in seated_or_to_be(exam):
        if one.room_id is not None and one.seat is not None:
            taken[one.room_id].append(one.seat)
    free = sum(room.seats for room in rooms) - sum(map(len, taken.values()))
    if len(people) > free:
        raise Conflict(FULL, missing=len(people) - free)
    places = seating.free_seats(
        [room.seats for room in rooms], [taken[room.id] for room in rooms], len(people)
    )
    _seat(people, rooms, places)


def _seat(people: Sequence[Candidate], rooms: Sequence[ExamRoom], places: Sequence[tuple[int, int]]) -> None:
    """Write the seats of all in one statement, since a class is seated at once."""
    rows = [
        {"id": person.id, "room_id": rooms[room].id, "seat": seat}
        for person, (room, seat) in zip(people, places, strict=True)
    ]
    if rows:
        db.session.flush()
        db.session.execute(sa.update(Candidate), rows)


def tell(*, exam: ExamSession, telling: Telling) -> None:
    """Tell everybody with a seat when and where, again only when something of that changed."""
    db.session.flush()
    rows = db.session.execute(
        sa.select(Candidate.account_id, Candidate.number, Candidate.seat, ExamRoom.name)
        .join(ExamRoom, ExamRoom.id == Candidate.room_id)
        .where(Candidate.session_id == exam.id)
        .order_by(Candidate.id)
    ).all()
    when = _in_words(exam.starts_at, telling.zone)
    told = {}
    for row in rows:
        params = {"title": exam.title, "when": when, "room": row.name, "seat": row.seat, "number": row.number}
        plan = blake2b(repr(sorted(params.items())).encode(), digest_size=8).hexdigest()
        told[row.account_id] = (params, f"exam.{exam.public_id}.{plan}")
    notify_each(told=told, text=PLACED, url=telling.url)


def _in_words(moment: datetime, zone: str) -> str:
    return clock.to_local(moment, zone).strftime("%H:%M %d/%m/%Y")
