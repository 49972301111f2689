"""Single values of a roster: names, birth dates, phone numbers, genders, as they are really written."""

import datetime as dt
import re
from dataclasses import dataclass

from lms.core import clock
from lms.core.vietnamese import clean_name, fold
from lms.courses.nominations.reading.people import Problem

LONGEST_NAME = 120
EARLIEST, YOUNGEST = 1920, 10
"""No birth year before the first; nobody younger than so many years goes to a class."""
FIRST_SERIAL, LAST_SERIAL = 7306, 47848  # 1/1/1920 and 31/12/2030 as Excel counts days
SERIAL_ZERO = dt.date(1899, 12, 30)
TITLES = re.compile(
    r"^(?:\d{1,3}\s*[.)]\s*)?(?:(?:đ/c|đc|đồng chí|ông|bà|anh|chị|em)\s*[.:]?\s+|(?:th\.?s|ts|pgs|gs|bs|ks)[.:]\s*|(?:th\.s)\s+)*(?=\S+\s+\S)",
    re.IGNORECASE,
)
ODD_IN_NAME = re.compile(r"[0-9@#$%^&*_=+<>{}\[\]|\\/!?;:]")
TIME = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:am|pm|sa|ch))?$", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LETTERS = re.compile(r"[^\W\d_]+")
PHONE_DIGITS = (9, 10, 11)
EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+\-]*@(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,24}")
LONGEST_EMAIL = 120
NO_EMAIL = frozenset({"", "-", "–", "không", "không có", "ko", "0", "x", "chưa có"})
GENDERS = ("nam", "nữ")
"""As they are stored."""
FEMALE = frozenset({"nu", "f", "female", "gai", "woman"})
MALE = frozenset({"nam", "m", "male", "trai", "man"})


@dataclass(frozen=True, slots=True)
class Read:
    """A value and what is odd about it."""

    value: str
    problems: tuple[Problem, ...] = ()


def split_name(text: str) -> tuple[str, str]:
    """A name and what a cell says behind it: ``Lê Văn Một, Bí thư chi bộ`` or ``Trần Hai - Chủ tịch``."""
    match = re.search(r"\s*[,;]\s*|\s+[-–]\s+", text)
    if match is None or len(LETTERS.findall(text[: match.start()])) < 2:  # noqa: PLR2004 - no whole name before it
        return text, ""
    return text[: match.start()], clean_name(text[match.end() :])


def read_name(text: str) -> Read:
    """A name in its usual case and composition: ``NGUYỄN  VĂN AN`` → ``Nguyễn Văn An``."""
    name = clean_name(re.sub(r"\([^()]*\)", " ", text)).strip(" .,;:-*")
    name = clean_name(TITLES.sub("", name))
    name = " ".join(_cased(word) for word in name.split())
    problems = []
    if sum(len(LETTERS.findall(line)) > 1 for line in text.split("\n")) > 1:
        problems.append(Problem("name_lines"))
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rstrip()
        problems.append(Problem("name_long"))
    if name and ODD_IN_NAME.search(name):
        problems.append(Problem("name_odd"))
    elif name and " " not in name:
        problems.append(Problem("name_short"))
    return Read(name, tuple(problems))


def _cased(word: str) -> str:
    """A word all in capitals, or all in small letters, with one capital for each part (``H'MEN`` → ``H'Men``)."""
    letters = "".join(LETTERS.findall(word))
    if (letters.isupper() and len(letters) > 1) or letters.islower():
        return LETTERS.sub(lambda match: match[0][0].upper() + match[0][1:].lower(), word)
    return word


def read_birth(text: str) -> Read:
    """A birth date as it is stored: a full date, a month or a year alone; empty when it can't be understood."""
    bare = clean_name(text).strip("'’‘`~ ")
    words = re.sub(r"(?:ngay|sinh|ns|nam|thang|khoang|:)|\([^()\d]*\)", " ", fold(bare))
    parts = [part for part in re.split(r"[\s/.\-,\\]+", words) if part]
    if not parts or not any(any(sign.isdigit() for sign in part) for part in parts):
        return Read("", (_unreadable(bare),)) if re.search(r"\w", bare) else Read("")
    without_time = TIME.sub("", bare)
    if len(parts) > 3 and without_time != bare:  # noqa: PLR2004
        return read_birth(without_time)
    if len(parts) == 3 and parts[1] in MONTHS:  # noqa: PLR2004 - 15-Aug-79
        parts[1] = str(MONTHS.index(parts[1]) + 1)
    if not all(part.isascii() and part.isdigit() for part in parts):
        return Read("", (_unreadable(bare),))
    found = _dated(parts, bare)
    return found if found is not None else Read("", (_unreadable(bare),))


def _unreadable(text: str) -> Problem:
    return Problem("born_unreadable", {"text": text[:40]})


