"""The papers of an exam session as PDF: door list, posted list, signature sheet, seat labels, minutes.

Official papers are in Vietnamese, whatever language the reader has the pages in. Each function takes a session that
:func:`~lms.quizzes.exams.queries.sessions.session_in` loaded and gives a whole PDF, for a page or for the dossier.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lms.core import typesetting
from lms.core.messages import N_
from lms.quizzes.exams.models import Candidate, ExamRoom, ExamSession
from lms.quizzes.exams.queries.candidates import SITTING, candidates
from lms.quizzes.exams.queries.minutes import unit_name
from lms.quizzes.exams.sheets.minutes import minutes_pdf
from lms.quizzes.exams.sheets.words import clock_time, day, head_of, text

HERE = Path(__file__).parent
NUMBER = {"label": N_("Số báo danh"), "width": "25", "align": "center"}
NAME = {"label": N_("Họ và tên"), "width": "1.1fr"}
BORN = {"label": N_("Ngày sinh"), "width": "25", "align": "center"}
UNIT = {"label": N_("Đơn vị"), "width": "1fr"}
SEAT = {"label": N_("Chỗ"), "width": "13", "align": "center"}
ON_MACHINE = N_("trên máy")
NOBODY = N_("Chưa có ai có chỗ ngồi trong ca thi này.")

__all__ = [
    "door_list_pdf",
    "minutes_pdf",
    "posted_list_pdf",
    "seat_labels_pdf",
    "signature_sheet_pdf",
]
Columns = Sequence[Mapping[str, str]]


def _seated(exam: ExamSession) -> list[tuple[ExamRoom, list[Candidate]]]:
    """The rooms that people sit in, with them in the order of seats; one statement."""
    people = [one for one in candidates(exam.id) if one.admission in SITTING]
    rooms = [
        (room, sorted((one for one in people if one.room_id == room.id), key=lambda one: one.seat or 0))
        for room in exam.rooms
    ]
    return [(room, inside) for room, inside in rooms if inside]


def _lines(exam: ExamSession) -> list[str]:
    when = text(
        N_("Thời gian: từ %(begin)s đến %(end)s ngày %(day)s"),
        begin=clock_time(exam.starts_at),
        end=clock_time(exam.ends_at),
        day=day(exam.starts_at),
    )
    where = [text(N_("Địa điểm: %(place)s"), place=exam.place)] if exam.place else []
    return [exam.course_class.title, when, *where]


def _pages(
    exam: ExamSession,
    title: str,
    columns: Columns,
    rooms: Iterable[Mapping[str, Any]],
    *,
    size: int = 13,
    tick: bool = False,
    row_height: int = 0,
    signers: Sequence[Mapping[str, str]] = (),
) -> bytes:
    nobody = {"subject": exam.title, "lines": _lines(exam), "rows": [], "foot": [NOBODY]}
    data = {
        "head": head_of(exam),
        "title": title,
        "columns": list(columns),
        "rooms": list(rooms) or [nobody],
        "size": size,
        "tick": tick,
        "row_height": row_height,
        "signers": list(signers),
    }
    return typesetting.pdf(HERE / "rooms.typ", data)


def _room(exam: ExamSession, room: ExamRoom, rows: list[list[str]], foot: Sequence[str]) -> dict[str, Any]:
    return {
        "subject": f"{exam.title} – {room.name}",
        "lines": _lines(exam),
        "rows": rows,
        "foot": list(foot),
    }


def _invigilators(exam: ExamSession) -> list[dict[str, str]]:
    sign = str(N_("(Ký, ghi rõ họ tên)"))
    return [
        {"role": N_("CÁN BỘ COI THI 1"), "name": exam.invigilator_one, "note": sign},
        {"role": N_("CÁN BỘ COI THI 2"), "name": exam.invigilator_two, "note": sign},
    ]


def door_list_pdf(exam: ExamSession) -> bytes:
    """The list that is ticked at the door, a room a page, in big type."""
    rooms = [
        _room(
            exam,
            room,
            [
                [
                    one.number or "",
                    one.account.full_name,
                    one.account.born,
                    unit_name(one),
                    str(one.seat or ""),
                ]
                for one in inside
            ],
            [
                text(
                    N_("Danh sách có %(count)s người. Đã đối chiếu giấy tờ: ........ người."),
                    count=len(inside),
                )
            ],
        )
        for room, inside in _seated(exam)
    ]
    tick = {"label": N_("Giấy tờ"), "width": "16", "align": "center"}
    return _pages(
        exam, N_("Danh sách gọi thí sinh"), [NUMBER, NAME, BORN, UNIT, SEAT, tick], rooms, tick=True
    )


def posted_list_pdf(exam: ExamSession) -> bytes:
    """The list to post on the door of each room; who is barred isn't named in public."""
    rooms = [
        _room(
            exam,
            room,
            [
                [
                    str(number),
                    one.number or "",
                    one.account.full_name,
                    one.account.born,
                    unit_name(one),
                    str(one.seat or ""),
                ]
                for number, one in enumerate(inside, start=1)
            ],
            [text(N_("Danh sách có %(count)s người."), count=len(inside))],
        )
        for room, inside in _seated(exam)
    ]
    order = {"label": N_("STT"), "width": "12", "align": "center"}
    return _pages(exam, N_("Danh sách thí sinh"), [order, NUMBER, NAME, BORN, UNIT, SEAT], rooms)


def signature_sheet_pdf(exam: ExamSession) -> bytes:
    """The sheet that candidates sign when they hand in, a room a page."""
    rooms = [
        _room(
            exam,
            room,
            [
                [one.number or "", one.account.full_name, one.account.born, str(ON_MACHINE), "", ""]
                for one in inside
            ],
            [
                text(
                    N_(
                        "Theo danh sách: %(count)s người. Dự thi: ........ Vắng: ........ Số bài nộp: ........"
                    ),
                    count=len(inside),
                )
            ],
        )
        for room, inside in _seated(exam)
    ]
    columns = [
        NUMBER,
        NAME,
        BORN,
        {"label": N_("Số tờ"), "width": "20", "align": "center"},
        {"label": N_("Giờ nộp"), "width": "20", "align": "center"},
        {"label": N_("Ký nộp bài"), "width": "32"},
    ]
    return _pages(exam, N_("Danh sách ký nộp bài"), columns, rooms, row_height=8, signers=_invigilators(exam))


def seat_labels_pdf(exam: ExamSession) -> bytes:
    """A label for each table: number, name, room and seat."""
    labels = [
        {
            "number": one.number or "",
            "name": one.account.full_name,
            "place": text(N_("%(room)s · chỗ số %(seat)s"), room=room.name, seat=one.seat or 0),
        }
        for room, inside in _seated(exam)
        for one in inside
    ]
    return typesetting.pdf(HERE / "labels.typ", {"labels": labels, "nobody": NOBODY})
