"""The attendance register of a class (*bảng chuyên cần*) as a PDF with the official heading."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.auth.units.letterhead import STATE, Letterhead
from lms.core import typesetting
from lms.core.messages import N_
from lms.core.numbers import format_percent
from lms.courses.attendance import words
from lms.courses.attendance.models import ClassMeeting
from lms.courses.attendance.overview import Overview, OverviewRow

TEMPLATE = Path(__file__).parent / "templates" / "attendance" / "register.typ"
HALF_DAYS_A_SHEET = 20
"""As many columns of marks as fit A4 across beside name and sums; a longer class has several sheets."""
SLOTS_BESIDE_UNITS = 12
"""So many columns of marks leave room for the units beside the sums."""
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the table, in words already translated."""

    letterhead: Letterhead
    place_and_date: str
    title: str
    subject: str
    summary: str
    legend: str
    monitor: str


def register_pdf(heading: Heading, found: Overview, say: Say, locale: str) -> bytes:
    """The register by name; one sheet of up to 20 half days after the other, each with everybody, the sums on the last.

    Every page repeats the table's head and no row is split.
    """
    chunks = [
        found.meetings[start : start + HALF_DAYS_A_SHEET]
        for start in range(0, len(found.meetings), HALF_DAYS_A_SHEET)
    ] or [[]]
    sheets = [
        _sheet(chunk, found.rows, say, locale, last=number == len(chunks))
        for number, chunk in enumerate(chunks, start=1)
    ]
    head = heading.letterhead
    data = {
        "head": head.heading(heading.place_and_date),
        "state": head.style == STATE,
        "title": heading.title,
        "subject": heading.subject,
        "summary": heading.summary,
        "legend": heading.legend,
        "sheets": sheets,
        "signers": _signers(heading, say),
    }
    return typesetting.pdf(TEMPLATE, data)


def _sheet(
    meetings: Sequence[ClassMeeting], rows: Sequence[OverviewRow], say: Say, locale: str, *, last: bool
) -> Mapping[str, Any]:
    sums = [N_("Có phép (tiết)"), N_("Không phép (tiết)"), N_("Tỷ lệ vắng"), N_("Chuyên cần")] if last else []
    units = not last or len(meetings) <= SLOTS_BESIDE_UNITS
    fixed = [N_("TT"), N_("Họ và tên"), *([N_("Đơn vị")] if units else [])]
    return {
        "fixed": [say(text) for text in fixed],
        "slots": [
            {
                "half": say(words.HALVES[one.half])[:1],
                "day": f"{one.held_on:%d}",
                "month": f"{one.held_on:%m}",
            }
            for one in meetings
        ],
        "sums": [say(text) for text in sums],
        "rows": [
            [
                str(place),
                row.name,
                *([row.unit] if units else []),
                *(_mark(row, meeting) for meeting in meetings),
                *(_sums(row, say, locale) if last else []),
            ]
            for place, row in enumerate(rows, start=1)
        ],
    }


def _mark(row: OverviewRow, meeting: ClassMeeting) -> str:
    leave = row.marks.get(meeting.id)
    if leave is not None:
        return words.LETTERS[leave]
    return "" if meeting.called_at is None else "·"


def _sums(row: OverviewRow, say: Say, locale: str) -> list[str]:
    standing = row.standing
    return [
        str(standing.excused),
        str(standing.unexcused),
        format_percent(standing.missed_percent, locale),
        say(words.VERDICTS[row.verdict]),
    ]


def _signers(heading: Heading, say: Say) -> list[dict[str, str]]:
    sign = say(N_("(ký, ghi rõ họ tên)"))
    return [
        {"role": say(N_("LỚP TRƯỞNG")), "name": heading.monitor, "note": sign},
        {"role": say(N_("NGƯỜI LẬP BẢNG")), "name": "", "note": sign},
        {
            "role": heading.letterhead.signer_role,
            "name": heading.letterhead.signer_name,
            "note": say(N_("(ký, đóng dấu)")),
        },
    ]