def _dated(parts: list[str], text: str) -> Read | None:
    if len(parts) == 1:
        return _alone(parts[0], text)
    if len(parts[0]) == 4:  # noqa: PLR2004 - 1979-11-22
        parts.reverse()
    if len(parts) not in {2, 3} or len(parts[-1]) not in {2, 4}:
        return None
    year = _year(parts[-1])
    day, month = (int(parts[0]), int(parts[1])) if len(parts) == 3 else (0, int(parts[0]))  # noqa: PLR2004
    return _checked(day, month, year, text, two_digits=len(parts[-1]) == 2)  # noqa: PLR2004


def _alone(digits: str, text: str) -> Read | None:
    """A year, a day as Excel counts them, or a date without signs between."""
    number = int(digits)
    if len(digits) == 4:  # noqa: PLR2004
        return _checked(0, 0, number, text)
    if len(digits) == 5 and FIRST_SERIAL <= number <= LAST_SERIAL:  # noqa: PLR2004
        day = SERIAL_ZERO + dt.timedelta(days=number)
        return _checked(day.day, day.month, day.year, text)
    if len(digits) in {7, 8}:
        digits = digits.zfill(8)  # Excel takes the zero from the front of 05081979
        found = _checked(int(digits[:2]), int(digits[2:4]), int(digits[4:]), text)
        return found or _checked(int(digits[6:]), int(digits[4:6]), int(digits[:4]), text)
    if len(digits) == 2:  # noqa: PLR2004
        return _checked(0, 0, _year(digits), text, two_digits=True)
    return None


def _year(digits: str) -> int:
    """Two digits mean the latest year that a person who studies can be born in."""
    if len(digits) == 4:  # noqa: PLR2004
        return int(digits)
    latest = clock.to_local(clock.now()).year - YOUNGEST
    century = latest // 100 * 100
    return century + int(digits) - (100 if century + int(digits) > latest else 0)


def _checked(day: int, month: int, year: int, text: str, *, two_digits: bool = False) -> Read | None:
    problems: list[Problem] = []
    swapped = month > 12 >= day > 0  # noqa: PLR2004
    if swapped:
        day, month = month, day
    if month > 12 or not 1000 <= year <= 9999:  # noqa: PLR2004
        return None
    if day and month:
        try:
            dt.date(year, month, day)
        except ValueError:
            return None
    born = f"{month:02d}/{year}" if month else str(year)
    born = f"{day:02d}/{born}" if month and day else born
    if swapped:
        problems.append(Problem("born_swapped", {"text": text[:40], "born": born}))
    if two_digits:
        problems.append(Problem("born_two_digits", {"text": text[:40], "born": born}))
    if not EARLIEST <= year <= clock.to_local(clock.now()).year - YOUNGEST:
        problems.append(Problem("born_odd", {"year": year}))
    return Read(born, tuple(problems))


def read_phone(text: str) -> Read:
    """The first phone number of a cell, with the zero that Excel takes from its front."""
    bare = clean_name(text)
    if not bare:
        return Read("")
    first = re.split(r"\s*[;,/|\n]\s*|\s+[-–]\s+|\s{2,}", bare)[0]
    digits = re.sub(r"[^0-9]", "", first)
    for prefix in ("0084", "84"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in {9, 10}:
            digits = "0" + digits[len(prefix) :].removeprefix("0")
    if len(digits) == 9 and digits[0] in "35789":  # noqa: PLR2004
        digits = "0" + digits
    if digits.startswith("0") and len(digits) in {10, 11} and not re.search(r"[^\W\d_]{3,}", first):
        return Read(digits)
    return Read("", (Problem("phone_odd", {"text": bare[:40]}),))


def read_email(text: str) -> Read:
    """The first address of a cell; nothing for one that can't be."""
    bare = clean_name(text)
    if bare.casefold() in NO_EMAIL:
        return Read("")
    first = (
        re.split(r"[\s;,/|<>]+(?=\S*@)|[;,|>]", re.sub(r"\s*@\s*", "@", bare).strip("<> "))[0]
        .strip(" .;,<>()")
        .casefold()
    )
    first = first.removeprefix("mailto:")
    if len(first) <= LONGEST_EMAIL and EMAIL.fullmatch(first) and ".." not in first:
        return Read(first)
    return Read("", (Problem("email_odd", {"text": bare[:60]}),))


def without_email(text: str) -> tuple[str, str]:
    """What a cell for phones holds beside an address, and the address."""
    match = re.search(r"\S+@\S+", text)
    return (
        (text, "")
        if match is None
        else (f"{text[: match.start()]} {text[match.end() :]}".strip(" ;,/|"), match[0])
    )


def read_gender(text: str) -> str:
    """``nam``, ``nữ`` or nothing."""
    word = fold(clean_name(text)).strip(" .")
    return "nữ" if word in FEMALE else "nam" if word in MALE else ""


def is_ticked(text: str) -> bool:
    """Whether a cell under *Nữ* or *Nam* holds a sign: anything but a no."""
    return fold(clean_name(text)) not in {"", "0", "-", "khong", "false", "sai", "o"}
