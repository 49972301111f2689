"""Plain text: lines, or rows when it is a table saved as text."""

import csv
import io
import re
from pathlib import Path

from lms.core.intake.sniff import decode
from lms.core.vietnamese import nfc
from lms.quizzes.interchange.blocks import Block, Cell, Line, Source, Table
from lms.quizzes.interchange.document import Problem
from lms.quizzes.interchange.rich import Rich, Run, Style, plain, rich

STRONG = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*")
LEAST_ROWS = 2
LEAST_CELLS = 3


def read_text(path: Path) -> tuple[Source, list[Problem]]:
    """A text file as lines; a file of tab or comma separated rows as a table."""
    decoded = decode(path.read_bytes())
    problems = [] if decoded.sure else [Problem("encoding_guessed", {"encoding": decoded.encoding})]
    text = nfc(
        decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\x0c", "\n")
    )
    table = _table(text)
    if table is not None:
        return Source((table,)), problems
    blocks: list[Block] = [
        Line(_marked(line), f"dòng {number}", number) for number, line in enumerate(text.split("\n"), 1)
    ]
    return Source(tuple(blocks)), problems


def _marked(line: str) -> Rich:
    """A line with Markdown's signs taken: ``**bold**`` and ``### heading``."""
    runs: list[Run] = []
    bare = re.sub(r"^\s*#{1,6}\s+(?=\S)", "", line)
    for index, part in enumerate(STRONG.split(bare)):
        runs.append(Run(part, Style(bold=bool(index % 2))))
    return rich(runs)


def _table(text: str) -> Table | None:
    """Rows when a header of columns stands near the top."""
    from lms.quizzes.interchange.grid.columns import find_header  # noqa: PLC0415 - breaks a circle

    head = text[:8000]
    for delimiter in ("\t", ";", ","):
        lines = [line for line in head.split("\n") if line.strip()]
        if sum(line.count(delimiter) >= LEAST_CELLS - 1 for line in lines[:10]) < min(LEAST_ROWS, len(lines)):
            continue
        try:
            reader = csv.reader(io.StringIO(text), delimiter=delimiter)
            rows = [(row, reader.line_num) for row in reader]
        except csv.Error:
            continue
        cells = tuple(
            tuple(
                Cell(tuple(Line(plain(part), f"dòng {number}", number) for part in field.split("\n")))
                for field in row
            )
            for row, number in rows
        )
        table = Table(cells, "tệp", tuple(f"dòng {number}" for _, number in rows))
        if find_header(table) is not None:
            return table
    return None
