"""A look at what comes next. ``items`` are what is still to be read, the next one last."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.reading.flatten import Item
from lms.quizzes.interchange.reading.keytables import running_pairs
from lms.quizzes.interchange.reading.labels import Hit, Strength, hits_in
from lms.quizzes.interchange.reading.starts import Numbering

NEAR = 4
QUESTION = 14
ANSWER = 8


def _coming(items: Sequence[Item], count: int) -> Iterator[Item]:
    """The next ``count`` items in their order, without empty lines."""
    return (item for item in reversed(items[-count:]) if not isinstance(item, Line) or not item.blank)


def _options(item: Item) -> list[Hit]:
    hits = hits_in(item, 0) if isinstance(item, Line) else []
    return [hit for hit in hits if hit.strength >= Strength.WIDE]


def lone_letter(items: Sequence[Item]) -> bool:
    """Whether a lone letter follows: then ``Đáp án:`` was one question's own."""
    item = next(_coming(items, NEAR), None)
    return isinstance(item, Line) and re.fullmatch(r"\s*[A-H]\s*[.)]?\s*", item.text) is not None


def goes_on(items: Sequence[Item], letter: str) -> bool:
    """Whether the next line is the option ``letter``."""
    item = next(_coming(items, NEAR), None)
    hits = hits_in(item, 0)[:1] if isinstance(item, Line) else []
    return letter > "A" and any(hit.strength == Strength.LINE and hit.letter == letter for hit in hits)


def start_next(items: Sequence[Item], numbering: Numbering) -> bool:
    """Whether the very next line starts a question."""
    item = next(_coming(items, NEAR), None)
    return isinstance(item, Line) and numbering.start(item) is not None


def questions_next(items: Sequence[Item], numbering: Numbering) -> bool:
    """Whether questions with options come next, not answers."""
    started = any(isinstance(item, Line) and numbering.start(item) for item in _coming(items, NEAR))
    return started and any(hit.letter == "A" for item in _coming(items, QUESTION) for hit in _options(item))


def pairs_next(items: Sequence[Item]) -> bool:
    """Whether the next lines tell a letter each: ``Câu 2: C``."""
    coming = list(islice(_coming(items, NEAR), 2))
    return len(coming) > 1 and all(isinstance(item, Line) and running_pairs(item.text) for item in coming)


def options_next(items: Sequence[Item], numbering: Numbering) -> bool:
    """Whether options follow before the next start: then a numbered line among answers is a question."""
    for item in _coming(items, ANSWER):
        if isinstance(item, Line) and numbering.start(item) is not None:
            return False
        if _options(item):
            return True
    return False
