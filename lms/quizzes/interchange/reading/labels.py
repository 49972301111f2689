"""Where options begin: labels at line starts, after tabs or wide blanks, and (with care) after single blanks."""

import re
from dataclasses import dataclass, field
from enum import IntEnum

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.reading.vocabulary import LOOK_ALIKE
from lms.quizzes.interchange.rich import Rich, joined

TICKS = "*✓✔√☑■●→[("
LABEL = re.compile(
    r"(?:(?<!\S)(?P<tick>[*✓✔√☑☒☐□■●○→]{1,2}|[(\[][xX][)\]])[^\S\n]*|^\s*[-+•–]\s*)?"
    r"(?P<open>[(\[]?)(?P<letter>[A-HАВСЕa-h])(?P<star>[*✓✔√]?)[^\S\n]*"
    r"(?P<close>[.):\]]|/(?![\d\w])|[-–](?=\s))(?:[.)\]:](?=\s))?"
)
FIRST, SECOND = "A", "B"
PICTURES = re.compile(r"(?:\s*⟦[^⟧]*⟧)+\s*$")
OWN_LABEL = re.compile(r"\s*[(\[]?(?:[^\W\d_]|\d{1,3})\s*[.)\]]\s*\S")


class Strength(IntEnum):
    """How sure it is that a letter is a label, the surest highest."""

    SPACE = 1
    WIDE = 2
    LINE = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A letter that may be a label: in which line, from where to where."""

    line: int
    start: int
    end: int
    letter: str
    upper: bool
    strength: Strength
    ticked: bool
    auto: bool


@dataclass(slots=True)
class Option:
    """An option as it stands: its printed letter, the label with its formatting, the text, and how it was found."""

    letter: str
    label: Rich
    text: Rich
    line: int
    strength: Strength
    ticked: bool = False
    auto: bool = False
    continued: bool = False
    parts: list[Rich] = field(default_factory=list)


def hits_in(line: Line, index: int) -> list[Hit]:
    """Every place of ``line`` that may be an option's label, from left to right."""
    if line.verbatim:
        return []
    text = line.text.translate(LOOK_ALIKE)
    found: list[Hit] = []
    for match in LABEL.finditer(text):
        strength = _strength(line, text, match)
        if strength is None or (bool(match["open"]) and match["close"] not in ")]"):
            continue
        letter = match["letter"]
        ticked = bool((match["tick"] and match["tick"][0] in TICKS) or match["star"])
        auto = line.numbering is not None and match.start() == len(text) - len(text.lstrip())
        found.append(
            Hit(index, match.start(), match.end(), letter.upper(), letter.isupper(), strength, ticked, auto)
        )
    return found


def _strength(line: Line, text: str, match: re.Match[str]) -> Strength | None:
    before = text[: match.start()]
    bare = before.rstrip(" \t\xa0\u2002\u2003\u2009")
    if not PICTURES.sub("", bare).strip():
        return Strength.LINE
    gap = before[len(bare) :]
    if "\t" in gap or len(gap) > 1 or bare.endswith("⟧"):
        return Strength.WIDE
    if _set_off(line.rich, match):
        return Strength.WIDE
    if gap and match["close"] in ".)" and (match.end() >= len(text) or text[match.end()].isspace()):
        return Strength.SPACE
    return None


def _set_off(content: Rich, match: re.Match[str]) -> bool:
    """A bold letter between two texts that are not bold is a label wherever it stands."""
    before = content.slice(match.start() - 1, match.start()).runs
    letter = content.slice(match.start("letter"), match.end("letter")).runs
    after = content.slice(match.end(), match.end() + 3).strip().runs
    if not (before and letter and after):
        return False
    return letter[0].style.bold and not before[0].style.bold and not after[0].style.bold


@dataclass(slots=True)
class Split:
    """The body of a question taken apart: stem lines, options, and lines after the last option."""

    stem: list[Rich] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    trailing: list[Line] = field(default_factory=list)
    odd_labels: bool = False
    crowded: bool = False
    ambiguous: bool = False


def choose(hits: list[Hit]) -> list[Hit]:
    """The hits that are labels, in order: the expected letter first, an odd one only at a line's start.

    Single blanks part options only where nothing surer does, so that ``C. Mác`` stays a name.
    """
    if any(hit.strength == Strength.WIDE for hit in hits):
        hits = [hit for hit in hits if hit.strength > Strength.SPACE]
    upper, lower = [hit for hit in hits if hit.upper], [hit for hit in hits if not hit.upper]
    if _starts(upper) or _starts(lower):
        hits = upper if _starts(upper) >= _starts(lower) else lower
    chosen: list[Hit] = []
    for index, hit in enumerate(hits):
        expected = chr(ord(FIRST) + len(chosen))
        if chosen and chosen[-1].line == hit.line and hit.start < chosen[-1].end:
            continue
        if hit.letter == expected:
            if hit.strength == Strength.LINE or not _better_later(hits[index + 1 :], hit, chosen):
                chosen.append(hit)
        elif hit.strength == Strength.LINE and chosen:
            chosen.append(hit)
    return chosen


