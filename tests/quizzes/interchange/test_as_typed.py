"""Papers as lecturers type them: headings among questions, sloppy marks, answers in passing, lists in stems."""

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from lms.quizzes.interchange.document import Question
from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import assert_never_wrong, assert_understood, codes, read
from tests.quizzes.interchange.papers import BANK, Item
from tests.quizzes.interchange.test_rarer_ways import rewritten, table

Pieces = list[tuple[str, list[papers.Painter]]]
FOUR = ("một", "hai", "ba", "bốn")


def read_lines(folder: Path, lines: list[str]) -> list[Question]:
    return list(read(papers.line_paper(folder, lines)).questions)


def with_line(lines: list[str], before: str, line: str) -> list[str]:
    """``line`` put above the line that starts with ``before``."""
    place = next(index for index, text in enumerate(lines) if text.startswith(before))
    return [*lines[:place], line, *lines[place:]]


@pytest.mark.parametrize("start", ["{}. ", "{}) ", "Bài {}. "])
@pytest.mark.parametrize(
    "heading", ["1. Nhận biết", "2. Nội dung thông hiểu", "3. Nội dung", "Bài 2: Dân vận", "2) Tổ chức"]
)
def test_a_heading_with_a_number_is_no_question(tmp_path: Path, start: str, heading: str) -> None:
    lines = with_line(papers.answer_lines(start=start), start.format(4), heading)
    assert_understood(read(papers.line_paper(tmp_path, lines)), BANK, "answer_line")


def test_a_heading_with_a_number_tells_the_level(tmp_path: Path) -> None:
    lines = with_line(papers.answer_lines(start="{}. "), "4. ", "2. Thông hiểu")
    assert [question.level for question in read_lines(tmp_path, lines)] == [None] * 3 + ["understand"] * 3


@pytest.mark.parametrize(
    "heading", ["B. VẬN DỤNG", "E. NÂNG CAO", "E. Vận dụng cao", "a) Nhận biết", "e) Nâng cao"]
)
def test_a_heading_with_a_letter_is_no_option(tmp_path: Path, heading: str) -> None:
    lines = [*with_line(papers.bare_lines(), "Câu 4", heading), "ĐÁP ÁN", "1.C 2.B 3.A 4.D 5.A 6.B"]
    document = read(papers.line_paper(tmp_path, lines))
    assert len(document.questions) == 6
    assert_never_wrong(document, BANK)


def test_an_option_of_capitals_below_others_stays_one(tmp_path: Path) -> None:
    item = Item("Ai trực y tế?", ("Trưởng điểm thi", "Thư ký", "Cán bộ y tế", "CBCT"), (2,))
    assert_understood(
        read(papers.line_paper(tmp_path, papers.answer_lines([item, *BANK]))), [item, *BANK], "answer_line"
    )


@pytest.mark.parametrize(
    "stem",
    [
        "Sự kiện nào diễn ra năm\n1945. Đó là gì?",
        "Xét các bước:\n(1) Họp\n(2) Biểu quyết\nThứ tự?",
        "Anh A. và chị B. cùng đi họp. Ai chủ trì?",
        "Theo Nghị quyết số 18-NQ/TW A. chủ trương là gì?",
        "Cho các phần:\nPhần I. Mở đầu\nPhần II. Nội dung\nPhần nào dài?",
    ],
)
@pytest.mark.parametrize("start", ["Câu {}: ", "{}. "])
def test_stems_with_numbers_and_letters(tmp_path: Path, stem: str, start: str) -> None:
    items = [*BANK[:3], Item(stem, FOUR, (1,)), *BANK[3:]]
    lines = [piece for line in papers.answer_lines(items, start=start) for piece in line.split("\n")]
    document = read(papers.line_paper(tmp_path, lines))
    assert_never_wrong(document, items)
    assert sum(question.status == "understood" for question in document.questions) >= 6


def test_a_number_out_of_turn_inside_a_stem_is_doubted(tmp_path: Path) -> None:
    items = [*BANK[:3], Item("Lời thề có ba câu.\nCâu 2 của lời thề nói gì?", FOUR, (1,)), *BANK[3:]]
    lines = [piece for line in papers.answer_lines(items) for piece in line.split("\n")]
    document = read(papers.line_paper(tmp_path, lines))
    assert_never_wrong(document, items)
    assert "number_unexpected" in codes(document.questions[4])


