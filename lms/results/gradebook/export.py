"""The results table as an Excel workbook: one sheet of learners, one of topics."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from lms.core import clock
from lms.core.messages import N_
from lms.core.numbers import format_share
from lms.core.rounding import from_hundredths
from lms.results.gradebook import words
from lms.results.gradebook.summary import Summary
from lms.results.gradebook.table import ResultRow

Say = Callable[[str], str]
WIDTHS = (6, 28, 12, 30, 8, 12, 10, 10, 10, 12, 18, 18)
NUMBERS = {"theory", "practice", "total"}
TOPIC_WIDTH = 18
ROWS_BEFORE_HEAD = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands above the table. ``filters`` in words; ``made_at`` as text; ``zone`` names the wall clock."""

    centre: str
    title: str
    class_title: str
    filters: Sequence[str]
    made_at: str
    zone: str


def workbook(sheet: Sheet, rows: Sequence[ResultRow], summary: Summary, say: Say) -> bytes:
    """The bytes of an .xlsx. What anybody typed is written as text, so none becomes a formula; marks are numbers."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = _formats(book)
    _learners(book, formats, sheet, rows, summary=summary, say=say)
    _topics(book, formats, sheet, rows, summary=summary, say=say)
    book.close()
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "valign": "top"}
    return {
        "centre": book.add_format({"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({}),
        "head": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#EDE9E1"}
        ),
        "text": book.add_format({**cell, "text_wrap": True}),
        "number": book.add_format({**cell, "num_format": "0"}),
        "mark": book.add_format({**cell, "num_format": "0.00"}),
        "moment": book.add_format({**cell, "num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
    }


def _page(book: Any, formats: dict[str, Any], name: str, sheet: Sheet, lines: Sequence[str]) -> Any:
    """A landscape A4 sheet with its title rows; the row of headings repeats on every page."""
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    page.repeat_rows(ROWS_BEFORE_HEAD)
    page.set_footer("&R&P/&N")
    page.freeze_panes(ROWS_BEFORE_HEAD + 1, 2)
    titled = [(sheet.centre, "centre"), (sheet.title, "title"), (sheet.class_title, "plain")]
    for row, (text, style) in enumerate(titled + [(line, "plain") for line in lines]):
        page.write_string(row, 0, text, formats[style])
    return page


def _learners(
    book: Any,
    formats: dict[str, Any],
    sheet: Sheet,
    rows: Sequence[ResultRow],
    *,
    summary: Summary,
    say: Say,
) -> None:
    counts = say(N_("Có điểm: %(sat)s · Đạt: %(passed)s")) % {
        "sat": format_share(summary.sat, summary.learners),
        "passed": format_share(summary.passed, summary.sat),
    }
    shown = say(N_("Chỉ gồm: %(filters)s")) % {"filters": ", ".join(sheet.filters)} if sheet.filters else ""
    lines = [
        counts,
        say(N_("Lập lúc %(moment)s")) % {"moment": sheet.made_at} + (f". {shown}" if shown else ""),
    ]
    page = _page(book, formats, say(N_("Kết quả")), sheet, lines)
    headings = [N_("STT"), *(label for _, label, _ in words.COLUMNS)]
    for column, (label, width) in enumerate(zip(headings, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(ROWS_BEFORE_HEAD, column, say(label), formats["head"])
    for place, row in enumerate(rows, start=1):
        line = ROWS_BEFORE_HEAD + place
        page.write_number(line, 0, place, formats["number"])
        for column, (key, _, _) in enumerate(words.COLUMNS, start=1):
            _write(page, formats, line, column, _cell(row, key, sheet.zone, say))
    page.autofilter(ROWS_BEFORE_HEAD, 0, ROWS_BEFORE_HEAD + max(len(rows), 1), len(words.COLUMNS))


def _cell(row: ResultRow, key: str, zone: str, say: Say) -> Any:
    """What stands in a cell: text, a whole number, a mark as ``Decimal``, a local moment, or nothing."""
    if key in NUMBERS:
        value = getattr(row, key)
        return None if value is None else from_hundredths(value)
    if key == "answered":
        return f"{row.answered}/{row.questions}" if row.has_result else ""
    if key == "outcome":
        return say(words.OUTCOMES[row.outcome])
    if key == "closed_by":
        return say(words.CLOSED_BY[row.closed_by]) if row.closed_by else ""
    if key == "closed_at":
        return None if row.closed_at is None else clock.to_local(row.closed_at, zone).replace(tzinfo=None)
    return getattr(row, key)


def _write(page: Any, formats: dict[str, Any], line: int, column: int, value: Any) -> None:
    if value is None or value == "":
        page.write_blank(line, column, None, formats["text"])
    elif isinstance(value, str):
        page.write_string(line, column, value, formats["text"])
    elif isinstance(value, datetime):
        page.write_datetime(line, column, value, formats["moment"])
    elif isinstance(value, int):
        page.write_number(line, column, value, formats["number"])
    else:
        page.write_number(line, column, value, formats["mark"])


def _topics(
    book: Any,
    formats: dict[str, Any],
    sheet: Sheet,
    rows: Sequence[ResultRow],
    *,
    summary: Summary,
    say: Say,
) -> None:
    """A learner a row, a topic a column (weakest first), the class mean in the row below the headings."""
    page = _page(
        book, formats, say(N_("Theo nội dung")), sheet, [say(N_("Điểm từng nội dung, thang điểm 10"))]
    )
    titles = [topic.title for topic in summary.topics]
    for column, title in enumerate([say(N_("STT")), say(N_("Họ và tên")), say(N_("Đơn vị")), *titles]):
        page.set_column(column, column, (6, 28, 30)[column] if column < 3 else TOPIC_WIDTH)  # noqa: PLR2004
        page.write_string(ROWS_BEFORE_HEAD, column, title, formats["head"])
    line = ROWS_BEFORE_HEAD + 1
    for column, text in enumerate(("", say(N_("Trung bình cả danh sách")), "")):
        _write(page, formats, line, column, text)
    for column, topic in enumerate(summary.topics, start=3):
        _write(page, formats, line, column, from_hundredths(topic.mean))
    for place, row in enumerate((row for row in rows if row.has_result), start=1):
        marks = {topic["title"]: topic["mark"] for topic in row.topics if topic["mark"] is not None}
        for column, value in enumerate((place, row.name, row.unit)):
            _write(page, formats, line + place, column, value)
        for column, title in enumerate(titles, start=3):
            mark = marks.get(title)
            _write(page, formats, line + place, column, None if mark is None else from_hundredths(mark))
