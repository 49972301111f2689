"""The marks of a task as an Excel workbook."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from lms.core.messages import N_
from lms.core.rounding import from_hundredths
from lms.quizzes.grading import words
from lms.quizzes.grading.models import EssayTask
from lms.quizzes.grading.queries import Person

Say = Callable[[str], str]
COLUMNS = (
    (N_("STT"), 6), (N_("Họ và tên"), 28), (N_("Ngày sinh"), 12), (N_("Đơn vị"), 30), (N_("Số phách"), 10),
    (N_("Bài"), 14), (N_("Lý luận"), 10), (N_("Thực tiễn"), 10), (N_("Điểm"), 10), (N_("Điểm trước khi sửa"), 12),
)  # fmt: skip
HEAD = 4


def workbook(task: EssayTask, rows: Sequence[Person], *, centre: str, say: Say) -> bytes:
    """The bytes of an .xlsx. What anybody typed is written as text, so none becomes a formula; marks are numbers."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True})
    cell = {"border": 1, "valign": "top"}
    formats = {
        "head": book.add_format({**cell, "bold": True, "text_wrap": True, "bg_color": "#EDE9E1"}),
        "text": book.add_format({**cell, "text_wrap": True}),
        "mark": book.add_format({**cell, "num_format": "0.00"}),
    }
    page = book.add_worksheet(say(N_("Bài thu hoạch")))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.freeze_panes(HEAD + 1, 2)
    for line, text in enumerate((centre, task.title, task.course_class.title)):
        page.write_string(line, 0, text, bold)
    for column, (label, width) in enumerate(COLUMNS):
        page.set_column(column, column, width)
        page.write_string(HEAD, column, say(label), formats["head"])
    for place, row in enumerate(rows, start=1):
        _row(page, formats, HEAD + place, [place, *_cells(row, say)])
    book.close()
    return target.getvalue()


def _cells(row: Person, say: Say) -> list[Any]:
    work = row.submission
    marks = (work.theory, work.practice, work.mark, work.first_mark) if work else (None,) * 4
    return [
        row.account.full_name,
        row.account.born or "",
        row.unit.name if row.unit else "",
        (work.code or "") if work else "",
        say(words.WORK[work.state if work else None][0]),
        *(None if mark is None else from_hundredths(mark) for mark in marks),
    ]


def _row(page: Any, formats: dict[str, Any], line: int, values: Sequence[Any]) -> None:
    for column, value in enumerate(values):
        if value is None or value == "":
            page.write_blank(line, column, None, formats["text"])
        elif isinstance(value, str):
            page.write_string(line, column, value, formats["text"])
        elif isinstance(value, int):
            page.write_number(line, column, value, formats["text"])
        else:
            page.write_number(line, column, value, formats["mark"])
