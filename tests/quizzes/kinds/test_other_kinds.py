import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest

from lms.quizzes import kinds
from lms.quizzes.kinds.documents import choice_content, content_of
from lms.quizzes.kinds.numerical import numerical_content, numerical_key
from lms.quizzes.kinds.short_answer import short_key
from lms.quizzes.kinds.true_false_group import group_key

FOUR = choice_content("<p>Xét các ý sau</p>", ["ý một", "ý hai", "ý ba", "ý bốn"])


def problems(name: str, content: dict[str, object], key: dict[str, object]) -> list[str]:
    return [problem.code for problem in kinds.get(name).check(content, key)]


def test_names_are_those_of_the_neutral_document() -> None:
    assert kinds.names() == (
        "single_choice", "multiple_response", "true_false", "true_false_group", "short_answer", "numerical",
    )  # fmt: skip
    assert kinds.known("numerical")
    assert not kinds.known("essay")
    with pytest.raises(KeyError):
        kinds.get("essay")


@pytest.mark.parametrize("name", kinds.names())
def test_every_kind_describes_its_editor(name: str) -> None:
    fields = kinds.get(name).fields()
    assert fields[0].name == "stem"
    assert len({field.name for field in fields}) == len(fields)
    assert all(field.label for field in fields)
    assert all(field.choices for field in fields if field.type == "choice")


@pytest.mark.parametrize(
    ("chosen", "partial", "whole"),
    [
        (["a", "c"], Fraction(1), 1), (["a"], Fraction(1, 2), 0), (["a", "b"], Fraction(0), 0),
        (["a", "b", "c"], Fraction(1, 2), 0), (["b", "d"], Fraction(0), 0), (["a", "b", "c", "d"], Fraction(0), 0),
        ([], Fraction(0), 0),
    ],
)  # fmt: skip
def test_multiple_response_policies(chosen: list[str], partial: Fraction, whole: int) -> None:
    kind = kinds.get("multiple_response")
    assert kind.grade(FOUR, {"correct": ["a", "c"], "policy": "partial"}, chosen) == partial
    assert kind.grade(FOUR, {"correct": ["a", "c"], "policy": "all_or_nothing"}, chosen) == whole
    assert kind.grade(FOUR, {"correct": ["a", "c"]}, chosen) == whole


def test_multiple_response_sorts_what_was_chosen() -> None:
    kind = kinds.get("multiple_response")
    assert kind.parse(["c", "a"]) == ["a", "c"]
    assert kind.from_form(["", "c", "a"]) == ["a", "c"]
    assert kind.from_form([""]) is None


@pytest.mark.parametrize(("right", "national"), [(0, "0"), (1, "1/10"), (2, "1/4"), (3, "1/2"), (4, "1")])
def test_true_false_group_policies(right: int, national: str) -> None:
    kind, truths = kinds.get("true_false_group"), [True, False, True, True]
    answer = {
        each: truth if n < right else not truth
        for n, (each, truth) in enumerate(zip("abcd", truths, strict=True))
    }
    open_ones = dict(list(answer.items())[:right])
    for given in (answer, open_ones):
        assert kind.grade(FOUR, group_key(truths, "national_2025"), given) == Fraction(national)
        assert kind.grade(FOUR, group_key(truths), given) == Fraction(right, 4)


def test_true_false_group_needs_a_truth_for_each_statement_and_four_for_the_national_scheme() -> None:
    three = choice_content("?", ["một", "hai", "ba"])
    assert problems("true_false_group", three, group_key([True, False, True])) == []
    assert problems("true_false_group", three, group_key([True, False])) == ["key_missing"]
    assert problems("true_false_group", three, group_key([True] * 4)) == ["key_unknown"]
    assert problems("true_false_group", three, group_key([True] * 3, "national_2025")) == ["policy_size"]
    assert problems("true_false_group", three, group_key([True] * 3, "luck")) == ["policy_unknown"]


