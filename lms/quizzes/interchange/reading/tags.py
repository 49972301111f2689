"""Tags at the start or end of a stem: level, theory or practice, marks; and the words of columns and headings."""

import re

from lms.core.vietnamese import fold
from lms.quizzes.interchange.reading.vocabulary import ASPECT_WORDS, LEVEL_WORDS, POINTS, TAG
from lms.quizzes.interchange.rich import Rich


def level_of(words: str) -> str | None:
    """The cognitive level that words name; None when they name none."""
    return LEVEL_WORDS.get(_plain(words))


def aspect_of(words: str) -> str | None:
    """Theory or practice."""
    return ASPECT_WORDS.get(_plain(words))


def _plain(words: str) -> str:
    bare = re.sub(r"\s+", " ", fold(words)).strip(" .:-–[]()")
    return re.sub(r"^(?:muc do(?: nhan thuc)?|do kho|level)\s*[:\-]?\s*(?=[a-z])", "", bare)


def tag_meaning(words: str) -> tuple[str | None, str | None]:
    """Level and aspect of a tag; digits alone count as a level only in square brackets of their own family."""
    pieces = re.split(r"\s*[-–,;/|]\s*", words)
    levels = [level for piece in pieces if not piece.isdigit() and (level := level_of(piece))]
    aspects = [aspect for piece in pieces if (aspect := aspect_of(piece))]
    if len(levels) + len(aspects) < len(pieces):
        return None, None
    return (levels[0] if levels else None), (aspects[0] if aspects else None)


def take_tags(content: Rich) -> tuple[Rich, str | None, str | None]:
    """``content`` without the tags and marks at both ends, and what the tags say."""
    level: str | None = None
    aspect: str | None = None
    again = True
    while again:
        again = False
        text = content.text
        start = TAG.match(text.lstrip())
        offset = len(text) - len(text.lstrip())
        end = re.search(TAG.pattern + r"\s*[.:]?\s*$", text)
        for match, at_start in ((start, True), (end, False)):
            if match is None:
                continue
            found = tag_meaning(match["tag"])
            if not any(found) and not POINTS.fullmatch(match.group().rstrip(" .:")):
                continue
            level, aspect = level or found[0], aspect or found[1]
            content = content.slice(offset + match.end()) if at_start else content.slice(0, match.start())
            again = True
            break
    return content, level, aspect
