"""Odd files: doubtful with a reason, never a silent guess."""

import re
from pathlib import Path

import docx
import pytest

from lms.quizzes.interchange.document import from_json
from lms.quizzes.interchange.messages import MESSAGES
from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import codes, read
from tests.quizzes.interchange.papers import BANK


def lines_with(change: dict[int, str | None], word: str = "Đáp án") -> list[str]:
    """The bank's lines with some replaced (or taken out)."""
    lines: list[str | None] = list(papers.answer_lines(word=word))
    for index, text in change.items():
        lines[index] = text
    return [line for line in lines if line is not None]


FIRST_KEY = 5  # line of question 1's key; each question takes seven lines


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({FIRST_KEY: None}, "no_key"),
        ({FIRST_KEY: "Đáp án: F"}, "key_outside"),
        ({FIRST_KEY: "Đáp án: không rõ"}, "key_unreadable"),
        ({FIRST_KEY: "Đáp án: B\nĐáp án: C"}, "key_repeated"),
        ({FIRST_KEY: "Đáp án: B. Năm năm"}, "key_text_differs"),
        ({3: "B. Năm năm"}, "option_labels"),
        ({4: "D."}, "option_empty"),
        ({2: "", 3: "", 4: ""}, "option_single"),
        ({1: None, 2: None, 3: None, 4: None}, "options_missing"),
        ({0: "Câu 1:"}, "stem_empty"),
        ({4: "D. Sáu năm Câu 9: Ai là bí thư?"}, "number_in_text"),
        ({4: "C. Bảy năm"}, "option_labels"),
        ({3: "C Năm năm"}, "option_labels"),
        ({4: "D. Năm năm"}, "option_repeated"),
    ],
)
def test_one_odd_question(tmp_path: Path, change: dict[int, str | None], code: str) -> None:
    lines = [piece for line in lines_with(change) for piece in line.split("\n")]
    document = read(papers.line_paper(tmp_path, lines))
    first, *others = document.questions
    assert code in codes(first)
    assert first.status != "understood"
    assert [question.status for question in others] == ["understood"] * 5


