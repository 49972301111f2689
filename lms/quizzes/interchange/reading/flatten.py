"""Tables told apart: answers, questions in columns, options, mere layout, data that belongs to a stem."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lms.quizzes.interchange.blocks import Block, Cell, Line, Table
from lms.quizzes.interchange.grid.columns import Columns, find_header
from lms.quizzes.interchange.reading.drafts import KeyEntry
from lms.quizzes.interchange.reading.keytables import NUMBER_CELL, read_key_table
from lms.quizzes.interchange.reading.labels import Strength, hits_in
from lms.quizzes.interchange.reading.starts import typed_start, word_start
from lms.quizzes.interchange.rich import Run, Style, joined, plain, rich

BARE_LETTER = re.compile(r"^\s*[A-H]\s*[.)]?\s*$")


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Answers found in a table."""

    entries: tuple[KeyEntry, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one question a row; ``first`` is the first row below the header."""

    table: Table
    columns: Columns
    first: int


Item = Line | KeyTable | Grid


def flatten(blocks: Sequence[Block]) -> Iterator[Item]:
    """The blocks as one stream of lines, with tables of answers and of questions left whole."""
    columns: Columns | None = None
    for block in blocks:
        if isinstance(block, Line):
            yield block
            if not block.blank:
                columns = columns if block.text.strip().isdigit() else None
            continue
        item = _whole(block, columns)
        if item is None:
            yield from _lines(block)
        else:
            yield item
            columns = item.columns if isinstance(item, Grid) else None


def _whole(table: Table, columns: Columns | None) -> KeyTable | Grid | None:
    entries = read_key_table(table)
    if entries:
        return KeyTable(tuple(entries))
    header = find_header(table)
    if header is not None:
        return Grid(table, header.columns, header.first)
    if columns is not None and table.rows and len(table.rows[0]) == columns.width:
        return Grid(table, columns, 0)
    return None


def _lines(table: Table) -> Iterator[Item]:
    lettered = _letter_rows(table) or _letter_pairs(table)
    if lettered is not None:
        yield from lettered
        return
    cells = [cell for row in table.rows for cell in row if cell.text]
    if _is_layout(table, cells):
        for row in _reading_order(table):
            yield from _row_lines(row)
        return
    yield from _data(table)


def _is_layout(table: Table, cells: list[Cell]) -> bool:
    if max((len(row) for row in table.rows), default=0) <= 1:
        return True
    lines = [line for cell in cells for line in cell.lines()]
    starts = any(word_start(line) for line in lines) or any(
        line.numbering is not None and line.numbering.format == "decimal" for line in lines
    )
    options = sum(_begins_option(cell) for cell in cells)
    numbered = any(typed_start(line) for line in lines) and options > 1
    numbered = numbered or any(
        NUMBER_CELL.match(left.text) and _has_options(right)
        for row in table.rows
        for left, right in pairwise(row)
    )
    return (
        starts
        or numbered
        or options >= max(2, len(cells) // 2)
        or (options > 0 and len(cells) <= options + 1)
    )


def _begins_option(cell: Cell) -> bool:
    first = next(cell.lines(), None)
    return first is not None and any(hit.strength == Strength.LINE for hit in hits_in(first, 0))


def _reading_order(table: Table) -> list[tuple[Cell, ...]]:
    """Rows, or columns where only the columns read A B C D."""
    rows = [tuple(cell for cell in row if cell.text) for row in table.rows]
    by_row = _letters([cell for row in rows for cell in row])
    width = max((len(row) for row in table.rows), default=0)
    columns = [
        tuple(row[index] for row in table.rows if index < len(row) and row[index].text)
        for index in range(width)
    ]
    by_column = _letters([cell for column in columns for cell in column])
    if len(by_row) > 1 and by_row != sorted(by_row) and by_column == sorted(by_column):
        return columns
    return rows


def _letters(cells: list[Cell]) -> list[str]:
    found: list[str] = []
    for cell in cells:
        first = next(cell.lines(), None)
        hits = hits_in(first, 0)[:1] if first is not None else []
        if hits and hits[0].strength == Strength.LINE:
            found.append(hits[0].letter)
    return found


def _row_lines(row: tuple[Cell, ...]) -> Iterator[Item]:
    """Cells one after another; a bare number before a cell with options is the question's number."""
    for position, cell in enumerate(row):
        number = NUMBER_CELL.match(cell.text)
        following = row[position + 1] if position + 1 < len(row) else None
        if number and following is not None and not word_start_text(cell) and _has_options(following):
            yield from _numbered(number["number"], following)
        elif (
            position
            and NUMBER_CELL.match(row[position - 1].text)
            and _has_options(cell)
            and not word_start_text(row[position - 1])
        ):
            continue
        else:
            yield from flatten(cell.blocks)
            yield Line(plain(""), "")


def word_start_text(cell: Cell) -> bool:
    """Whether the first line of a cell is a question's start by its word."""
    first = next(cell.lines(), None)
    return first is not None and word_start(first) is not None


def _has_options(cell: Cell) -> bool:
    return any(hit.letter == "B" for line in cell.lines() for hit in hits_in(line, 0))


def _numbered(number: str, cell: Cell) -> Iterator[Item]:
    labelled = False
    for item in flatten(cell.blocks):
        if isinstance(item, Line) and not item.blank and not labelled:
            labelled = True
            label = rich([Run(f"Câu {number}. ", Style(auto=True))])
            yield replace(item, rich=label + item.rich)
        else:
            yield item


def _letter_rows(table: Table) -> list[Item] | None:
    """A table whose first column reads A, B, C, D: each row is an option of several cells."""
    bodies = [row for row in table.rows if row and BARE_LETTER.match(row[0].text)]
    letters = [row[0].text.strip()[:1] for row in bodies]
    if len(bodies) < 2 or letters != [chr(ord("A") + index) for index in range(len(letters))]:  # noqa: PLR2004
        return None
    if len(bodies) < len(table.rows) - 1:
        return None
    lines: list[Item] = []
    for index, row in enumerate(table.rows):
        cells = [joined([line.rich.strip() for line in cell.lines()], " ") for cell in row]
        place = table.row_place(index)
        if row in bodies:
            label = rich([*cells[0].runs]) if cells[0].text.endswith((".", ")")) else cells[0] + plain(".")
            text = joined([cell for cell in cells[1:] if cell.text], " | ")
            lines.append(Line(label + plain(" ") + text, place))
        else:
            text = joined([cell for cell in cells if cell.text], " | ")
            lines.append(Line(text, place, verbatim=True))
    return lines


def _letter_pairs(table: Table) -> list[Item] | None:
    """A table of nothing but letters and texts side by side: ``A. | một | B. | hai``."""
    lines: list[Item] = []
    letters = ""
    for index, row in enumerate(table.rows):
        cells = [cell for cell in row if cell.text]
        if len(cells) % 2 or not all(BARE_LETTER.match(cell.text) for cell in cells[::2]):
            return None
        for label, content in zip(cells[::2], cells[1::2], strict=True):
            letters += label.text.strip()[0]
            parts = [joined([line.rich.strip() for line in cell.lines()], " ") for cell in (label, content)]
            closed = parts[0] if parts[0].text.endswith((".", ")")) else parts[0] + plain(".")
            lines.append(Line(closed + plain(" ") + parts[1], table.row_place(index)))
    return lines if len(letters) > 1 and letters == "ABCDEFGH"[: len(letters)] else None


def _data(table: Table) -> Iterator[Item]:
    for index, row in enumerate(table.rows):
        cells = [joined([line.rich.strip() for line in cell.lines()], " ") for cell in row]
        if any(cell.text for cell in cells):
            yield Line(joined(cells, " | "), table.row_place(index), verbatim=True)
