"""What each column of a roster holds, by the words of one or two rows of headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.core.vietnamese import clean_name, fold

DEPTH = 60
BORN_PARTS = {"ngày": "day", "tháng": "month", "năm": "year"}
IGNORED = "ignored"
WORDS: tuple[tuple[str, str], ...] = (
    ("ordinal", r"stt|s t t|tt|so tt|so thu tu|no|#|num|thu tu"),
    ("secret", r".*(?:cccd|cmnd|cmt|can cuoc|chung minh|so dinh danh|ho chieu|passport).*|password|mat khau|pass"),
    ("surname", r"ho|ho va|ho dem|ho lot|ho va (?:ten|chu|tieng)? ?(?:dem|lot)|ho,? ten dem|ho (?:ten )?(?:dem|lot)|last ?name|surname|family ?name"),
    ("given", r"ten|ten goi|first ?name|given ?name"),
    ("full_name", r"(?:ho|hoten|ho,? ?ten|ho (?:va|&|-) ?ten)(?: (?:hoc vien|hoc sinh|sinh vien|khai sinh|dang vien|can bo|nguoi .*|cua .*|dong chi|quan chung.*|day du|chu lot))?|hoten|ho va ten,? .*|ten (?:hoc vien|hoc sinh|dang vien|can bo)|full ?name|name|ho ten.*"),
    ("born", r"(?:ngay|nam|ngay,? ?thang|ngay,? ?thang,? ?nam|nam,? ?thang|ngay ?/ ?thang ?/ ?nam|ngay,? ?nam)(?:,? nam)? ?sinh.*|sinh (?:ngay|nam).*|ngay sinh.*|nam sinh.*|ns|sinh|date of birth|birth ?(?:date|day)|dob"),
    ("gender", r"gioi tinh|gioi|gt|phai|nam ?[/,-] ?nu|nu ?[/,-] ?nam|sex|gender"),
    ("post_unit", r"chuc (?:vu|danh)[^a-z]+(?:va )?(?:don vi|noi|co quan|dia chi).*|chuc (?:vu|danh) va (?:don vi|noi|co quan).*"),
    ("unit_post", r"(?:don vi|noi)(?: cong tac)?[^a-z]+(?:va )?chuc (?:vu|danh).*"),
    ("post", r"chuc (?:vu|danh).*|chuc|vi tri.*|nghe nghiep.*|cong viec.*|position|job ?title"),
    ("branch", r"chi (?:bo|doan|hoi|uy)(?! va).*|sinh hoat tai.*|noi sinh hoat.*"),
    ("unit", r"don vi.*|noi (?:cong tac|lam viec).*|co quan.*|dang (?:bo|uy).*|to chuc.*|dv|dvct|co so.*|noi cu di.*|chi bo va.*|xa|phuong|xa[ ,/]+phuong.*|unit|department|institution|organi[sz]ation|agency|work ?place|company"),
    ("phone", r"(?:so )?(?:dien thoai|dt|di dong).*|sdt.*|so lien (?:lac|he)|phone.*|mobile.*|tel.*|zalo"),
    ("email", r"(?:dia chi |hop )?(?:e ?-?mail|gmail|thu(?: dien tu)?|mail).*"),
    ("code", r"ma(?: so)?(?: (?:hoc vien|hv|hoc sinh|hs|sinh vien|sv|can bo))?|mhv|mshv|user ?name|tai khoan|id ?number"),
    ("note", r"ghi chu.*|note|notes|remark.*"),
)  # fmt: skip
PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in WORDS)
NAMES = frozenset({"full_name", "surname", "given"})


def plain_head(text: str) -> str:
    """A heading without case, marks, and remarks in brackets."""
    bare = re.sub(r"\([^()]*\)|\*", " ", fold(clean_name(text)))
    return re.sub(r"[\s_]+", " ", bare).strip(" .:-")


def role_of(text: str) -> str:
    """What a heading means; nothing for one that isn't known."""
    tones = clean_name(text).casefold().strip(" .:")
    if tones in BORN_PARTS:
        return BORN_PARTS[tones]
    bare = plain_head(text)
    if bare in {"nam", "nu"}:
        return "male" if bare == "nam" else "female"
    return next((role for role, pattern in PATTERNS if pattern.fullmatch(bare)), "")


@dataclass(slots=True)
class Columns:
    """Column indexes by role; ``first`` is the first row below the headings, ``texts`` what stands above each column.

    ``top`` is the first row of the headings; the columns lie from ``left`` to before ``right``.
    """

    first: int
    roles: dict[int, str]
    texts: dict[int, str]
    unused: list[str] = field(default_factory=list)
    left: int = 0
    right: int = 10_000
    top: int = 0

    def all(self, role: str) -> list[int]:
        """The columns of this role, from the left."""
        return [index for index, one in sorted(self.roles.items()) if one == role]

    def blocks(self) -> "list[Columns]":
        """The columns of each list, where several stand side by side under the same headings."""
        roles = [role for _, role in sorted(self.roles.items())]
        if not roles or roles.count(roles[0]) != roles.count("full_name") or roles.count("full_name") < 2:  # noqa: PLR2004
            return [self]
        starts = self.all(roles[0])
        parts = [
            {index: role for index, role in self.roles.items() if left <= index < right}
            for left, right in zip(starts, [*starts[1:], self.right], strict=True)
        ]
        if len({tuple(role for _, role in sorted(part.items())) for part in parts}) > 1 or len(parts[0]) < 2:  # noqa: PLR2004
            return [self]
        return [
            Columns(self.first, part, {index: self.texts[index] for index in part}, [], left, right, self.top)
            for part, left, right in zip(parts, starts, [*starts[1:], self.right], strict=True)
        ]

    @property
    def names(self) -> bool:
        """Whether a name can be read."""
        return bool(NAMES & set(self.roles.values()))


