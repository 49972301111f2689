"""The analysis of questions as an Excel workbook: one row a question with all figures, one row an option."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from lms.core.messages import N_
from lms.core.numbers import format_share
from lms.core.sanitising import text_of
from lms.quizzes.analysis import words
from lms.quizzes.analysis.reports import ENOUGH_FOR_DISCRIMINATION, QuestionReport
from lms.quizzes.analysis.responses import Choice
from lms.quizzes.analysis.statistics import intended_weight
from lms.quizzes.bank.models import Aspect, Level
from lms.quizzes.bank.words import ASPECTS, LEVELS

Say = Callable[[str], str]
HEAD_ROW = 3
QUESTION_COLUMNS: tuple[tuple[str, int], ...] = (
    (N_("STT"), 6),
    (N_("Câu hỏi"), 60),
    (N_("Bản"), 6),
    (N_("Nội dung"), 24),
    (N_("Mức độ"), 12),
    (N_("Lý luận / thực tiễn"), 12),
    (N_("Số người làm"), 9),
    (N_("Trả lời đúng"), 9),
    (N_("Tỷ lệ đúng"), 18),
    (N_("Đúng một phần"), 9),
    (N_("Bỏ trống"), 9),
    (N_("Độ khó"), 9),
    (N_("Độ lệch chuẩn"), 9),
    (N_("Trọng số dự kiến"), 9),
    (N_("Trọng số thực tế"), 9),
    (N_("Độ phân biệt"), 9),
    (N_("Hiệu quả phân biệt"), 9),
    (N_("Điểm đoán mò"), 9),
    (N_("Nhận xét"), 26),
    (N_("Nên xem lại"), 44),
)
OPTION_COLUMNS: tuple[tuple[str, int], ...] = (
    (N_("STT"), 6),
    (N_("Câu hỏi"), 60),
    (N_("Phương án"), 10),
    (N_("Nội dung phương án"), 60),
    (N_("Đáp án"), 8),
    (N_("Số người chọn"), 10),
    (N_("Tỷ lệ"), 10),
)


def workbook(
    titles: Sequence[str], reports: Sequence[QuestionReport], total_weight: float, say: Say
) -> bytes:
    """The bytes of an .xlsx; texts are written as text. ``total_weight`` is a whole paper's, in 1/100 point."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    cell = {"border": 1, "valign": "top"}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format(
            {**cell, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#EDE9E1"}
        ),
        "text": book.add_format({**cell, "text_wrap": True}),
        "whole": book.add_format({**cell, "num_format": "0"}),
        "figure": book.add_format({**cell, "num_format": '0.00" %"'}),
    }
    questions = [_question(place, one, total_weight, say) for place, one in enumerate(reports, start=1)]
    _sheet(book, formats, say(N_("Câu hỏi")), titles, columns=_said(QUESTION_COLUMNS, say), rows=questions)
    options = [
        [place, one.question.words, *_option(given, say)]
        for place, one in enumerate(reports, start=1)
        for given in one.choices
    ]
    _sheet(book, formats, say(N_("Phương án")), titles, columns=_said(OPTION_COLUMNS, say), rows=options)
    book.close()
    return target.getvalue()


def _said(columns: Sequence[tuple[str, int]], say: Say) -> list[tuple[str, int]]:
    return [(say(label), width) for label, width in columns]


def _sheet(
    book: Any,
    formats: dict[str, Any],
    name: str,
    titles: Sequence[str],
    *,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Any]],
) -> None:
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_footer("&R&P/&N")
    page.freeze_panes(HEAD_ROW + 1, 2)
    for row, title in enumerate(titles[:HEAD_ROW]):
        page.write_string(row, 0, title, formats["title"] if row == 0 else None)
    for column, (label, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(HEAD_ROW, column, label, formats["head"])
    for line, values in enumerate(rows, start=HEAD_ROW + 1):
        for column, value in enumerate(values):
            if value is None or value == "":
                page.write_blank(line, column, None, formats["text"])
            elif isinstance(value, str):
                page.write_string(line, column, value, formats["text"])
            else:
                page.write_number(
                    line, column, value, formats["whole" if isinstance(value, int) else "figure"]
                )


def _question(place: int, one: QuestionReport, total_weight: float, say: Say) -> list[Any]:
    figures, enough = one.figures, one.seen >= ENOUGH_FOR_DISCRIMINATION
    return [
        place,
        one.question.words,
        one.question.number,
        one.question.topic,
        say(LEVELS[Level(one.question.level)]),
        say(ASPECTS[Aspect(one.question.aspect)]),
        one.seen,
        one.right,
        format_share(one.right, one.seen),
        one.partly,
        one.empty,
        100 * figures.facility,
        figures.sd_percent,
        intended_weight(figures.maximum, total_weight),
        one.effective_weight,
        figures.discrimination if enough else None,
        figures.efficiency if enough else None,
        None if one.guess is None else 100 * one.guess,
        say(words.DISCRIMINATION[one.discrimination]),
        "; ".join(say(words.FLAGS[flag]) for flag in one.flags),
    ]


def _option(given: Choice, say: Say) -> list[Any]:
    letter, text = given.letter, option_text(given, say)
    if given.value is not None:
        text = f"{text}: {say(N_('Đúng')) if given.value else say(N_('Sai'))}"
    return [letter, text, say(N_("đáp án")) if given.key else "", given.count, float(given.percent)]


def option_text(given: Choice, say: Say) -> str:
    """What an answer is called on one line."""
    named = {
        "empty": N_("Bỏ trống"),
        "other": N_("Các câu trả lời khác"),
        "unread": N_("Không đọc được"),
    }
    if given.kind in named:
        return say(named[given.kind])
    if given.form == "message":
        return say(given.text)
    text = text_of(given.text) if given.form == "html" else given.text
    return " ".join(text.split()) or say(N_("(hình)"))
