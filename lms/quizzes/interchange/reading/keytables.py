"""Tables of answers and running keys: ``Câu | Đáp án``, ``1.A 2.B 3.C``, numbers over letters."""

import re
from collections.abc import Iterator

from lms.core.vietnamese import fold
from lms.quizzes.interchange.blocks import Table
from lms.quizzes.interchange.reading.drafts import KeyEntry
from lms.quizzes.interchange.reading.vocabulary import LOOK_ALIKE

NUMBER_HEADS = frozenset({"cau", "cau so", "cau hoi", "cau hoi so", "stt", "so", "so cau", "so tt", "question", "q", "no", "no.", "#", "tt"})  # fmt: skip
KEY_HEADS = frozenset({"dap an", "key", "answer", "answers", "da", "d/a", "dap an dung", "chon", "ket qua", "tra loi", "phuong an", "phuong an dung"})  # fmt: skip
NOTE_HEADS = (
    "diem",
    "thang diem",
    "ghi chu",
    "can cu",
    "giai thich",
    "trich dan",
    "nguon",
    "muc do",
    "chuong",
    "noi dung tham",
    "ly do",
)
LETTER_AND_TEXT = re.compile(r"^[A-H]\s*[.):]\s*\S")
CROSS = re.compile(r"^[xX✓✔√*•●]$")
NUMBER_CELL = re.compile(r"^(?:câu|question)?\s*(?P<number>\d{1,4}(?:\.\d{1,3})*)\s*[.:)]?$", re.IGNORECASE)
LETTER_CELL = re.compile(r"^[A-H](?:\s*[,;&/]?\s*[A-H])*\.?$|^(?:[ĐSTF]\s*[,;\-/ ]?\s*){2,8}$")
HOLDS_CELL = re.compile(r"^(?:[a-h]\s*[).:\-]?\s*(?:đúng|sai|[ĐSTF])[\s,;.]*){2,8}$", re.IGNORECASE)
PAIR = re.compile(
    r"(?:câu|question)?\s*\(?(?P<number>\d{1,4}(?:\.\d{1,3})*)\s*(?:[.:)\-–=/]|\s)?\s*[:.\-–]?\s*"
    r"(?:(?:đáp\s*án|chọn)\s*:?\s*)?(?P<value>[A-H](?:\s*[,&]\s*[A-H](?![\w.]))*|(?:[ĐSTF]\s*[,\-]?\s*){2,8})(?![^\W\d])",
    re.IGNORECASE,
)
LINE_PAIR = re.compile(
    r"^\s*(?:câu|question)?\s*(?P<number>\d{1,4}(?:\.\d{1,3})*)\s*[.:)\-–=]\s*(?P<value>\S.{0,79})$",
    re.IGNORECASE,
)
KEY_LEAD = re.compile(
    r"^\s*(?:(?:bảng\s*)?đáp\s*án|keys?|answers?)?\s*(?:(?:phần|chương|chuyên\s*đề|bài|part)\s*[IVX\d]{1,5})?\s*[:.\-–]\s*",
    re.IGNORECASE,
)
SMALL = re.compile(r"^[a-h]$")
LEAST_SMALL = 4
SHORT_VALUE = 24
RUNNING_PAIRS = 3
LEAST_LETTERS = 2


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text.strip().translate(LOOK_ALIKE) for cell in row] for row in table.rows]


def _head(text: str) -> str:
    return fold(text).strip(" .:")


def read_key_table(table: Table) -> list[KeyEntry] | None:
    """The entries of a table of answers, or None when it is something else."""
    texts = _texts(table)
    filled = sum(bool(text) for row in texts for text in row)
    if not filled:
        return None
    headed = any(_head(text) in KEY_HEADS for row in texts for text in row)
    if not headed and _small_letters(texts):
        texts = [[text.upper() if SMALL.match(text) else text for text in row] for row in texts]
    for noted in (_noted, _crossed):
        entries = list(noted(table, texts))
        if entries:
            return entries
    for reader in (_packed, _vertical, _horizontal):
        entries = list(reader(table, texts, headed=headed))
        used = sum(2 if reader is not _packed else 1 for _ in entries)
        heads = sum(_head(text) in NUMBER_HEADS | KEY_HEADS for row in texts for text in row)
        if entries and used + heads >= filled * 0.9:
            return entries
    return None


def _small_letters(texts: list[list[str]]) -> bool:
    """Whether a table holds numbers and small letters only, as many of each."""
    filled = [text for row in texts for text in row if text and _head(text) not in NUMBER_HEADS]
    small = sum(bool(SMALL.match(text)) for text in filled)
    return small >= LEAST_SMALL and 2 * small == len(filled)