def find_headings(rows: Sequence[Sequence[str]], start: int = 0) -> Columns | None:
    """The first row, or pair of rows, that names columns of people, from row ``start`` on."""
    for index in range(start, min(len(rows), start + DEPTH)):
        filled = [text for text in rows[index] if text.strip()]
        known = [role for text in filled if (role := role_of(text))]
        if not NAMES & set(known) or len(known) < min(2, len(filled)) or 2 * len(known) < len(filled):
            continue
        return _columns(rows, index)
    return None


def _columns(rows: Sequence[Sequence[str]], index: int) -> Columns:
    upper = list(rows[index])
    below = list(rows[index + 1]) if index + 1 < len(rows) else []
    below += [""] * (len(upper) - len(below))
    two = _is_second_row(upper, below)
    if not two and index and _is_first_row(rows[index - 1], upper):
        upper, below, two = list(rows[index - 1]), upper, True
        below += [""] * (len(upper) - len(below))
        upper += [""] * (len(below) - len(upper))
        index -= 1
    roles, texts, unused = {}, {}, []
    over = ""
    for column, text in enumerate(upper):
        lower = below[column] if two else ""
        over = text if text.strip() or not lower.strip() else over
        role = _joined(over if lower.strip() else text, lower)
        shown = clean_name(f"{over} {lower}" if lower.strip() else text)
        if role:
            roles[column], texts[column] = role, shown
        elif shown:
            unused.append(shown)
    _settle_years(roles)
    first = index + (2 if two else 1)
    return Columns(_past_numbers(rows, first), roles, texts, unused, top=index)


def _joined(upper: str, lower: str) -> str:
    """The role of a column by both of its headings."""
    if not lower.strip():
        role = role_of(upper)
        return role if role not in BORN_PARTS.values() else ""
    over, under = role_of(upper), role_of(lower)
    if over == "born":
        return {
            "male": "born_male",
            "female": "born_female",
            "day": "day",
            "month": "month",
            "year": "year",
        }.get(under, "born")
    if over in NAMES and under not in NAMES:
        return over
    if not over and upper.strip() and under in {"unit", "branch", "given", "day", "month", "year"}:
        return ""  # Quê quán: Xã, Huyện
    return under or over


def _settle_years(roles: dict[int, str]) -> None:
    """``Năm`` alone beside no ``Ngày`` and ``Tháng`` is the year of birth; NAM without marks beside them is too."""
    held = set(roles.values())
    for column, role in roles.items():
        if role == "male" and {"day", "month"} <= held and "female" not in held:
            roles[column] = "year"


def _is_second_row(upper: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below the headings holds headings too: every text in it is one, or it is empty and merged."""
    filled = [text for text in below if text.strip()]
    if not filled:
        return False
    known = [text for text in filled if role_of(text)]
    if _names_parts(upper, below, filled):
        return True
    if len(known) * 2 < len(filled) or any(re.search(r"\d", text) for text in filled):
        return False
    # a person called "Nam" in a row of data would stand beside texts that are no headings
    return len(known) == len(filled) or all(
        not (up.strip() and low.strip()) for up, low in zip(upper, below, strict=False)
    )


def _names_parts(upper: Sequence[str], below: Sequence[str], filled: Sequence[str]) -> bool:
    """Whether the row names parts of headings (Nam, Nữ; Văn hóa, Chuyên môn) and stays empty under the name's own."""
    parts = {"male", "female", *BORN_PARTS.values()}
    return (
        len(filled) > 1
        and not any(re.search(r"\d", text) for text in filled)
        and any(role_of(text) in parts for text in filled)
        and not any(
            low.strip() for up, low in zip(upper, below, strict=False) if role_of(up) in {*NAMES, "ordinal"}
        )
    )


def _is_first_row(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether the row above names columns that ``row`` leaves empty (STT and Ghi chú merged over two rows)."""
    filled = [index for index, text in enumerate(above) if text.strip()]
    if len(filled) < 2:  # noqa: PLR2004 - one filled cell is a title
        return False
    return any(role_of(above[index]) and (index >= len(row) or not row[index].strip()) for index in filled)


def _past_numbers(rows: Sequence[Sequence[str]], first: int) -> int:
    """Past an empty second row and the row that numbers the columns: 1 2 3, (1) (2) (3), A B 1 2."""
    index = first
    while index < len(rows) and index < first + 2:
        filled = [text.strip(" ()") for text in rows[index] if text.strip()]
        if filled and not is_numbering(filled):
            break
        index += 1
    return index if index < len(rows) else first


def is_numbering(filled: Sequence[str]) -> bool:
    """Whether these cells only number the columns."""
    bare = [text.strip(" ()[]") for text in filled]
    return len(bare) > 2 and all(re.fullmatch(r"[0-9]{1,2}|[A-Za-z]", text) for text in bare)  # noqa: PLR2004
