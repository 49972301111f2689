"""Question lists written in every family come back identical or doubtful, never silently wrong."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.quizzes.interchange.document import from_json
from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import plain, read
from tests.quizzes.interchange.papers import Item

WORDS = (
    "Đảng", "chi bộ", "đảng viên", "nghị quyết", "nhân dân", "cấp ủy", "kiểm tra", "dân chủ", "năm 2021", "tháng 6",
    "Điều 5", "khoản 2", "12 giờ", "3,5 %", "C. Mác", "V.I. Lênin", "Ph. Ăngghen", "A và B", "cả A, B, C", "câu 3",
    "Chương II", "phần B", "D.", "(A)", "và/hoặc", "“tự phê bình”", "Đáp án khác", "1.5", "đúng", "sai", "xã hội – kinh tế",
)  # fmt: skip
LEADS = (
    "Ai",
    "Cơ quan nào",
    "Theo Điều lệ,",
    "Khi nào",
    "Vì sao",
    "Nội dung nào về",
    "Bài học",
    "Chọn ý đúng về",
    "C. Mác viết gì về",
    "Mục tiêu của",
    "Trong",
)
PAINTS = (papers.bold, papers.underline, papers.red, papers.highlight)

phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
stems = st.builds(
    lambda lead, rest, end: f"{lead} {rest}{end}",
    st.sampled_from(LEADS),
    phrases,
    st.sampled_from(("?", ":", "", "…", " là")),
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    options = tuple(draw(st.lists(phrases, min_size=2, max_size=5, unique=True)))
    return Item(draw(stems), options, (draw(st.integers(0, len(options) - 1)),))


banks = st.lists(items(), min_size=1, max_size=6, unique_by=lambda item: item.stem)
thorough = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def check(path: Path, bank: Sequence[Item]) -> None:
    """Understood questions are those that were written, each in its place."""
    document = read(path)
    assert from_json(document.to_json()) == document
    for question in document.questions:
        if question.status != "understood":
            assert question.problems
            continue
        origin = [item for item in bank if plain(item.stem) == plain(question.stem)]
        assert len(origin) == 1, question
        assert tuple(map(plain, question.options)) == tuple(map(plain, origin[0].options))
        assert question.key == origin[0].letters
        assert question.kind == "single_choice"


@thorough
@given(
    banks,
    st.sampled_from(PAINTS),
    st.booleans(),
    st.sampled_from((papers.plain, papers.bold, papers.black, papers.grey)),
)
def test_marks(bank: list[Item], paint: papers.Painter, whole: bool, label: papers.Painter) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(papers.marked_paper(Path(folder), paint, bank, whole=whole, label_paint=label), bank)


@thorough
@given(
    banks,
    st.sampled_from(PAINTS),
    st.sampled_from(("\t", "\t\t", "      ", "  ")),
    st.sampled_from((2, 3, 4)),
)
def test_options_on_a_line(bank: list[Item], paint: papers.Painter, gap: str, per_line: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(papers.tabbed_paper(Path(folder), paint, bank, gap=gap, per_line=per_line), bank)


@thorough
@given(
    banks,
    st.sampled_from(("Đáp án", "ANSWER", "Đáp án đúng", "Correct")),
    st.sampled_from(("Câu {}: ", "{}. ", "[{}] ", "", "Question {}. ")),
)
def test_answer_lines(bank: list[Item], word: str, start: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(papers.line_paper(Path(folder), papers.answer_lines(bank, word, start)), bank)


@thorough
@given(
    banks,
    st.sampled_from(("Đáp án", "ANSWER")),
    st.sampled_from(("Câu {}: ", "{}) ", "")),
    st.sampled_from(("utf-8", "utf-16")),
    st.booleans(),
)
def test_text(bank: list[Item], word: str, start: str, encoding: str, airy: bool) -> None:
    lines = papers.answer_lines(bank, word, start)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "de.txt"
        path.write_text("\n".join(lines if airy else [line for line in lines if line]), encoding=encoding)
        check(path, bank)


@thorough
@given(banks, st.integers(1, 3))
def test_end_tables(bank: list[Item], pairs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(papers.end_table_paper(Path(folder), bank, pairs=pairs), bank)


@thorough
@given(banks, st.sampled_from(PAINTS))
def test_automatic_numbers(bank: list[Item], paint: papers.Painter) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(papers.automatic_paper(Path(folder), paint, bank), bank)


@thorough
@given(banks, st.booleans())
def test_workbooks(bank: list[Item], together: bool) -> None:
    heads = ["STT", "Nội dung", "Phương án", "Đáp án"] if together else ["Câu hỏi", *"ABCDE", "Đáp án"]
    rows: list[list[object]] = [[*heads]]
    for number, item in enumerate(bank, 1):
        if together:
            options = "\n".join(f"{'ABCDE'[index]}. {option}" for index, option in enumerate(item.options))
            rows.append([number, item.stem, options, item.letters[0]])
        else:
            rows.append([item.stem, *item.options, *[""] * (5 - len(item.options)), item.letters[0]])
    with tempfile.TemporaryDirectory() as folder:
        check(papers.workbook(Path(folder), rows), bank)


@thorough
@given(banks, st.data())
def test_damage_is_never_silent(bank: list[Item], data: st.DataObject) -> None:
    """A line taken out or doubled anywhere leaves the other questions right and none silently wrong."""
    lines = [line for line in papers.answer_lines(bank) if line]
    index = data.draw(st.integers(0, len(lines) - 1))
    doubled = data.draw(st.booleans())
    lines[index : index + 1] = [lines[index]] * 2 if doubled else []
    shorter = [
        Item(item.stem, item.options[:-1], item.key)
        for item in bank
        if len(item.options) > 2 and item.key[0] < len(item.options) - 1
    ]
    with tempfile.TemporaryDirectory() as folder:
        document = read(papers.line_paper(Path(folder), lines))
    for question in document.questions:
        if question.status == "understood":
            shape = (plain(question.stem), tuple(map(plain, question.options)), question.key)
            # Without its last option's line a question is whole in itself: nobody could tell.
            known = [
                (plain(item.stem), tuple(map(plain, item.options)), item.letters)
                for item in [*bank, *shorter]
            ]
            assert shape in known, question


@thorough
@given(
    st.lists(
        st.one_of(
            phrases,
            stems,
            st.sampled_from(
                ("A.", "B) x", "Câu 2:", "Đáp án: C", "", "\t", "PHẦN II", "1.A 2.B 3.C", "D. Cả A\tB. C")
            ),
        ),
        max_size=30,
    )
)
def test_any_lines_at_all(lines: list[str]) -> None:
    """Reading never fails, whatever stands in the file."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    with tempfile.TemporaryDirectory() as folder:
        result = read(papers.save(document, Path(folder)))
    for problem in (*result.problems, *(one for question in result.questions for one in question.problems)):
        assert problem.message
