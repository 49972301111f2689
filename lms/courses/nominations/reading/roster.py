"""A file in, a roster out; the caller decides in which process."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lms.core.intake import grids, word
from lms.core.intake.guard import Limits, RefusedError, check_size, check_zip
from lms.core.intake.hidden import far_cell, hidden_rows
from lms.core.intake.oldcodes import old_encoding
from lms.core.intake.sniff import FileKind, decode, sniff
from lms.core.vietnamese import nfc
from lms.courses.nominations.reading import lines
from lms.courses.nominations.reading.headings import Columns, find_headings
from lms.courses.nominations.reading.people import Person, Problem, Roster, refusal
from lms.courses.nominations.reading.record import person_of

AT_MOST = 3000
SHARED = ("unit", "branch", "post", "post_unit", "unit_post")
SHOWN_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """The texts of a sheet, what it is called where there are several, and what each row is where it isn't its number.

    ``merged`` names the top row of cells that are merged downwards, ``hidden`` the rows that the file doesn't show.
    """

    name: str
    rows: list[list[str]]
    places: tuple[str, ...] = ()
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def place(self, number: int) -> str:
        """Where the row of this number, from 1, stands in the file."""
        if self.places:
            return self.places[number - 1]
        return f"hàng {number}" if not self.name else f"trang {self.name}, hàng {number}"

    def whole(self, index: int, columns: Columns) -> list[str]:
        """A row with what a cell merged over several people says of each of them."""
        row = list(self.rows[index])
        for column in [one for role in SHARED for one in columns.all(role)]:
            top = self.merged.get((index, column), -1)
            if columns.first <= top < index and not lines.cell(row, column).strip():
                row += [""] * (column + 1 - len(row))
                row[column] = lines.cell(self.rows[top], column)
        return row

    def only(self, columns: Columns) -> "Sheet":
        """The sheet below its headings without the columns of other people beside these."""
        kept = range(columns.left, columns.right)
        rows = [
            row if index < columns.first else [text if at in kept else "" for at, text in enumerate(row)]
            for index, row in enumerate(self.rows)
        ]
        return replace(self, rows=rows)


def read_path(path: Path, limits: Limits) -> Roster:
    """The roster of a file. Never raises for what a file may hold: a refusal is a roster too."""
    kind = ""
    try:
        check_size(path, limits)
        found = sniff(path)
        kind = found.value
        if found in {FileKind.XLSX, FileKind.DOCX}:
            check_zip(path, limits)
        sheets, problems = _open(path, found)
    except RefusedError as error:
        return refusal(kind, Problem(error.code, error.params))
    texts = "\n".join(text for sheet in sheets for row in sheet.rows for text in row if text)
    old = old_encoding(texts)
    if old is not None:
        return refusal(kind, Problem("old_encoding", {"encoding": old}))
    return understand(kind, sheets, problems)


def _open(path: Path, kind: FileKind) -> tuple[list[Sheet], list[Problem]]:
    if kind is FileKind.DOC:
        raise RefusedError("file_doc")
    if kind is FileKind.DOCX:
        return [_word(word.rows_of(path))], []
    if kind in {FileKind.XLSX, FileKind.XLS}:
        if kind is FileKind.XLSX and (far := far_cell(path)):
            raise RefusedError("cell_far", cell=far)
        found = grids.workbook(path)
        hidden = hidden_rows(path) if kind is FileKind.XLSX else {}
        return [
            Sheet(
                grid.name if len(found) > 1 else "",
                [[_text(value) for value in row] for row in grid.rows],
                merged=grid.merged,
                hidden=hidden.get(grid.name, frozenset()),
            )
            for grid in found
        ], []
    decoded = decode(path.read_bytes())
    problems = [] if decoded.sure else [Problem("encoding_guessed", {"encoding": decoded.encoding})]
    text = nfc(decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", ""))
    if kind is FileKind.HTML:
        root = grids.web_page(text)
        tables = [grids.spread(table) for table in grids.outer_tables(root)]
        return [
            Sheet(
                f"bảng {number}" if len(tables) > 1 else "",
                [[nfc(cell) for cell in row] for row in table.rows],
                merged=table.merged,
            )
            for number, table in enumerate(tables, 1)
        ], problems
    return [Sheet("", grids.delimited(text))], problems


def _word(rows: list[word.WordRow]) -> Sheet:
    """A Word file as one sheet: its paragraphs stand right of every table, where no name can be."""
    tables = {row.table for row in rows if row.table}
    if not tables:
        raise RefusedError("no_table")
    width = max(len(row.cells) for row in rows if row.table)
    places = [
        (f"bảng {row.table}, hàng {row.number}" if len(tables) > 1 else f"hàng {row.number}") for row in rows
    ]
    return Sheet(
        "",
        [[nfc(cell) for cell in (row.cells if row.table else [""] * width + row.cells)] for row in rows],
        tuple(places),
        _going_on(rows),
    )


def _going_on(rows: list[word.WordRow]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for index, row in enumerate(rows):
        for column in row.below:
            found[index, column] = found.get((index - 1, column), index - 1)
    return found


def _text(value: object) -> str:
    return nfc(grids.shown(value))


def understand(kind: str, sheets: Sequence[Sheet], problems: Sequence[Problem] = ()) -> Roster:
    """The people of all sheets that have headings of people."""
    people: list[Person] = []
    notes = list(problems)
    headed = 0
    for sheet in sheets:
        columns = find_headings(sheet.rows)
        if columns is None:
            continue
        headed += 1
        notes += _about_columns(columns)
        blocks = columns.blocks()
        found = [
            one for block in blocks for one in _people(sheet.only(block) if len(blocks) > 1 else sheet, block)
        ]
        notes += _about_count(sheet, len(found))
        people += found
    if not headed:
        return refusal(kind, Problem("no_header"))
    if not people:
        return refusal(kind, Problem("no_people"))
    if len(people) > AT_MOST:
        return refusal(kind, Problem("too_many_people", {"most": AT_MOST}))
    return Roster(kind, tuple(people), tuple(_once(notes)))


def _once(notes: list[Problem]) -> list[Problem]:
    """Each problem once, in order."""
    kept: list[Problem] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return kept


def _about_columns(columns: Columns) -> Iterator[Problem]:
    for index in columns.all("secret"):
        yield Problem("id_card_ignored", {"column": columns.texts[index][:60]})
    for index in columns.all("email")[:1]:
        yield Problem("emails_taken", {"column": columns.texts[index][:60]})
    if columns.unused:
        shown = ", ".join(f"“{text[:40]}”" for text in columns.unused[:SHOWN_COLUMNS])
        yield Problem("columns_unused", {"columns": shown})


def _about_count(sheet: Sheet, found: int) -> Iterator[Problem]:
    said = lines.said_count(sheet.rows)
    if said is not None and said != found:
        yield Problem("count_differs", {"said": said, "found": found})


def _people(sheet: Sheet, columns: Columns) -> Iterator[Person]:
    default = lines.unit_above(sheet.rows[: columns.top])
    section = ""
    numbered = 0
    last_named = lines.last_named(sheet.rows, columns)
    index = columns.first
    while index < len(sheet.rows):
        row = sheet.rows[index]
        index += 1
        kind = lines.kind_of(row, columns)
        if kind is lines.LineKind.HEADING:
            again = find_headings(sheet.rows[: index + 1], max(index - 2, 0))
            index = max(index, again.first if again is not None else index)
        elif kind is lines.LineKind.FOOT:
            again = find_headings(sheet.rows, index)
            if again is not None:
                default = lines.unit_above(sheet.rows[index : again.top]) or default
                columns, index, section = again, again.first, ""
                last_named = lines.last_named(sheet.rows, columns)
            elif not lines.goes_on(sheet.rows[index:], columns):
                return
        elif kind is lines.LineKind.SECTION:
            section = lines.section_of(row)
        elif kind is lines.LineKind.PERSON and (index <= last_named or lines.is_numbered(row, columns)):
            person = person_of(sheet.whole(index - 1, columns), columns, sheet.place(index))
            numbered += lines.is_numbered(row, columns)
            doubts = []
            if numbered > 1 and not lines.is_numbered(row, columns):
                doubts.append(Problem("row_unclear"))
            if index - 1 in sheet.hidden:
                doubts.append(Problem("row_hidden"))
            yield replace(
                person,
                unit_text=person.unit_text or section or default,
                problems=(*person.problems, *doubts),
            )
