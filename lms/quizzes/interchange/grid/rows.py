"""Rows of a grid as drafts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lms.quizzes.interchange.blocks import Cell, Line
from lms.quizzes.interchange.document import Evidence, Problem
from lms.quizzes.interchange.grid.columns import Columns
from lms.quizzes.interchange.reading.answers import same_text
from lms.quizzes.interchange.reading.build import TYPES
from lms.quizzes.interchange.reading.drafts import Context, Draft, Written
from lms.quizzes.interchange.reading.flatten import Grid
from lms.quizzes.interchange.reading.headings import is_capital
from lms.quizzes.interchange.reading.keytables import CROSS
from lms.quizzes.interchange.reading.labels import Option, Strength, hits_in, split_options
from lms.quizzes.interchange.reading.starts import word_start
from lms.quizzes.interchange.reading.tags import aspect_of, level_of, take_tags
from lms.quizzes.interchange.reading.vocabulary import TOPIC
from lms.quizzes.interchange.rich import Rich, joined

WHOLE_NUMBERS = re.compile(r"^\s*\d+(?:\s*[,;]\s*\d+)*\s*$")
UNCLEAR_VOTES = 3

Row = tuple[Cell, ...]


def grid_drafts(grid: Grid, context: Context) -> Iterator[Draft]:
    """One draft a row; rows that continue the row above are joined to it, rows of one cell are topics."""
    drafts: list[Draft] = []
    group: list[Row] = []
    topic = context.topic
    for index in range(grid.first, len(grid.table.rows)):
        row = grid.table.rows[index]
        place = grid.table.row_place(index)
        filled = [position for position, cell in enumerate(row) if cell.text]
        if not filled:
            continue
        if drafts and _option_row(row, grid.columns):
            group.append(row)
            drafts[-1] = _grouped(group, grid.columns, drafts[-1])
            continue
        if len(filled) == 1 and len(row) > 2 and _is_topic(row[filled[0]], filled[0], grid.columns):  # noqa: PLR2004
            topic = row[filled[0]].text.strip()
            continue
        draft = _draft(row, grid.columns, place, replace(context, topic=topic))
        if drafts and _continues(row, grid.columns):
            _join(drafts[-1], draft)
        else:
            drafts.append(draft)
            group = [row]
    _settle_numbers(drafts)
    return iter(drafts)


def _option_row(row: Row, columns: Columns) -> bool:
    """Whether a row holds nothing but one option of the question above it."""
    number, key, stem, options = (columns.single.get(role) for role in ("number", "key", "stem", "options"))
    if columns.options or _cell(row, number).text:
        return False
    if _cell(row, key).text and not CROSS.match(_cell(row, key).text):
        return False
    if options is not None:
        return bool(_cell(row, options).text) and not _cell(row, stem).text
    first = next(_cell(row, stem).lines(), None)
    return (
        number is not None
        and first is not None
        and any(hit.strength == Strength.LINE for hit in hits_in(first, 0))
    )


def _is_topic(cell: Cell, index: int, columns: Columns) -> bool:
    """Whether the only filled cell of a row is a heading; in the stems' own column it has to look like one."""
    return index != columns.single.get("stem") or is_capital(cell.text) or TOPIC.match(cell.text) is not None


def _cell(row: Row, index: int | None) -> Cell:
    return row[index] if index is not None and index < len(row) else Cell(())


def _continues(row: Row, columns: Columns) -> bool:
    """A row without number and key goes on with the question above (a page break inside a row)."""
    number, key, stem = (columns.single.get(role) for role in ("number", "key", "stem"))
    if number is None or _cell(row, number).text or _cell(row, key).text:
        return False
    return not (_cell(row, stem).text and any(_cell(row, index).text for index in columns.options))


def _grouped(group: list[Row], columns: Columns, above: Draft) -> Draft:
    """A question whose options stand in rows of their own; a cross beside an option makes it the key."""
    together = tuple(
        Cell(
            tuple(
                block
                for row in group
                for block in _cell(row, index).blocks
                if index != columns.single.get("key") or not CROSS.match(_cell(row, index).text)
            )
        )
        for index in range(max(len(row) for row in group))
    )
    draft = _draft(together, columns, above.place, above.context)
    apart = columns.single.get("options")
    if apart is not None and all(len(list(_cell(row, apart).lines())) == 1 for row in group):
        draft.problems = [problem for problem in draft.problems if problem.code != "options_unlabelled"]
    rows = group if apart is not None and _cell(group[0], apart).text else group[1:]
    crossed = [
        index for index, row in enumerate(rows) if CROSS.match(_cell(row, columns.single.get("key")).text)
    ]
    if crossed:
        letters = ", ".join(chr(ord("A") + index) for index in crossed)
        draft.answers.append(Written(letters, Evidence.COLUMN, above.place))
    return draft


def _join(above: Draft, below: Draft) -> None:
    above.stem = joined([part for part in (above.stem, below.stem) if part.text], "\n")
    above.options.extend(below.options)
    above.odd_labels = above.odd_labels or below.odd_labels
    above.problems.append(Problem("row_unclear", {}, below.place))


