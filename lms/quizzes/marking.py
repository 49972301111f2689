"""Marking an attempt from its slots, answers and the versions asked. Pure and exact.

An item earns a share (0 to 1) of its weight. Sums stay fractions; each figure is rounded once, half up, to one
decimal of the 10-point scale, as the regulations do.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lms.core.rounding import scaled
from lms.quizzes import kinds

THEORY, PRACTICE = "theory", "practice"
SCALE = 10


@dataclass(frozen=True, slots=True)
class MarkingSlot:
    """A place on the paper: its number from 1, the version asked, its weight in 1/100 point."""

    number: int
    version_id: int
    weight: int


@dataclass(frozen=True, slots=True)
class MarkedVersion:
    """What marking needs of a question version; ``topic`` is any id that parts are counted by."""

    kind: str
    content: Mapping[str, object]
    key: Mapping[str, object]
    topic: Hashable
    aspect: str


@dataclass(frozen=True, slots=True)
class SlotMark:
    """The mark of one slot. ``readable`` is false when the stored answer is none that its kind knows (share 0)."""

    slot: int
    version_id: int
    share: Fraction
    weight: int
    answered: bool
    readable: bool = True

    @property
    def earned(self) -> Fraction:
        """Exact 1/100 points."""
        return self.share * self.weight


@dataclass(frozen=True, slots=True)
class PartMark:
    """What a part of the paper earned of its ``maximum``, both in 1/100 point, over ``items`` slots."""

    earned: Fraction
    maximum: int
    items: int

    @property
    def hundredths(self) -> int | None:
        """The mark in hundredths of the 10-point scale, rounded half up to one decimal (8,25 is 830).

        ``None`` for a part without items.
        """
        return scaled(self.earned * SCALE / self.maximum, 10) * 10 if self.maximum else None


@dataclass(frozen=True, slots=True)
class AttemptMarks:
    """All marks of an attempt: by slot, in all, by aspect and by topic (in the order the paper brings them)."""

    items: tuple[SlotMark, ...]
    total: PartMark
    theory: PartMark
    practice: PartMark
    topics: Mapping[Hashable, PartMark]

    @property
    def total_hundredths(self) -> int:
        """The attempt's mark on the 10-point scale in hundredths; 0 for an empty paper."""
        return self.total.hundredths or 0


def mark_slot(slot: MarkingSlot, answer: kinds.Answer, version: MarkedVersion) -> SlotMark:
    """Mark one slot. Raises ``KeyError`` when nobody knows the version's kind."""
    kind = kinds.get(version.kind)
    try:
        parsed = kind.parse(answer)
        share = kind.grade(version.content, version.key, parsed)
    except kinds.MalformedAnswer:
        return SlotMark(slot.number, slot.version_id, Fraction(0), slot.weight, answered=True, readable=False)
    return SlotMark(slot.number, slot.version_id, share, slot.weight, answered=not kind.is_empty(parsed))


def mark_attempt(
    slots: Sequence[MarkingSlot],
    answers: Mapping[int, kinds.Answer],
    versions: Mapping[int, MarkedVersion],
) -> AttemptMarks:
    """Mark a whole attempt; ``answers`` by slot number (a missing one is blank), ``versions`` by version id.

    An answer that can't be read earns nothing and is flagged, so that closing an attempt never fails on it. Raises
    ``KeyError`` for a version that is missing or of an unknown kind.
    """
    items = tuple(mark_slot(slot, answers.get(slot.number), versions[slot.version_id]) for slot in slots)
    by_topic: dict[Hashable, list[SlotMark]] = {}
    for item in items:
        by_topic.setdefault(versions[item.version_id].topic, []).append(item)
    return AttemptMarks(
        items,
        total=_part(items),
        theory=_part(item for item in items if versions[item.version_id].aspect == THEORY),
        practice=_part(item for item in items if versions[item.version_id].aspect == PRACTICE),
        topics={topic: _part(marks) for topic, marks in by_topic.items()},
    )


def _part(items: Iterable[SlotMark]) -> PartMark:
    marks = tuple(items)
    return PartMark(
        sum((mark.earned for mark in marks), Fraction(0)), sum(mark.weight for mark in marks), len(marks)
    )
