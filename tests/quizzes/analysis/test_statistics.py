"""Item and test statistics: small cases reckoned by hand, laws that always hold, and published figures."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.quizzes.analysis import statistics

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "quizstats"
COLUMNS = {
    "facility": "facility",
    "sd": "sd",
    "covariance": "covariance",
    "mark_variance": "markvariance",
    "rest_variance": "othermarkvariance",
    "discrimination": "discriminationindex",
    "covariance_max": "covariancemax",
    "efficiency": "discriminativeefficiency",
}


def test_an_item_by_hand() -> None:
    """Marks 1 1 0 0 beside a rest of 3 2 2 1: covariance (½·1 + 0 + 0 + ½·1)/3 = ⅓."""
    item = statistics.item_statistics([1, 1, 0, 0], [4, 3, 2, 1], 1)
    assert item.seen == 4
    assert item.facility == 0.5
    assert item.mark_variance == pytest.approx(1 / 3)
    assert item.rest_variance == pytest.approx(2 / 3)
    assert item.covariance == pytest.approx(1 / 3)
    assert item.discrimination == pytest.approx(100 / math.sqrt(2))
    assert item.efficiency == pytest.approx(100)
    assert item.sd_percent == pytest.approx(100 / math.sqrt(3))


def test_an_item_against_the_grain_is_negative() -> None:
    item = statistics.item_statistics([0, 0, 1, 1], [4, 3, 3, 2], 1)
    assert item.discrimination is not None
    assert item.discrimination < 0
    assert item.efficiency is not None
    assert item.efficiency < 0
    assert item.covariance_total is not None
    assert item.covariance_total < 0
    assert statistics.effective_weights([item]) == [None]


def test_nothing_is_claimed_where_nothing_varies() -> None:
    item = statistics.item_statistics([1, 1, 1], [3, 2, 1], 1)
    assert (item.facility, item.sd, item.discrimination, item.efficiency) == (1, 0, None, None)
    single = statistics.item_statistics([1], [1], 1)
    assert (single.sd, single.mark_variance, single.discrimination) == (None, None, None)
    assert statistics.skewness([5, 5, 5]) is None
    assert statistics.kurtosis([1, 2, 3]) is None
    assert statistics.cronbach_alpha([1, 2], [[0, 1], [1, 1]]) is None
    assert statistics.cronbach_alpha([1, 2, 3], [[1, 2, 3]]) is None


def test_no_attempts_is_an_error_not_a_number() -> None:
    with pytest.raises(ValueError, match="no mean"):
        statistics.mean([])
    with pytest.raises(ValueError, match="no median"):
        statistics.median([])
    with pytest.raises(ValueError, match="same number"):
        statistics.covariance([1, 2], [1])


def test_the_test_by_hand() -> None:
    """Two items that always agree: α is 100, no error; totals 0 0 2 2 2 lean to the left."""
    items = [[0, 0, 1, 1, 1], [0, 0, 1, 1, 1]]
    test = statistics.test_statistics([0, 0, 2, 2, 2], items)
    assert (test.attempts, test.mean, test.median) == (5, 1.2, 2)
    assert test.sd == pytest.approx(math.sqrt(1.2))
    assert test.alpha == pytest.approx(100)
    assert test.error_ratio == pytest.approx(0, abs=1e-5)
    assert test.standard_error == pytest.approx(0, abs=1e-5)
    # m3 = (2·(−1.2)³ + 3·0.8³)/5 = −0.384; k3 = 25·m3/12; k2 = 1.2
    assert test.skewness == pytest.approx(-0.8 / 1.2**1.5)
    # m2 = 0.96, m4 = (2·1.2⁴ + 3·0.8⁴)/5 = 1.0752; k4 = 25·(6·m4 − 12·m2²)/24
    assert test.kurtosis == pytest.approx(25 * (6 * 1.0752 - 12 * 0.9216) / 24 / 1.44)


def test_intended_and_effective_weights_are_shares() -> None:
    assert statistics.intended_weight(1, 4) == 25
    assert statistics.intended_weight(1, 0) is None
    items = [
        statistics.item_statistics([1, 1, 0, 0], [4, 3, 2, 1], 1),
        statistics.item_statistics([1, 0, 1, 0], [4, 3, 2, 1], 1),
        statistics.item_statistics([0, 0, 1, 1], [4, 3, 2, 1], 1),
    ]
    weights = statistics.effective_weights(items)
    assert weights[2] is None
    assert sum(weight for weight in weights if weight is not None) == pytest.approx(100)


TABLES = st.integers(3, 12).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=3, max_size=20
    )
)


@given(TABLES)
@settings(max_examples=150)
def test_laws_of_any_class(rows: list[list[int]]) -> None:
    totals = [sum(row) for row in rows]
    columns = list(zip(*rows, strict=True))
    items = [statistics.item_statistics(column, totals, 4) for column in columns]
    for item in items:
        assert 0 <= item.facility <= 1
        assert item.discrimination is None or -100 <= item.discrimination <= 100
        assert item.efficiency is None or item.efficiency <= 100 + 1e-6
        assert item.covariance_total == pytest.approx(item.covariance + item.mark_variance, abs=1e-9)
    spread = statistics.variance(totals)
    assert sum(item.covariance_total or 0.0 for item in items) == pytest.approx(spread, abs=1e-9)
    assert statistics.test_statistics(totals, columns).mean == pytest.approx(
        sum(4 * item.facility for item in items)
    )


@given(TABLES, st.integers(2, 9))
@settings(max_examples=60)
def test_the_scale_of_marks_does_not_matter(rows: list[list[int]], factor: int) -> None:
    totals = [sum(row) for row in rows]
    column = [row[0] for row in rows]
    one = statistics.item_statistics(column, totals, 4)
    other = statistics.item_statistics(
        [factor * mark for mark in column], [factor * total for total in totals], 4 * factor
    )
    assert other.facility == pytest.approx(one.facility)
    assert other.discrimination == pytest.approx(one.discrimination, abs=1e-6)
    assert other.efficiency == pytest.approx(one.efficiency, abs=1e-6)
    shifted = [total + 7 for total in totals]
    assert statistics.skewness(shifted) == pytest.approx(statistics.skewness(totals), abs=1e-6)


def read(name: str) -> list[dict[str, str]]:
    if not PUBLISHED.is_dir():
        pytest.skip("the published data set is not on this machine")
    with (PUBLISHED / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def expected() -> list[dict[str, str]]:
    return read("qstats00.csv")


def of_slot(number: str, keep: set[int] | None = None) -> tuple[list[float], list[float]]:
    rows = read("results00.csv")
    chosen = [row for place, row in enumerate(rows) if keep is None or place in keep]
    return [float(row[f"slots.{number}.mark"]) for row in chosen], [float(row["summarks"]) for row in chosen]


def test_figures_agree_with_a_published_data_set() -> None:
    checked = 0
    for row in expected():
        if row["subqname"] or row["variant"]:
            continue
        marks, totals = of_slot(row["slot"])
        item = statistics.item_statistics(marks, totals, float(row["maxmark"]))
        assert item.seen == int(row["s"])
        for name, column in COLUMNS.items():
            assert getattr(item, name) == pytest.approx(float(row[column]), rel=2e-5), (row["slot"], name)
            checked += 1
    assert checked == 7 * len(COLUMNS)


def test_weights_and_consistency_agree_with_a_published_data_set() -> None:
    whole = [row for row in expected() if not row["subqname"] and not row["variant"]]
    columns = [of_slot(row["slot"])[0] for row in whole]
    totals = of_slot("1")[1]
    items = [statistics.item_statistics(marks, totals, 1) for marks in columns]
    published = [float(row["effectiveweight"]) for row in whole]
    assert statistics.effective_weights(items) == pytest.approx(published, rel=1e-5)
    test = statistics.test_statistics(totals, columns)
    assert test.alpha == pytest.approx(-87.223, abs=1e-3)
    assert test.error_ratio == pytest.approx(100 * math.sqrt(1.87223), abs=1e-2)


def test_questions_drawn_and_variants_agree_with_a_published_data_set() -> None:
    """Only some attempts have them; one drawn at random is compared with the whole total."""
    steps = read("steps00.csv")
    checked = 0
    for row in expected():
        if not (row["subqname"] or row["variant"]):
            continue
        column, wanted = ("randqs.1", row["subqname"]) if row["subqname"] else ("variants.2", row["variant"])
        keep = {place for place, step in enumerate(steps) if step[column] == wanted}
        item = statistics.item_statistics(*of_slot(row["slot"], keep), 1, drawn=bool(row["subqname"]))
        assert item.seen == int(row["s"])
        for name in ("facility", "sd", "discrimination", "efficiency"):
            assert getattr(item, name) == pytest.approx(float(row[COLUMNS[name]]), rel=2e-5)
            checked += 1
    assert checked == 12


def test_whole_papers_agree_with_their_own_sums() -> None:
    """Another data set, of which only raw marks are public: 22 attempts at 20 items, some of weight 0."""
    states = read("mdl_question_states.csv")
    attempts = [states[start : start + 20] for start in range(0, len(states), 20)]
    assert len(attempts) == 22
    assert all(len({row["sumgrades"] for row in attempt}) == 1 for attempt in attempts)
    totals = [float(attempt[0]["sumgrades"]) for attempt in attempts]
    for slot in {row["slot"] for row in states}:
        of_one = [next(row for row in attempt if row["slot"] == slot) for attempt in attempts]
        item = statistics.item_statistics(
            [float(row["mark"]) for row in of_one], totals, float(of_one[0]["maxmark"])
        )
        assert item.seen == 22
        varies = len({row["mark"] for row in of_one}) > 1
        assert (item.discrimination is not None) is varies
