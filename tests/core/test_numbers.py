from decimal import Decimal
from fractions import Fraction

import pytest

from lms.core import numbers, rounding


def test_shares_of_a_published_report_come_out_right() -> None:
    assert rounding.percentage(17, 31) == Decimal("54.84")
    assert rounding.distribution([17, 14]) == [Decimal("54.84"), Decimal("45.16")]
    assert rounding.distribution([1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert rounding.distribution([0, 0]) == [Decimal("0.00"), Decimal("0.00")]
    assert rounding.percentage(0, 0) == 0
    with pytest.raises(ValueError, match="negative"):
        rounding.distribution([1, -1])


@pytest.mark.parametrize(
    ("exact", "tenths"),
    [("8.25", 83), ("8.24", 82), ("7.95", 80), ("0.05", 1), ("-8.25", -83), ("4.949", 49)],
)
def test_halves_round_up(exact: str, tenths: int) -> None:
    assert rounding.to_tenths(Decimal(exact)) == tenths


@pytest.mark.parametrize(
    ("value", "locale", "places", "text"),
    [
        (Decimal("12345.6"), "vi", None, "12.345,6"),
        (Decimal("12345.6"), "en", None, "12,345.6"),
        (Decimal("8.50"), "vi", None, "8,5"),
        (Decimal("8.5"), "vi", 2, "8,50"),
        (Fraction(1, 3), "vi", None, "0,333333"),
        (16212, "vi", None, "16.212"),
        (Decimal("-0.004"), "vi", 2, "0,00"),
        (Decimal("-1234.5"), "vi", None, "-1.234,5"),
        (Decimal("1E+3"), "vi", None, "1.000"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    value: rounding.Exact, locale: str, places: int | None, text: str
) -> None:
    assert numbers.format_number(value, locale, places=places) == text


def test_marks_and_shares() -> None:
    assert numbers.format_mark(830) == "8,3"
    assert numbers.format_mark(1000) == "10"
    assert numbers.format_mark(825, "en", places=2) == "8.25"
    assert numbers.format_share(17, 31) == "17/31 (54,84\u00a0%)"
    assert numbers.format_share(17, 31, "en") == "17/31 (54.84%)"


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("8,5", "vi", "8.5"), ("8.5", "vi", "8.5"), ("12.345,6", "vi", "12345.6"), ("12.345", "vi", "12345"),
        ("12.345", "en", "12.345"), ("12,345.6", "vi", "12345.6"), (" 1 000 ", "vi", "1000"), ("\u22123", "vi", "-3"),
        (",5", "vi", "0.5"), ("1.234.567", "vi", "1234567"), ("+7", "en", "7"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, locale: str, value: str) -> None:
    assert numbers.parse_number(text, locale) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "tám", "1e5", "NaN", "1,2,3", "1.2.3", "--1", "٣", "9" * 41, "1.23.456", "=1+1"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(numbers.NotANumber):
        numbers.parse_number(text)
