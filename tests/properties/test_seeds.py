"""Orders can be rebuilt from a seed, and nothing else decides them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lms.core import seeds

seed_values = st.integers(0, 2**63 - 1)
ids = st.lists(st.integers(0, 10**6), unique=True, max_size=30)


@given(ids, seed_values, st.randoms(use_true_random=False))
def test_order_is_a_permutation_that_forgets_the_order_given(
    items: list[int], seed: int, chance: object
) -> None:
    ordered = seeds.order(items, seed, lambda item: item)
    assert sorted(ordered) == sorted(items)
    mixed = list(items)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert seeds.order(mixed, seed, lambda item: item) == ordered


@given(ids, seed_values, st.integers(-1, 40))
def test_pick_is_the_head_of_the_order(items: list[int], seed: int, n: int) -> None:
    picked = seeds.pick(items, n, seed, lambda item: item)
    assert picked == seeds.order(items, seed, lambda item: item)[: max(0, n)]
    assert len(picked) == min(max(0, n), len(items))


@given(ids.filter(lambda items: len(items) > 1), seed_values)
def test_taking_one_away_moves_no_other(items: list[int], seed: int) -> None:
    without = seeds.order(items[1:], seed, lambda item: item)
    assert [each for each in seeds.order(items, seed, lambda item: item) if each != items[0]] == without


@given(seed_values, st.integers(0, 500), st.integers(0, 500))
def test_derived_seeds_are_seeds_and_differ_by_part(seed: int, one: int, other: int) -> None:
    derived = seeds.derive(seed, "slot", one)
    assert 0 <= derived < 2**63
    assert (derived == seeds.derive(seed, "slot", other)) == (one == other)
    assert derived != seeds.derive(seed, "slot", str(one))
    assert derived != seeds.derive(seed, f"slot{one}")


def test_every_order_of_four_is_about_equally_likely() -> None:
    counts = Counter(
        "".join(seeds.order("abcd", seeds.derive(7, "slot", number), str)) for number in range(12_000)
    )
    assert len(counts) == 24
    chi_square = sum((count - 500) ** 2 / 500 for count in counts.values())
    assert chi_square < 58  # 23 degrees of freedom: exceeded once in 10,000 honest draws


def test_the_order_never_changes_between_releases() -> None:
    assert seeds.order(range(1, 11), 20260101, int) == [2, 4, 5, 9, 7, 3, 10, 1, 8, 6]
    assert seeds.derive(20260101, "slot", 3) == 3246789928889093999
