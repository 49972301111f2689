"""What the software itself can put into a dossier: rooms plug their papers in, item by item."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lms.core.messages import Message
from lms.courses.classes.models import CourseClass

Piece = tuple[str, bytes]
"""A title and a PDF, or a picture."""


@dataclass(frozen=True)
class Source:
    """Papers for one item; ``annex`` ones belong to it but don't make it whole. ``titles`` tells in one statement what there is, as message ids, ``build`` sets it: the two agree."""

    item: str
    titles: Callable[[CourseClass], Sequence[Message | str]]
    build: Callable[[CourseClass], Sequence[Piece]]
    annex: bool = False


sources: dict[str, list[Source]] = {}


def plug_in(source: Source) -> None:
    """Offer papers for an item of the checklist."""
    known = sources.setdefault(source.item, [])
    if source not in known:
        known.append(source)
