"""What a workbook (.xlsx) says of its sheets beside their values: rows that it doesn't show, cells that lie too far away."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lms.core.intake.guard import CHUNK
from lms.core.intake.word import PACKAGE, R, read_xml

BOOK = "xl/workbook.xml"
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
NUMBER = re.compile(rb'\br="(\d{1,7})"')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
AREA = re.compile(rb'<(?:\w+:)?dimension\b[^>]*\bref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
MOST_CELLS = 20_000_000
LONGEST_TAG = 512


def hidden_rows(path: Path) -> dict[str, frozenset[int]]:
    """The indexes, from 0, of the rows of each sheet that are filtered away or hidden by hand, by its name."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in _sheets(archive):
            rows = frozenset(_hidden(archive, part))
            if rows:
                found[name] = rows
    return found


def far_cell(path: Path) -> str:
    """The last cell of a sheet that would take more room than a reader has; nothing where every sheet fits."""
    with zipfile.ZipFile(path) as archive:
        for _name, part in _sheets(archive):
            with archive.open(part) as stream:
                match = AREA.search(stream.read(CHUNK))
            if match and _column(match[1]) * int(match[2]) > MOST_CELLS:
                return (match[1] + match[2]).decode()
    return ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the part that holds it."""
    book, relations = read_xml(archive, BOOK), read_xml(archive, "xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations.iter(f"{PACKAGE}Relationship")}
    parts = set(archive.namelist())
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(R + "id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if part in parts and part.endswith(".xml"):
            yield sheet.get("name", ""), part


def _hidden(archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    with archive.open(part) as stream:
        tail = b""
        while piece := stream.read(CHUNK):
            text = tail + piece
            end = 0
            for match in ROW.finditer(text):
                end = match.end()
                number = NUMBER.search(match[0])
                if number and HIDDEN.search(match[0]):
                    yield int(number[1]) - 1
            tail = text[max(end, len(text) - LONGEST_TAG) :]
