"""A file in, a roster out; the caller decides in which process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lms.core.intake import grids, word
from lms.core.intake.guard import Limits, RefusedError, check_size, check_zip
from lms.core.intake.oldcodes import old_encoding
from lms.core.intake.sniff import FileKind, decode, sniff
from lms.core.vietnamese import nfc
from lms.courses.nominations.reading import lines
from lms.courses.nominations.reading.headings import Columns, find_headings
from lms.courses.nominations.reading.people import Person, Problem, Roster, refusal

AT_MOST = 3000
SHOWN_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """The texts of a sheet, what it is called where there are several, and what each row is where it isn't its number."""

    name: str
    rows: list[list[str]]
    places: tuple[str, ...] = ()

    def place(self, number: int) -> str:
        """Where the row of this number, from 1, stands in the file."""
        if self.places:
            return self.places[number - 1]
        return f"hàng {number}" if not self.name else f"trang {self.name}, hàng {number}"


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
        found = grids.workbook(path)
        return [
            Sheet(grid.name if len(found) > 1 else "", [[_text(value) for value in row] for row in grid.rows])
            for grid in found
        ], []
    decoded = decode(path.read_bytes())
    problems = [] if decoded.sure else [Problem("encoding_guessed", {"encoding": decoded.encoding})]
    text = nfc(decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", ""))
    if kind is FileKind.HTML:
        root = grids.web_page(text)
        tables = [grids.spread(table) for table in grids.outer_tables(root)]
        return [
            Sheet(f"bảng {number}" if len(tables) > 1 else "", [[nfc(cell) for cell in row] for row in rows])
            for number, rows in enumerate(tables, 1)
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
    )


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
        found = list(_people(sheet, columns))
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
    default = lines.unit_above(sheet.rows[: columns.first])
    section = ""
    ordinals = columns.all("ordinal")
    numbered = 0
    index = columns.first
    while index < len(sheet.rows):
        row = sheet.rows[index]
        index += 1
        kind = lines.kind_of(row, columns)
        if kind is lines.LineKind.HEADING:
            again = find_headings(sheet.rows[: index + 1], max(index - 2, 0))
            index = max(index, again.first if again is not None else index)
            continue
        if kind is lines.LineKind.FOOT:
            again = find_headings(sheet.rows, index)
            if again is None:
                return
            default = lines.unit_above(sheet.rows[index : again.first]) or default
            columns, index, section = again, again.first, ""
            continue
        if kind is lines.LineKind.SECTION:
            section = lines.section_of(row)
            continue
        if kind is lines.LineKind.PERSON:
            person = lines.person_of(row, columns, sheet.place(index))
            if not person.unit_text:
                person = replace(person, unit_text=section or default)
            has_number = any(lines.cell(row, one).strip() for one in ordinals)
            numbered += has_number
            if numbered > 1 and not has_number:
                person = replace(person, problems=(*person.problems, Problem("row_unclear")))
            yield person
