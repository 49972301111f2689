"""The Word file of a letter: the layout of Party documents and of state bodies, rows whole, heads repeated."""

import io
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from lms.results.letters import content, wording
from lms.results.letters.content import Facts, LearnerRow
from lms.results.letters.word import letter_docx

FACTS = Facts("Lớp <thử> & nghiệm", "L1", "Chương trình", date(2026, 1, 5), date(2026, 1, 9), bands=(("good", "Giỏi"),))  # fmt: skip
HEAD = {"superior": "Đảng ủy xã", "issuer": "Trung tâm Chính trị", "code": "TTCT", "place": "Tân Lập",
        "signer_role": "K/T GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "signer_name": "Lê Văn Ẩn"}  # fmt: skip


def document(style: str, learners: int = 3) -> Document:
    rows = [LearnerRow(f"Nguyễn Thị Ửng {n}", band="good", band_title="Giỏi") for n in range(learners)]
    found = content.report(FACTS, "Đảng ủy xã Hòa An", rows, rows)
    letter = wording.whole_letter(
        found, {**HEAD, "style": style}, recommendation="Một ý", made_on=date(2026, 1, 9)
    )
    return docx.Document(io.BytesIO(letter_docx(letter)))


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("party", ["ĐẢNG ỦY XÃ", "TRUNG TÂM CHÍNH TRỊ", "*"]),
        ("state", ["ĐẢNG ỦY XÃ", "TRUNG TÂM CHÍNH TRỊ", ""]),
    ],
)
def test_the_heading_is_a_table_without_borders(style: str, words: list[str]) -> None:
    made = document(style)
    head = made.tables[0]
    assert [one.text for one in head.cell(0, 0).paragraphs] == words
    assert {one.get(qn("w:val")) for one in head._tbl.tblPr.find(qn("w:tblBorders"))} == {"nil"}
    right = [one.text for one in head.cell(0, 1).paragraphs]
    wanted = "ĐẢNG CỘNG SẢN VIỆT NAM" if style == "party" else "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert right[0] == wanted
    assert "TB" in head.cell(1, 0).text
    assert head.cell(1, 1).paragraphs[0].runs[0].italic


def test_the_rule_below_the_title_is_as_long_as_it() -> None:
    rule = document("party").tables[0].cell(0, 1).paragraphs[-1]._p
    indents = rule.pPr.find(qn("w:ind"))
    column = 88 * 1440 / 25.4
    length = (column - int(indents.get(qn("w:left"))) - int(indents.get(qn("w:right")))) / 20
    assert abs(length - 206) < 2
    assert rule.pPr.find(qn("w:pBdr")).find(qn("w:top")) is not None


@pytest.mark.parametrize("learners", [1, 120])
def test_rows_are_whole_and_heads_repeated(learners: int) -> None:
    made = document("party", learners)
    rows = [row._tr for table in made.tables for row in table.rows]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert made.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(made.tables[1].rows) == learners + 1


def test_the_page_is_a4_in_times_new_roman() -> None:
    made = document("state")
    section = made.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert (round(section.left_margin / Mm(1)), round(section.right_margin / Mm(1))) == (30, 20)
    assert made.styles["Normal"].font.name == "Times New Roman"
    assert "PAGE" in section.header._element.xml


def test_what_looks_like_markup_stays_text() -> None:
    assert any("lớp <thử> & nghiệm" in one.text for one in document("party").paragraphs)


def test_a_state_bodys_deputy_signs_with_a_dot() -> None:
    foot = document("state").tables[-1].cell(0, 1)
    assert [one.text for one in foot.paragraphs][:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert document("party").tables[-1].cell(0, 1).paragraphs[0].text == "K/T GIÁM ĐỐC"
