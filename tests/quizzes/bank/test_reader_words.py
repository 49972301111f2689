from collections.abc import Iterator

import pytest
from flask import Flask, session
from flask_babel import gettext

from lms.quizzes.bank import reader_words
from lms.quizzes.interchange.document import Problem
from lms.quizzes.interchange.messages import MESSAGES

CONFLICT = Problem(
    "key_conflict",
    {"first": "chữ đậm", "first_key": "A", "second": "dòng đáp án", "second_key": "B"},
    "bảng 2, hàng 3",
)


@pytest.fixture
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        session["language"] = "en"
        yield


@pytest.mark.parametrize("found", [CONFLICT, CONFLICT.to_json()], ids=["problem", "stored"])
def test_a_problem_is_said_whole_in_english(in_english: None, found: object) -> None:
    assert reader_words.problem(found) == (
        "The keys disagree: bold text says A but the answer line says B (table 2, row 3). Choose the key."
    )


def test_a_problem_is_said_as_stored_in_vietnamese(app: Flask) -> None:
    with app.test_request_context():
        assert reader_words.problem(CONFLICT) == CONFLICT.message
        assert reader_words.place("đoạn 5") == "đoạn 5"


def test_words_of_the_file_stay(in_english: None) -> None:
    quoted = Problem("text_not_used", {"text": "Câu 5 chữ đậm"}, "trang tính Tổ, nhóm 1, hàng 4")
    assert "“Câu 5 chữ đậm” (sheet Tổ, nhóm 1, row 4)" in reader_words.problem(quoted)


def test_a_problem_without_a_place_leaves_no_empty_brackets(in_english: None) -> None:
    assert reader_words.problem(Problem("no_key")) == "No key was found for this question. Choose the key."


def test_every_problem_of_the_reader_has_english(in_english: None) -> None:
    assert [text for text in MESSAGES.values() if gettext(text) == text] == []
