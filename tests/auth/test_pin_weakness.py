"""Which six digits are refused, each with its reason, and that nearly all others are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.auth.pins.weakness import (
    ABOUT_BIRTH,
    ABOUT_NAMES,
    COMMON,
    EVEN,
    NOT_SIX,
    REPEATED,
    is_pin,
    typed_pin,
    weakness,
)

PINS = st.integers(0, 999_999).map(lambda number: f"{number:06}")


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12a456", "12 345", "१२३४५", "-12345"])
def test_it_is_six_digits(text: str) -> None:
    assert weakness(text) == NOT_SIX


@pytest.mark.parametrize(
    "pin", ["000000", "777777", "123456", "987654", "890123", "210987", "135791", "864208"]
)
def test_the_same_or_an_even_row(pin: str) -> None:
    assert weakness(pin) == EVEN


@pytest.mark.parametrize(
    "pin", ["121212", "686868", "123123", "112233", "111222", "123321", "611116", "010011"]
)
def test_repeated(pin: str) -> None:
    assert weakness(pin) == REPEATED


@pytest.mark.parametrize(
    "pin",
    ["221179", "791122", "112279", "221197", "197922", "111979", "197911", "419798", "502211", "112250"],
)
def test_the_birth_date(pin: str) -> None:
    born = "22/11/1979"
    expected = None if pin == "221197" else ABOUT_BIRTH
    assert weakness(pin, born=born) == (ABOUT_BIRTH if "2211" in pin else expected)


@pytest.mark.parametrize(("pin", "born"), [("819854", "1985"), ("031985", "3/1985"), ("850312", "12/3/1985")])
def test_parts_of_a_date_as_it_was_given(pin: str, born: str) -> None:
    assert weakness(pin, born=born) == ABOUT_BIRTH
    assert weakness(pin) is None


@pytest.mark.parametrize(
    ("pin", "name"),
    [("345678", "x"), ("912354", "0912354987"), ("260017", "hv26001"), ("126001", "hv-26001")],
)
def test_the_code_or_the_number(pin: str, name: str) -> None:
    assert weakness(pin, names=[name]) == (EVEN if name == "x" else ABOUT_NAMES)


def test_few_digits_of_a_name_say_nothing() -> None:
    assert weakness("482915", names=["an48@xa1234.vn", "hv48"]) is None


@pytest.mark.parametrize("pin", ["300475", "020945", "147258", "159753", "131452"])
def test_what_everybody_takes(pin: str) -> None:
    assert weakness(pin) == COMMON


def test_nearly_all_pins_are_left() -> None:
    refused = sum(weakness(f"{number:06}", born="22/11/1979", names=["0912345678", "hv26001"]) is not None
                  for number in range(0, 1_000_000, 7))  # fmt: skip
    assert refused * 7 < 20_000


@given(PINS)
def test_spaces_and_wide_digits_make_no_difference(pin: str) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in pin)
    assert typed_pin(f" {pin[:3]} {pin[3:]}\n") == typed_pin(wide) == pin
    assert is_pin(pin)


@given(PINS, st.integers(1950, 2015))
def test_a_birth_year_is_never_in_it(pin: str, year: int) -> None:
    given_away = str(year) in pin
    assert not (given_away and weakness(pin, born=str(year)) is None)


@given(PINS, st.integers(0, 9))
def test_a_phone_number_that_holds_it(pin: str, digit: int) -> None:
    assert weakness(pin, names=[f"09{pin}{digit}{digit}"]) is not None
