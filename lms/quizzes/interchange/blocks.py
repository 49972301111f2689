"""What a file holds before anybody looks for questions: lines and tables, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.quizzes.interchange.document import Problem
from lms.quizzes.interchange.rich import Rich


@dataclass(frozen=True, slots=True)
class ListLabel:
    """Automatic numbering: which list, how deep, in what format ("decimal", "upperLetter", …), and its value."""

    list_id: str
    depth: int
    format: str
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. An automatic label stands at the start of ``rich`` in a run of its own (``auto``).

    ``paragraph`` numbers the paragraph it came from: lines of one paragraph were parted by line breaks only.
    ``inexact``: the text was made from a number or a date, and the file may show it differently.
    """

    rich: Rich
    place: str
    paragraph: int = 0
    numbering: ListLabel | None = None
    heading: bool = False
    boxed: bool = False
    verbatim: bool = False
    inexact: bool = False

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.rich.text

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: lines and nested tables in their order."""

    blocks: tuple["Line | Table", ...]

    def lines(self) -> Iterator[Line]:
        """All lines that are not blank, nested tables included."""
        for block in self.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        yield from cell.lines()
            elif not block.blank:
                yield block

    @property
    def text(self) -> str:
        """Words of the cell, its lines parted by line ends."""
        return "\n".join(line.text.strip() for line in self.lines())


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; merged cells are there once, the others empty."""

    rows: tuple[tuple[Cell, ...], ...]
    place: str
    row_places: tuple[str, ...] = ()

    def row_place(self, index: int) -> str:
        """Where a row stands."""
        return self.row_places[index] if index < len(self.row_places) else f"{self.place}, hàng {index + 1}"


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or object of the file: its name in texts, media type and bytes."""

    name: str
    type: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart: blocks in reading order, its pictures, and what was odd while taking it apart."""

    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()
    problems: tuple[Problem, ...] = ()