def _draft(row: Row, columns: Columns, place: str, context: Context) -> Draft:
    number = _cell(row, columns.single.get("number")).text.strip()
    digits = re.search(r"\d+(?:\.\d+)*", number)
    draft = Draft(place=place, context=context, label=number, number=digits.group() if digits else "")
    stem_lines = [replace(line, place=place) for line in _cell(row, columns.single.get("stem")).lines()]
    if columns.options:
        draft.options = list(_own_columns(row, columns.options))
        draft.stem = _text(stem_lines)
    else:
        together = list(_cell(row, columns.single.get("options")).lines())
        split = split_options(together or stem_lines, set())
        draft.options = split.options or (_unlabelled(draft, together) if together else [])
        draft.odd_labels, draft.trailing = split.odd_labels, split.trailing
        draft.crowded, draft.ambiguous = split.crowded, split.ambiguous
        lead = joined([part.squeeze() for part in split.stem if part.text.strip()], "\n")
        draft.stem = _text(stem_lines) if together else lead
        if together and split.options and lead.text:
            draft.problems.append(Problem("options_unlabelled", {}, place))
    for option in draft.options:
        option.text = option.text.squeeze()
    _take_label(draft)
    draft.stem, draft.level, draft.aspect = take_tags(draft.stem)
    for index in (columns.single.get("stem"), columns.single.get("options"), *columns.options):
        for line in _cell(row, index).lines():
            if line.inexact:
                draft.problems.append(Problem("number_format", {"text": line.text.strip()}, place))
    _settings(draft, row, columns)
    return draft


def _take_label(draft: Draft) -> None:
    """``Câu 5:`` at the start of a stem is a label, where it doesn't contradict the column of numbers."""
    start = word_start(Line(draft.stem, draft.place))
    if start is not None and start.number and draft.number in {"", start.number} and start.rest.text:
        draft.stem, draft.label, draft.number = start.rest, draft.label or start.label, start.number


def _text(lines: list[Line]) -> Rich:
    return joined([line.rich.squeeze() for line in lines], "\n").strip()


def _own_columns(row: Row, options: list[int]) -> Iterator[Option]:
    """Options in columns of their own, up to the last one that is filled."""
    texts = [_text(list(_cell(row, index).lines())) for index in options]
    while texts and not texts[-1].text:
        texts.pop()
    labels = [
        re.match(rf"\s*{chr(ord('A') + index)}\s*[.):]\s*", text.text) for index, text in enumerate(texts)
    ]
    labelled = all(labels)
    for position, (text, label) in enumerate(zip(texts, labels, strict=True)):
        own = text.slice(label.end()) if label and labelled else text
        yield Option(chr(ord("A") + position), Rich(), own, position, Strength.LINE)


def _unlabelled(draft: Draft, lines: list[Line]) -> list[Option]:
    draft.problems.append(Problem("options_unlabelled", {}, draft.place))
    return [
        Option(chr(ord("A") + index), Rich(), line.rich.strip(), index, Strength.LINE)
        for index, line in enumerate(lines[:8])
    ]


def _settings(draft: Draft, row: Row, columns: Columns) -> None:
    def told(role: str) -> str:
        return _cell(row, columns.single.get(role)).text.strip()

    key = told("key")
    if key:
        draft.answers.append(Written(key, Evidence.COLUMN, draft.place))
    draft.level = draft.level or level_of(told("level"))
    draft.aspect = draft.aspect or aspect_of(told("aspect"))
    draft.topic = told("topic") or None
    draft.explanation = told("explanation") or None
    kind = told("type")
    draft.kind = TYPES.get(kind.casefold())
    if columns.guessed:
        draft.problems.append(Problem("header_missing", {}, draft.place))


def _numbered_keys(drafts: list[Draft]) -> list[Draft]:
    """Choices whose key is written in whole numbers."""
    return [
        draft
        for draft in drafts
        if draft.options and draft.answers and WHOLE_NUMBERS.match(draft.answers[0].text)
    ]


def _count_from_zero(drafts: list[Draft]) -> None:
    """A key 0 that is no option's text: the column may count from 0, so that every number in it is doubtful."""
    keyed = _numbered_keys(drafts)
    if any(
        draft.answers[0].text.strip() == "0"
        and any(same_text(option.text.text, "0") for option in draft.options)
        for draft in keyed
    ):
        return
    for draft in keyed:
        draft.problems.append(
            Problem("key_number_unclear", {"key": draft.answers[0].text.strip()}, draft.place)
        )


def _settle_numbers(drafts: list[Draft]) -> None:
    """A column of numbers counts options when most rows say so; then ``2`` among options 2, 4, 6 is still the second."""
    votes = 0
    for draft in drafts:
        written = draft.answers[0].text if draft.answers else ""
        if WHOLE_NUMBERS.match(written):
            texts = [option.text.text for option in draft.options]
            inside = all(1 <= int(number) <= len(texts) for number in re.findall(r"\d+", written))
            same = any(same_text(text, written) for text in texts)
            votes += 1 if inside and not same else -UNCLEAR_VOTES if same and not inside else 0
        elif written:
            votes -= UNCLEAR_VOTES
    if any(re.search(r"(?<!\d)0(?!\d)", draft.answers[0].text) for draft in _numbered_keys(drafts)):
        _count_from_zero(drafts)
        return
    if votes < UNCLEAR_VOTES:
        return
    for draft in drafts:
        written = draft.answers[0].text if draft.answers else ""
        numbers = [int(number) for number in re.findall(r"\d+", written)]
        if WHOLE_NUMBERS.match(written) and all(1 <= number <= len(draft.options) for number in numbers):
            letters = ", ".join(chr(ord("A") + number - 1) for number in numbers)
            draft.answers[0] = replace(draft.answers[0], text=letters)