def test_bold_and_underline_disagree(tmp_path: Path) -> None:
    document = docx.Document()
    for number, item in enumerate(BANK, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for index, option in enumerate(item.options):
            run = document.add_paragraph().add_run(f"{'ABCD'[index]}. {option}")
            if index in item.key:
                papers.bold(run)
            if index == (item.key[0] if number > 1 else (item.key[0] + 1) % 4):
                papers.underline(run)
    first, *others = read(papers.save(document, tmp_path)).questions
    assert first.status == "doubtful"
    assert "key_conflict" in codes(first)
    assert {question.status for question in others} == {"understood"}


def test_mark_against_table(tmp_path: Path) -> None:
    document = docx.Document(str(papers.marked_paper(tmp_path, papers.red)))
    table = document.add_table(rows=0, cols=2)
    for number, letter in enumerate(["Đáp án", "A", "B", "A", "D", "A", "B"]):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = (str(number) if number else "Câu"), letter
    first, *others = read(papers.save(document, tmp_path, "hai.docx")).questions
    assert "key_conflict" in codes(first)
    assert {question.status for question in others} == {"understood"}


def test_two_bold_options_in_a_file_of_single_keys(tmp_path: Path) -> None:
    items = [papers.Item(BANK[0].stem, BANK[0].options, (1, 2)), *BANK[1:]]
    first, *others = read(papers.marked_paper(tmp_path, papers.bold, items)).questions
    assert first.status == "doubtful"
    assert "key_several" in codes(first)
    assert {question.status for question in others} == {"understood"}


def test_everything_underlined_is_no_key(tmp_path: Path) -> None:
    items = [papers.Item(BANK[0].stem, BANK[0].options, (0, 1, 2, 3)), *BANK[1:]]
    first = read(papers.marked_paper(tmp_path, papers.underline, items)).questions[0]
    assert first.key == ()
    assert "key_all_marked" in codes(first)


def test_a_rare_mark_is_only_a_guess(tmp_path: Path) -> None:
    items = [BANK[0], *(papers.Item(item.stem, item.options, ()) for item in BANK * 2)]
    document = read(papers.marked_paper(tmp_path, papers.bold, items))
    assert {question.status for question in document.questions} == {"doubtful"}


def test_no_key_anywhere(tmp_path: Path) -> None:
    document = read(papers.line_paper(tmp_path, papers.bare_lines()))
    assert [codes(question) for question in document.questions] == [{"no_key"}] * 6


def test_end_table_with_a_gap_and_a_stranger(tmp_path: Path) -> None:
    path = papers.end_table_paper(tmp_path, pairs=1, keys=["C", "", "A", "D", "A", "B", "A"])
    document = read(path)
    assert [question.status for question in document.questions].count("understood") == 5
    assert codes(document.questions[1]) == {"no_key"}
    assert "key_without_question" in {problem.code for problem in document.problems}


def test_a_number_twice_in_the_table(tmp_path: Path) -> None:
    lines = [*papers.bare_lines(), "ĐÁP ÁN", "1.C 2.B 3.A 4.D 5.A 6.B 6.C"]
    document = read(papers.line_paper(tmp_path, lines))
    assert document.questions[5].status == "doubtful"
    assert document.questions[5].key == ()


def test_question_without_number(tmp_path: Path) -> None:
    lines = papers.answer_lines()
    lines[7] = lines[7].removeprefix("Câu 2: ")
    document = read(papers.line_paper(tmp_path, lines))
    assert len(document.questions) == 6
    assert "number_missing" in codes(document.questions[1])
    assert document.questions[0].options == BANK[0].options


def test_numbers_jump(tmp_path: Path) -> None:
    lines = papers.answer_lines()[:14] + papers.answer_lines()[21:]
    document = read(papers.line_paper(tmp_path, lines))
    assert "numbers_gap" in {problem.code for problem in document.problems}


def test_group_without_marks(tmp_path: Path) -> None:
    lines = ["PHẦN II. Câu trắc nghiệm đúng sai.", "Câu 1. Cho thông tin sau:"]
    lines += [f"{letter}) Nhận định {letter}." for letter in "abcd"]
    (question,) = read(papers.line_paper(tmp_path, lines)).questions
    assert question.kind == "true_false_group"
    assert question.status == "doubtful"
    assert question.key == ()


def test_column_number_that_is_also_an_option(tmp_path: Path) -> None:
    rows = [
        ["Câu hỏi", "A", "B", "C", "D", "Đáp án"],
        ["Hai cộng hai?", 1, 2, 3, 4, 4],
        ["Một cộng một?", 4, 1, 2, 3, 2],
    ]
    document = read(papers.workbook(tmp_path, rows))
    assert document.questions[1].status == "doubtful"
    assert "key_number_unclear" in codes(document.questions[1])


def test_options_never_show_the_mark(tmp_path: Path) -> None:
    for paint in (papers.bold, papers.underline, papers.red, papers.highlight):
        for question in read(papers.marked_paper(tmp_path, paint)).questions:
            assert all("<" not in option for option in question.option_html)


def test_html_of_the_file_is_text(tmp_path: Path) -> None:
    items = [
        papers.Item("Thẻ <script>alert(1)</script> là gì?", ("<b>", "a & b", "x < y", "không"), (0,)),
        *BANK,
    ]
    question = read(papers.marked_paper(tmp_path, papers.bold, items)).questions[0]
    assert "<script" not in question.stem_html
    assert question.option_html[0] == "&lt;b&gt;"


def test_document_survives_json(tmp_path: Path) -> None:
    document = read(papers.line_paper(tmp_path, lines_with({FIRST_KEY: None})))
    assert from_json(document.to_json()) == document


def test_every_code_has_a_sentence_and_every_sentence_is_used() -> None:
    lms = Path(__file__).parents[3] / "lms"
    files = [*(lms / "quizzes" / "interchange").rglob("*.py"), *(lms / "core" / "intake").rglob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in files if path.name != "messages.py")
    for code in MESSAGES:
        assert f'"{code}"' in source, code
    for code in re.findall(r'(?:Problem|RefusedError|_problem)\(\s*"(\w+)"', source):
        assert code in MESSAGES


def test_messages_are_plain_sentences() -> None:
    for text in MESSAGES.values():
        assert text.strip().endswith(".")
        assert "%(" not in re.sub(r"%\(\w+\)s", "", text)
