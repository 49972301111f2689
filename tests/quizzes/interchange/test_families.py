"""Every family of question files that lecturers write, as a normal file: all questions understood."""

import unicodedata
from pathlib import Path

import docx
import pytest

from lms.quizzes.interchange.document import Question
from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import assert_understood, read
from tests.quizzes.interchange.papers import BANK, Item


@pytest.mark.parametrize(
    ("paint", "evidence"),
    [
        (papers.bold, "bold"),
        (papers.underline, "underline"),
        (papers.red, "colour"),
        (papers.highlight, "highlight"),
    ],
)
@pytest.mark.parametrize("whole", [True, False], ids=["option", "letter"])
def test_painted_key(tmp_path: Path, paint: papers.Painter, evidence: str, whole: bool) -> None:
    assert_understood(read(papers.marked_paper(tmp_path, paint, whole=whole)), BANK, evidence)


@pytest.mark.parametrize("paint", [papers.bold, papers.black, papers.grey])
def test_a_look_that_all_labels_share_is_no_mark(tmp_path: Path, paint: papers.Painter) -> None:
    path = papers.marked_paper(tmp_path, papers.red, label_paint=paint)
    assert_understood(read(path), BANK, "colour")


def test_bold_text_counts_where_every_label_is_bold(tmp_path: Path) -> None:
    assert_understood(read(papers.marked_paper(tmp_path, papers.bold, label_paint=papers.bold)), BANK, "bold")


@pytest.mark.parametrize("word", ["Đáp án", "ANSWER", "Đáp án đúng", "Answer", "ĐÁP ÁN", "Key", "Correct"])
@pytest.mark.parametrize("start", ["Câu {}: ", "{}. ", "[{}] ", "Question {}: ", "CÂU {}. "])
def test_answer_line(tmp_path: Path, word: str, start: str) -> None:
    path = papers.line_paper(tmp_path, papers.answer_lines(word=word, start=start))
    assert_understood(read(path), BANK, "answer_line")


def test_answer_line_without_numbers(tmp_path: Path) -> None:
    path = papers.line_paper(tmp_path, papers.answer_lines(word="ANSWER", start=""))
    assert_understood(read(path), BANK, "answer_line")


@pytest.mark.parametrize("pairs", [1, 2, 3])
def test_end_table(tmp_path: Path, pairs: int) -> None:
    assert_understood(read(papers.end_table_paper(tmp_path, pairs=pairs)), BANK, "answer_table")


@pytest.mark.parametrize(
    "text", ["1.C 2.B 3.A 4.D 5.A 6.B", "1C, 2B, 3A, 4D, 5A, 6B", "1-C; 2-B; 3-A; 4-D; 5-A; 6-B"]
)
def test_running_key(tmp_path: Path, text: str) -> None:
    path = papers.line_paper(tmp_path, [*papers.bare_lines(), "ĐÁP ÁN", text])
    assert_understood(read(path), BANK, "answer_table")


def test_end_table_of_numbers_over_letters(tmp_path: Path) -> None:
    document = docx.Document()
    for line in papers.bare_lines():
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=7)
    for column, (above, below) in enumerate(
        [("Câu", "Đáp án"), *((str(n), item.letters[0]) for n, item in enumerate(BANK, 1))]
    ):
        table.cell(0, column).text, table.cell(1, column).text = above, below
    assert_understood(read(papers.save(document, tmp_path)), BANK, "answer_table")


@pytest.mark.parametrize("gap", ["\t", "\t\t", "        "])
@pytest.mark.parametrize("per_line", [4, 2])
def test_options_on_one_line(tmp_path: Path, gap: str, per_line: int) -> None:
    path = papers.tabbed_paper(tmp_path, papers.red, gap=gap, per_line=per_line)
    assert_understood(read(path), BANK, "colour")


def test_automatic_numbers_and_letters(tmp_path: Path) -> None:
    assert_understood(read(papers.automatic_paper(tmp_path, papers.bold)), BANK, "bold")


def test_decomposed_letters_come_out_composed(tmp_path: Path) -> None:
    lines = [unicodedata.normalize("NFD", line) for line in papers.answer_lines()]
    document = read(papers.line_paper(tmp_path, lines))
    assert_understood(document, BANK, "answer_line")
    assert all(unicodedata.is_normalized("NFC", question.stem) for question in document.questions)


