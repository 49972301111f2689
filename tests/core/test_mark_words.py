"""Marks in words."""

import pytest

from lms.core.mark_words import mark_words


@pytest.mark.parametrize(
    ("hundredths", "words"),
    [
        (830, "Tám phẩy ba"),
        (1000, "Mười"),
        (0, "Không"),
        (825, "Tám phẩy hai mươi lăm"),
        (500, "Năm"),
        (805, "Tám phẩy không năm"),
        (550, "Năm phẩy năm"),
        (421, "Bốn phẩy hai mươi mốt"),
        (None, ""),
    ],
)
def test_a_mark_is_said_as_people_say_it(hundredths: int | None, words: str) -> None:
    assert mark_words(hundredths) == words


def test_every_mark_has_words_of_its_own() -> None:
    said = [mark_words(mark) for mark in range(1001)]
    assert len(set(said)) == 1001
    assert all(words[0].isupper() and "phẩy phẩy" not in words for words in said)


@pytest.mark.parametrize("hundredths", [-1, 1001])
def test_what_is_no_mark_has_no_words(hundredths: int) -> None:
    with pytest.raises(ValueError, match="no mark"):
        mark_words(hundredths)
