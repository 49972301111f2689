"""Where a question turns into the next one: headings with a number or a letter, numbers out of turn."""

from collections.abc import Sequence
from enum import Enum, auto

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.document import Kind
from lms.quizzes.interchange.reading import ahead, headings
from lms.quizzes.interchange.reading.drafts import Segment
from lms.quizzes.interchange.reading.flatten import Item
from lms.quizzes.interchange.reading.labels import Hit, Strength, hits_in
from lms.quizzes.interchange.reading.starts import Numbering, Start, Style

WITHOUT_OPTIONS = frozenset({Kind.SHORT_ANSWER, Kind.ESSAY, Kind.TRUE_FALSE_GROUP})
ENOUGH = "D"


class Turn(Enum):
    """What a start below a question without options makes of that question."""

    HEADING = auto()
    QUESTION = auto()
    UNSURE = auto()


def following(letters: set[str]) -> str:
    """The letter after the last of ``letters``."""
    return chr(ord(max(letters)) + 1) if letters else "A"


def following_number(number: str) -> str:
    """The number after ``number``; empty where it is no whole number."""
    return str(int(number) + 1) if number.isdigit() else ""


def at(above: Segment, start: Start, numbering: Numbering, done: str, items: Sequence[Item]) -> Turn:
    """How ``start`` follows a numbered line; ``done`` is the number of the last question that was complete.

    ``2. Nội dung thông hiểu`` between the questions 4 and 5 is a heading: the count goes on past it.
    """
    if numbering.style == Style.WORD or not above.numbered or len(above.lines) != 1:
        return Turn.UNSURE
    text = above.lines[0].text.strip()
    heading = len(text) <= headings.SHORT_HEADING and not text.endswith(("?", ":", "…", "..."))
    wanted = following_number(done)
    if wanted and start.number == wanted != above.number:
        return Turn.HEADING if heading else Turn.QUESTION
    again = start.number == above.number or start.number == "1" != above.number
    return Turn.HEADING if again and heading and ahead.options_next(items, numbering) else Turn.UNSURE


def surprising(above: Segment, start: Start) -> bool:
    """Whether a start cuts off a question that has no options yet, out of turn or in mid-sentence."""
    part = above.context.part
    if not (above.numbered and above.number and start.number) or (
        part is not None and part.kind in WITHOUT_OPTIONS
    ):
        return False
    inside = not start.label.endswith((":", ".")) and start.rest.text[:1].islower()
    return inside or start.number not in {following_number(above.number), "1"}


def lettered_heading(line: Line, label: Hit, letters: set[str], own: Sequence[Line]) -> bool:
    """``B. VẬN DỤNG``, ``E. NÂNG CAO``: not the option that is due, below options that are not in capitals.

    ``letters`` and ``own`` are the labels and lines of the question above.
    """
    rest = line.text[label.end :].strip()
    if label.letter == following(letters) and ENOUGH not in letters:
        return False
    if not (headings.is_capital(rest) or (ENOUGH in letters and headings.meaning(rest))):
        return False
    return not any(hits_in(one, 0) and headings.is_capital(one.text) for one in own)


def runs_on(above: Segment, line: Line, letters: set[str], *, plain: bool) -> bool:
    """Whether a heading may be text of the question above: labels it lacks, or bold like its last line and ``plain``."""
    strange = any(hit.strength == Strength.LINE and hit.letter not in letters for hit in hits_in(line, 0))
    return strange or (plain and headings.is_bold(line) and headings.is_bold(above.lines[-1]))
