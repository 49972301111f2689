"""The class result as an Excel workbook."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from lms.core.messages import N_
from lms.core.rounding import from_hundredths, rounded
from lms.results.class_results.table import Row
from lms.results.classification.regulation import Regulation

Say = Callable[[str], str]
HEAD = 6
"""The row of headings, from 0."""
COMPONENT_WIDTH = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands above the table; ``filters`` in words, ``made_at`` as text."""

    centre: str
    title: str
    class_title: str
    state: str
    filters: Sequence[str]
    made_at: str


def workbook(sheet: Sheet, content: Regulation, rows: Sequence[Row], say: Say) -> bytes:
    """The bytes of an .xlsx. What anybody typed is written as text, so none becomes a formula; marks are numbers."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    cell = {"border": 1, "valign": "top"}
    formats = {
        "head": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#EDE9E1"}
        ),
        "text": book.add_format({**cell, "text_wrap": True}),
        "number": book.add_format({**cell, "num_format": "0"}),
        "mark": book.add_format({**cell, "num_format": "0.00"}),
        "bold": book.add_format({"bold": True}),
    }
    page = book.add_worksheet(say(N_("Kết quả")))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.set_footer("&R&P/&N")
    page.freeze_panes(HEAD + 1, 2)
    lines = [
        sheet.centre,
        sheet.title,
        sheet.class_title,
        sheet.state,
        sheet.made_at,
        ", ".join(sheet.filters),
    ]
    for place, text in enumerate(lines):
        page.write_string(place, 0, text, formats["bold"] if place < 3 else None)  # noqa: PLR2004
    _table(page, formats, content, rows, say)
    book.close()
    return target.getvalue()


def _table(page: Any, formats: dict[str, Any], content: Regulation, rows: Sequence[Row], say: Say) -> None:
    headings = [
        (say(N_("STT")), 6), (say(N_("Họ và tên")), 28), (say(N_("Ngày sinh")), 12), (say(N_("Đơn vị")), 30),
        (say(N_("Có mặt (phần trăm)")), 11), *((say(one.title), COMPONENT_WIDTH) for one in content.components),
        (say(N_("Lý luận")), 9), (say(N_("Thực tiễn")), 9), (say(N_("Tổng kết")), 9), (say(N_("Xếp loại")), 18),
        (say(N_("Nhận xét")), 40),
    ]  # fmt: skip
    for column, (title, width) in enumerate(headings):
        page.set_column(column, column, width)
        page.write_string(HEAD, column, title, formats["head"])
    for place, row in enumerate(rows, start=1):
        marks = row.components
        cells = [
            place, row.name, row.born, row.unit, row.attended,
            *(_points(marks.get(one.code)) for one in content.components),
            *(None if mark is None else from_hundredths(mark) for mark in (row.theory, row.practice, row.mark)),
            say(row.band_title) if row.band_title else "", row.remark,
        ]  # fmt: skip
        for column, value in enumerate(cells):
            _write(page, formats, HEAD + place, column, value)
    page.autofilter(HEAD, 0, HEAD + max(len(rows), 1), len(headings) - 1)


def _points(points: Any) -> Any:
    return None if points is None else rounded(points, 2)


def _write(page: Any, formats: dict[str, Any], line: int, column: int, value: Any) -> None:
    if value is None or value == "":
        page.write_blank(line, column, None, formats["text"])
    elif isinstance(value, str):
        page.write_string(line, column, value, formats["text"])
    else:
        page.write_number(line, column, value, formats["number" if isinstance(value, int) else "mark"])
