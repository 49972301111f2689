"""Headings between questions: parts, topics, levels, shared texts, sections of answers."""

import re
from typing import Any

from lms.core.vietnamese import fold
from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.document import Kind
from lms.quizzes.interchange.reading.drafts import Context, Stimulus
from lms.quizzes.interchange.reading.tags import aspect_of, level_of
from lms.quizzes.interchange.reading.vocabulary import (
    CHOICE_HINT,
    ESSAY_HINT,
    GROUP_HINT,
    INSTRUCTION,
    KEY_HEADING,
    LETTER_HEADING,
    PART,
    RANGE,
    ROMAN_HEADING,
    SHORT_HINT,
    STIMULUS,
    TOPIC,
)

SECTION = re.compile(
    r"^\s*(?:(?:bảng\s+)?đáp\s*án\s*)?(?P<word>phần|part|chương|chuyên\s*đề|chủ\s*đề|bài|mục|nội\s*dung)\s*(?P<number>[IVX]{1,5}|\d{1,2}|[A-D])\b",
    re.IGNORECASE,
)
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
CONTINUES = re.compile(r"\d+\s+[^\W\d_]|[,;)]")
LONGEST_HEADING = 220
SHORT_HEADING = 120


def kind_of(text: str) -> Kind | None:
    """The kind of question that a part's heading announces."""
    for pattern, kind in (
        (SHORT_HINT, Kind.SHORT_ANSWER),
        (CHOICE_HINT, Kind.SINGLE_CHOICE),
        (GROUP_HINT, Kind.TRUE_FALSE_GROUP),
        (ESSAY_HINT, Kind.ESSAY),
    ):
        if pattern.search(text):
            return kind
    return None


def is_part(line: Line, *, complete: bool) -> bool:
    """Whether a line that starts with ``Phần I`` is a heading and not a sentence."""
    text = line.text.strip()
    match = PART.match(text)
    if match is None:
        return False
    if text.startswith(("PHẦN", "PART")):
        return True
    rest = match["rest"].strip()
    headed = not rest or rest[0] in ".:-–—)" or line.heading
    return headed and (complete or is_bold(line))


def is_bold(line: Line) -> bool:
    """Whether a line is bold throughout."""
    runs = [run for run in line.rich.runs if run.text.strip() and not run.style.auto]
    return bool(runs) and all(run.style.bold for run in runs)


def is_capital(text: str) -> bool:
    """Whether a line is written in capitals throughout."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and not any(char.islower() for char in letters)  # noqa: PLR2004


def meaning(text: str) -> dict[str, Any]:
    """Level or aspect that a heading's words say."""
    bare = re.sub(
        r"^\s*(?:phần|part)?\s*(?:(?:[IVX]{1,5}|[A-H]|\d{1,2})(?!\w))?\s*[.:)\-–/]*\s*",
        "",
        text,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r"\(.*?\)|^(?:câu\s*hỏi|các\s*câu(?:\s*hỏi)?)\s*", "", bare, flags=re.IGNORECASE).strip(
        " .:"
    )
    bare = re.sub(r"^(?:mức\s*độ|nội\s*dung)\s+", "", bare.lstrip("*+-•– "), flags=re.IGNORECASE)
    found: dict[str, Any] = {}
    level, aspect = level_of(bare), aspect_of(bare)
    if level and not bare.isdigit():
        found["level"] = level
    if aspect:
        found["aspect"] = aspect
    return found


def is_key_heading(text: str) -> bool:
    """``ĐÁP ÁN``, ``BẢNG ĐÁP ÁN``, ``Answer key``."""
    return bool(KEY_HEADING.match(text)) and len(text) < SHORT_HEADING


def is_loud_key_heading(line: Line) -> bool:
    """A heading of answers in capitals, or one that says *bảng*: it ends even a question without options."""
    text = line.text.strip()
    return is_key_heading(text) and (is_capital(text) or text.casefold().startswith("bảng"))


def section_name(text: str) -> str:
    """Which part or chapter a heading opens, ``phan 2``, however it writes the number; empty for no heading."""
    match = SECTION.match(text)
    if match is None:
        return ""
    number = match["number"]
    value = (
        number
        if number.isdigit()
        else str(ROMANS.index(number.upper()) + 1)
        if number.upper() in ROMANS
        else number
    )
    word = re.sub(r"\s+", "-", fold(match["word"]))
    return f"{word} {value.lower()}"


def stimulus_of(line: Line) -> Stimulus | None:
    """A text for several questions (``trả lời câu 5 đến 7``) or an instruction for those that follow."""
    text = line.text.strip()
    span = RANGE.search(text)
    if span and (STIMULUS.match(text) or re.search(r"trả\s*lời|answer", text, re.IGNORECASE)):
        return Stimulus(text, int(span["first"]), int(span["last"]))
    if INSTRUCTION.match(text):
        return Stimulus(text, instruction=True)
    if STIMULUS.match(text):
        return Stimulus(text)
    return None


def heading_of(line: Line, *, strict: bool) -> dict[str, Any] | None:
    """What a heading between questions changes: topic, level, aspect; ``{}`` for one that changes nothing.

    ``strict`` leaves out what only looks like a heading: in a file without numbers it may be a stem.
    """
    text = line.text.strip()
    if len(text) > LONGEST_HEADING:
        return None
    topic = TOPIC.match(text)
    if topic and _headed(line, topic["title"]):
        return {"topic": re.sub(r"\s+", " ", text).strip(" :.-–"), "level": None}
    found = meaning(text)
    if found and (line.heading or len(text) < SHORT_HEADING):
        return found
    if LETTER_HEADING.match(text) or (ROMAN_HEADING.match(text) and (is_capital(text) or is_bold(line))):
        return {}
    if (
        line.heading
        or is_capital(text)
        or (
            not strict
            and is_bold(line)
            and not (text[:1].islower() or CONTINUES.match(text))
            and len(text) < SHORT_HEADING
            and not text.endswith(("?", ":"))
        )
    ):
        return {}
    if re.match(r"^\s*\d+\s*[-–]\s*points?\b", text, re.IGNORECASE):
        return {}
    return None


def _headed(line: Line, title: str) -> bool:
    bare = title.strip()
    return (
        line.heading
        or not bare
        or is_capital(line.text)
        or is_bold(line)
        or (bare[:1].isupper() and not bare.endswith("?"))
    )


def stimulus_for(context: Context, number: str) -> Stimulus | None:
    """The shared text that holds for a question of this number."""
    stimulus = context.stimulus
    if stimulus is None or stimulus.first is None or not number.isdigit():
        return stimulus
    return stimulus if stimulus.first <= int(number) <= (stimulus.last or stimulus.first) else None
