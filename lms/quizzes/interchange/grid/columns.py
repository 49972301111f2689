"""What each column holds, by the words of a header row that may stand anywhere near the top."""

import re
from dataclasses import dataclass, field

from lms.core.vietnamese import fold
from lms.quizzes.interchange.blocks import Table

HEADER_DEPTH = 30
STEM = re.compile(r"^(?:noi dung (?:cau hoi|cau)|cau hoi|cau dan|de bai|cau hoi trac nghiem|question(?: ?text| ?title| ?content)?|stem|noi dung|cau hoi kiem tra|noi dung cau hoi.*|question name)$")  # fmt: skip
NUMBER = re.compile(r"^(?:stt|tt|so tt|so thu tu|no\.?|#|id|ma(?: cau(?: hoi)?)?|cau|cau so|so cau|cau hoi so|question ?(?:no\.?|number|id)|number)$")  # fmt: skip
OPTION = re.compile(
    r"^(?:(?:noi dung )?(?:dap an|phuong an(?: tra loi| lua chon)?|lua chon|tra loi|cau tra loi|cau|pa|da|y|option|answer|choice)(?: ?(?:so|thu))?[ _.\-:]*)?\(?(?P<name>[a-h]|[1-8])\)?$"
)
OPTIONS = re.compile(r"^(?:cac )?(?:phuong an(?: tra loi| lua chon)?|lua chon|dap an lua chon|cau tra loi|options|choices|answers|tra loi|phuong an chon|cac dap an)$")  # fmt: skip
KEY = re.compile(
    r"^(?:dap an(?: dung| chinh xac| chuan)?|phuong an dung|lua chon dung|cau tra loi dung|tra loi dung|cau dung|ket qua(?: dung)?|da(?: dung)?"
    r"|d/a|correct(?:[ _](?:answers?|options?|choice))?|answers?(?:[ _]key)?|keys?|dung|right answer)$"
)
KEY_MARKED = re.compile(
    r"^(?:dap an dung|phuong an dung|correct.*|lua chon dung|cau tra loi dung|tra loi dung|cau dung|dap an chinh xac|answer key|key)\b"
)
LEVEL = re.compile(r"^(?:muc do.*|do kho.*|cap do.*|level.*|difficulty.*|muc|do kho)$")
TOPIC = re.compile(r"^(?:hang muc|chuong.*|chu de.*|chuyen de.*|bai(?: hoc)?|topic|category|tags?|linh vuc|phan|noi dung|module|nhom|noi dung kien thuc|chapter|mon(?: hoc)?)$")  # fmt: skip
EXPLANATION = re.compile(r"^(?:giai thich.*|explanation|solution|loi giai.*|huong dan.*|feedback|can cu.*|ghi chu|co so phap ly|trich dan|nguon|van ban.*)$")  # fmt: skip
TYPE = re.compile(r"^(?:loai(?: cau(?: hoi)?)?|type|question type|dang(?: cau(?: hoi)?)?|kieu.*)$")
ASPECT = re.compile(r"^(?:ly luan.*|ly thuyet ?/.*|loai kien thuc|theory.*|phan loai)$")
ROLES = (("number", NUMBER), ("stem", STEM), ("key", KEY), ("options", OPTIONS), ("level", LEVEL), ("topic", TOPIC),
         ("explanation", EXPLANATION), ("type", TYPE), ("aspect", ASPECT))  # fmt: skip


@dataclass(slots=True)
class Columns:
    """Column indexes by role; ``options`` stand in the order of their letters."""

    width: int
    single: dict[str, int] = field(default_factory=dict)
    options: list[int] = field(default_factory=list)
    guessed: bool = False

    @property
    def complete(self) -> bool:
        """Whether questions can be read: a stem, and options or a key somewhere."""
        return "stem" in self.single and (
            len(self.options) > 1 or "options" in self.single or "key" in self.single
        )


@dataclass(frozen=True, slots=True)
class Header:
    """A header row found: its columns and the first row below it."""

    columns: Columns
    first: int


def plain_head(text: str) -> str:
    """A header cell without case, marks, remarks in brackets, underscores."""
    bare = re.sub(r"\((?![a-h1-8]\)).*?\)|\*", " ", fold(text))
    return re.sub(r"[\s_]+", " ", bare).strip(" .:-")


