"""The body of a Word file as lines and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lms.quizzes.interchange.blocks import Block, Cell, Line, ListLabel, Source, Table
from lms.quizzes.interchange.document import Problem
from lms.quizzes.interchange.docx.names import W
from lms.quizzes.interchange.docx.numbering import Numbering, read_numbering
from lms.quizzes.interchange.docx.package import Package, open_package
from lms.quizzes.interchange.docx.paragraph import ParagraphReader
from lms.quizzes.interchange.docx.styles import Format, Sheet, read_styles, shading
from lms.quizzes.interchange.reading.answers import told_key
from lms.quizzes.interchange.rich import Rich, Run, Style, plain, rich

if TYPE_CHECKING:
    from lxml.etree import _Element

WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"})
DEEPEST_TABLE = 12


@dataclass(slots=True)
class BodyReader:
    """Walks the body once, counting paragraphs, tables and list labels."""

    package: Package
    sheet: Sheet
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0
    hidden: bool = False
    stack: list[str] = field(default_factory=list)

    def blocks(self, element: "_Element", *, boxed: bool = False) -> Iterator[Block]:
        """Lines and tables directly below ``element``."""
        for child in element:
            if child.tag == W + "p":
                yield from self._paragraph(child, boxed=boxed)
            elif child.tag == W + "tbl" and len(self.stack) < DEEPEST_TABLE:
                yield self._table(child)
            elif child.tag in WRAPPERS:
                yield from self.blocks(child, boxed=boxed)

    def _table(self, element: "_Element") -> Table:
        if not self.stack:
            self.tables += 1
        place = f"{self.stack[-1]}, bảng trong ô" if self.stack else f"bảng {self.tables}"
        rows: list[tuple[Cell, ...]] = []
        places: list[str] = []
        for index, row in enumerate(_rows(element)):
            places.append(f"{place}, hàng {index + 1}")
            self.stack.append(places[-1])
            rows.append(tuple(Cell(tuple(self.blocks(cell))) for cell in _cells(row)))
            self.stack.pop()
        return Table(tuple(rows), place, tuple(places))

    def _paragraph(self, element: "_Element", *, boxed: bool) -> Iterator[Line]:
        self.paragraphs += 1
        properties = element.find(W + "pPr")
        style_id = _style_id(properties) or self.sheet.default_paragraph
        style = self.sheet.format(style_id)
        base = Format(highlight=shading(properties)).over(style).over(self.sheet.defaults)
        reader = ParagraphReader(self.package, self.sheet, style, base)
        reader.read(element)
        paragraph = self.paragraphs
        place = self.stack[-1] if self.stack else f"đoạn {paragraph}"
        content = rich(reader.runs)
        self.hidden = self.hidden or bool(reader.hidden.strip())
        if not content.text.strip() and told_key(reader.hidden) is not None:
            content = plain(reader.hidden)  # a key hidden from who prints the paper
        numbering: ListLabel | None = None
        if content.text.strip() or not _deleted(properties):
            label = self._label(properties, style_id)
            if label and (
                content.text.strip() or self.stack
            ):  # an empty paragraph counts; in a table its number is read
                numbering = label[1]
                content = rich([Run(f"{label[0]} ", Style(auto=True))]) + content.strip()
        heading = self._is_heading(properties, style_id)
        for line in _lines(content):
            yield Line(line, place, paragraph, numbering, heading=heading, boxed=boxed)
            numbering = None
        for box in reader.boxes:
            for block in self.blocks(box, boxed=True):
                yield from _flat(block)

    def _label(self, properties: "_Element | None", style_id: str) -> tuple[str, ListLabel] | None:
        own = properties.find(W + "numPr") if properties is not None else None
        named = self.sheet.paragraph_element(style_id, "numPr")
        list_id = _of(own, "numId") or _of(named, "numId")
        if not list_id or list_id == "0" or _of(own, "numId") == "0":
            return None
        depth = (
            _of(own, "ilvl")
            or (_of(named, "ilvl") if own is None or _of(own, "numId") is None else None)
            or "0"
        )
        return self.numbering.step(list_id, int(depth) if depth.isdigit() else 0)

    def _is_heading(self, properties: "_Element | None", style_id: str) -> bool:
        own = properties.find(W + "outlineLvl") if properties is not None else None
        level = own if own is not None else self.sheet.paragraph_element(style_id, "outlineLvl")
        return level is not None and level.get(W + "val", "9") in set("012345678")


def _deleted(properties: "_Element | None") -> bool:
    """Whether the paragraph itself is taken out by a change that waits to be accepted."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _lines(content: Rich) -> list[Rich]:
    return content.split_lines()


def _flat(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
        return
    for row in block.rows:
        for cell in row:
            yield from cell.lines()


def _rows(table: "_Element") -> Iterator["_Element"]:
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child)


def _cells(row: "_Element") -> Iterator["_Element"]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _style_id(properties: "_Element | None") -> str:
    style = properties.find(W + "pStyle") if properties is not None else None
    return "" if style is None else style.get(W + "val", "")


def _of(element: "_Element | None", name: str) -> str | None:
    found = element.find(W + name) if element is not None else None
    return None if found is None else found.get(W + "val")


def read_docx(path: Path) -> Source:
    """The Word file at ``path`` taken apart. Raises ``RefusedError`` when its XML can't be read."""
    package = open_package(path)
    with package.archive:
        body = package.document().find(W + "body")
        reader = BodyReader(
            package, read_styles(package.part("styles.xml")), read_numbering(package.part("numbering.xml"))
        )
        blocks = tuple(reader.blocks(body)) if body is not None else ()
        changed = body is not None and next(body.iter(W + "del", W + "moveFrom"), None) is not None
        found = (("deleted_text", changed), ("hidden_text", reader.hidden))
        problems = tuple(Problem(code) for code, there in found if there)
        return Source(blocks, tuple(package.pictures.values()), problems)
