"""A bank's questions as a workbook whose columns the importer reads back."""

import io
from collections.abc import Callable, Sequence

import xlsxwriter

from lms.core.messages import N_
from lms.quizzes.bank import conversion, editing
from lms.quizzes.bank.models import Question
from lms.quizzes.bank.words import ASPECTS, LEVELS, STATES, kind_title

OPTION_COLUMNS = "ABCDEF"
HEADERS = (
    N_("STT"),
    N_("Câu hỏi"),
    *OPTION_COLUMNS,
    N_("Đáp án"),
    N_("Chủ đề"),
    N_("Mức độ"),
    N_("Lý luận / thực tiễn"),
    N_("Giải thích"),
    N_("Dạng câu"),
    N_("Trạng thái"),
    N_("Người soạn"),
    N_("Phiên bản"),
)
WIDTHS = (6, 60, *[24] * len(OPTION_COLUMNS), 10, 24, 14, 16, 40, 16, 12, 22, 10)


def workbook(questions: Sequence[Question], say: Callable[[str], str]) -> bytes:
    """The bytes of an .xlsx; every text is written as text, so none becomes a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(say("Câu hỏi"))
    head, wrap = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for column, (words, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say(words), head)
    sheet.freeze_panes(1, 2)
    for row, question in enumerate(questions, start=1):
        sheet.write_number(row, 0, row, wrap)
        for column, text in enumerate(_cells(question, say), start=1):
            sheet.write_string(row, column, text, wrap)
    book.close()
    return target.getvalue()


def _cells(question: Question, say: Callable[[str], str]) -> list[str]:
    version = question.latest
    if version is None:
        return []
    draft = conversion.draft_of(version.kind, version.content, version.key, version.explanation)
    options = [editing.editable(option) for option in draft.options[: len(OPTION_COLUMNS)]]
    return [
        editing.editable(draft.stem),
        *options,
        *[""] * (len(OPTION_COLUMNS) - len(options)),
        ", ".join(draft.key),
        version.topic.title,
        say(LEVELS[version.level]),
        say(ASPECTS[version.aspect]),
        editing.editable(draft.explanation),
        say(kind_title(version.kind)),
        say(STATES[question.state]),
        question.author.full_name,
        str(version.number),
    ]
