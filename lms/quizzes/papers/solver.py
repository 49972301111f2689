"""From a blueprint to a paper: which question fills which place. Pure.

A cell wants so many questions of one topic, level and aspect, or of any where it doesn't say; so cells may compete
for the same question. Places are filled in an order drawn from the seed, and a question that another cell needs more
is handed over along an augmenting path. A blueprint is called unfillable only when no choice of questions fills it.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from lms.core import seeds

Topic = int | str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question version that may be drawn. Those with the same ``stimulus`` stand together on a paper."""

    version_id: int
    question_id: int
    stimulus: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Entry):
    """A version with what blueprints count by."""

    topic: Topic | None
    level: str | None
    aspect: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """``count`` questions of a topic × level × aspect, ``None`` meaning any; ``weight`` in 1/100 point each."""

    topic: Topic | None
    level: str | None
    aspect: str | None
    count: int
    weight: int = 100

    def fits(self, candidate: Candidate) -> bool:
        """Whether the candidate may stand in this cell."""
        return (
            self.topic in (None, candidate.topic)
            and self.level in (None, candidate.level)
            and self.aspect in (None, candidate.aspect)
        )


@dataclass(frozen=True, slots=True)
class CellPool:
    """A cell whose candidates are settled already, as in a released assessment."""

    count: int
    weight: int
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the paper and what stands there; ``cell`` is the index of the cell it fills."""

    cell: int
    version_id: int
    question_id: int
    weight: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """``lacking`` questions are missing for a cell.

    ``available`` fit it in all. ``rivals`` are the other cells that draw on the same questions; when there are any,
    new questions for them help too.
    """

    cell: int
    lacking: int
    available: int
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a draw gave. ``slots`` is a whole paper only when there are no ``shortages``."""

    slots: tuple[Slot, ...]
    shortages: tuple[Shortage, ...]

    @property
    def complete(self) -> bool:
        """Whether every cell got all it wants."""
        return not self.shortages


def solve(cells: Sequence[Cell], pool: Sequence[Candidate], seed: int, *, shuffle: bool = True) -> Drawing:
    """Draw questions for ``cells`` from ``pool``; the same drawing for the same seed, whatever the pool's order.

    No question is drawn twice, in two versions neither. The shortages together are the fewest possible. Slots are in
    an order drawn from the seed, or with ``shuffle=False`` in the cells' order.
    """
    fitting = [
        CellPool(cell.count, cell.weight, [each for each in pool if cell.fits(each)]) for cell in cells
    ]
    return draw(fitting, seed, shuffle=shuffle)


def draw(pools: Sequence[CellPool], seed: int, *, shuffle: bool = True) -> Drawing:
    """:func:`solve` for cells that bring their own candidates. Raises ``ValueError`` on a negative count."""
    if any(pool.count < 0 for pool in pools):
        raise ValueError("a cell can't want fewer than no questions")
    entries = {entry.version_id: entry for pool in pools for entry in pool.entries}
    ranked = seeds.order(entries.values(), seeds.derive(seed, "draw"), lambda entry: entry.version_id)
    rank = {entry.version_id: place for place, entry in enumerate(ranked)}
    matching = _Matching([_one_version_each(pool.entries, rank) for pool in pools])
    shortages = []
    for index, pool in enumerate(pools):
        for filled in range(pool.count):
            rivals = matching.fill(index)
            if rivals is not None:
                available = len(matching.candidates[index])
                shortages.append(Shortage(index, pool.count - filled, available, rivals))
                break
    slots = [
        Slot(cell, version, question, pools[cell].weight)
        for question, cell in matching.cell_of.items()
        for version in (matching.candidates[cell][question],)
    ]
    return Drawing(_arranged(slots, entries, seed, shuffle=shuffle), tuple(shortages))


def _one_version_each(entries: Sequence[Entry], rank: dict[int, int]) -> dict[int, int]:
    """Version by question, in the order drawn; of two versions of one question the first drawn."""
    chosen: dict[int, int] = {}
    for entry in sorted(entries, key=lambda each: rank[each.version_id]):
        chosen.setdefault(entry.question_id, entry.version_id)
    return chosen


class _Matching:
    """Questions given to cells; ``candidates`` maps, for each cell, questions to the version it would use."""

    def __init__(self, candidates: Sequence[dict[int, int]]) -> None:
        self.candidates = candidates
        self.cell_of: dict[int, int] = {}

    def fill(self, cell: int) -> tuple[int, ...] | None:
        """Give ``cell`` one more question, moving others between cells where that is needed.

        Returns ``None`` when it worked, else the other cells that were searched in vain.
        """
        came_by: dict[int, tuple[int, int]] = {}  # cell → (cell that wants its question, that question)
        queue, seen = deque([cell]), {cell}
        while queue:
            wanting = queue.popleft()
            free = next((each for each in self.candidates[wanting] if each not in self.cell_of), None)
            if free is not None:
                self._hand_over(free, wanting, came_by)
                return None
            for question in self.candidates[wanting]:
                holder = self.cell_of[question]
                if holder not in seen:
                    seen.add(holder)
                    came_by[holder] = (wanting, question)
                    queue.append(holder)
        return tuple(sorted(seen - {cell}))

    def _hand_over(self, free: int, to: int, came_by: dict[int, tuple[int, int]]) -> None:
        """Give the free question to ``to``, its old one to the cell that wanted that, and so on back."""
        self.cell_of[free] = to
        while to in came_by:
            wanting, question = came_by[to]
            self.cell_of[question] = wanting
            to = wanting


def _arranged(
    slots: Sequence[Slot], entries: dict[int, Entry], seed: int, *, shuffle: bool
) -> tuple[Slot, ...]:
    """Slots in paper order; the questions of one stimulus follow each other where the first of them stands."""
    order = seeds.derive(seed, "arrange")
    drawn = seeds.order(slots, order, lambda slot: slot.version_id)
    if not shuffle:
        drawn.sort(key=lambda slot: slot.cell)
    first: dict[int | str, int] = {}
    for place, slot in enumerate(drawn):
        stimulus = entries[slot.version_id].stimulus
        if stimulus is not None:
            first.setdefault(stimulus, place)

    def place_of(item: tuple[int, Slot]) -> tuple[int, int]:
        place, slot = item
        stimulus = entries[slot.version_id].stimulus
        return (place if stimulus is None else first[stimulus], place)

    return tuple(slot for _, slot in sorted(enumerate(drawn), key=place_of))
