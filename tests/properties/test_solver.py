"""The blueprint solver against a search that tries everything."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.papers.solver import Candidate, Cell, CellPool, Entry, draw, solve

topics, levels, aspects = st.sampled_from("xy"), st.sampled_from("nt"), st.sampled_from("lp")


def maybe(part: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | part


cells = st.lists(
    st.builds(Cell, maybe(topics), maybe(levels), maybe(aspects), st.integers(0, 3), st.integers(1, 200)),
    min_size=1,
    max_size=4,
)
candidates = st.builds(
    Candidate,
    version_id=st.integers(1, 1000),
    question_id=st.integers(1, 9),
    stimulus=st.none() | st.just(1),
    topic=topics,
    level=levels,
    aspect=aspects,
)
pools = st.lists(candidates, max_size=10, unique_by=lambda each: each.version_id)
seed_values = st.integers(0, 2**63 - 1)


def least_lacking(wanted: Sequence[Cell], pool: Sequence[Candidate]) -> int:
    """By Hall's theorem (in Ore's form): over all sets of places, wanted less the questions that fit any of them."""
    demands = [cell for cell in wanted if cell.count]
    worst = 0
    for size in range(1, len(demands) + 1):
        for chosen in combinations(demands, size):
            questions = {each.question_id for each in pool for cell in chosen if cell.fits(each)}
            worst = max(worst, sum(cell.count for cell in chosen) - len(questions))
    return worst


def fillable(wanted: Sequence[Cell], pool: Sequence[Candidate]) -> bool:
    """Tries every question in every place."""
    places = [index for index, cell in enumerate(wanted) for _ in range(cell.count)]

    @cache
    def rest(place: int, used: frozenset[int]) -> bool:
        if place == len(places):
            return True
        cell = wanted[places[place]]
        return any(
            rest(place + 1, used | {each.question_id})
            for each in pool
            if each.question_id not in used and cell.fits(each)
        )

    return rest(0, frozenset())


@given(cells, pools, seed_values)
def test_it_fills_what_can_be_filled_and_nothing_else(
    wanted: list[Cell], pool: list[Candidate], seed: int
) -> None:
    drawing = solve(wanted, pool, seed)
    assert drawing.complete == fillable(wanted, pool)
    assert sum(shortage.lacking for shortage in drawing.shortages) == least_lacking(wanted, pool)


@given(cells, pools, seed_values, st.booleans())
def test_each_slot_fits_its_cell_and_no_question_comes_twice(
    wanted: list[Cell], pool: list[Candidate], seed: int, shuffle: bool
) -> None:
    drawing = solve(wanted, pool, seed, shuffle=shuffle)
    by_version = {each.version_id: each for each in pool}
    for slot in drawing.slots:
        assert wanted[slot.cell].fits(by_version[slot.version_id])
        assert by_version[slot.version_id].question_id == slot.question_id
        assert slot.weight == wanted[slot.cell].weight
    assert len({slot.question_id for slot in drawing.slots}) == len(drawing.slots)
    lacking = {shortage.cell: shortage.lacking for shortage in drawing.shortages}
    filled = Counter(slot.cell for slot in drawing.slots)
    for index, cell in enumerate(wanted):
        assert filled[index] + lacking.get(index, 0) == cell.count


@given(cells, pools, seed_values, st.randoms(use_true_random=False))
def test_the_seed_alone_decides(wanted: list[Cell], pool: list[Candidate], seed: int, chance: object) -> None:
    mixed = list(pool)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert solve(wanted, mixed, seed) == solve(wanted, pool, seed)


@given(cells, pools, seed_values)
def test_a_shortage_says_what_is_there_and_who_competes(
    wanted: list[Cell], pool: list[Candidate], seed: int
) -> None:
    for shortage in solve(wanted, pool, seed).shortages:
        fitting = {each.question_id for each in pool if wanted[shortage.cell].fits(each)}
        assert shortage.available == len(fitting)
        assert shortage.cell not in shortage.rivals
        together = [wanted[shortage.cell], *(wanted[rival] for rival in shortage.rivals)]
        questions = {each.question_id for each in pool for cell in together if cell.fits(each)}
        assert sum(cell.count for cell in together) > len(questions)


@given(cells, pools, seed_values, st.booleans())
def test_questions_of_one_stimulus_stand_together(
    wanted: list[Cell], pool: list[Candidate], seed: int, shuffle: bool
) -> None:
    slots = solve(wanted, pool, seed, shuffle=shuffle).slots
    stimuli = {each.version_id: each.stimulus for each in pool}
    places = [place for place, slot in enumerate(slots) if stimuli[slot.version_id] is not None]
    assert places == list(range(min(places, default=0), min(places, default=0) + len(places)))


def test_each_question_of_a_cell_is_about_equally_likely() -> None:
    entries = [Entry(number, number) for number in range(1, 11)]
    counts = Counter(
        slot.version_id for seed in range(4000) for slot in draw([CellPool(3, 100, entries)], seed).slots
    )
    assert sorted(counts) == list(range(1, 11))
    assert all(1050 < count < 1350 for count in counts.values())


def test_order_on_the_paper_varies_with_the_seed() -> None:
    entries = [Entry(number, number) for number in range(1, 5)]
    orders = {
        tuple(slot.version_id for slot in draw([CellPool(4, 100, entries)], seed).slots)
        for seed in range(400)
    }
    assert len(orders) == 24


def test_a_question_is_handed_over_to_the_cell_that_needs_it() -> None:
    pool = [
        Candidate(1, 1, topic="x", level="n", aspect="l"),
        Candidate(2, 2, topic="x", level="t", aspect="l"),
        Candidate(3, 3, topic="y", level="t", aspect="l"),
    ]
    wanted = [Cell(None, None, None, 1), Cell("x", None, None, 1), Cell("x", "n", None, 1)]
    for seed in range(50):
        assert {slot.cell: slot.question_id for slot in solve(wanted, pool, seed).slots} == {0: 3, 1: 2, 2: 1}


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="fewer than no"):
        draw([CellPool(-1, 100, [])], 1)
