"""Keys read from formatting: which options stand out, family by family, and which family the file uses."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lms.quizzes.interchange.document import Evidence
from lms.quizzes.interchange.reading.drafts import Draft
from lms.quizzes.interchange.reading.labels import Option
from lms.quizzes.interchange.rich import Rich, Style

FAMILIES = (Evidence.UNDERLINE, Evidence.COLOUR, Evidence.HIGHLIGHT, Evidence.BOLD, Evidence.MARK)
WHOLE = 0.8
TRUSTED_SHARE = 0.3
FEW = 3
TICK_AFTER = re.compile(
    r"(?:\s*[✓✔√☑]|(?<=\w[\w.”)])\*|\s\*|\s*[(\[]\s*(?:đúng|đ|x|(?:đáp|phương)\s*án\s*đúng)\s*[)\]]|\s*[=-]+>\s*đúng)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """The options that stand out in one family. ``partial``: only a piece of an option does."""

    letters: tuple[str, ...] = ()
    everything: bool = False
    partial: bool = False
    split: bool = False


def _value(style: Style, family: Evidence) -> str | bool | None:
    if family == Evidence.BOLD:
        return style.bold or None
    if family == Evidence.UNDERLINE:
        return style.underline or None
    return style.colour if family == Evidence.COLOUR else style.highlight


def _coverage(content: Rich, family: Evidence, values: frozenset[str | bool]) -> float:
    """Share of the visible characters that carry the mark; blanks and Word's own labels don't count."""
    total = marked = 0
    for run in content.runs:
        if run.style.auto:
            continue
        size = sum(not char.isspace() and char.isalnum() for char in run.text)
        total += size
        marked += size if _value(run.style, family) in values else 0
    return marked / total if total else 0.0


def marked_in(draft: Draft, family: Evidence) -> Marked:
    """What stands out among the options of a question."""
    options = draft.options
    if family == Evidence.MARK:
        return _made([option.ticked or _ticked_after(option) for option in options], [])
    values = _standing_out(options, family)
    labels = [_coverage(option.label, family, values) > 0 for option in options]
    covers = [_coverage(option.text, family, values) for option in options]
    return _made(labels, covers, [option.auto for option in options])


def _standing_out(options: Sequence[Option], family: Evidence) -> frozenset[str | bool]:
    """Values that some options have and others don't: a blue that all labels share is no mark."""
    found = [
        {value for run in (*option.label.runs, *option.text.runs) if run.text.strip() and not run.style.auto
         and (value := _value(run.style, family)) is not None}
        for option in options
    ]  # fmt: skip
    anywhere = set.union(*found) if found else set()
    if family not in {Evidence.COLOUR, Evidence.HIGHLIGHT}:
        return frozenset(anywhere)
    shared = set.intersection(*found) if found else set()
    if len(found) > 2 and all(found):  # noqa: PLR2004 - of two options neither is the odd one
        # Where every option is coloured, the colour of most is the ink and another one the mark.
        shared |= {value for value in anywhere if 2 * sum(value in own for own in found) > len(found)}
    return frozenset(anywhere - shared or anywhere)


def _made(labels: list[bool], covers: list[float], autos: list[bool] | None = None) -> Marked:
    whole = [cover >= WHOLE for cover in covers]
    some = [cover > 0 for cover in covers]
    count = len(labels)
    if autos and any(autos) and _alike(labels, autos):
        # Word's own labels carry no formatting of the text: where labels say nothing, the texts decide.
        labels = whole
    by_label = [index for index in range(count) if labels[index]]
    by_text = [index for index in range(len(whole)) if whole[index]]
    if by_label and len(by_label) < count:
        # A mark on the label decides; a marked text whose label is plain contradicts it.
        strays = [index for index in by_text if index not in by_label]
        if strays and len(by_text) < count:
            return Marked(_letters(sorted({*by_label, *strays})), split=True)
        return Marked(_letters(by_label))
    if by_text and len(by_text) < count:
        return Marked(_letters(by_text))
    if len(by_text) == count or len(by_label) == count:
        pieces = sum(some)
        return Marked(everything=True, partial=len(by_label) == count and 0 < pieces < count)
    if any(some) and not all(some):
        return Marked(_letters([index for index in range(count) if some[index]]), partial=True)
    return Marked()


def _alike(labels: list[bool], autos: list[bool]) -> bool:
    """Whether the labels that were typed all look the same."""
    typed = {label for label, auto in zip(labels, autos, strict=True) if not auto}
    return len(typed) <= 1


def _letters(indexes: list[int]) -> tuple[str, ...]:
    return tuple(chr(ord("A") + index) for index in indexes)


def _ticked_after(option: Option) -> bool:
    match = TICK_AFTER.search(option.text.text)
    return match is not None and match.start() > 0


def strip_ticks(option: Option) -> None:
    """Take the tick off the end of an option's text."""
    match = TICK_AFTER.search(option.text.text)
    if match is not None and match.start() > 0:
        option.text = option.text.slice(0, match.start()).strip()


@dataclass(frozen=True, slots=True)
class Usage:
    """How a file marks keys: the families it uses, and how many questions each family marks."""

    trusted: tuple[Evidence, ...]
    counts: dict[Evidence, int]
    decoration: frozenset[Evidence]
    total: int


def usage_of(drafts: Sequence[Draft]) -> Usage:
    """Families that mark a proper part of the options in a good share of the questions."""
    choices = [draft for draft in drafts if len(draft.options) > 1]
    counts: Counter[Evidence] = Counter()
    everywhere: Counter[Evidence] = Counter()
    for draft in choices:
        for family in FAMILIES:
            found = marked_in(draft, family)
            if found.letters and not found.partial and not found.split:
                counts[family] += 1
            everywhere[family] += found.everything
    total = len(choices)
    least = 1 if total <= FEW else max(2, TRUSTED_SHARE * total)
    trusted = tuple(family for family in FAMILIES if counts[family] >= least)
    decoration = {family for family in FAMILIES if 2 * everywhere[family] >= total}
    if Evidence.BOLD in trusted and _bled(choices):
        trusted = tuple(family for family in trusted if family != Evidence.BOLD)
        decoration.add(Evidence.BOLD)
    return Usage(trusted, dict(counts), frozenset(decoration), total)


def _bled(choices: Sequence[Draft]) -> bool:
    """Whether the stem's bold type merely runs on into the label of the first option, all through the file."""
    found = [
        (
            marked_in(draft, Evidence.BOLD).letters,
            _coverage(draft.options[0].text, Evidence.BOLD, frozenset({True})),
        )
        for draft in choices
    ]
    first = [letters for letters, cover in found if letters == ("A",) and cover == 0.0]
    return len(first) > FEW and len(first) == sum(bool(letters) for letters, _ in found)
