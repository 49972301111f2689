"""Rarer ways in which lecturers write papers: numbering, labels, marks, answer lines, answer tables, columns."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import assert_understood, codes, read
from tests.quizzes.interchange.papers import BANK, Item

NAMES = (
    Item("Theo C. Mác, bản chất con người là gì?", ("Tổng hòa các quan hệ xã hội", "Ý thức", "Do V.I. Lênin nêu", "Bản năng"), (0,)),
    Item("Ai viết bộ “Tư bản”?", ("Hêghen", "Ph. Ăngghen", "C. Mác", "V.I. Lênin"), (2,)),
    *BANK,
)  # fmt: skip


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "de.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "start", ["Bài {}. ", "Bài tập {}: ", "C{}: ", "Câu thứ {}: ", "{}- ", "{} - ", "({}) ", "- Câu {}: "]
)
def test_rare_numbering(tmp_path: Path, start: str) -> None:
    path = papers.line_paper(tmp_path, papers.answer_lines(NAMES, start=start))
    assert_understood(read(path), NAMES, "answer_line")


@pytest.mark.parametrize("label", ["{}.)", "[{}].", "- {}.", "+ {})", "• {}."])
def test_rare_option_labels(tmp_path: Path, label: str) -> None:
    lines = [
        re.sub(r"^([A-D])\.", lambda match: label.format(match[1]), line)
        for line in papers.answer_lines(NAMES)
    ]
    assert_understood(read(papers.line_paper(tmp_path, lines)), NAMES, "answer_line")


@pytest.mark.parametrize(
    "line",
    ["=> {}", "→ {}", "⇒ {}.", "Phương án đúng là {}", "PA đúng: {}", "Câu trả lời đúng là: {}", "Đ.án: {}", "dap an: {}",
     "(Đáp án: {})", "Đáp án đúng nhất: {}", "Đáp án chính xác: {}", "ĐS: {}", "Đáp án: Câu {}", "Đáp án: {} (Điều 4)",
     "Đáp án: {}. Vì Điều lệ quy định như vậy", "Đáp án: {} - Giải thích: theo Điều 9"],
)  # fmt: skip
def test_answer_line_spellings(tmp_path: Path, line: str) -> None:
    lines = [
        re.sub(r"^Đáp án: (\w)$", lambda match: line.format(match[1]), text)
        for text in papers.answer_lines(NAMES)
    ]
    assert_understood(read(papers.line_paper(tmp_path, lines)), NAMES, "answer_line")


def test_a_reason_that_may_be_an_option_is_doubted(tmp_path: Path) -> None:
    items = [
        Item("Làm theo điều nào?", ("Theo Điều 4", "Theo Điều 9", "Theo Điều 5", "Theo Điều 6"), (1,)),
        *BANK,
    ]
    lines = papers.answer_lines(items)
    lines[5] = "Đáp án: A. Theo Điều 9"
    assert codes(read(papers.line_paper(tmp_path, lines)).questions[0]) == {"key_text_differs"}


def test_a_stem_that_ends_like_an_answer_line(tmp_path: Path) -> None:
    item = Item("Nói về nguyên tắc tổ chức.\nPhương án đúng là:", BANK[3].options, BANK[3].key)
    lines = [piece for line in papers.answer_lines([item, *BANK]) for piece in line.split("\n")]
    assert_understood(read(papers.line_paper(tmp_path, lines)), [item, *BANK], "answer_line")


@pytest.mark.parametrize(
    "mark", ["{}*", "{} (đúng)", "{} (Đ)", "{} [x]", "{} (Đáp án đúng)", "{} => Đúng", "[x] {}"]
)
def test_ticks_in_words(tmp_path: Path, mark: str) -> None:
    lines = papers.bare_lines()
    right = {f"{letter}. {item.options[item.key[0]]}" for item in BANK for letter in item.letters}
    document = read(
        papers.line_paper(tmp_path, [mark.format(line) if line in right else line for line in lines])
    )
    assert_understood(document, BANK, "mark")


def test_red_letter_among_blue_letters(tmp_path: Path) -> None:
    path = papers.marked_paper(tmp_path, papers.red, NAMES, whole=False, label_paint=papers.blue)
    assert_understood(read(path), NAMES, "colour")


@pytest.mark.parametrize("gap", ["\t", "      "])
def test_names_do_not_part_options_on_one_line(tmp_path: Path, gap: str) -> None:
    assert_understood(read(papers.tabbed_paper(tmp_path, papers.bold, NAMES, gap=gap)), NAMES, "bold")


def rewritten(path: Path, change: Callable[[str], str]) -> Path:
    """A Word file with its main part changed."""
    target = path.with_name("sua.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as output:
        for entry in source.infolist():
            data = source.read(entry)
            output.writestr(
                entry, change(data.decode()).encode() if entry.filename == "word/document.xml" else data
            )
    return target


def test_hidden_words_are_left_out_and_told(tmp_path: Path) -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> ẩn</w:t></w:r></w:p>'
    path = rewritten(papers.marked_paper(tmp_path, papers.bold), lambda text: text.replace("</w:p>", hidden))
    document = read(path)
    assert_understood(document, BANK, "bold")
    assert {problem.code for problem in document.problems} == {"hidden_text"}


def test_shaded_paragraph_is_a_highlight(tmp_path: Path) -> None:
    shade = '<w:p><w:pPr><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:pPr><w:r><w:rPr><w:b/>'
    path = papers.marked_paper(tmp_path, papers.bold)
    path = rewritten(path, lambda text: text.replace("<w:p><w:r><w:rPr><w:b/>", shade).replace("<w:b/>", ""))
    assert_understood(read(path), BANK, "highlight")


def table(document: object, rows: list[list[str]]) -> None:
    made = document.add_table(rows=len(rows), cols=len(rows[0]))  # type: ignore[attr-defined]
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(index, column).text = text


def keys(items: tuple[Item, ...]) -> list[list[str]]:
    return [[str(number), *item.letters] for number, item in enumerate(items, 1)]


def crosses(item: Item) -> list[str]:
    return ["x" if letter in item.letters else "" for letter in "ABCD"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Câu", "Đáp án", "Căn cứ"], *([*row, f"Điều {row[0]}"] for row in keys(BANK))],
        [["STT", "Đáp án", "Điểm"], *([*row, "0,5"] for row in keys(BANK))],
        [["Câu", "Đáp án"], *([str(number), f"{item.letters[0]}. {item.options[item.key[0]]}"] for number, item in enumerate(BANK, 1))],
        [["Câu", "A", "B", "C", "D"], *([str(number), *crosses(item)] for number, item in enumerate(BANK, 1))],
    ],
    ids=["căn cứ", "điểm", "chữ và lời", "dấu x"],
)  # fmt: skip
def test_answer_tables(tmp_path: Path, rows: list[list[str]]) -> None:
    document = docx.Document()
    for line in [*papers.bare_lines(), "BẢNG ĐÁP ÁN"]:
        document.add_paragraph(line)
    table(document, rows)
    assert_understood(read(papers.save(document, tmp_path)), BANK, "answer_table")


@pytest.mark.parametrize("word", ["PHẦN", "CHƯƠNG"])
@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
@pytest.mark.parametrize("running", [True, False])
def test_answers_go_where_their_heading_says(
    tmp_path: Path, word: str, order: tuple[int, int], *, running: bool
) -> None:
    parts = {1: NAMES[:4], 2: BANK[2:]}
    document = docx.Document()
    for number, items in parts.items():
        document.add_paragraph(f"{word} {'I' * number}. NỘI DUNG THỨ {number}")
        for line in papers.bare_lines(items):
            document.add_paragraph(line)
    document.add_paragraph("ĐÁP ÁN")
    for number in order:
        document.add_paragraph(f"{word} {number}")
        pairs = keys(parts[number])
        if running:
            document.add_paragraph(" ".join(f"{label}.{letter}" for label, letter in pairs))
        else:
            table(document, [list(row) for row in zip(*pairs, strict=True)])
    assert_understood(read(papers.save(document, tmp_path)), [*parts[1], *parts[2]], "answer_table")


def test_answers_below_each_part(tmp_path: Path) -> None:
    parts = {1: NAMES[:4], 2: BANK[2:]}
    lines: list[str] = []
    for number, items in parts.items():
        lines += [f"PHẦN {'I' * number}. NỘI DUNG", *papers.bare_lines(items)]
        lines.append(
            f"Đáp án phần {'I' * number}: " + " ".join(f"{label}.{letter}" for label, letter in keys(items))
        )
    assert_understood(read(papers.line_paper(tmp_path, lines)), [*parts[1], *parts[2]], "answer_table")


def test_answers_of_a_part_that_is_not_there(tmp_path: Path) -> None:
    lines = ["PHẦN I. LÝ LUẬN", *papers.bare_lines(), "ĐÁP ÁN", "PHẦN II", "1.C 2.B 3.A 4.D 5.A 6.B"]
    document = read(papers.line_paper(tmp_path, lines))
    assert {question.status for question in document.questions} == {"doubtful"}


def test_first_question_below_a_long_heading(tmp_path: Path) -> None:
    head = [
        "Hướng dẫn: chọn một phương án đúng nhất.",
        "I. PHẦN TRẮC NGHIỆM (3 điểm): Khoanh vào chữ cái đúng.",
    ]
    path = papers.line_paper(tmp_path, [*head, *papers.answer_lines(NAMES, start="{}. ")])
    assert_understood(read(path), NAMES, "answer_line")


def test_options_in_cells_beside_their_letters(tmp_path: Path) -> None:
    document = docx.Document()
    for number, item in enumerate(NAMES, 1):
        document.add_paragraph(f"Câu {number}. {item.stem}")
        table(document, [[text for pair in zip("ABCD", item.options, strict=True) for text in pair]])
        document.add_paragraph(f"Đáp án: {item.letters[0]}")
    assert_understood(read(papers.save(document, tmp_path)), NAMES, "answer_line")


def test_numbers_in_a_column_without_header(tmp_path: Path) -> None:
    document = docx.Document()
    rows = []
    for number, item in enumerate(BANK, 1):
        options = [f"{letter}. {option}" for letter, option in zip("ABCD", item.options, strict=True)]
        rows.append([str(number), "\n".join([item.stem, *options, f"Đáp án: {item.letters[0]}"])])
    table(document, rows)
    assert_understood(read(papers.save(document, tmp_path)), BANK, "answer_line")


@pytest.mark.parametrize(
    "heads",
    [["Phương án trả lời A", "Phương án trả lời B", "Phương án trả lời C", "Phương án trả lời D"], ["Câu A", "Câu B", "Câu C", "Câu D"]],
)  # fmt: skip
def test_column_heads(tmp_path: Path, heads: list[str]) -> None:
    rows = [["STT", "Nội dung câu hỏi", *heads, "ĐA"], *papers.sheet_rows()[1:]]
    assert_understood(read(papers.workbook(tmp_path, rows)), BANK, "column")


def test_header_in_two_rows(tmp_path: Path) -> None:
    rows = [
        ["STT", "Nội dung câu hỏi", "Phương án trả lời", "", "", "", "Đáp án đúng"],
        ["", "", "A", "B", "C", "D", ""],
        *papers.sheet_rows()[1:],
    ]
    assert_understood(read(papers.workbook(tmp_path, rows)), BANK, "column")


@pytest.mark.parametrize("written", ["Đáp án {}", "Phương án {}", "PA {}"])
def test_keys_in_words(tmp_path: Path, written: str) -> None:
    rows = papers.sheet_rows()
    for row in rows[1:]:
        row[-1] = written.format(row[-1])
    assert_understood(read(papers.workbook(tmp_path, rows)), BANK, "column")


def test_labels_and_topics_in_the_column_of_stems(tmp_path: Path) -> None:
    head, *rows = papers.sheet_rows()
    labelled = [[number, f"Câu {number}: {stem}", *rest] for number, stem, *rest in rows]
    path = papers.workbook(
        tmp_path, [head, ["", "CHUYÊN ĐỀ 1"], *labelled[:3], ["", "CHUYÊN ĐỀ 2"], *labelled[3:]]
    )
    document = read(path)
    assert_understood(document, BANK, "column")
    assert [question.topic for question in document.questions] == ["CHUYÊN ĐỀ 1"] * 3 + ["CHUYÊN ĐỀ 2"] * 3


def test_markdown(tmp_path: Path) -> None:
    lines = papers.answer_lines(NAMES, word="**Đáp án:**", start="### **Câu {}:** ")
    text = "\n".join(lines).replace("**Đáp án:**:", "**Đáp án:**")
    assert_understood(read(write(tmp_path, text)), NAMES, "answer_line")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("1. C¬ quan l·nh ®¹o cao nhÊt cña chi bé lµ g×?\nA. §¹i héi ®¶ng viªn\nB. Tæ ®¶ng\n§¸p ¸n: A", "latin-1", "TCVN3"),
        ("1. C¬ quan l·nh ®¹o cao nhÊt cña chi bé lµ g×?\nA. §¹i héi ®¶ng viªn\nB. Tæ ®¶ng\n§¸p ¸n: A", "utf-8", "TCVN3"),
        ("1. Cô quan laõnh ñaïo cao nhaát cuûa chi boä laø gì?\nA. Ñaïi hoäi ñaûng vieân\nB. Toå ñaûng\nÑaùp aùn: A", "utf-8", "VNI"),
    ],
)  # fmt: skip
def test_letters_from_before_unicode(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    document = read(write(tmp_path, text, encoding))
    assert document.refused
    assert document.problems[0].code == "old_encoding"
    assert document.problems[0].params["encoding"] == name


def test_one_question_in_old_letters(tmp_path: Path) -> None:
    old = Item("C¬ quan l·nh ®¹o cao nhÊt cña chi bé lµ g×?", ("§¹i héi", "Tæ ®¶ng", "BÝ th", "Chi ñy"), (0,))
    document = read(papers.line_paper(tmp_path, papers.answer_lines([*BANK, *NAMES, *BANK, old])))
    assert [question.status for question in document.questions] == ["understood"] * 20 + ["doubtful"]
    assert "old_letters" in codes(document.questions[-1])


def test_a_source_below_the_answer_is_its_explanation(tmp_path: Path) -> None:
    lines = [
        f"{line}\nTheo Điều 4 Điều lệ Đảng." if line.startswith("Đáp án") else line
        for line in papers.answer_lines()
    ]
    document = read(papers.line_paper(tmp_path, [piece for line in lines for piece in line.split("\n")]))
    assert_understood(document, BANK, "answer_line")
    assert {question.explanation for question in document.questions} == {"Theo Điều 4 Điều lệ Đảng."}