def test_an_explanation_with_a_list_ends_at_the_next_question(tmp_path: Path) -> None:
    lines = []
    for number, item in enumerate(BANK, 1):
        lines += papers.answer_lines([item], start=f"{number}. ")[:-1]
        lines += ["Giải thích:", "1. Ý thứ nhất", "2. Ý thứ hai", ""]
    document = read(papers.line_paper(tmp_path, lines))
    assert_understood(document, BANK, "answer_line")
    assert document.questions[0].explanation == "1. Ý thứ nhất\n2. Ý thứ hai"


@pytest.mark.parametrize("last", ["đ) Ý khác", "5. Ý khác", "e) Ý khác"])
def test_a_list_below_the_options_is_not_the_last_ones_end(tmp_path: Path, last: str) -> None:
    lines = papers.answer_lines()
    lines.insert(5, last)
    first, *others = read_lines(tmp_path, lines)
    assert first.status == "doubtful"
    assert {question.status for question in others} == {"understood"}


def test_options_under_numbers_are_no_short_answer(tmp_path: Path) -> None:
    lines = []
    for number, item in enumerate(BANK, 1):
        lines += [f"Câu {number}: {item.stem}"]
        lines += [f"{index}. {option}" for index, option in enumerate(item.options, 1)]
        lines += [f"Đáp án: {item.key[0] + 1}"]
    assert {question.status for question in read_lines(tmp_path, lines)} == {"doubtful"}


def test_small_letters_in_a_text_that_ends_like_a_label(tmp_path: Path) -> None:
    item = Item("Vitamin nào tan trong dầu?", ("Vitamin B.", "Vitamin C.", "Vitamin A.", "Vitamin D."), (2,))
    lines = [
        re.sub(r"^([A-D])\.", lambda match: f"{match[1].lower()})", line)
        for line in papers.answer_lines([item, *BANK])
    ]
    assert_understood(read(papers.line_paper(tmp_path, lines)), [item, *BANK], "answer_line")


def told(item: Item, line: str) -> list[str]:
    return [
        f"Câu 1: {item.stem}",
        *(f"{'ABCD'[index]}. {text}" for index, text in enumerate(item.options)),
        line,
    ]


ASKED = Item("Hỏi về tổ chức?", FOUR, (2,))


@pytest.mark.parametrize(
    "line",
    ["Đáp án đúng là C vì đây là nguyên tắc", "Đáp án C là đúng", "C là phương án đúng.", "Vậy chọn C.", "Do đó chọn đáp án C",
     "Vậy đáp án đúng là C", "Đáp án: C [Điều 4]", "Đáp án đúng là phương án C", "Đáp án đúng là C. ba", "Đáp án đúng (C)",
     "{Đáp án: C}", "#Đáp án: C", "Đáp án; C", "Đap an: C", "Đáp số: C", "Phương án trả lời đúng: C", "Đáp án: chọn C", "Chọn ý C",
     "Chọn đáp án đúng: C", "Đáp án: “C”", "Đáp án: **C**", "Đáp án: C (ba)", "Đáp án: c"],
)  # fmt: skip
def test_keys_told_in_passing(tmp_path: Path, line: str) -> None:
    assert_understood(read(papers.line_paper(tmp_path, told(ASKED, line))), [ASKED], "answer_line")


@pytest.mark.parametrize(
    "line",
    ["Đáp án: A hoặc C", "Đáp án: A (C cũng đúng)", "Đáp án: không phải A", "Đáp án đúng không phải là A", "Đáp án sai: A",
     "Chọn A hoặc B", "Lời giải: Chọn A là sai.", "Giải thích: Không chọn A vì thiếu căn cứ", "Hướng dẫn: nhiều người chọn B"],
)  # fmt: skip
def test_words_about_letters_that_tell_no_key(tmp_path: Path, line: str) -> None:
    (question,) = read_lines(tmp_path, told(ASKED, line))
    assert question.status == "doubtful"


@pytest.mark.parametrize("note", ["(Theo Điều 9 Điều lệ Đảng)", "Vì Điều lệ đã quy định rõ."])
def test_a_reason_below_marked_options(tmp_path: Path, note: str) -> None:
    path = papers.marked_paper(tmp_path, papers.bold)
    document = docx.Document(str(path))
    for paragraph in [one for one in document.paragraphs if one.text.startswith("Câu ")][1:]:
        paragraph.insert_paragraph_before(note)
    document.add_paragraph(note)
    read_again = read(papers.save(document, tmp_path, "co-can-cu.docx"))
    assert_understood(read_again, BANK, "bold")
    assert {question.explanation for question in read_again.questions} == {note}


