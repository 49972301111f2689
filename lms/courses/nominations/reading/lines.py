"""The rows below the headings: a person, a unit's name over its people, a repeated heading, the foot of the list."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from lms.core.vietnamese import clean_name, fold
from lms.courses.nominations.reading.headings import NAMES, Columns, is_numbering, role_of
from lms.courses.nominations.reading.values import read_birth

FEWEST_WORDS = 4
"""A unit's own name has as many; what is shorter is a heading."""
LONG_UNIT = 250
FOOT = re.compile(
    r"^(?:danh sach (?:nay )?(?:co|gom|tren)|tong (?:so|cong)\b|tong:|cong\b\s*[:(=]|an dinh|nguoi lap|lap bieu|nguoi tong hop|thu truong|t ?/ ?m\b|tm\b\.?|"
    r"k ?/ ?t\b|noi nhan|xac nhan cua|.{0,40}, ?ngay\b.*\bthang\b.*\bnam\b|ngay\s+[\d.…_]*\s*thang\s+[\d.…_]*\s*nam)"
)
TOTAL = re.compile(
    r"^(?:tong(?: (?:cong|so))?|cong)(?: (?:nguoi|dong chi|hoc vien))?\s*[:.=]?\s*\d*\s*(?:nguoi|dong chi|d/c|hoc vien)?[\s./]*$"
)
SIGNER = re.compile(
    r"(?:(?:pho )?(?:bi thu|chu tich|giam doc|hieu truong|truong (?:phong|ban|thon|khoa)|thu truong)|nguoi (?:lap|tong hop|duyet|ky)|"
    r"dai dien|xac nhan|can bo (?:lap|tong hop)|ke toan|[(]? ?(?:da )?ky\b|chu ky|t/ ?m|k/ ?t|t\. ?m)\b.*"
)
BIRTHS = frozenset({"born", "born_male", "born_female", "year"})
LITTLE = re.compile(r"[(]?\d{1,4} ?(?:nguoi|dong chi|d/c|hoc vien|hv)?[).]?")
BULLET = re.compile(r"^[\s*•+(\-–]+")
COUNT = re.compile(r"\b(\d{1,4}) ?(?:nguoi|dong chi|hoc vien|d/c)\b")
PREFIX = re.compile(r"^\s*(?:[IVXLivxl]+|[A-Za-z]|\d{1,2})\s*[.)/:\-]\s*")
UNIT = re.compile(
    r"^(?:dang (?:bo|uy)|d/u|du\b|chi (?:bo|uy|doan|hoi)|ubnd|uy ban|ubmttq|mttq|mat tran|hdnd|hoi\b|doan\b|cong ty|truong\b|xa\b|phuong\b|thi tran|"
    r"ban\b|phong\b|cong an|quan su|bch|van phong|so\b|khoi\b|co quan|don vi|lien doan|cong doan|benh vien|tram\b|hop tac xa|htx|ngan hang|chi cuc|toa an|vien\b)"
)
SURELY_UNIT = re.compile(
    r"^(?:dang (?:bo|uy)|d/u|chi (?:bo|uy|doan|hoi)|ubnd|uy ban|ubmttq|mttq|mat tran|hdnd|hoi (?:dong|lien|nong|phu nu|cuu|chu thap|nguoi|lhpn|pn|nd|ccb)|"
    r"doan (?:thanh nien|tn|xa|phuong|truong)|cong ty|truong (?:thpt|thcs|tieu|mam|trung|cao|dai|pho|chinh)|thi tran|ban (?:chi|tuyen|to chuc|dan van|quan|noi chinh)|"
    r"phong (?:giao|noi|tai|van|tu|y te|kinh|nong|lao|dan|quan)|cong an|bch|van phong|khoi|co quan|don vi|lien doan|cong doan|benh vien|tram y|hop tac xa|htx|ngan hang|chi cuc|toa an|vien kiem)\b"
)
PLACE = re.compile(r"^(?:xã|phường|thị trấn|XÃ|PHƯỜNG|THỊ TRẤN|Xã|Phường|Thị trấn)\s")
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


def texts_of(row: Sequence[str], columns: Columns, role: str) -> list[str]:
    """What stands in the columns of this role."""
    return [text for index in columns.all(role) if (text := clean_name(cell(row, index)))]


def _filled(row: Sequence[str]) -> list[str]:
    return [clean_name(text) for text in row if text.strip()]


