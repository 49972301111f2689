"""Question papers for the reader's tests, written for this project: Word, Excel and text in every family."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor


@dataclass(frozen=True)
class Item:
    """A question as its author meant it; ``key`` holds indexes of options."""

    stem: str
    options: tuple[str, ...]
    key: tuple[int, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple("ABCDEFGH"[index] for index in self.key)


BANK = (
    Item("Đại hội đại biểu toàn quốc của Đảng họp thường lệ mấy năm một lần?", ("Ba năm", "Bốn năm", "Năm năm", "Sáu năm"), (2,)),
    Item("Cơ quan lãnh đạo cao nhất của chi bộ là gì?", ("Bí thư chi bộ", "Đại hội đảng viên", "Chi ủy", "Tổ đảng"), (1,)),
    Item("Thời gian dự bị của đảng viên là bao lâu?", ("12 tháng", "6 tháng", "18 tháng", "24 tháng"), (0,)),
    Item("Nguyên tắc tổ chức cơ bản của Đảng là gì?", ("Tự phê bình", "Đoàn kết", "Phục vụ", "Tập trung dân chủ"), (3,)),
    Item("Chi bộ sinh hoạt thường lệ mỗi tháng mấy lần?", ("Một lần", "Hai lần", "Ba lần", "Bốn lần"), (0,)),
    Item("Tổ chức nào giữ vai trò trung tâm vận động nhân dân ở cơ sở?", ("Hợp tác xã", "Mặt trận Tổ quốc", "Công an xã", "Trạm y tế"), (1,)),
)  # fmt: skip

Painter = Callable[[Any], None]


def bold(run: Any) -> None:
    run.bold = True


def underline(run: Any) -> None:
    run.underline = True


def red(run: Any) -> None:
    run.font.color.rgb = RGBColor(0xFF, 0, 0)


def blue(run: Any) -> None:
    run.font.color.rgb = RGBColor(0, 0x70, 0xC0)


def black(run: Any) -> None:
    run.font.color.rgb = RGBColor(0, 0, 0)


def grey(run: Any) -> None:
    run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)


def highlight(run: Any) -> None:
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def plain(run: Any) -> None:
    del run


def save(document: Any, folder: Path, name: str = "de.docx") -> Path:
    path = folder / name
    document.save(str(path))
    return path


def marked_paper(
    folder: Path,
    paint: Painter,
    items: Sequence[Item] = BANK,
    *,
    whole: bool = True,
    label_paint: Painter = plain,
    first: int = 1,
) -> Path:
    """Options on lines of their own; the right one painted, on its letter only or throughout."""
    document = docx.Document()
    document.add_paragraph("ĐỀ KIỂM TRA LỚP BỒI DƯỠNG")
    for number, item in enumerate(items, first):
        paragraph = document.add_paragraph()
        label_paint(paragraph.add_run(f"Câu {number}: "))
        paragraph.add_run(item.stem)
        for index, option in enumerate(item.options):
            paragraph = document.add_paragraph()
            letter = paragraph.add_run(f"{'ABCDEFGH'[index]}. ")
            label_paint(letter)
            text = paragraph.add_run(option)
            if index in item.key:
                paint(letter)
                if whole:
                    paint(text)
    return save(document, folder)


def line_paper(folder: Path, lines: Sequence[str]) -> Path:
    """Plain paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return save(document, folder)


def answer_lines(items: Sequence[Item] = BANK, word: str = "Đáp án", start: str = "Câu {}: ") -> list[str]:
    """Each question with its key on a line of its own."""
    lines: list[str] = []
    for number, item in enumerate(items, 1):
        lines.append(start.format(number) + item.stem)
        lines += [f"{'ABCDEFGH'[index]}. {option}" for index, option in enumerate(item.options)]
        lines += [f"{word}: {', '.join(item.letters)}", ""]
    return lines


def bare_lines(items: Sequence[Item] = BANK, start: str = "Câu {}. ") -> list[str]:
    """Questions without any key."""
    lines: list[str] = []
    for number, item in enumerate(items, 1):
        lines.append(start.format(number) + item.stem)
        lines += [f"{'ABCDEFGH'[index]}. {option}" for index, option in enumerate(item.options)]
    return lines


def end_table_paper(
    folder: Path, items: Sequence[Item] = BANK, *, pairs: int = 2, keys: Sequence[str] | None = None
) -> Path:
    """Questions, then a table ``Câu | Đáp án`` with several pairs side by side."""
    document = docx.Document()
    for line in bare_lines(items):
        document.add_paragraph(line)
    document.add_paragraph("BẢNG ĐÁP ÁN")
    written = list(keys) if keys is not None else [", ".join(item.letters) for item in items]
    rows = -(-len(written) // pairs)
    table = document.add_table(rows=rows + 1, cols=pairs * 2)
    for pair in range(pairs):
        table.cell(0, pair * 2).text, table.cell(0, pair * 2 + 1).text = "Câu", "Đáp án"
    for index, key in enumerate(written):
        row, pair = index % rows + 1, index // rows
        table.cell(row, pair * 2).text, table.cell(row, pair * 2 + 1).text = str(index + 1), key
    return save(document, folder)


def number_list(document: Any, number_format: str, text: str) -> int:
    """A new automatic list; its ``numId``."""
    numbering = document.part.numbering_part.element
    known = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(max(known, default=0) + 1))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("w:start", "1"), ("w:numFmt", number_format), ("w:lvlText", text)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    numbering.insert(0, abstract)
    return int(numbering.add_num(int(abstract.get(qn("w:abstractNumId")))).numId)


def in_list(paragraph: Any, list_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_id


def automatic_paper(folder: Path, paint: Painter, items: Sequence[Item] = BANK) -> Path:
    """Questions numbered and options lettered by Word: no label stands in the text."""
    document = docx.Document()
    questions = number_list(document, "decimal", "Câu %1.")
    for item in items:
        in_list(document.add_paragraph(item.stem), questions)
        letters = number_list(document, "upperLetter", "%1.")
        for index, option in enumerate(item.options):
            paragraph = document.add_paragraph()
            run = paragraph.add_run(option)
            in_list(paragraph, letters)
            if index in item.key:
                paint(run)
    return save(document, folder)


def tabbed_paper(
    folder: Path, paint: Painter, items: Sequence[Item] = BANK, *, gap: str = "\t", per_line: int = 4
) -> Path:
    """Several options on a line, parted by ``gap``."""
    document = docx.Document()
    for number, item in enumerate(items, 1):
        document.add_paragraph(f"Câu {number}. {item.stem}")
        paragraph = document.add_paragraph()
        for index, option in enumerate(item.options):
            if index and index % per_line == 0:
                paragraph = document.add_paragraph()
            elif index:
                paragraph.add_run(gap)
            letter, text = paragraph.add_run(f"{'ABCDEFGH'[index]}. "), paragraph.add_run(option)
            if index in item.key:
                paint(letter)
                paint(text)
    return save(document, folder)


def workbook(
    folder: Path, rows: Sequence[Sequence[object]], name: str = "bo.xlsx", sheet: str = "Câu hỏi"
) -> Path:
    """A workbook of one sheet."""
    path = folder / name
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for index, row in enumerate(rows):
        page.write_row(index, 0, row)
    book.close()
    return path


def sheet_rows(items: Sequence[Item] = BANK) -> list[list[object]]:
    """Header and rows with options in columns of their own and the key as a letter."""
    rows: list[list[object]] = [
        ["STT", "Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án đúng"]
    ]
    rows += [
        [number, item.stem, *item.options, ",".join(item.letters)] for number, item in enumerate(items, 1)
    ]
    return rows
