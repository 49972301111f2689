"""The leader's figures: exact, counted beside their shares, and said in words."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.centre.leading.figures import KNOWN, Gap, Learner, Marks, bands, not_started
from lms.centre.leading.words import gap_words

hundredths = st.one_of(st.none(), st.integers(0, 1000))


@st.composite
def some_marks(draw: st.DrawFn) -> list[Marks]:
    titles = st.sampled_from(["Giỏi", "Khá", "Không đạt", ""])
    return [
        Marks(
            draw(st.integers(1, 3)), draw(hundredths), draw(hundredths), draw(hundredths), draw(titles), True
        )
        for _ in range(draw(st.integers(0, 40)))
    ]


@given(some_marks())
def test_a_table_of_bands_sums_to_a_hundred_and_loses_nobody(marks: list[Marks]) -> None:
    table = bands(marks)
    assert sum(one.count for one in table) == len(marks)
    assert sum(one.share for one in table) == (Decimal("100.00") if marks else 0)
    for one in table:
        exact = Fraction(100 * one.count, len(marks))
        assert abs(Fraction(one.share) - exact) < Fraction(1, 100)


@given(some_marks())
def test_the_gap_counts_each_learner_once(marks: list[Marks]) -> None:
    gap = Gap.of(marks)
    both = [one for one in marks if one.theory is not None and one.practice is not None]
    assert gap.measured == len(both)
    assert gap.knows_only + gap.does_only <= gap.measured
    assert gap.knows_only == len([one for one in both if one.theory >= KNOWN > one.practice])
    if both:
        mean = Fraction(sum(one.theory or 0 for one in both), len(both))
        assert abs(gap.theory - mean) <= Fraction(1, 2)
    else:
        assert gap.theory is gap.practice is None


def test_twelve_of_thirty_know_but_cannot_do() -> None:
    marks = [Marks(1, 600, 700, 400, "", True)] * 12 + [Marks(1, 600, 700, 700, "", True)] * 18
    (sentence,) = gap_words(Gap.of(marks))
    assert str(sentence).startswith("12/30 biết nhưng chưa vận dụng được")


def test_on_the_border_both_are_mastered() -> None:
    assert Gap.of([Marks(1, 500, 500, 500, "", True)]).knows_only == 0
    assert Gap.of([Marks(1, 500, 500, 499, "", True)]).knows_only == 1


def test_nothing_is_said_of_nobody() -> None:
    assert list(gap_words(Gap.of([]))) == []
    assert list(gap_words(Gap.of([Marks(1, 500, 500, None, "", True)]))) == []


def test_bands_stand_from_the_best_down_and_those_without_one_last() -> None:
    marks = [
        Marks(1, 400, None, None, "Không đạt", False),
        Marks(1, None, None, None, "", False),
        Marks(1, 900, None, None, "Xuất sắc", True),
        Marks(1, 700, None, None, "Khá", True),
    ]
    assert [one.title for one in bands(marks)] == ["Xuất sắc", "Khá", "Không đạt", ""]


def test_a_unit_has_started_when_one_of_its_learners_has() -> None:
    learners = [
        Learner(1, 10, "Một", started=False),
        Learner(1, 10, "Một", started=True),
        Learner(1, 11, "Hai", started=False),
        Learner(1, 11, "Hai", started=False),
        Learner(2, 10, "Một", started=False),
        Learner(2, None, "", started=False),
    ]
    found = [(one.class_id, one.unit_name, one.learners) for one in not_started(learners)]
    assert found == [(1, "Hai", 2), (2, "", 1), (2, "Một", 1)]
