"""Workbooks and text files as people make them: an option a row, keys counted from 0, statements to tick, odd bytes."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import assert_never_wrong, assert_understood, codes, read
from tests.quizzes.interchange.papers import BANK, Item
from tests.quizzes.interchange.test_rarer_ways import table

Rows = list[list[object]]


def in_one_column(*, crossed: bool) -> Rows:
    """Stem, then an option a row below it; the key beside the stem or a cross beside the option."""
    rows: Rows = [["STT", "Nội dung", "Đáp án"]]
    for number, item in enumerate(BANK, 1):
        rows.append([number, item.stem, "" if crossed else item.letters[0]])
        for index, option in enumerate(item.options):
            rows.append(["", f"{'ABCD'[index]}. {option}", "x" if crossed and index in item.key else ""])
    return rows


def in_a_column_beside(*, crossed: bool) -> Rows:
    """The stem beside its first option."""
    rows: Rows = [["STT", "Câu hỏi", "Phương án", "Đáp án đúng"]]
    for number, item in enumerate(BANK, 1):
        for index, option in enumerate(item.options):
            key = "x" if index in item.key else ""
            if not crossed:
                key = "" if index else item.letters[0]
            head = ["", ""] if index else [number, item.stem]
            rows.append([*head, option if crossed else f"{'ABCD'[index]}. {option}", key])
    return rows


@pytest.mark.parametrize("crossed", [True, False])
@pytest.mark.parametrize("rows", [in_one_column, in_a_column_beside])
def test_an_option_a_row(tmp_path: Path, rows: Callable[..., Rows], *, crossed: bool) -> None:
    made = rows(crossed=crossed)
    assert_understood(read(papers.workbook(tmp_path, made)), BANK, "column")


def test_keys_counted_from_nought_are_doubted(tmp_path: Path) -> None:
    rows = papers.sheet_rows()
    for row, item in zip(rows[1:], BANK, strict=True):
        row[-1] = item.key[0]
    assert {question.status for question in read(papers.workbook(tmp_path, rows)).questions} == {"doubtful"}


def test_an_option_that_reads_nought_is_one(tmp_path: Path) -> None:
    items = [Item("Có mấy ngoại lệ?", ("0", "1", "2", "3"), (0,)), *BANK]
    rows = papers.sheet_rows(items)
    rows[1][-1] = 0
    document = read(papers.workbook(tmp_path, rows))
    assert_never_wrong(document, items)
    assert [question.status for question in document.questions[1:]] == ["understood"] * 6


def test_statements_to_tick_are_no_short_answers(tmp_path: Path) -> None:
    document = docx.Document()
    for line in papers.answer_lines():
        document.add_paragraph(line)
    document.add_paragraph("Câu 7: Đánh dấu vào cột Đúng hoặc Sai:")
    table(
        document,
        [["Nội dung", "Đúng", "Sai"], ["Chi bộ họp hằng tháng", "x", ""], ["Tổ đảng ra nghị quyết", "", "x"]],
    )
    read_again = read(papers.save(document, tmp_path))
    assert [question.status for question in read_again.questions] == ["understood"] * 6 + ["doubtful"]


def test_line_end_inside_a_quoted_field(tmp_path: Path) -> None:
    items = [Item("Đọc kỹ.\nChi bộ là gì?", ("một", "hai", "ba", "bốn"), (1,)), *BANK]
    path = tmp_path / "bo.csv"
    rows = [",".join(f'"{cell}"' for cell in row) for row in papers.sheet_rows(items)]
    path.write_text("\n".join(rows), encoding="utf-8")
    document = read(path)
    assert_understood(document, items, "column")
    assert document.questions[0].stem == items[0].stem


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_decomposed_letters_without_a_mark_of_their_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "de.txt"
    path.write_bytes(unicodedata.normalize("NFD", "\n".join(papers.answer_lines())).encode(encoding))
    assert_understood(read(path), BANK, "answer_line")


def test_one_spoilt_letter_spoils_one_question(tmp_path: Path) -> None:
    path = tmp_path / "de.txt"
    path.write_bytes(
        "\n".join(papers.answer_lines([*BANK, *BANK])).encode().replace("ấ".encode(), b"\xe1\xba", 1)
    )
    document = read(path)
    assert [problem.code for problem in document.problems] == ["encoding_guessed"]
    assert [codes(question) for question in document.questions].count({"letter_lost"}) == 1
    assert sum(question.status == "understood" for question in document.questions) == 11