def test_mark_split_over_runs(tmp_path: Path) -> None:
    document = docx.Document()
    for number, item in enumerate(BANK, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for index, option in enumerate(item.options):
            paragraph = document.add_paragraph()
            for piece in ("ABCD"[index], ".", " ", *option):
                run = paragraph.add_run(piece)
                if index in item.key:
                    papers.bold(run)
    assert_understood(read(papers.save(document, tmp_path)), BANK, "bold")


def test_mark_from_a_character_style(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("Dap an dung", 2)
    style.font.underline = True
    for number, item in enumerate(BANK, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        for index, option in enumerate(item.options):
            run = document.add_paragraph().add_run(f"{'ABCD'[index]}. {option}")
            if index in item.key:
                run.style = style
    assert_understood(read(papers.save(document, tmp_path)), BANK, "underline")


@pytest.mark.parametrize("mark", ["*{}. {}", "{}. {} ✓", "√ {}. {}"])
def test_star_and_tick(tmp_path: Path, mark: str) -> None:
    lines = []
    for number, item in enumerate(BANK, 1):
        lines.append(f"Câu {number}: {item.stem}")
        for index, option in enumerate(item.options):
            shape = mark if index in item.key else "{}. {}"
            lines.append(shape.format("ABCD"[index], option))
    assert_understood(read(papers.line_paper(tmp_path, lines)), BANK, "mark")


def test_question_table_of_word(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=4)
    for column, head in enumerate(("STT", "Nội dung câu hỏi", "Phương án trả lời", "Đáp án")):
        table.cell(0, column).text = head
    for number, item in enumerate(BANK, 1):
        cells = table.add_row().cells
        options = "\n".join(f"{'ABCD'[index]}. {option}" for index, option in enumerate(item.options))
        for cell, text in zip(cells, (str(number), item.stem, options, item.letters[0]), strict=True):
            cell.text = text
    assert_understood(read(papers.save(document, tmp_path)), BANK, "column")


def test_options_in_a_table_of_one_row(tmp_path: Path) -> None:
    document = docx.Document()
    for number, item in enumerate(BANK, 1):
        document.add_paragraph(f"Câu {number}: {item.stem}")
        table = document.add_table(rows=1, cols=4)
        for index, option in enumerate(item.options):
            paragraph = table.cell(0, index).paragraphs[0]
            run = paragraph.add_run(f"{'ABCD'[index]}. {option}")
            if index in item.key:
                papers.red(run)
    assert_understood(read(papers.save(document, tmp_path)), BANK, "colour")


@pytest.mark.parametrize(
    "lead", [[], [["BỘ CÂU HỎI LỚP ĐẢNG VIÊN MỚI"], ["Lưu ý: không đổi tên cột"]]], ids=["plain", "titled"]
)
def test_workbook(tmp_path: Path, lead: list[list[object]]) -> None:
    assert_understood(read(papers.workbook(tmp_path, [*lead, *papers.sheet_rows()])), BANK, "column")


def test_workbook_with_all_options_in_one_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [["STT", "Hạng mục", "Nội dung", "Phương án trả lời", "Đáp án"]]
    for number, item in enumerate(BANK, 1):
        options = "\n".join(f"{'ABCD'[index]}. {option}" for index, option in enumerate(item.options))
        rows.append([number, "Công tác đảng", item.stem, options, item.letters[0]])
    document = read(papers.workbook(tmp_path, rows))
    assert_understood(document, BANK, "column")
    assert {question.topic for question in document.questions} == {"Công tác đảng"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "de.txt"
    path.write_bytes("\r\n".join(papers.answer_lines()).encode(encoding))
    assert_understood(read(path), BANK, "answer_line")


def test_windows_1258_text(tmp_path: Path) -> None:
    # The code page has a, ă, â … as letters and the tones as marks of their own.
    def split(text: str) -> str:
        out = ""
        for char in text:
            parts = unicodedata.normalize("NFD", char)
            tone = [mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone))
            out += rest + "".join(tone)
        return out

    path = tmp_path / "de.txt"
    path.write_bytes(split("\r\n".join(papers.answer_lines())).encode("cp1258"))
    document = read(path)
    assert_understood(document, BANK, "answer_line")
    assert [problem.code for problem in document.problems] == ["encoding_guessed"]


def test_several_right_answers(tmp_path: Path) -> None:
    items = [Item(item.stem, item.options, (0, 2)) for item in BANK]
    assert_understood(read(papers.line_paper(tmp_path, papers.answer_lines(items))), items, "answer_line")


def test_paper_of_2025(tmp_path: Path) -> None:
    """Three parts, numbers restarting in each: choices, true/false groups, short answers."""
    document = docx.Document()
    document.add_paragraph(
        "PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn. Thí sinh trả lời từ câu 1 đến câu 2."
    )
    for number, item in enumerate(BANK[:2], 1):
        document.add_paragraph(f"Câu {number}. {item.stem}")
        for index, option in enumerate(item.options):
            run = document.add_paragraph().add_run(f"{'ABCD'[index]}. {option}")
            if index in item.key:
                papers.underline(run)
    document.add_paragraph(
        "PHẦN II. Câu trắc nghiệm đúng sai. Trong mỗi ý a), b), c), d), thí sinh chọn đúng hoặc sai."
    )
    document.add_paragraph("Câu 1. Cho thông tin sau về sinh hoạt chi bộ:")
    document.add_paragraph("Chi bộ thôn họp vào ngày mùng ba hằng tháng.")
    for letter, true in zip("abcd", (True, False, True, True), strict=True):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(f"{letter})")
        paragraph.add_run(f" Nhận định {letter} về buổi sinh hoạt.")
        if true:
            papers.underline(run)
    document.add_paragraph("PHẦN III. Câu trắc nghiệm trả lời ngắn. Thí sinh trả lời câu 1.")
    document.add_paragraph(
        "Câu 1. Chi bộ có 12 đảng viên chính thức, 3 đảng viên dự bị. Tổng số là bao nhiêu?"
    )
    document.add_paragraph("A. 15")
    questions = read(papers.save(document, tmp_path)).questions
    assert [question.kind for question in questions] == [
        "single_choice",
        "single_choice",
        "true_false_group",
        "short_answer",
    ]
    assert [question.key for question in questions] == [("C",), ("B",), ("T", "F", "T", "T"), ("15",)]
    assert {question.status for question in questions} == {"understood"}
    assert [question.number for question in questions] == [1, 2, 3, 4]
    assert [question.label for question in questions] == ["Câu 1", "Câu 2", "Câu 1", "Câu 1"]


def test_restarts_per_part_take_their_own_keys(tmp_path: Path) -> None:
    lines = [
        "PHẦN I. LÝ LUẬN",
        *papers.bare_lines(BANK[:3]),
        "PHẦN II. THỰC TIỄN",
        *papers.bare_lines(BANK[3:]),
    ]
    lines += ["ĐÁP ÁN", "PHẦN I", "1.C 2.B 3.A", "PHẦN II", "1.D 2.A 3.B"]
    document = read(papers.line_paper(tmp_path, lines))
    assert_understood(document, BANK, "answer_table")
    assert [question.aspect for question in document.questions] == ["theory"] * 3 + ["practice"] * 3


def test_tags_topics_and_explanations(tmp_path: Path) -> None:
    lines = [
        "CHƯƠNG 2: CÔNG TÁC ĐẢNG VIÊN",
        "Câu 1 [NB]: Ai quyết định kết nạp đảng viên?",
        "A. Cấp ủy có thẩm quyền", "B. Chi đoàn", "C. Hội nông dân", "D. Trưởng thôn",
        "Đáp án: A",
        "Giải thích: Theo quy định thi hành Điều lệ.",
        "Câu 2. (VDC) Xử lý tình huống một đảng viên chuyển nơi cư trú thế nào? (0,5 điểm)",
        "A. Không làm gì", "B. Xóa tên", "C. Chuyển sinh hoạt", "D. Cảnh cáo",
        "Đáp án: C",
        "CHƯƠNG 3: CÔNG TÁC DÂN VẬN",
        "Câu 3: Dân vận khéo là phong trào của ai? [Thông hiểu]",
        "A. Toàn hệ thống chính trị", "B. Một cá nhân", "C. Doanh nghiệp", "D. Trường học",
        "Đáp án: A",
    ]  # fmt: skip
    first, second, third = read(papers.line_paper(tmp_path, lines)).questions
    assert (first.level, second.level, third.level) == ("recognise", "apply_high", "understand")
    assert first.explanation == "Theo quy định thi hành Điều lệ."
    assert (first.topic, third.topic) == ("CHƯƠNG 2: CÔNG TÁC ĐẢNG VIÊN", "CHƯƠNG 3: CÔNG TÁC DÂN VẬN")
    assert second.stem == "Xử lý tình huống một đảng viên chuyển nơi cư trú thế nào?"
    assert {question.status for question in (first, second, third)} == {"understood"}


def test_shared_stimulus(tmp_path: Path) -> None:
    lines = papers.answer_lines(BANK[:4])
    cut = lines.index("") + 1
    lines[cut:cut] = [
        "Đọc đoạn tư liệu sau và trả lời câu 2 đến 3:",
        "Xã X có 14 chi bộ thôn, 320 đảng viên.",
    ]
    questions = read(papers.line_paper(tmp_path, lines)).questions
    assert [bool(question.stimulus) for question in questions] == [False, True, True, False]
    assert "320 đảng viên" in (questions[1].stimulus or "")
    assert {question.status for question in questions} == {"understood"}
    assert questions[0].options == BANK[0].options


def test_place_is_told_in_words(tmp_path: Path) -> None:
    assert read(papers.marked_paper(tmp_path, papers.bold)).questions[0].place == "đoạn 2"
    assert (
        read(papers.workbook(tmp_path, papers.sheet_rows())).questions[0].place
        == "trang tính Câu hỏi, hàng 2"
    )
    path = tmp_path / "de.txt"
    path.write_text("\n".join(["ĐỀ", *papers.answer_lines()]), encoding="utf-8")
    assert read(path).questions[0].place == "dòng 2"


@pytest.mark.parametrize("start", ["Câu {}: ", ""])
def test_key_as_a_bullet_that_repeats_the_option(tmp_path: Path, start: str) -> None:
    lines = []
    for number, item in enumerate(BANK, 1):
        lines.append(start.format(number) + item.stem)
        lines += [f"{'ABCD'[index]}. {option}" for index, option in enumerate(item.options)]
        lines.append(f"•\t{item.letters[0]}. {item.options[item.key[0]]};")
    path = tmp_path / "de.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert_understood(read(path), BANK, "answer_line")


def read_lines(folder: Path, text: str) -> list[Question]:
    return list(read(papers.line_paper(folder, text.strip("\n").split("\n"))).questions)


FOUR = "A. một\nB. hai\nC. ba\nD. bốn\n"


def test_heading_by_letter_starts_the_essays(tmp_path: Path) -> None:
    text = f"A. PHẦN TRẮC NGHIỆM\nCâu 1: Chi bộ là gì?\n{FOUR}Đáp án: C\nB. PHẦN TỰ LUẬN\n"
    text += "Câu 2: Trình bày vai trò của chi bộ.\nCâu 3: Liên hệ với địa phương đồng chí."
    questions = read_lines(tmp_path, text)
    assert [question.kind for question in questions] == ["single_choice", "essay", "essay"]
    assert {question.status for question in questions} == {"understood"}


def test_an_option_that_reads_like_a_heading_stays_an_option(tmp_path: Path) -> None:
    text = "Câu 1: Phần nào của đề cương cần đọc trước?\nA. UBND\nB. HĐND XÃ\nC. Phần mở đầu\nD. PHẦN KẾT LUẬN\nĐáp án: C"
    (question,) = read_lines(tmp_path, text)
    assert question.options == ("UBND", "HĐND XÃ", "Phần mở đầu", "PHẦN KẾT LUẬN")
    assert question.status == "understood"


def test_keys_of_three_parts_at_the_end(tmp_path: Path) -> None:
    text = f"PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn\nCâu 1. Chi bộ là gì?\n{FOUR}"
    text += "PHẦN II. Câu trắc nghiệm đúng sai\nCâu 1. Cho bảng số liệu:\na) m một.\nb) m hai.\nc) m ba.\nd) m bốn.\n"
    text += "PHẦN III. Câu trắc nghiệm trả lời ngắn\nCâu 1. Có bao nhiêu đảng viên?\nBẢNG ĐÁP ÁN\n"
    text += "PHẦN I\n1.B\nPHẦN II\nCâu 1: ĐSĐĐ\nPHẦN III\nCâu 1: 25"
    questions = read_lines(tmp_path, text)
    assert [question.key for question in questions] == [("B",), ("T", "F", "T", "T"), ("25",)]
    assert {question.status for question in questions} == {"understood"}


@pytest.mark.parametrize(
    "body",
    [
        f"Câu 1: Chi bộ là gì? (Đáp án: B)\n{FOUR}",
        "Câu 1: Chi bộ là gì?\nA. một    B. hai    C. ba    D. bốn    Đáp án: B",
        f"Câu 1: Chi bộ là gì?\n{FOUR}→ Chọn B",
        f"Câu 1: Chi bộ là gì?\n{FOUR}Đáp án\nB",
        f"Câu 1: Chi bộ là gì?\n{FOUR}ĐA: B",
        f"Câu 1: Chi bộ là gì?\n{FOUR}Đáp án: B. hai",
        f"Câu 1: Chi bộ là gì?\n{FOUR}Lời giải: Theo Điều lệ. Chọn B.",
    ],
)
def test_places_where_people_write_a_key(tmp_path: Path, body: str) -> None:
    (question,) = read_lines(tmp_path, body)
    assert (question.stem, question.options, question.key) == (
        "Chi bộ là gì?",
        ("một", "hai", "ba", "bốn"),
        ("B",),
    )
    assert (question.status, question.evidence) == ("understood", "answer_line")


def test_single_blanks_part_options_where_neighbours_agree(tmp_path: Path) -> None:
    lines = []
    for number, item in enumerate(BANK, 1):
        options = " ".join(f"{'ABCD'[index]}. {option}" for index, option in enumerate(item.options))
        lines += [f"Câu {number}: {item.stem} {options}", f"Đáp án: {item.letters[0]}"]
    assert_understood(read(papers.line_paper(tmp_path, lines)), BANK, "answer_line")
    (alone,) = read_lines(tmp_path, "\n".join(lines[:2]))
    assert alone.status == "doubtful"


def test_true_or_false_without_options(tmp_path: Path) -> None:
    text = "Câu 1: Đảng viên dự bị có quyền biểu quyết.\nĐáp án: Sai\nCâu 2: Chi bộ họp hằng tháng.\nĐáp án: Đúng"
    questions = read_lines(tmp_path, text)
    assert [(question.kind, question.key) for question in questions] == [
        ("true_false", ("B",)),
        ("true_false", ("A",)),
    ]
    assert questions[0].options == ("Đúng", "Sai")


def test_statements_in_a_stem_are_no_questions(tmp_path: Path) -> None:
    text = f"Câu 1: Cho các phát biểu:\n1. một\n2. hai\n3. ba\nSố phát biểu đúng là\n{FOUR}Đáp án: B\n"
    text += f"Câu 2: Sắp xếp:\na) một\nb) hai\nc) ba\n{FOUR}Đáp án: D"
    first, second = read_lines(tmp_path, text)
    assert first.stem == "Cho các phát biểu:\n1. một\n2. hai\n3. ba\nSố phát biểu đúng là"
    assert second.stem == "Sắp xếp:\na) một\nb) hai\nc) ba"
    assert {first.status, second.status} == {"understood"}


def test_instruction_stands_in_for_a_missing_stem(tmp_path: Path) -> None:
    text = "Choose the word that is spelt correctly:\nQuestion 1: A. tham mưu\tB. tham miu\tC. than mưu\tD. tam mưu\nANSWER: A"
    (question,) = read_lines(tmp_path, text)
    assert question.stem == "Choose the word that is spelt correctly:"
    assert question.options == ("tham mưu", "tham miu", "than mưu", "tam mưu")
