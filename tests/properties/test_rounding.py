"""Rounding is exact, goes away from zero at halves, and distributions sum to 100."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.core import numbers, rounding

fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000)
decimals = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4)


@given(decimals, st.integers(0, 3))
def test_rounding_agrees_with_decimal(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounding.rounded(value, places) == expected
    assert rounding.rounded(Fraction(value), places) == expected


@given(fractions)
def test_rounding_is_nearest_and_symmetric(value: Fraction) -> None:
    hundredths = rounding.to_hundredths(value)
    distance = abs(value - Fraction(hundredths, 100))
    assert distance <= Fraction(1, 200)
    assert rounding.to_hundredths(-value) == -hundredths
    if distance == Fraction(1, 200):
        assert abs(Fraction(hundredths, 100)) > abs(value)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_distribution_sums_to_exactly_one_hundred(counts: list[int]) -> None:
    shares = rounding.distribution(counts)
    total = sum(counts)
    assert sum(shares) == (100 if total else 0)
    for count, share in zip(counts, shares, strict=True):
        assert share.as_tuple().exponent == -2
        exact = Fraction(100 * count, total) if total else Fraction(0)
        assert abs(Fraction(share) - exact) < Fraction(1, 100)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=10))
def test_a_larger_count_never_gets_a_smaller_share(counts: list[int]) -> None:
    shares = rounding.distribution(counts)
    for a, share_a in zip(counts, shares, strict=True):
        for b, share_b in zip(counts, shares, strict=True):
            assert a <= b or share_a >= share_b


@given(decimals, st.sampled_from(["vi", "en"]), st.booleans())
def test_what_is_written_is_read_back(value: Decimal, locale: str, grouping: bool) -> None:
    assert (
        numbers.parse_number(numbers.format_number(value, locale, grouping=grouping, places=4), locale)
        == value
    )


@given(decimals.map(lambda value: value.quantize(Decimal("0.1"))), st.sampled_from(["vi", "en"]))
def test_one_decimal_is_read_with_either_mark(value: Decimal, locale: str) -> None:
    text = f"{value:f}"
    assert numbers.parse_number(text, locale) == numbers.parse_number(text.replace(".", ","), locale) == value


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = numbers.parse_number(text)
    except numbers.NotANumber:
        return
    assert value.is_finite()
