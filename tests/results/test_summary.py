"""Order and summary of rows: laws that always hold, and cases reckoned by hand."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lms.results.gradebook.summary import BANDS, bands, gap, mean_of, median_of
from lms.results.gradebook.table import Outcome, ResultRow, Wanted, arranged, born_key


def row(number: int, total: int | None, theory: int | None = None, practice: int | None = None) -> ResultRow:
    return ResultRow(
        public_id=str(number),
        name=f"Người {number}",
        sort_key=f"{number:05d}",
        search_key=f"nguoi {number}",
        born="",
        unit_id="",
        unit="",
        unit_sort="",
        withdrawn=False,
        attempts=1,
        writing=False,
        outcome=Outcome.NOT_SAT if total is None else Outcome.PASSED if total >= 500 else Outcome.FAILED,
        total=total,
        theory=theory,
        practice=practice,
    )


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=200))
def test_percentages_of_all_bands_sum_to_exactly_100(totals: list[int]) -> None:
    shares = bands(totals)
    assert sum(share.percent for share in shares) == Decimal(100)
    assert sum(share.count for share in shares) == len(totals)


def test_a_border_belongs_to_the_upper_band() -> None:
    for place, (border, _name, _range) in enumerate(BANDS[:-1]):
        assert bands([border])[place].count == 1
        assert bands([border - 1])[place + 1].count == 1


def test_nobody_has_no_share() -> None:
    assert all(share.percent == 0 for share in bands([]))
    assert mean_of([]) is None
    assert median_of([]) is None


def test_mean_and_median_round_half_up() -> None:
    assert mean_of([500, 501]) == 501
    assert median_of([100, 900, 500]) == 500
    assert median_of([100, 500, 601, 900]) == 551


@given(st.lists(st.none() | st.integers(0, 1000), max_size=60), st.sampled_from(["total", "-total"]))
def test_missing_marks_are_last_and_the_others_in_order(totals: list[int | None], sort: str) -> None:
    rows = [row(number, total) for number, total in enumerate(totals)]
    shown = [one.total for one in arranged(rows, Wanted(sort=sort))]
    known = [total for total in shown if total is not None]
    assert known == sorted(known, reverse=sort.startswith("-"))
    assert shown == known + [None] * (len(shown) - len(known))
    assert len(shown) == len(totals)


def test_theory_and_practice_are_parted_by_the_pass_mark() -> None:
    rows = [
        row(1, 800, 800, 800),
        row(2, 500, 500, 499),
        row(3, 500, 499, 500),
        row(4, 100, 100, 100),
        row(5, 800, 800, None),
        row(6, None),
    ]
    found = gap(rows, 500)
    assert (found.both, found.theory_only, found.practice_only, found.neither) == (1, 1, 1, 1)
    assert found.learners == 4


def test_birth_dates_sort_as_given() -> None:
    given_dates = ["22/11/1979", "1979", "02/12/1979", "11/1979", "1980", "?", ""]
    known = sorted((text for text in given_dates if born_key(text)), key=born_key)
    assert known == ["1979", "11/1979", "22/11/1979", "02/12/1979", "1980"]
    assert born_key("?") is None
    assert born_key("") is None