def test_true_false_group_reads_a_plain_form() -> None:
    kind = kinds.get("true_false_group")
    assert kind.from_form(["b:false", "", "a:true"]) == {"a": True, "b": False}
    described = kind.describe_answer(FOUR, {"b": False, "a": True})
    assert [(part.id, part.text, part.value) for part in described] == [
        ("a", "ý một", True),
        ("b", "ý hai", False),
    ]
    for values in (["a:true", "a:false"], ["a:yes"], ["a"], ["A:true"]):
        with pytest.raises(kinds.MalformedAnswer):
            kind.from_form(values)


def test_false_is_an_answer() -> None:
    kind = kinds.get("true_false")
    assert not kind.is_empty(False)
    assert kind.is_empty(None)
    assert kind.grade(content_of("?"), {"correct": False}, False) == 1
    assert kind.grade(content_of("?"), {"correct": False}, None) == 0
    assert kind.from_form(["false"]) is False
    assert [option.text for option in kind.present(content_of("?"), 1, shuffle=True).options] == [
        "Đúng",
        "Sai",
    ]
    assert problems("true_false", content_of("?"), {"correct": "true"}) == ["key_missing"]


@pytest.mark.parametrize(
    ("typed", "exact", "case", "search"),
    [
        ("Hồ Chí Minh", 1, 1, 1), ("  Hồ  Chí Minh. ", 1, 1, 1), ("hồ chí minh", 0, 1, 1),
        ("Ho Chi Minh", 0, 0, 1), ("HO CHI MINH!", 0, 0, 1), ("Hồ Chí", 0, 0, 0), (".", 0, 0, 0),
        ("Bác Hồ", 1, 1, 1), (unicodedata.normalize("NFD", "Hồ Chí Minh"), 1, 1, 1),
    ],
)  # fmt: skip
def test_short_answer_comparisons(typed: str, exact: int, case: int, search: int) -> None:
    kind = kinds.get("short_answer")
    for compare, expected in (("exact", exact), ("case", case), ("search", search)):
        key = short_key(["Hồ Chí Minh", "Bác Hồ"], compare)
        assert kind.grade(content_of("?"), key, kind.parse(typed)) == expected


def test_short_answer_needs_something_to_accept() -> None:
    assert problems("short_answer", content_of("?"), short_key([" "])) == ["key_missing"]
    assert problems("short_answer", content_of("?"), {"accepted": ["x", "..."]}) == ["key_missing"]
    assert problems("short_answer", content_of("?"), short_key(["x" * 201])) == ["key_long"]
    assert problems("short_answer", content_of("?"), short_key(["x"], "magic")) == ["compare_unknown"]


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("8,5", 1), ("8.5", 1), ("8,50", 1), ("8,4", 1), ("8.6", 1), ("8,61", 0), ("8,39", 0), ("85", 0), ("-8,5", 0),
        ("tám", 0), ("8,5 %", 0), ("1e1", 0), ("NaN", 0), ("9" * 40, 0),
    ],
)  # fmt: skip
def test_numerical_tolerance_has_both_its_ends(typed: str, share: int) -> None:
    kind = kinds.get("numerical")
    assert kind.grade(numerical_content("?"), numerical_key(Decimal("8.5"), Decimal("0.1")), typed) == share


def test_numerical_reads_either_mark() -> None:
    kind = kinds.get("numerical")
    for value, forms in {
        "1250": ["1.250", "1,250", "1250", "1 250"],
        "1.25": ["1,25", "1.25", "1.250"],
    }.items():
        for typed in forms:
            assert kind.grade({}, numerical_key(Decimal(value)), typed) == 1


def test_numerical_key_must_be_numbers() -> None:
    content = numerical_content("?", "%")
    assert problems("numerical", content, numerical_key(Decimal("8.5"))) == []
    assert problems("numerical", content, {"value": "x"}) == ["key_missing"]
    assert problems("numerical", content, {"value": 8.5}) == ["key_missing"]
    assert problems("numerical", content, {"value": "8", "tolerance": "-1"}) == ["tolerance"]
    described = kinds.get("numerical").describe_answer(content, "8,5")
    assert [part.text for part in described] == ["8,5 %"]
