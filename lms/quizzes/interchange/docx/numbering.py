"""Automatic numbering: which label Word prints before a paragraph (``w:numPr``), counters and restarts included."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lms.quizzes.interchange.blocks import ListLabel
from lms.quizzes.interchange.docx.names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

ALPHABET = 26
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
VIETNAMESE_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Level:
    """How one depth of a list counts."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Lists of a document and their running counters."""

    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def step(self, list_id: str, depth: int) -> tuple[str, ListLabel] | None:
        """Count one paragraph of a list; its printed label and what it counts. None for "no list" and bullets."""
        abstract = self.abstract_of.get(list_id)
        if abstract is None:
            return None
        level = self.levels.get((abstract, depth), Level())
        counters = self.counters.setdefault(abstract, {})
        override = self.overrides.get((list_id, depth))
        if override is not None and (list_id, depth) not in self.started:
            counters[depth] = override - 1
        self.started.add((list_id, depth))
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [key for key in counters if key > depth]:
            del counters[deeper]
        if level.format in {"bullet", "none"}:
            return None
        return self._label(abstract, level, counters), ListLabel(
            list_id, depth, level.format, counters[depth]
        )

    def _label(self, abstract: str, level: Level, counters: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            own = self.levels.get((abstract, depth), Level())
            return formatted(counters.get(depth, own.start), own.format)

        return re.sub(r"%([1-9])", number, level.text)


def formatted(value: int, number_format: str) -> str:
    """A counter as Word prints it."""
    if number_format in {"upperLetter", "lowerLetter"}:
        letter = VIETNAMESE_ALPHABET[(value - 1) % ALPHABET] * ((value - 1) // ALPHABET + 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in {"upperRoman", "lowerRoman"}:
        text, rest = "", value
        for size, digits in ROMAN:
            count, rest = divmod(rest, size)
            text += digits * count
        return text.upper() if number_format == "upperRoman" else text
    if number_format == "decimalZero":
        return f"{value:02d}"
    return str(value)


def _attribute(element: "_Element", path: str, default: str) -> str:
    found = element.find(path)
    return default if found is None else found.get(W + "val", default)


def read_numbering(root: "_Element | None") -> Numbering:
    """The lists of ``word/numbering.xml``."""
    numbering = Numbering()
    if root is None:
        return numbering
    for abstract in root.findall(W + "abstractNum"):
        abstract_id = abstract.get(W + "abstractNumId", "")
        for level in abstract.findall(W + "lvl"):
            numbering.levels[abstract_id, _depth(level)] = _level(level)
    for number in root.findall(W + "num"):
        list_id = number.get(W + "numId", "")
        abstract_id = _attribute(number, W + "abstractNumId", "")
        numbering.abstract_of[list_id] = abstract_id
        for override in number.findall(W + "lvlOverride"):
            start = override.find(W + "startOverride")
            if start is not None:
                numbering.overrides[list_id, _depth(override)] = _whole(start.get(W + "val"), 1)
            own = override.find(W + "lvl")
            if own is not None:
                # A list with levels of its own counts by itself.
                private = f"{abstract_id}/{list_id}"
                if numbering.abstract_of[list_id] != private:
                    copied = {
                        (private, depth): level
                        for (owner, depth), level in numbering.levels.items()
                        if owner == abstract_id
                    }
                    numbering.levels.update(copied)
                    numbering.abstract_of[list_id] = private
                numbering.levels[private, _depth(override)] = _level(own)
    return numbering


def _level(element: "_Element") -> Level:
    return Level(
        format=_attribute(element, W + "numFmt", "decimal"),
        text=_attribute(element, W + "lvlText", "%1."),
        start=_whole(_attribute(element, W + "start", "1"), 1),
    )


def _depth(element: "_Element") -> int:
    return _whole(element.get(W + "ilvl"), 0)


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