def kind_of(row: Sequence[str], columns: Columns) -> LineKind:
    """What the row is."""
    filled = _filled(row)
    if not filled or is_numbering(filled):
        return LineKind.EMPTY
    if _is_foot(row, columns, filled):
        return LineKind.FOOT
    if _is_section(row, columns):
        return LineKind.SECTION
    named = [cell(row, index) for role in ("full_name", "surname", "given") for index in columns.all(role)]
    if any(role_of(text) in {"full_name", "surname", "given"} for text in named) or all(map(role_of, filled)):
        return LineKind.HEADING if len(filled) > 1 else LineKind.EMPTY
    data = (
        "born",
        "born_male",
        "born_female",
        "year",
        "phone",
        "email",
        "post",
        "code",
        "unit",
        "branch",
        "post_unit",
    )
    if any(cell(row, index).strip() for role in data for index in columns.all(role) if index):
        return LineKind.PERSON
    texts = [text for text in filled if not re.fullmatch(r"[IVXLC]+|[A-Za-z]|\d{1,3}[.)]?", text)]
    if len(texts) == 1 and not any(text.strip() for text in named):
        return LineKind.SECTION if re.search(r"[^\W\d_]{2,}", texts[0]) else LineKind.EMPTY
    return LineKind.PERSON if any(text.strip() for text in named) else LineKind.EMPTY


def _is_foot(row: Sequence[str], columns: Columns, filled: Sequence[str]) -> bool:
    """A total, a date and place, who signs: nothing of it in a row that is numbered like a person's."""
    bare = [fold(text) for text in filled]
    dated = [clean_name(cell(row, index)) for index in columns.all("born")]
    if any(
        FOOT.match(fold(BULLET.sub("", text))) for text in filled[:3] if text not in dated or len(filled) == 1
    ):
        return True
    if TOTAL.match(bare[0]) and all(LITTLE.fullmatch(text) for text in bare[1:]):
        return True
    return not is_numbered(row, columns) and all(SIGNER.fullmatch(text) for text in bare)


def _is_section(row: Sequence[str], columns: Columns) -> bool:
    """A unit over its people, alone but for its own number and how many there are."""
    placed = {index: clean_name(text) for index, text in enumerate(row) if text.strip()}
    texts = [
        index
        for index, text in placed.items()
        if not re.fullmatch(r"[IVXLC]+\.?|[A-Za-z][.)]?|\d{1,3}[.)]?", text)
        and (columns.roles.get(index) in BIRTHS or not LITTLE.fullmatch(fold(text)))
    ]
    if len(texts) != 1 or columns.roles.get(texts[0]) not in {None, "ordinal", "full_name", "surname"}:
        return False
    return _is_unit(PREFIX.sub("", placed[texts[0]]), among_names=columns.roles.get(texts[0]) in NAMES)


def _is_unit(text: str, *, among_names: bool) -> bool:
    """Whether a text names a unit; where names stand, *Đoàn*, *Trường* and *Phương* begin those of people too."""
    if not among_names:
        return bool(UNIT.match(fold(text)))
    return bool(SURELY_UNIT.match(fold(text)) or PLACE.match(text))


def is_numbered(row: Sequence[str], columns: Columns) -> bool:
    """Whether the row has a number of its own in the list."""
    return any(re.search(r"\d", cell(row, index)) for index in columns.all("ordinal"))


def _name_cells(row: Sequence[str], columns: Columns) -> str:
    return " ".join(
        cell(row, index) for role in ("full_name", "surname", "given") for index in columns.all(role)
    )


def last_named(rows: Sequence[Sequence[str]], columns: Columns) -> int:
    """The number, from 1, of the last row with anything where names stand: what comes below is no person without one."""
    return max((number for number, row in enumerate(rows, 1) if _name_cells(row, columns).strip()), default=0)


def goes_on(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether people follow a total: with a name of two words, a number where rows have one, a birth where there are any."""
    numbers = bool(columns.all("ordinal"))
    births = [role for role in ("born", "born_male", "born_female", "year") if columns.all(role)]
    return any(
        kind_of(row, columns) is LineKind.PERSON
        and len(_name_cells(row, columns).split()) > 1
        and (not numbers or is_numbered(row, columns))
        and (
            not births
            or any(read_birth(text).value for role in births for text in texts_of(row, columns, role))
        )
        for row in rows
    )


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
    """The unit that the titles above the headings name: after ``Đơn vị:``, or the lower line of the letterhead.

    A list under the centre's own letterhead is of many units.
    """
    found, own = "", False
    for row in rows:
        for text in (part for one in row for part in one.split("\n") if part.strip()):
            part = PREFIX.sub("", clean_name(text))
            bare = fold(part)
            if LABELLED.match(bare):
                return clean_name(part.split(":", 1)[1])[:LONG_UNIT]
            own = own or bool(re.match(r"trung tam (?:boi duong )?chinh tri", bare))
            is_head = bool(role_of(part)) and len(part.split()) < FEWEST_WORDS
            if UNIT.match(bare) and not NOT_SENDING.search(bare) and not is_head:
                found = part[:LONG_UNIT]
    return "" if own else found


def said_count(rows: Sequence[Sequence[str]]) -> int | None:
    """How many people the foot of the list says there are."""
    for row in reversed(rows):
        for text in _filled(row):
            bare = fold(BULLET.sub("", text))
            if FOOT.match(bare) and (match := COUNT.search(bare)):
                return int(match[1])
    return None
