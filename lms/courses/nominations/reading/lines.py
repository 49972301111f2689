"""The rows below the headings: a person, a unit's name over its people, a repeated heading, the foot of the list."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from lms.core.vietnamese import clean_name, fold
from lms.courses.nominations.reading.headings import Columns, is_numbering, role_of
from lms.courses.nominations.reading.people import Person, Problem
from lms.courses.nominations.reading.values import (
    Read,
    is_ticked,
    read_birth,
    read_email,
    read_gender,
    read_name,
    read_phone,
)

LONG_POST, LONG_UNIT, LONG_NOTE, LONG_CODE = 200, 250, 300, 60
FOOT = re.compile(
    r"^(?:danh sach (?:nay )?(?:co|gom|tren)|tong (?:so|cong)\b|tong:|cong\b\s*[:(=]|an dinh|nguoi lap|lap bieu|nguoi tong hop|thu truong|t ?/ ?m\b|tm\b\.?|"
    r"k ?/ ?t\b|noi nhan|xac nhan cua|.{0,40}, ?ngay\b.*\bthang\b.*\bnam\b|ngay\s+[\d.…_]*\s*thang\s+[\d.…_]*\s*nam)"
)
COUNT = re.compile(r"\b(\d{1,4}) ?(?:nguoi|dong chi|hoc vien|d/c)\b")
PREFIX = re.compile(r"^\s*(?:[IVXLivxl]+|[A-Za-z]|\d{1,2})\s*[.)/:\-]\s*")
UNIT = re.compile(
    r"^(?:dang (?:bo|uy)|d/u|du\b|chi (?:bo|uy|doan|hoi)|ubnd|uy ban|ubmttq|mttq|mat tran|hdnd|hoi\b|doan\b|cong ty|truong\b|xa\b|phuong\b|thi tran|"
    r"ban\b|phong\b|cong an|quan su|bch|van phong|so\b|khoi\b|co quan|don vi|lien doan|cong doan|benh vien|tram\b|hop tac xa|htx|ngan hang|chi cuc|toa an|vien\b)"
)
NOT_SENDING = re.compile(r"dang cong san|cong hoa|trung tam (?:boi duong )?chinh tri|doc lap|^danh sach")
LABELLED = re.compile(r"^(?:ten )?(?:don vi|co quan)(?: cu(?: hoc vien)?| lap)?\s*:\s*\S")


class LineKind(Enum):
    """What a row below the headings is."""

    EMPTY = auto()
    PERSON = auto()
    SECTION = auto()
    HEADING = auto()
    FOOT = auto()


def cell(row: Sequence[str], index: int) -> str:
    """The text in a column; nothing where the row is shorter."""
    return row[index] if index < len(row) else ""


def _filled(row: Sequence[str]) -> list[str]:
    return [clean_name(text) for text in row if text.strip()]


def kind_of(row: Sequence[str], columns: Columns) -> LineKind:
    """What the row is."""
    filled = _filled(row)
    if not filled or is_numbering(filled):
        return LineKind.EMPTY
    dated = [clean_name(cell(row, index)) for index in columns.all("born")]
    if any(FOOT.match(fold(text)) for text in filled[:3] if text not in dated or len(filled) == 1):
        return LineKind.FOOT
    named = [cell(row, index) for role in ("full_name", "surname", "given") for index in columns.all(role)]
    if any(role_of(text) in {"full_name", "surname", "given"} for text in named) or all(map(role_of, filled)):
        return LineKind.HEADING if len(filled) > 1 else LineKind.EMPTY
    data = (
        "born",
        "born_male",
        "born_female",
        "year",
        "phone",
        "post",
        "code",
        "unit",
        "branch",
        "post_unit",
    )
    if any(cell(row, index).strip() for role in data for index in columns.all(role) if index):
        return LineKind.PERSON
    texts = [text for text in filled if not re.fullmatch(r"[IVXLC]+|[A-Za-z]|\d{1,3}[.)]?", text)]
    if len(texts) == 1 and (
        UNIT.match(fold(PREFIX.sub("", texts[0]))) or not any(text.strip() for text in named)
    ):
        return LineKind.SECTION if re.search(r"[^\W\d_]{2,}", texts[0]) else LineKind.EMPTY
    return LineKind.PERSON if any(text.strip() for text in named) else LineKind.EMPTY


def section_of(row: Sequence[str]) -> str:
    """The unit that a row over its people names; nothing when it is no unit."""
    text = max(_filled(row), key=len)
    bare = PREFIX.sub("", text)
    bare = re.sub(
        r"\s*[(:\-–]\s*\d+\s*(?:người|đồng chí|đ/c|học viên)?\s*\)?\s*$", "", bare, flags=re.IGNORECASE
    )
    bare = re.sub(r"^(?:tên )?đơn vị\s*:\s*", "", bare, flags=re.IGNORECASE)
    return clean_name(bare)[:LONG_UNIT] if UNIT.match(fold(bare)) or LABELLED.match(fold(text)) else ""


def unit_above(rows: Sequence[Sequence[str]]) -> str:
    """The unit that the titles above the headings name: after ``Đơn vị:``, or the lower line of the letterhead."""
    found = ""
    for row in rows:
        for text in _filled(row):
            for part in (clean_name(one) for one in text.split("\n")):
                bare = fold(part)
                if LABELLED.match(bare):
                    return clean_name(part.split(":", 1)[1])[:LONG_UNIT]
                if UNIT.match(bare) and not NOT_SENDING.search(bare) and not role_of(part):
                    found = part[:LONG_UNIT]
    return found


def said_count(rows: Sequence[Sequence[str]]) -> int | None:
    """How many people the foot of the list says there are."""
    for row in reversed(rows):
        for text in _filled(row):
            bare = fold(text)
            if FOOT.match(bare) and (match := COUNT.search(bare)):
                return int(match[1])
    return None


def person_of(row: Sequence[str], columns: Columns, place: str) -> Person:
    """The person of a row, with what is odd about what the row says."""
    problems: list[Problem] = []
    name = read_name(_name_text(row, columns))
    born = _born(row, columns)
    phone = next((read_phone(text) for text in _texts(row, columns, "phone")), Read(""))
    email = next((read_email(text) for text in _texts(row, columns, "email")), Read(""))
    for one in (name, born, phone, email):
        problems += one.problems
    if not name.value:
        problems.append(Problem("name_missing"))
    gender, conflict = _gender(row, columns)
    if conflict:
        problems.append(Problem("gender_conflict"))
    post, unit = _post_and_unit(row, columns)
    given = {
        text: clean_name(cell(row, index))
        for index, text in columns.texts.items()
        if columns.roles[index] not in {"secret", "ordinal"} and cell(row, index).strip()
    }
    return Person(
        place, given, name.value, born.value, gender, post[:LONG_POST], phone.value, email.value,
        _first(row, columns, "code")[:LONG_CODE], unit[:LONG_UNIT], _first(row, columns, "note")[:LONG_NOTE], tuple(problems),
    )  # fmt: skip


def _texts(row: Sequence[str], columns: Columns, role: str) -> list[str]:
    return [text for index in columns.all(role) if (text := clean_name(cell(row, index)))]


def _first(row: Sequence[str], columns: Columns, role: str) -> str:
    return next(iter(_texts(row, columns, role)), "")


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
        for text in _texts(row, columns, role)
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
    female = any(map(is_ticked, _texts(row, columns, "female") + _texts(row, columns, "born_female")))
    male = any(map(is_ticked, _texts(row, columns, "male") + _texts(row, columns, "born_male")))
    if female and male:
        return "", True
    if female or male:
        return ("nữ" if female else "nam"), False
    return ("nam" if columns.all("female") and not columns.all("male") else ""), False


def _post_and_unit(row: Sequence[str], columns: Columns) -> tuple[str, str]:
    post = ", ".join(_texts(row, columns, "post"))
    unit = ", ".join(dict.fromkeys([*_texts(row, columns, "branch"), *_texts(row, columns, "unit")]))
    for role in ("post_unit", "unit_post"):
        for text in _texts(row, columns, role):
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
