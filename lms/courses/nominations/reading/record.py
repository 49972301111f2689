"""One person of a roster: what the cells of a row say, and what is odd about it."""

import re
from collections.abc import Sequence

from lms.core.vietnamese import clean_name, fold
from lms.courses.nominations.reading.headings import Columns
from lms.courses.nominations.reading.lines import LONG_UNIT, UNIT, cell, texts_of
from lms.courses.nominations.reading.people import Person, Problem
from lms.courses.nominations.reading.values import (
    Read,
    is_ticked,
    read_birth,
    read_email,
    read_gender,
    read_name,
    read_phone,
    split_name,
    without_email,
)

LONG_POST, LONG_NOTE, LONG_CODE = 200, 300, 60


def person_of(row: Sequence[str], columns: Columns, place: str) -> Person:
    """The person of a row, with what is odd about what the row says."""
    problems: list[Problem] = []
    called, more = split_name(_name_text(row, columns))
    name = read_name(called)
    born = _born(row, columns)
    called, written = without_email(_first(row, columns, "phone"))
    phone, email = read_phone(called), read_email(_first(row, columns, "email") or written)
    for one in (name, born, phone, email):
        problems += one.problems
    if not name.value:
        problems.append(Problem("name_missing"))
    gender, conflict = _gender(row, columns)
    if conflict:
        problems.append(Problem("gender_conflict"))
    post, unit = _post_and_unit(row, columns)
    if more:
        problems.append(Problem("name_with_more", {"text": more[:60]}))
        first, last = _split(more)
        post, unit = post or first, unit or last
    given = {
        text: clean_name(cell(row, index))
        for index, text in columns.texts.items()
        if columns.roles[index] not in {"secret", "ordinal"} and cell(row, index).strip()
    }
    return Person(
        place, given, name.value, born.value, gender, post[:LONG_POST], phone.value, email.value,
        _first(row, columns, "code")[:LONG_CODE], unit[:LONG_UNIT], _first(row, columns, "note")[:LONG_NOTE], tuple(problems),
    )  # fmt: skip


def _first(row: Sequence[str], columns: Columns, role: str) -> str:
    return next(iter(texts_of(row, columns, role)), "")


def _name_text(row: Sequence[str], columns: Columns) -> str:
    """The whole name: of one column, of two, or of a column whose heading spreads over the next."""
    surname, given = _first(row, columns, "surname"), _first(row, columns, "given")
    whole = columns.all("full_name")
    if whole:
        text = cell(row, whole[0])
        following = whole[0] + 1
        if following not in columns.texts and re.fullmatch(
            r"\s*[^\W\d_]+(?:\s[^\W\d_]+)?\s*", cell(row, following)
        ):
            text = f"{text} {cell(row, following)}"
        return f"{text} {given}" if given and not text.rstrip().endswith(given) and not surname else text
    return f"{surname} {given}"


def _born(row: Sequence[str], columns: Columns) -> Read:
    parts = [_first(row, columns, role) for role in ("day", "month", "year")]
    if parts[2]:
        return read_birth("/".join(part for part in parts if part))
    found = [
        read_birth(text)
        for role in ("born", "born_male", "born_female")
        for text in texts_of(row, columns, role)
    ]
    dated = list({one.value: one for one in found if one.value}.values())
    if not dated:
        return next(iter(found), Read(""))
    if len(dated) == 1:
        return dated[0]
    if dated[1].value.endswith(dated[0].value) or dated[0].value.endswith(dated[1].value):
        return max(dated, key=lambda one: len(one.value))  # a column of years beside one of dates
    both = {"first": dated[0].value, "second": dated[1].value}
    return Read(dated[0].value, (*dated[0].problems, Problem("born_twice", both)))


def _gender(row: Sequence[str], columns: Columns) -> tuple[str, bool]:
    said = read_gender(_first(row, columns, "gender"))
    if said:
        return said, False
    female = any(map(is_ticked, texts_of(row, columns, "female") + texts_of(row, columns, "born_female")))
    male = any(map(is_ticked, texts_of(row, columns, "male") + texts_of(row, columns, "born_male")))
    if female and male:
        return "", True
    if female or male:
        return ("nữ" if female else "nam"), False
    return ("nam" if columns.all("female") and not columns.all("male") else ""), False


def _post_and_unit(row: Sequence[str], columns: Columns) -> tuple[str, str]:
    post = ", ".join(texts_of(row, columns, "post"))
    unit = ", ".join(dict.fromkeys([*texts_of(row, columns, "branch"), *texts_of(row, columns, "unit")]))
    for role in ("post_unit", "unit_post"):
        for text in texts_of(row, columns, role):
            first, last = _split(text)
            if role == "unit_post" and last:
                first, last = last, first
            post, unit = post or first, unit or last
    return post, unit


def _split(text: str) -> tuple[str, str]:
    """A post and a unit written in one cell: parted at the sign before which no unit begins."""
    for match in re.finditer(r"\s*[,;\n]\s*|\s+[-–]\s+", text):
        if UNIT.match(fold(text[match.end() :])):
            return text[: match.start()], text[match.end() :]
    return (text, "") if not UNIT.match(fold(text)) else ("", text)