@pytest.mark.parametrize(
    "answers",
    [["1.C 2.B 3.A 4.D 5.A 6.B"], ["Câu 1: C. Câu 2: B. Câu 3: A. Câu 4: D. Câu 5: A. Câu 6: B."], ["(1) C (2) B (3) A (4) D (5) A (6) B"],
     ["1.C2.B3.A4.D5.A6.B"], [f"Câu {number}: {letter}" for number, letter in enumerate("CBADAB", 1)],
     [f"{number}. {letter}" for number, letter in enumerate("CBADAB", 1)], [f"Câu {number}. Đáp án {letter}" for number, letter in enumerate("CBADAB", 1)]],
    ids=lambda answers: answers[0][:12],
)  # fmt: skip
@pytest.mark.parametrize("heading", [["ĐÁP ÁN"], []], ids=["heading", "none"])
@pytest.mark.parametrize("start", ["Câu {}. ", "({}) "])
def test_answers_at_the_end_with_and_without_a_heading(
    tmp_path: Path, answers: list[str], heading: list[str], start: str
) -> None:
    lines = [*papers.bare_lines(start=start), *heading, *answers]
    assert_understood(read(papers.line_paper(tmp_path, lines)), BANK, "answer_table")


def test_answers_in_small_letters(tmp_path: Path) -> None:
    document = docx.Document()
    for line in [*papers.bare_lines(), "ĐÁP ÁN"]:
        document.add_paragraph(line)
    table(document, [list("123456"), list("cbadab")])
    assert_understood(read(papers.save(document, tmp_path)), BANK, "answer_table")


def test_answers_counted_otherwise_than_the_questions_are_doubted(tmp_path: Path) -> None:
    lines = [
        re.sub(r"^Câu ([4-6])", lambda match: f"Câu {int(match[1]) + 1}", line)
        for line in papers.bare_lines()
    ]
    document = read(papers.line_paper(tmp_path, [*lines, "ĐÁP ÁN", "1.C 2.B 3.A 4.D 5.A 6.B"]))
    assert_never_wrong(document, BANK)
    assert "key_shifted" in codes(document.questions[3])


def painted(folder: Path, paint: Callable[[int, int, Item], Pieces]) -> Path:
    """Options made of painted pieces."""
    document = docx.Document()
    for number, item in enumerate(BANK, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for index in range(len(item.options)):
            paragraph = document.add_paragraph()
            for text, painters in paint(number, index, item):
                run = paragraph.add_run(text)
                for painter in painters:
                    painter(run)
    return papers.save(document, folder)


def test_bold_that_runs_on_into_the_first_label_is_no_key(tmp_path: Path) -> None:
    def paint(number: int, index: int, item: Item) -> Pieces:
        return [(f"{'ABCD'[index]}. ", [papers.bold] if index == 0 else []), (item.options[index], [])]

    document = read(painted(tmp_path, paint))
    assert [codes(question) for question in document.questions] == [{"no_key"}] * 6


def test_bold_that_runs_on_does_not_disturb_another_mark(tmp_path: Path) -> None:
    def paint(number: int, index: int, item: Item) -> Pieces:
        mark: list[papers.Painter] = [papers.red] if index in item.key else []
        return [(f"{'ABCD'[index]}. ", [papers.bold] if index == 0 else []), (item.options[index], mark)]

    assert_understood(read(painted(tmp_path, paint)), BANK, "colour")


def test_all_but_one_marked_is_doubted(tmp_path: Path) -> None:
    def paint(number: int, index: int, item: Item) -> Pieces:
        return [(f"{'ABCD'[index]}. {item.options[index]}", [] if index in item.key else [papers.bold])]

    assert {question.status for question in read(painted(tmp_path, paint)).questions} == {"doubtful"}


def test_letters_struck_through_are_told(tmp_path: Path) -> None:
    def strike(run: object) -> None:
        run.font.strike = True  # type: ignore[attr-defined]

    def paint(number: int, index: int, item: Item) -> Pieces:
        mark: list[papers.Painter] = [papers.bold] if index in item.key else []
        old: Pieces = [("cũ ", [*mark, strike])] if (number, index) == (2, 0) else []
        return [(f"{'ABCD'[index]}. ", mark), *old, (item.options[index], mark)]

    first, second, *others = read(painted(tmp_path, paint)).questions
    assert codes(second) == {"struck_text"}
    assert {question.status for question in (first, *others)} == {"understood"}


def test_full_width_and_unseen_letters(tmp_path: Path) -> None:
    wide = str.maketrans("0123456789ABCD.:", "０１２３４５６７８９ＡＢＣＤ．：")
    lines = [
        "\u200b\ufeff"
        + re.sub(r"^(Câu \d+:|[A-D]\.|Đáp án: [A-D])", lambda match: match[1].translate(wide), line)
        for line in papers.answer_lines()
    ]
    assert_understood(
        read(papers.line_paper(tmp_path, [line.replace(" ", "\xa0") for line in lines])), BANK, "answer_line"
    )


def test_an_empty_numbered_paragraph_counts(tmp_path: Path) -> None:
    document = docx.Document()
    questions = papers.number_list(document, "decimal", "Câu %1.")
    for position, item in enumerate(BANK):
        if position == 2:
            papers.in_list(document.add_paragraph(""), questions)
        papers.in_list(document.add_paragraph(item.stem), questions)
        for letter, option in zip("ABCD", item.options, strict=True):
            document.add_paragraph(f"{letter}. {option}")
    document.add_paragraph("ĐÁP ÁN: 1.C 2.B 4.A 5.D 6.A 7.B")
    assert_understood(read(papers.save(document, tmp_path)), BANK, "answer_table")


def test_a_lost_symbol_is_told(tmp_path: Path) -> None:
    symbol = '<w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>'
    path = papers.marked_paper(tmp_path, papers.bold)
    path = rewritten(path, lambda text: text.replace("</w:t></w:r></w:p>", f"</w:t>{symbol}", 2))
    assert "letter_lost" in codes(read(path).questions[0])


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (3, "B"),
        (3, "1"),
        (3, "-"),
        (3, "1. "),
        (3, "Chọn"),
        (4, "Lưu ý: câu này khó"),
        (1, "D."),
        (1, "Chọn"),
        (1, "Phần II"),
    ],
)
@pytest.mark.parametrize("start", ["Câu {}: ", "{}. "])
def test_a_stray_line_inside_a_question(tmp_path: Path, start: str, place: int, line: str) -> None:
    lines = papers.bare_lines(start=start)
    lines.insert(5 + place, line)  # each question takes five lines: this is the second
    document = read(papers.line_paper(tmp_path, [*lines, "ĐÁP ÁN", "1.C 2.B 3.A 4.D 5.A 6.B"]))
    assert_never_wrong(document, BANK)
    assert document.questions[1].status == "doubtful"
    assert [question.status for question in document.questions].count("understood") >= 4


