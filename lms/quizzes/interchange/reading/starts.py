"""Where questions begin: the numbering style of a file, chosen by what is followed by options."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.reading.answers import told_key
from lms.quizzes.interchange.reading.labels import Strength, hits_in
from lms.quizzes.interchange.reading.tags import level_of, tag_meaning, take_tags
from lms.quizzes.interchange.reading.vocabulary import (
    AFTER_NUMBER,
    ANSWER_LINE,
    BARE_WORD_START,
    BRACKET_START,
    DASH_TAG,
    EXPLANATION,
    LATE_EXPLANATION,
    META,
    RARE_STARTS,
    TAG,
    TYPED_START,
    WORD_START,
)
from lms.quizzes.interchange.rich import Rich

PICTURES = re.compile(r"(?:\s*⟦[^⟧]*⟧\s*)+")
HIGHEST_LEVEL = 4
WORD_SHARE = 0.3
RARE_SHARE = 0.8
LIST_SHARE = 0.5
DECIMAL = frozenset({"decimal", "decimalZero"})


class Style(StrEnum):
    """How questions are numbered in a file."""

    WORD = "word"
    BRACKET = "bracket"
    TYPED = "typed"
    AUTO = "auto"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Start:
    """The start of a question: label, number, level and aspect told there, and the rest of the line."""

    label: str
    number: str
    rest: Rich
    level: str | None = None
    aspect: str | None = None


@dataclass(slots=True)
class Numbering:
    """The chosen style; ``lists`` are the automatic lists whose paragraphs are questions."""

    style: Style = Style.NONE
    lists: set[str] = field(default_factory=set)
    bracket_is_level: bool = False
    pattern: re.Pattern[str] = TYPED_START

    def start(self, line: Line) -> Start | None:
        """The start that ``line`` is, or None."""
        if line.verbatim:
            return None
        floating = PICTURES.match(line.text)
        if floating is not None:
            rest = self.start(replace(line, rich=line.rich.slice(floating.end())))
            pictures = line.rich.slice(0, floating.end())
            return replace(rest, rest=pictures + rest.rest) if rest is not None else None
        word = word_start(line)
        if word is not None:
            return word
        if self.style == Style.BRACKET:
            return bracket_start(line, is_level=self.bracket_is_level)
        if self.style == Style.AUTO and line.numbering is not None and line.numbering.list_id in self.lists:
            return auto_start(line)
        if self.style in {Style.TYPED, Style.AUTO} and line.numbering is None:
            wanted = self.style == Style.TYPED or "" in self.lists
            return typed_start(line, self.pattern) if wanted else None
        return None


def _made(line: Line, end: int, label: str, number: str) -> Start:
    rest = line.rich.slice(end)
    dashed = DASH_TAG.match(rest.text)
    told = tag_meaning(dashed["tag"]) if dashed else (None, None)
    rest = rest.slice(dashed.end()) if dashed and any(told) else rest
    rest, level, aspect = take_tags(rest)
    level, aspect = told[0] or level, told[1] or aspect
    cut = AFTER_NUMBER.match(rest.text)
    rest = rest.slice(cut.end()) if cut else rest
    rest, later_level, later_aspect = take_tags(rest)
    cut = AFTER_NUMBER.match(rest.text) if later_level or later_aspect else None
    rest = rest.slice(cut.end()) if cut else rest
    return Start(label, number, rest.strip(), level or later_level, aspect or later_aspect)


def word_start(line: Line) -> Start | None:
    """``Câu 5.``, ``Question 5:``, ``Câu hỏi:``."""
    match = WORD_START.match(line.text)
    if match:
        label = re.sub(r"\s+", " ", match.group().strip(" \t\n-+•*:."))
        return _made(line, match.end(), label, match["number"])
    bare = BARE_WORD_START.match(line.text)
    if bare:
        return _made(line, bare.end(), "", "")
    tag = TAG.match(line.text.lstrip())
    told = tag_meaning(tag["tag"]) if tag else (None, None)
    if tag is None or not any(told):
        return None
    rest = replace(line, rich=line.rich.strip().slice(tag.end()))
    tagged = word_start(rest) if WORD_START.match(rest.text) else None
    return replace(tagged, level=tagged.level or told[0], aspect=tagged.aspect or told[1]) if tagged else None


def bracket_start(line: Line, *, is_level: bool) -> Start | None:
    """``[1] stem`` (a running number or a level) and ``[NB] stem``."""
    match = BRACKET_START.match(line.text)
    if match:
        number = match["number"]
        made = _made(line, match.end(), "" if is_level else f"[{number}]", "" if is_level else number)
        return Start(
            made.label, made.number, made.rest, level_of(number) if is_level else made.level, made.aspect
        )
    tag = TAG.match(line.text.lstrip())
    if tag and any(tag_meaning(tag["tag"])):
        return _made(line, 0, "", "")
    return None


def typed_start(line: Line, pattern: re.Pattern[str] = TYPED_START) -> Start | None:
    """``5. stem`` with the number typed by hand, or written as another ``pattern`` says."""
    match = pattern.match(line.text)
    return _made(line, match.end(), match["number"], match["number"]) if match else None


def auto_start(line: Line) -> Start | None:
    """A paragraph of a decimal list."""
    if line.numbering is None or line.numbering.format not in DECIMAL:
        return None
    label = line.rich.runs[0].text
    return _made(line, len(label), label.strip().rstrip(".:)"), str(line.numbering.value))


def choose_numbering(lines: Sequence[Line]) -> Numbering:
    """The style of a file, judged by how many starts of each style are followed by options or an answer line."""
    readable = [line for line in lines if not line.verbatim and not line.boxed and not line.blank]
    word = _followed(readable, [word_start(line) is not None for line in readable])
    bracket = _followed(readable, [bracket_start(line, is_level=False) is not None for line in readable])
    typed = _followed(
        readable, [line.numbering is None and typed_start(line) is not None for line in readable]
    )
    rare = max(((_rare(readable, pattern), pattern) for pattern in RARE_STARTS), key=lambda pair: pair[0])
    lists = _lists(readable)
    groups = sum(_has_first_option(line) for line in readable)
    auto = max((followed for followed, _ in lists.values()), default=0)
    best = max(word[0], bracket[0], typed[0], auto)
    if word[1] and word[0] >= WORD_SHARE * max(best, rare[0]):
        return Numbering(Style.WORD)
    if rare[0] > best and rare[0] >= RARE_SHARE * groups:
        return Numbering(Style.TYPED, pattern=rare[1])
    if best < WORD_SHARE * max(groups, 1):
        return Numbering(Style.NONE)  # a few numbers in a file without them are headings
    if bracket[0] == best:
        return Numbering(Style.BRACKET, bracket_is_level=_bracket_is_level(readable))
    kept = {name for name, (followed, total) in lists.items() if followed >= LIST_SHARE * total}
    if auto == best:
        if typed[0] > LIST_SHARE * typed[1]:
            kept.add("")
        return Numbering(Style.AUTO, kept)
    return (
        Numbering(Style.TYPED)
        if typed[0] >= WORD_SHARE * typed[1] or not auto
        else Numbering(Style.AUTO, kept)
    )


def _rare(lines: list[Line], pattern: re.Pattern[str]) -> int:
    """How many starts of a rare way of numbering are followed by options."""
    return _followed(
        lines, [line.numbering is None and pattern.match(line.text) is not None for line in lines]
    )[0]


def _lists(lines: list[Line]) -> dict[str, tuple[int, int]]:
    names = {
        line.numbering.list_id
        for line in lines
        if line.numbering is not None and line.numbering.format in DECIMAL
    }
    return {
        name: _followed(
            lines, [line.numbering is not None and line.numbering.list_id == name for line in lines]
        )
        for name in sorted(names)
    }


def _followed(lines: list[Line], flags: list[bool]) -> tuple[int, int]:
    """How many flagged lines have an option A (or an answer line) before the next flagged one, and how many there are."""
    followed = 0
    waiting = False
    for line, flag in zip(lines, flags, strict=True):
        waiting = waiting or flag
        if waiting and (_has_first_option(line) or is_answer(line)):
            followed += 1
            waiting = False
    return followed, sum(flags)


def _has_first_option(line: Line) -> bool:
    return any(hit.letter == "A" and hit.strength >= Strength.WIDE for hit in hits_in(line, 0))


def is_answer(line: Line) -> bool:
    """Whether a line tells a key."""
    return bool(told_key(line.text))


def is_explanation(line: Line) -> bool:
    """Whether an explanation begins with a line."""
    return EXPLANATION.match(line.text) is not None


def is_note(line: Line) -> bool:
    """Whether a line tells a key, an explanation or a setting of the question above it."""
    text = line.text
    if is_answer(line) or EXPLANATION.match(text) or LATE_EXPLANATION.match(text) or META.match(text):
        return True
    empty = ANSWER_LINE.match(text)
    return empty is not None and not text.isupper()


def _bracket_is_level(lines: list[Line]) -> bool:
    """``[1] [1] [2] [3]`` are levels; ``[1] [2] [3] [4]`` are numbers."""
    values = [int(match["number"]) for line in lines if (match := BRACKET_START.match(line.text))]
    running = values == list(range(values[0], values[0] + len(values))) if values else False
    return bool(values) and not running and max(values) <= HIGHEST_LEVEL
