"""Vietnamese text: its normal form, its alphabetical order, its search form, and numbers in words.

Sort keys are strings of ``0-9a-z`` only, so every collation of every database orders them alike, and that order is
the one of ICU's ``vi`` collation: letters first (a ă â b c d đ e ê …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng),
then case (lower before upper), each level over the whole text.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_OWN_LETTERS = {
    ("a", _BREVE): "ă", ("a", _CIRCUMFLEX): "â", ("e", _CIRCUMFLEX): "ê", ("o", _CIRCUMFLEX): "ô",
    ("o", _HORN): "ơ", ("u", _HORN): "ư",
}  # fmt: skip
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PUNCTUATION = " _-–—,;:!?.…'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$"
_WEIGHTS = "23456789abcdefghijklmnopqrstuvwxy"  # one for each letter of the alphabet
_LONGEST_SORTED = 300


def nfc(text: str) -> str:
    """``text`` in composed form (Word on a Mac gives decomposed letters)."""
    return unicodedata.normalize("NFC", text)


def after_class(title: str) -> str:
    """A class's title as it stands after the word "lớp", which most titles themselves begin with."""
    return title[4:] if title[:4].casefold() == "lớp " and title[4:].strip() else title


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_name(text: str) -> str:
    """A name or one-line text as it is stored: NFC, no control or invisible characters, single spaces."""
    spaced = re.sub(r"\s", " ", nfc(text))
    visible = "".join(char for char in spaced if unicodedata.category(char) not in _INVISIBLE)
    return nfc(re.sub(r"\s+", " ", visible).strip())


def fold(text: str) -> str:
    """``text`` in lower case without tones and marks, đ as d; nothing else is changed."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))


def search_key(text: str) -> str:
    """The form in which text is searched: ``Nguyễn  Văn Đức`` → ``nguyen van duc``."""
    return fold(clean_name(text))


def sort_key(full_name: str) -> str:
    """Key of a person's name: the given name (last word) decides, tones and case included, then the rest."""
    rest, _, given = clean_name(full_name).rpartition(" ")
    return _collation_key(given, numeric=False) + _collation_key(rest, numeric=False)


def text_sort_key(text: str) -> str:
    """Key of any other text (a topic, a unit): ICU ``vi`` with numbers by value, so *Bài 2* precedes *Bài 10*.

    Only the first 300 characters count.
    """
    return _collation_key(clean_name(text)[:_LONGEST_SORTED], numeric=True)


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Base letters of Vietnamese (ă and â are letters, à is a with a tone) with the marks left over."""
    base, marks = "", ""
    for char in unicodedata.normalize("NFD", text):
        if base and unicodedata.combining(char):
            own = _OWN_LETTERS.get((base.lower(), char))
            if own is None:
                marks += char
            else:
                base = own.upper() if base.isupper() else own
            continue
        if base:
            yield base, marks
        base, marks = char, ""
    if base:
        yield base, marks


def _units(text: str, *, numeric: bool) -> Iterator[tuple[str, str]]:
    """The elements, with a run of digits taken together when they count by value."""
    digits = ""
    for base, marks in _elements(text):
        if numeric and base in "0123456789" and not marks:
            digits += base
            continue
        if digits:
            yield digits, ""
            digits = ""
        yield base, marks
    if digits:
        yield digits, ""


@lru_cache(maxsize=4096)
def _primary(base: str) -> str:
    """Weight of a letter, a mark or a number; never starts with ``0`` and no weight begins another."""
    letter = _ALPHABET.find(base.lower())
    if letter >= 0:
        return _WEIGHTS[letter]
    if base.isascii() and base.isdigit():
        digits = base.lstrip("0") or "0"
        return f"1c{len(digits):03d}{digits}" if len(digits) > 1 else f"1c001{digits}"
    mark = _PUNCTUATION.find(base)
    if mark >= 0:
        return f"1a{mark:02d}"
    lead = "z" if unicodedata.category(base)[0] == "L" else "1b"
    return f"{lead}{ord(base):06x}"


@lru_cache(maxsize=4096)
def _secondary(marks: str) -> str:
    weights = (_TONES.find(mark) for mark in marks)
    return "1" + "".join("23456"[weight] if weight >= 0 else "7" for weight in weights)


def _collation_key(text: str, *, numeric: bool) -> str:
    """Three levels, each closed by ``0``, which is lower than the first character of every weight."""
    units = list(_units(text, numeric=numeric))
    letters = "".join(_primary(base) for base, _ in units)
    tones = "".join(_secondary(marks) for _, marks in units).rstrip("1")
    cases = "".join("2" if base.isupper() else "1" for base, _ in units).rstrip("1")
    return f"{letters}0{tones}0{cases}0"


_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu", " tỷ")
LARGEST_IN_WORDS = 10**12 - 1
_READ_TOGETHER = 2


def _below_thousand(number: int, *, full: bool) -> str:
    """A group of three digits; ``full`` says the hundreds and ``linh`` even when they are zero."""
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = [f"{_UNITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if units and words:
            words.append("linh")
    else:
        words.append("mười" if tens == 1 else f"{_UNITS[tens]} mươi")
    if units == 0:
        return " ".join(words)
    after_ten = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"} if tens > 1 else {}
    return " ".join([*words, after_ten.get(units, _UNITS[units])])


def _whole_words(number: int) -> str:
    if number == 0:
        return _UNITS[0]
    groups: list[str] = []
    for place in reversed(range(len(_GROUPS))):
        group = number // 1000**place % 1000
        if group:
            groups.append(_below_thousand(group, full=bool(groups)) + _GROUPS[place])
    return " ".join(groups)


def number_words(number: Decimal | int) -> str:
    """A number in words, first letter large: 8.3 → *Tám phẩy ba*, 10 → *Mười*, 7.25 → *Bảy phẩy hai mươi lăm*.

    Zeros at the end are not said. Decimals that begin with 0, or more than two of them, are said digit by digit.
    Raises ``ValueError`` above 999 999 999 999 or for what is not finite.
    """
    value = Decimal(number)
    if not value.is_finite() or abs(value) > LARGEST_IN_WORDS + 1:
        msg = f"no words for {number}"
        raise ValueError(msg)
    whole, _, decimals = f"{abs(value):f}".partition(".")
    if int(whole) > LARGEST_IN_WORDS:
        msg = f"no words for {number}"
        raise ValueError(msg)
    decimals = decimals.rstrip("0")
    words = _whole_words(int(whole))
    if decimals.startswith("0") or len(decimals) > _READ_TOGETHER:
        words += " phẩy " + " ".join(_UNITS[int(digit)] for digit in decimals)
    elif decimals:
        words += " phẩy " + _whole_words(int(decimals))
    if value < 0:
        words = "âm " + words
    return words[0].upper() + words[1:]