@pytest.mark.parametrize(
    ("old", "new"),
    [("A. Bí thư", "A Bí thư"), ("D. Tổ đảng", "D, Tổ đảng"), ("D. Tổ đảng", "d Tổ đảng"), ("D. Tổ đảng", ") Tổ đảng"),
     ("C. Chi ủy", "A. Chi ủy"), ("D. Tổ đảng", "A. Tổ đảng"), ("Câu 2: ", "Bâu 2. "), ("2. Cơ quan", "2. Cơ quan lãnh đạo cao nhất của chi bộ là gì?\n2. Cơ quan")],
)  # fmt: skip
@pytest.mark.parametrize("start", ["Câu {}: ", "{}. "])
def test_a_slip_of_the_hand(tmp_path: Path, start: str, old: str, new: str) -> None:
    text = "\n".join([*papers.bare_lines(start=start), "ĐÁP ÁN", "1.C 2.B 3.A 4.D 5.A 6.B"])
    document = read(papers.line_paper(tmp_path, text.replace(old, new, 1).split("\n")))
    assert_never_wrong(document, BANK)


@pytest.mark.parametrize("joint", [" ", "  ", ""])
@pytest.mark.parametrize("start", ["Câu {}: ", "{}. ", "{}) "])
def test_two_lines_run_together(tmp_path: Path, start: str, joint: str) -> None:
    whole = papers.bare_lines(start=start)
    for place in range(len(whole) - 1):
        lines = [*whole[:place], joint.join(whole[place : place + 2]), *whole[place + 2 :]]
        path = tmp_path / f"{place}.txt"
        path.write_text("\n".join([*lines, "ĐÁP ÁN", "1.C 2.B 3.A 4.D 5.A 6.B"]), encoding="utf-8")
        assert_never_wrong(read(path), BANK)


@pytest.mark.parametrize("paint", [papers.bold, papers.underline])
def test_the_last_option_goes_on_below(tmp_path: Path, paint: papers.Painter) -> None:
    items = [
        Item("Hội nghị nào?", ("Hội nghị 4", "Hội nghị 5", "Hội nghị 6", "Hội nghị\n7 khóa XII"), (3,)),
        *BANK,
    ]
    document = docx.Document()
    for number, item in enumerate(items, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for index, option in enumerate(item.options):
            for line in f"{'ABCD'[index]}. {option}".split("\n"):
                run = document.add_paragraph().add_run(line)
                if index in item.key:
                    paint(run)
    assert_never_wrong(read(papers.save(document, tmp_path)), items)
