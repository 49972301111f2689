"""Workbooks (.xlsx, .xls), and web pages named .xls: every sheet is a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lms.core.intake.grids import flowing, outer_tables, shown, web_page, workbook
from lms.core.intake.sniff import decode
from lms.quizzes.interchange.blocks import Block, Cell, Line, Source, Table
from lms.quizzes.interchange.rich import plain

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_workbook(path: Path) -> Source:
    """Every visible sheet as a table. Raises ``RefusedError`` when the workbook can't be opened."""
    return Source(tuple(_sheet(grid.name, grid.rows) for grid in workbook(path)))


def _sheet(name: str, rows: list[list[Any]]) -> Table:
    places = tuple(f"trang tính {name}, hàng {number}" for number in range(1, len(rows) + 1))
    return Table(
        tuple(tuple(_cell(value, place) for value in row) for row, place in zip(rows, places, strict=True)),
        f"trang tính {name}",
        places,
    )


def _cell(value: object, place: str) -> Cell:
    text = shown(value)
    inexact = not isinstance(value, str | bool | int) and not (
        isinstance(value, float) and value.is_integer()
    )
    lines = tuple(Line(plain(part), place, inexact=inexact) for part in text.split("\n"))
    return Cell(lines) if text.strip() else Cell(())


def read_html(path: Path) -> Source:
    """A web page: its tables, and its other text as lines."""
    root = web_page(decode(path.read_bytes()).text)
    blocks: list[Block] = [_html_table(table, number) for number, table in enumerate(outer_tables(root), 1)]
    for table in outer_tables(root):
        table.drop_tree()
    lines = [line for line in flowing(root).split("\n") if line.strip()]
    before: list[Block] = [
        Line(plain(line.strip()), f"dòng {number}", number) for number, line in enumerate(lines, 1)
    ]
    return Source((*before, *blocks))


def _html_table(table: "_Element", number: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    places: list[str] = []
    for index, row in enumerate(table.iter("tr"), 1):
        place = f"bảng {number}, hàng {index}"
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        rows.append(tuple(_cell(flowing(cell), place) for cell in cells))
        places.append(place)
    return Table(tuple(rows), f"bảng {number}", tuple(places))