def _starts(hits: list[Hit]) -> int:
    """How sure it is that options begin at A among ``hits``; 0 where there is no A."""
    return max((hit.strength for hit in hits if hit.letter == FIRST), default=0)


def _better_later(later: list[Hit], hit: Hit, chosen: list[Hit]) -> bool:
    """Whether the same letter comes again in a surer place, or a weak hit doesn't fit how the options stand."""
    if any(other.letter == hit.letter and other.strength > hit.strength for other in _until_restart(later)):
        return True
    if hit.strength > Strength.SPACE:
        return False
    if not chosen:
        return not any(other.letter == SECOND and other.line == hit.line for other in later)
    first_in_line = [other for other in chosen if other.line == hit.line]
    one_a_line = len(chosen) > 1 and len({other.line for other in chosen}) == len(chosen)
    return not first_in_line or one_a_line


def _until_restart(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if hit.letter == FIRST and hit.strength == Strength.LINE:
            break
        kept.append(hit)
    return kept


def split_options(lines: list[Line], gaps: set[int]) -> Split:
    """Take the lines of one question apart. ``gaps`` holds the indexes of lines that follow an empty line."""
    hits = [hit for index, line in enumerate(lines) for hit in hits_in(line, index)]
    chosen = choose(hits)
    result = Split()
    if not chosen:
        result.stem = [line.rich for line in lines]
        return result
    first = chosen[0]
    letters = [hit.letter for hit in chosen]
    result.stem = [line.rich for line in lines[: first.line]]
    if first.start:
        result.stem.append(lines[first.line].rich.slice(0, first.start))
    for hit, following in zip(chosen, [*chosen[1:], None], strict=True):
        result.options.append(_option(lines, hit, following))
    _continue_options(lines, gaps, chosen, result)
    result.odd_labels |= letters != [chr(ord(FIRST) + index) for index in range(len(letters))]
    result.crowded = any(hit.strength == Strength.SPACE for hit in chosen)
    inline = any(hit.strength < Strength.LINE for hit in chosen)
    result.ambiguous = inline and any(
        hit not in chosen and hit.upper == first.upper and hit.letter in letters[1:]
        for hit in _rivals(hits, chosen)
    )
    return result


def _rivals(hits: list[Hit], chosen: list[Hit]) -> list[Hit]:
    """Hits that might have been labels: after the first one, and as sure as the weakest that is one."""
    first, least = chosen[0], min(hit.strength for hit in chosen)
    return [
        hit for hit in hits if (hit.line, hit.start) > (first.line, first.start) and hit.strength >= least
    ]


def _option(lines: list[Line], hit: Hit, following: Hit | None) -> Option:
    content = lines[hit.line].rich
    end = following.start if following is not None and following.line == hit.line else len(content)
    text = content.slice(hit.end, end).strip()
    if hit.strength == Strength.LINE and hit.start and hit.letter != FIRST:
        text = content.slice(0, hit.start).strip() + text  # a picture that floats before the label
    return Option(
        letter=hit.letter if hit.upper else hit.letter.lower(),
        label=content.slice(hit.start, hit.end),
        text=text,
        line=hit.line,
        strength=hit.strength,
        ticked=hit.ticked,
        auto=hit.auto,
    )


def _continue_options(lines: list[Line], gaps: set[int], chosen: list[Hit], result: Split) -> None:
    """Lines without a label belong to the option before them; after the last option only without a gap."""
    labelled = {hit.line for hit in chosen}
    last = chosen[-1].line
    closed = False
    for index in range(chosen[0].line + 1, len(lines)):
        if index in labelled:
            continue
        line = lines[index]
        if index > last:
            closed = closed or index in gaps or _new_sentence(result.options[-1].text.text, line.text)
            if closed:
                result.trailing.append(line)
                continue
        position = max(place for place, hit in enumerate(chosen) if hit.line < index)
        option = result.options[position]
        result.odd_labels |= _spoilt_label(line.text, chosen[position].letter)
        apart = not line.paragraph or line.paragraph != lines[index - 1].paragraph
        if index < last and apart and _new_sentence(option.text.text, line.text):
            result.trailing.append(line)
        option.text = joined([option.text, line.rich.strip()], " ").strip()
        option.continued = True


def _spoilt_label(text: str, letter: str) -> bool:
    """Whether a line without a label starts with the letter that is due: ``d, …``, ``D …``."""
    due = chr(ord(letter) + 1)
    return re.match(rf"\s*(?:{due}(?!\w)|[.):]\s)", text, re.IGNORECASE) is not None


def _new_sentence(before: str, text: str) -> bool:
    """Whether a line after the last option can't be its continuation."""
    start = text.strip()[:1]
    return (
        not start
        or not (start.islower() or start in ",;)")
        or before.rstrip().endswith((".", "?", "!", ";"))
        or OWN_LABEL.match(text) is not None
    )
