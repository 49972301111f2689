"""Keys as people write them: letters, numbers, Đúng/Sai, texts."""

import re
from dataclasses import dataclass

from lms.core.vietnamese import fold
from lms.quizzes.interchange.document import Problem
from lms.quizzes.interchange.reading.vocabulary import (
    ANSWER_FORMS,
    HELD_FALSE,
    HELD_TRUE,
    LOOK_ALIKE,
    REASON_WORDS,
)

PREFIX = r"(?i:(?:chọn\s*)?(?:(?:đáp|phương)\s*án|lựa\s*chọn|pa|câu|ý|option)\s*|chọn\s*)?"
LETTER_LIST = re.compile(
    rf"^\s*[(\[]?\s*{PREFIX}(?P<letters>[A-Ha-h](?:\s*(?:,|;|&|\+|/|và|and|\s)\s*[A-Ha-h])*)"
    r"\s*[)\]]?\s*[.]?\s*$"
)
TOGETHER = re.compile(r"^\s*(?P<letters>[A-H]{2,6})\s*[.]?\s*$")
LETTER_AND_TEXT = re.compile(r"^\s*[(\[]?(?P<letter>[A-H])\s*[.):\]\-–]\s*(?P<text>\S.*)$", re.DOTALL)
REASON = re.compile(
    rf"^\s*(?P<letter>[A-H])\s*[.,;:–-]?\s*(?:\((?P<remark>[^()]*)\)|\[(?P<note>[^\[\]]*)\]|(?P<word>{REASON_WORDS})\b.*)"
    r"\s*[.]?\s*$",
    re.IGNORECASE | re.DOTALL,
)
OTHER_LETTER = re.compile(r"(?<![\w.])[A-H](?![\w])")
NUMBERS = re.compile(r"^\s*(?i:(?:đáp|phương)\s*án\s*|pa\s*|option\s*)?\d+(?:\s*[,;]\s*\d+)*\s*[.]?\s*$")
HOLDS = re.compile(
    r"(?P<letter>[a-h])\s*[).:\-–=]?\s*[:\-–=]?\s*\(?(?P<value>đúng|sai|true|false|đ|s|t|f)\b\)?",
    re.IGNORECASE,
)
HOLD_RUN = re.compile(
    r"^\s*(?:đúng|sai|true|false|[ĐSTFđstf])(?:[\s,;/|\-–]*(?:đúng|sai|true|false|[ĐSTFđstf]))+\s*[.]?\s*$"
)
HOLD_ONE = re.compile(r"đúng|sai|true|false|[ĐSTFđstf]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was read: the key itself, and what is odd about how it was written."""

    values: tuple[str, ...] = ()
    problem: Problem | None = None


def same_text(first: str, second: str) -> bool:
    """Whether two texts are the same but for case, blanks and punctuation (unless there is nothing else)."""
    return _bare(first) == _bare(second)


def _bare(text: str) -> str:
    letters = "".join(char for char in text.casefold() if char.isalnum())
    return letters or re.sub(r"\s+", "", text)


def _letters_at(indexes: list[int]) -> tuple[str, ...]:
    return tuple(chr(ord("A") + index) for index in sorted(set(indexes)))


def choice_key(written: str, options: list[str], place: str) -> Key:
    """The key of a choice: letters in order. Raises nothing; what can't be understood is a problem."""
    text = written.translate(LOOK_ALIKE).strip().strip("“”\"‘’'*{}").strip() or written.strip()
    by_text = [index for index, option in enumerate(options) if option.strip() and same_text(option, text)]
    letters = letter_list(text)
    if letters is not None:
        if any(ord(letter) - ord("A") >= len(options) for letter in letters):
            return Key((), Problem("key_outside", {"key": text, "count": len(options)}, place))
        return Key(_letters_at([ord(letter) - ord("A") for letter in letters]))
    reasoned = _reasoned(text, options) if len(by_text) != 1 else None
    if reasoned is not None:
        return Key((reasoned,))
    both = LETTER_AND_TEXT.match(text)
    if both and len(by_text) != 1:
        return _letter_with_text(both["letter"], both["text"], options, place)
    if NUMBERS.match(text):
        return _numbered(text, by_text, options, place)
    if len(by_text) == 1:
        return Key(_letters_at(by_text))
    held = truth(text)
    if held is not None:
        matching = [index for index, option in enumerate(options) if truth(option) == held]
        if len(matching) == 1:
            return Key(_letters_at(matching))
    return Key((), Problem("key_unreadable", {"key": written.strip()[:60]}, place))


def letter_list(text: str) -> list[str] | None:
    """The letters of ``A, C`` or ``AC``; None for anything else."""
    match = LETTER_LIST.match(text) or TOGETHER.match(text)
    if match is None:
        return None
    return [
        letter.upper()
        for letter in re.findall(r"\b[A-Ha-h]\b" if LETTER_LIST.match(text) else "[A-H]", match["letters"])
    ]


def _reasoned(text: str, options: list[str]) -> str | None:
    """The letter of ``B (Điều 4)`` or ``B. Vì …``; None where an option might read like the reason."""
    match = REASON.match(text)
    if match is None or ord(match["letter"].upper()) - ord("A") >= len(options):
        return None
    remark = match["remark"] or match["note"] or ""
    if OTHER_LETTER.search(remark) and not same_text(
        remark, options[ord(match["letter"].upper()) - ord("A")]
    ):
        return None  # ``A (C cũng đúng)``
    word = (match["word"] or "").casefold()
    alike = any(option.strip().casefold().startswith(word or "(") for option in options)
    return None if alike else match["letter"].upper()


def _letter_with_text(letter: str, text: str, options: list[str], place: str) -> Key:
    index = ord(letter) - ord("A")
    if index >= len(options):
        return Key((), Problem("key_outside", {"key": letter, "count": len(options)}, place))
    if same_text(options[index], text):
        return Key((letter,))
    return Key((letter,), Problem("key_text_differs", {"key": f"{letter}. {text}"[:60]}, place))


def _numbered(text: str, by_text: list[int], options: list[str], place: str) -> Key:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if all(1 <= number <= len(options) for number in numbers):
        positions = [number - 1 for number in numbers]
        if by_text and by_text != positions:
            return Key(_letters_at(positions), Problem("key_number_unclear", {"key": text}, place))
        return Key(_letters_at(positions))
    if len(by_text) == 1:
        return Key(_letters_at(by_text))
    return Key((), Problem("key_outside", {"key": text, "count": len(options)}, place))


def told_key(text: str) -> str | None:
    """The key that a line tells, as it is written there; empty for ``Đáp án:`` alone, None for any other line."""
    found = [match["value"].strip() for form in ANSWER_FORMS if (match := form.match(text))]
    return next(filter(None, found), found[0] if found else None)


def truth(text: str) -> str | None:
    """The letter T or F for a word that says so; None for any other."""
    bare = text.strip()
    if HELD_TRUE.match(bare):
        return "T"
    return "F" if HELD_FALSE.match(bare) else None


def group_key(written: str, count: int, place: str) -> Key:
    """The key of a true/false group: one "T" or "F" for each of ``count`` statements."""
    text = written.strip()
    pairs = {match["letter"].lower(): match["value"] for match in HOLDS.finditer(text)}
    if len(pairs) == count and sorted(pairs) == [chr(ord("a") + index) for index in range(count)]:
        return Key(tuple(_held(pairs[letter]) for letter in sorted(pairs)))
    if HOLD_RUN.match(text):
        values = tuple(_held(word) for word in HOLD_ONE.findall(text))
        if len(values) == count:
            return Key(values)
    return Key((), Problem("key_unreadable", {"key": text[:60]}, place))


def looks_like_group(written: str) -> bool:
    """Whether a key speaks of several statements."""
    return bool(HOLD_RUN.match(written.strip())) or len(HOLDS.findall(written)) > 1


def _held(word: str) -> str:
    return "T" if fold(word)[:1] in {"d", "t"} else "F"


def short_key(written: str) -> tuple[str, ...]:
    """Accepted texts of a short answer: alternatives are parted by ``;`` or ``|``."""
    return tuple(part.strip() for part in re.split(r"[;|]", written) if part.strip())
