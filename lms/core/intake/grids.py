"""Workbooks through calamine, tables of web pages, rows of text: as they stand in the file, nothing understood yet."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lms.core.intake.guard import RefusedError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ROWS = 20_000
MOST_COLUMNS = 200
DELIMITERS = ("\t", ";", ",", "|")
BROADEST = 100


@dataclass(frozen=True, slots=True)
class Grid:
    """A visible sheet: its values row by row, cut at the last column that holds anything.

    ``merged`` names the top row of a cell that is merged with cells above it, by row and column from 0.
    """

    name: str
    rows: list[list[Any]]
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)


def workbook(path: Path) -> list[Grid]:
    """Every visible sheet that isn't empty. Raises ``RefusedError`` when the workbook can't be opened."""
    from python_calamine import (  # noqa: PLC0415 - heavy engine
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        opened = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise RefusedError("file_encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("file_broken") from error
    grids = []
    for sheet in opened.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
            continue
        try:
            loaded = opened.get_sheet_by_name(sheet.name)
            rows = loaded.to_python(skip_empty_area=False, nrows=MOST_ROWS)
        except (CalamineError, OSError, ValueError) as error:
            raise RefusedError("file_broken") from error
        width = max(
            (index + 1 for row in rows for index, value in enumerate(row) if value not in {"", None}),
            default=0,
        )
        if width:
            merged = _merged(loaded.merged_cell_ranges or ())
            grids.append(Grid(sheet.name, [row[: min(width, MOST_COLUMNS)] for row in rows], merged))
    return grids


def _merged(areas: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> dict[tuple[int, int], int]:
    found = {}
    for (top, left), (bottom, _right) in areas:
        for row in range(top + 1, min(bottom, MOST_ROWS) + 1):
            found[row, left] = top
    return found


def shown(value: object) -> str:
    """A cell's value as it most likely shows: 2.0 as ``2``, 8.5 as ``8,5``, dates as in Vietnam."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Đúng" if value else "Sai"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - beyond that floats skip integers
            return str(int(value))
        return format(Decimal(repr(value)), "f").replace(".", ",")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return _moment(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return re.sub("[\u200b\xad\ufeff]", "", text)


def _moment(value: dt.date | dt.time | dt.timedelta) -> str:
    """Dates and times as they are written in Vietnam."""
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M" if value.hour or value.minute else "%d/%m/%Y")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    minutes = int(value.total_seconds() // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def web_page(text: str) -> Any:
    """The root of a web page without scripts, styles and comments: an ``HtmlElement``, whose stubs lack methods.

    Raises ``RefusedError`` when there is none.
    """
    from lxml import etree, html  # noqa: PLC0415 - heavy engine

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, huge_tree=False)
    try:
        root: Any = html.fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("file_broken") from error
    for element in list(root.iter("script", "style", etree.Comment)):
        element.drop_tree()
    return root


def outer_tables(root: "_Element") -> "list[Any]":
    """The tables that lie in no other."""
    return [
        table
        for table in root.iter("table")
        if not any(parent.tag == "table" for parent in table.iterancestors())
    ]


def flowing(element: "_Element") -> str:
    """Text with line ends where the page has them."""
    pieces: list[str] = []

    def walk(node: "_Element") -> None:
        if isinstance(node.tag, str):
            pieces.append(re.sub(r"\s+", " ", node.text or ""))
            for child in node:
                if child.tag in {"br", "p", "div", "tr", "li"}:
                    pieces.append("\n")
                walk(child)
                if child.tag in {"p", "div", "tr", "li"}:
                    pieces.append("\n")
                pieces.append(re.sub(r"\s+", " ", child.tail or ""))

    walk(element)
    return re.sub(r"[^\S\n]*\n\s*", "\n", "".join(pieces)).strip()


def spread(table: "_Element", name: str = "") -> Grid:
    """The texts of a web page's table: a cell over several stands in the first, as in a workbook."""
    found: dict[tuple[int, int], str] = {}
    taken: set[tuple[int, int]] = set()
    merged: dict[tuple[int, int], int] = {}
    rows = list(table.iter("tr"))
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while (index, column) in taken:
                column += 1
            broad, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            taken |= {(index + down, column + right) for down in range(deep) for right in range(broad)}
            if column < MOST_COLUMNS:
                found[index, column] = flowing(cell)
                merged |= {(index + down, column): index for down in range(1, deep)}
            column += broad
    width = max((column + 1 for _, column in found), default=0)
    texts = [[found.get((index, column), "") for column in range(width)] for index in range(len(rows))]
    return Grid(name, texts, merged)


def _span(cell: "_Element", name: str) -> int:
    given = str(cell.get(name) or "")
    return min(max(int(given), 1), BROADEST) if given.isascii() and given.isdigit() else 1


def delimited(text: str) -> list[list[str]]:
    """Rows of cells parted by the sign that parts most of the first lines; one cell a line where none does."""
    lines = [line for line in text[:8000].split("\n") if line.strip()][:30]
    best = max(
        DELIMITERS, key=lambda sign: sum(sign in line for line in lines) * 1000 + _evenness(lines, sign)
    )
    if not any(best in line for line in lines):
        return [[line] for line in text.split("\n")]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=best))
    except csv.Error:
        return [line.split(best) for line in text.split("\n")]


def _evenness(lines: list[str], sign: str) -> int:
    """How many lines have as many of ``sign`` as most have."""
    counts = [line.count(sign) for line in lines if sign in line]
    return max((counts.count(one) for one in set(counts)), default=0)
