"""The attendance of a class as an Excel workbook."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from lms.core.messages import N_
from lms.courses.attendance import words
from lms.courses.attendance.overview import Overview, OverviewRow

Say = Callable[[str], str]
HEAD = 5
"""The row of headings, counted from 0; the title stands above it."""
FIXED = ((N_("STT"), 6), (N_("Họ và tên"), 28), (N_("Đơn vị"), 28))
MARK_WIDTH = 7
SUMS = (
    (N_("Vắng có phép (tiết)"), 11),
    (N_("Vắng không phép (tiết)"), 11),
    (N_("Tổng số tiết vắng"), 11),
    (N_("Tỷ lệ vắng (%)"), 11),
    (N_("Còn được vắng (tiết)"), 11),
    (N_("Chuyên cần"), 18),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands above the table, in words already translated."""

    centre: str
    title: str
    class_title: str
    summary: str
    legend: str


@dataclass(slots=True)
class _Line:
    """A row that is written from left to right."""

    page: Any
    formats: dict[str, Any]
    row: int
    column: int = 0

    def text(self, value: str, style: str = "text") -> None:
        if value:
            self.page.write_string(self.row, self.column, value, self.formats[style])
        else:
            self.page.write_blank(self.row, self.column, None, self.formats[style])
        self.column += 1

    def number(self, value: int | Decimal, style: str = "number") -> None:
        self.page.write_number(self.row, self.column, value, self.formats[style])
        self.column += 1


def workbook(sheet: Sheet, found: Overview, rows: Sequence[OverviewRow], say: Say) -> bytes:
    """The bytes of an .xlsx. What anybody typed is written as text, so none becomes a formula; counts are numbers."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = _formats(book)
    page = _page(book, formats, sheet, say)
    _headings(page, formats, found, say)
    for place, row in enumerate(rows, start=1):
        _row(_Line(page, formats, HEAD + place), place, row, found, say)
    page.autofilter(HEAD, 0, HEAD + max(len(rows), 1), len(FIXED) + len(found.meetings) + len(SUMS) - 1)
    book.close()
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "valign": "vcenter"}
    return {
        "bold": book.add_format({"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({}),
        "head": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#EDE9E1"}
        ),
        "text": book.add_format({**cell, "text_wrap": True}),
        "mark": book.add_format({**cell, "align": "center"}),
        "number": book.add_format({**cell, "num_format": "0"}),
        "percent": book.add_format({**cell, "num_format": "0.00"}),
    }


def _page(book: Any, formats: dict[str, Any], sheet: Sheet, say: Say) -> Any:
    """A landscape A4 sheet with its title rows; the row of headings repeats on every page."""
    page = book.add_worksheet(say(N_("Chuyên cần")))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(HEAD)
    page.set_footer("&R&P/&N")
    page.freeze_panes(HEAD + 1, 2)
    lines = (
        (sheet.centre, "bold"),
        (sheet.title, "title"),
        (sheet.class_title, "plain"),
        (sheet.summary, "plain"),
        (sheet.legend, "plain"),
    )
    for line, (text, style) in enumerate(lines):
        page.write_string(line, 0, text, formats[style])
    return page


def _headings(page: Any, formats: dict[str, Any], found: Overview, say: Say) -> None:
    slots = [(f"{say(words.HALVES[one.half])}\n{one.held_on:%d/%m}", MARK_WIDTH) for one in found.meetings]
    headings = [(say(text), width) for text, width in FIXED]
    headings += slots + [(say(text), width) for text, width in SUMS]
    for column, (text, width) in enumerate(headings):
        page.set_column(column, column, width)
        page.write_string(HEAD, column, text, formats["head"])


def _row(line: _Line, place: int, row: OverviewRow, found: Overview, say: Say) -> None:
    line.number(place)
    line.text(row.name)
    line.text(row.unit)
    for meeting in found.meetings:
        leave = row.marks.get(meeting.id)
        line.text(words.LETTERS[leave] if leave else "", "mark")
    standing = row.standing
    for count in (standing.excused, standing.unexcused, standing.missed):
        line.number(count)
    line.number(standing.missed_percent, "percent")
    line.number(row.margin)
    line.text(say(words.VERDICTS[row.verdict]))
