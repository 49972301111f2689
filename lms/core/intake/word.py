"""Word files (.docx) as XML: their parts, and their text as one grid of rows, tables as they stand among the paragraphs."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lms.core.intake.grids import MOST_COLUMNS, MOST_ROWS
from lms.core.intake.guard import RefusedError

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A[1:-1].encode(),
}
MAIN = "word/document.xml"
WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"})
GONE = frozenset({W + "del", W + "moveFrom", W + "delText", W + "instrText", MC + "Fallback"})
FIXED = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
BROADEST = 60


def read_xml(archive: zipfile.ZipFile, name: str) -> "_Element | None":
    """A part as XML that fetches and expands nothing; None when there is none.

    Raises ``RefusedError`` when it isn't well formed.
    """
    from lxml import etree  # noqa: PLC0415 - heavy engine

    try:
        data = archive.read(name)
    except KeyError:
        return None
    if b"purl.oclc.org/ooxml" in data[:4096]:
        for strict, transitional in STRICT.items():
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError("file_broken") from error


def main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the document."""
    found = MAIN
    root = read_xml(archive, "_rels/.rels")
    if root is not None:
        for relation in root.iter(f"{PACKAGE}Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                found = relation.get("Target", found).lstrip("/")
    return posixpath.normpath(found)


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table, or a paragraph between tables: then ``table`` is 0.

    ``below`` holds the columns whose cells go on from the row above.
    """

    cells: list[str]
    table: int = 0
    number: int = 0
    below: tuple[int, ...] = ()


def rows_of(path: Path) -> list[WordRow]:
    """The text of the file from top to bottom; a merged cell's text stands in the first of its places.

    Raises ``RefusedError`` when its XML can't be read.
    """
    with zipfile.ZipFile(path) as archive:
        root = read_xml(archive, main_part(archive))
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise RefusedError("file_broken")
    found: list[WordRow] = []
    tables = 0
    for block in _within(body, {W + "p", W + "tbl"}):
        if block.tag == W + "p":
            text = _text(block)
            found += [WordRow([line]) for line in text.split("\n") if line.strip()]
            continue
        tables += 1
        for number, row in enumerate(_within(block, {W + "tr"}), 1):
            if len(found) >= MOST_ROWS:
                return found
            if row.find(f"{W}trPr/{W}del") is None:
                cells, below = _cells(row)
                found.append(WordRow(cells, tables, number, below))
    return found


def _within(element: "_Element", wanted: set[str]) -> Iterator["_Element"]:
    """The nearest elements of these names, through what only wraps them."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in WRAPPERS:
            yield from _within(child, wanted)


def _cells(row: "_Element") -> tuple[list[str], tuple[int, ...]]:
    below = []
    before = row.find(f"{W}trPr/{W}gridBefore")
    cells = [""] * _number(before)
    for cell in _within(row, {W + "tc"}):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
        if goes_on:
            below.append(len(cells))
        cells.append("" if goes_on else _all_text(cell))
        cells += [""] * (max(_number(cell.find(f"{W}tcPr/{W}gridSpan")), 1) - 1)
    return cells[:MOST_COLUMNS], tuple(below)


def _all_text(cell: "_Element") -> str:
    shown = (one for one in cell.iter(W + "p") if next(one.iterancestors(MC + "Fallback"), None) is None)
    return "\n".join(filter(str.strip, map(_text, shown)))


def _number(element: "_Element | None") -> int:
    given = element.get(W + "val", "") if element is not None else ""
    return min(int(given), BROADEST) if given.isascii() and given.isdigit() else 0


def _text(paragraph: "_Element") -> str:
    """What a paragraph shows: without what was deleted, is hidden, or computes."""
    pieces: list[str] = []

    def walk(element: "_Element") -> None:
        for child in element:
            if child.tag in GONE or not isinstance(child.tag, str) or child.tag == W + "p":
                continue
            if child.tag == W + "r" and child.find(f"{W}rPr/{W}vanish") is not None:
                continue
            if child.tag == W + "t":
                pieces.append(child.text or "")
            elif child.tag in FIXED:
                pieces.append(FIXED[child.tag])
            else:
                walk(child)

    walk(paragraph)
    return "".join(pieces).replace("\xad", "").replace("\u200b", "")