def _noted(table: Table, texts: list[list[str]]) -> Iterator[KeyEntry]:
    """``Câu | Đáp án | Căn cứ``: one column of numbers, one of answers, the others remarks."""
    heads = [_head(text) for text in texts[0]]
    numbers = [index for index, head in enumerate(heads) if head in NUMBER_HEADS]
    keys = [index for index, head in enumerate(heads) if head in KEY_HEADS]
    notes = [index for index, head in enumerate(heads) if head.startswith(NOTE_HEADS)]
    if len(numbers) != 1 or len(keys) != 1 or not notes or len(numbers + keys + notes) < len(heads):
        return
    rows = [(index, row) for index, row in enumerate(texts[1:], 1) if NUMBER_CELL.match(row[numbers[0]])]
    if len(rows) < sum(any(row) for row in texts[1:]):
        return
    for index, row in rows:
        number = NUMBER_CELL.match(row[numbers[0]])
        if number and row[keys[0]]:
            yield KeyEntry(number["number"], row[keys[0]], table.row_place(index))


def _crossed(table: Table, texts: list[list[str]]) -> Iterator[KeyEntry]:
    """``Câu | A | B | C | D`` with a cross below the right letter."""
    letters = texts[0][1:]
    if (
        _head(texts[0][0]) not in NUMBER_HEADS
        or len(letters) < LEAST_LETTERS
        or "".join(letters) != "ABCDEFGH"[: len(letters)]
    ):
        return
    for row in texts[1:]:
        if not NUMBER_CELL.match(row[0]) or not all(CROSS.match(text) for text in row[1:] if text):
            return
    for index, row in enumerate(texts[1:], 1):
        number = NUMBER_CELL.match(row[0])
        crossed = [letter for letter, text in zip(letters, row[1:], strict=False) if text]
        if number and crossed:
            yield KeyEntry(number["number"], ", ".join(crossed), table.row_place(index))


def _packed(table: Table, texts: list[list[str]], *, headed: bool) -> Iterator[KeyEntry]:
    """Every cell holds number and letter: ``1.A``."""
    del headed
    for index, row in enumerate(texts):
        for text in row:
            match = PAIR.fullmatch(text)
            if match:
                yield KeyEntry(match["number"], match["value"], table.row_place(index))


def _is_value(text: str, *, headed: bool) -> bool:
    if LETTER_CELL.match(text) or HOLDS_CELL.match(text) or (headed and LETTER_AND_TEXT.match(text)):
        return True
    return headed and bool(text) and len(text) <= SHORT_VALUE and _head(text) not in NUMBER_HEADS | KEY_HEADS


def _vertical(table: Table, texts: list[list[str]], *, headed: bool) -> Iterator[KeyEntry]:
    """Columns in pairs: a number, and right of it its answer."""
    for index, row in enumerate(texts):
        column = 0
        while column + 1 < len(row):
            number = NUMBER_CELL.match(row[column])
            if (
                number
                and _is_value(row[column + 1], headed=headed)
                and _column_of_numbers(texts, column, headed=headed)
            ):
                yield KeyEntry(number["number"], row[column + 1], table.row_place(index))
                column += 1
            column += 1


def _column_of_numbers(texts: list[list[str]], column: int, *, headed: bool) -> bool:
    cells = [
        row[column]
        for row in texts
        if column < len(row) and row[column] and _head(row[column]) not in NUMBER_HEADS
    ]
    numbers = [match["number"] for text in cells if (match := NUMBER_CELL.match(text))]
    return len(numbers) == len(cells) and (headed or len(set(numbers)) == len(numbers))


def _horizontal(table: Table, texts: list[list[str]], *, headed: bool) -> Iterator[KeyEntry]:
    """Rows in pairs: numbers, and below them their answers."""
    for index in range(len(texts) - 1):
        above, below = texts[index], texts[index + 1]
        if not any(NUMBER_CELL.match(text) for text in above[:2]) or any(
            NUMBER_CELL.match(text) for text in below[:1]
        ):
            continue
        for top, bottom in zip(above, below, strict=False):
            number = NUMBER_CELL.match(top)
            if number and _is_value(bottom, headed=headed):
                yield KeyEntry(number["number"], bottom, table.row_place(index + 1))


def running_pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of a line like ``1.A 2.B 3.C``; empty when the line says anything else."""
    pairs: list[tuple[str, str]] = []
    rest = text.translate(LOOK_ALIKE)
    rest = KEY_LEAD.sub("", rest, count=1)
    position = 0
    for match in PAIR.finditer(rest):
        if rest[position : match.start()].strip(" \t,;|.–-\n"):
            return []
        pairs.append((match["number"], match["value"].strip()))
        position = match.end()
    return [] if rest[position:].strip(" \t,;|.–-\n") else pairs


def line_pair(text: str) -> tuple[str, str] | None:
    """One entry a line, in a section of answers: ``Câu 3: 2632``."""
    match = LINE_PAIR.match(text.translate(LOOK_ALIKE))
    return (match["number"], match["value"].strip()) if match else None