def find_header(table: Table) -> Header | None:
    """The first row (or pair of rows) that names the columns of questions."""
    texts = [[cell.text for cell in row] for row in table.rows[: HEADER_DEPTH + 1]]
    for index, row in enumerate(texts[:HEADER_DEPTH]):
        if sum(bool(text.strip()) for text in row) < 2:  # noqa: PLR2004 - one filled cell is a title
            continue
        columns = read_header(row, texts[index + 1 :])
        if columns.complete and not _opened_below(columns, row, texts[index + 1 : index + 2]):
            return Header(columns, index + 1)
        if index + 1 < len(texts):
            both = [_stacked(above, below) for above, below in zip(row, texts[index + 1], strict=False)]
            columns = read_header(both, texts[index + 2 :])
            if columns.complete and len(columns.options) > 1:
                return Header(columns, index + 2)
    return None


def _opened_below(columns: Columns, row: list[str], below: list[list[str]]) -> bool:
    """Whether the row below parts ``Phương án`` into A, B, C, D."""
    if columns.options or "options" not in columns.single or not below:
        return False
    both = read_header([_stacked(above, under) for above, under in zip(row, below[0], strict=False)], [])
    return len(both.options) > 1 and not below[0][columns.single["stem"]].strip()


def _stacked(above: str, below: str) -> str:
    """Two header rows as one: the lower cell counts where there is one."""
    return below if below.strip() else above


def read_header(row: list[str], below: list[list[str]]) -> Columns:
    """Roles of the columns of a header row."""
    heads = [plain_head(text) for text in row]
    columns = Columns(width=len(row))
    options: dict[str, int] = {}
    for index, head in enumerate(heads):
        option = OPTION.match(head)
        if option:
            options.setdefault(option["name"], index)
            continue
        for role, pattern in ROLES:
            if pattern.match(head) and (
                role not in columns.single or _better(role, head, heads[columns.single[role]])
            ):
                if role == "stem" and role in columns.single:
                    columns.single.setdefault("topic", columns.single[role])
                columns.single[role] = index
                break
    if {"dung", "sai"} <= set(heads) and columns.single.get("key") == heads.index("dung"):
        del columns.single["key"]  # statements to tick, one a row
    columns.options = _ordered(options)
    _settle(columns, heads, below)
    return columns


def _better(role: str, head: str, known: str) -> bool:
    if role == "stem":
        return known == "noi dung" and head != "noi dung"
    return role == "key" and bool(KEY_MARKED.match(head)) and not KEY_MARKED.match(known)


def _ordered(options: dict[str, int]) -> list[int]:
    """Columns A, B, C … (or 1, 2, 3 …) as far as they go without a gap."""
    names = "abcdefgh" if "a" in options else "12345678"
    ordered: list[int] = []
    for name in names:
        if name not in options:
            break
        ordered.append(options[name])
    return ordered


def _settle(columns: Columns, heads: list[str], below: list[list[str]]) -> None:
    """Words with two meanings: ``Câu hỏi`` over numbers is the number, then ``Nội dung`` is the stem."""
    stem = columns.single.get("stem")
    if stem is not None and _numbers(below, stem):
        columns.single["number"] = stem
        del columns.single["stem"]
        other = columns.single.get("topic")
        if other is not None and heads[other] == "noi dung":
            columns.single["stem"] = columns.single.pop("topic")
    number = columns.single.get("number")
    if (
        "stem" not in columns.single
        and number is not None
        and heads[number] == "cau"
        and not _numbers(below, number)
    ):
        columns.single["stem"] = columns.single.pop("number")
    if not columns.options and "options" not in columns.single and "key" in columns.single:
        _two_answers(columns, heads)


def _two_answers(columns: Columns, heads: list[str]) -> None:
    """``Đáp án`` twice: the first holds the options, the second the key."""
    places = [index for index, head in enumerate(heads) if KEY.match(head)]
    if len(places) > 1 and not KEY_MARKED.match(heads[places[0]]):
        columns.single["options"], columns.single["key"] = places[0], places[-1]


def _numbers(rows: list[list[str]], column: int) -> bool:
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    return bool(cells) and all(re.match(r"^(?:câu\s*)?\d+[.:]?$", cell, re.IGNORECASE) for cell in cells)
