"""Reports on questions, from plain marks and answers."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes import kinds
from lms.quizzes.analysis.reports import (
    Discrimination,
    Flag,
    Observation,
    Question,
    ordered,
    random_guess_score,
    report,
)
from lms.quizzes.analysis.responses import choices
from lms.quizzes.kinds.documents import choice_content

CONTENT = choice_content("<p>Câu hỏi?</p>", ["Một", "Hai", "Ba", "Bốn"])
KEY: dict[str, object] = {"correct": ["b"]}


def question(version_id: int, words: str = "Câu hỏi?") -> Question:
    return Question(
        version_id, 1, "q", "bank", "single_choice", CONTENT, KEY, words, "Chủ đề", "recognise", "theory"
    )


def sat(papers: list[str]) -> list[Observation]:
    """One attempt a string, one letter a question (``-`` for blank); all questions have the key b."""
    return [
        Observation(
            attempt_id=attempt,
            slot=slot,
            version_id=slot,
            share=Fraction(int(letter == "b")),
            weight=100,
            answer=None if letter == "-" else letter,
        )
        for attempt, paper in enumerate(papers)
        for slot, letter in enumerate(paper, start=1)
    ]


def analysed(papers: list[str]) -> Any:
    return report(sat(papers), {n: question(n) for n in range(1, len(papers[0]) + 1)})


def test_counts_are_over_those_who_saw_the_question() -> None:
    seen = [*sat(["bb", "ab", "-b"]), Observation(9, 1, 3, Fraction(1, 2), 100, "b")]
    test = report(seen, {n: question(n) for n in (1, 2, 3)})
    first, second, third = test.questions
    assert (first.seen, first.right, first.partly, first.empty) == (3, 1, 0, 1)
    assert first.facility == Fraction(1, 3)
    assert (second.seen, second.right) == (3, 3)
    assert (third.seen, third.right, third.partly) == (1, 0, 1)
    assert test.attempts == 4
    assert not test.same_paper
    assert first.effective_weight is None


def test_options_are_counted_with_the_key_marked() -> None:
    (one,) = analysed(["b", "b", "a", "d", "-", "b"]).questions
    letters = [(given.letter, given.count, given.key) for given in one.choices if given.kind == "option"]
    assert letters == [("A", 1, False), ("B", 3, True), ("C", 0, False), ("D", 1, False)]
    assert sum(given.percent for given in one.choices) == Decimal(100)
    assert one.choices[-1].kind == "empty"
    assert one.choices[-1].count == 1


def test_few_learners_are_no_evidence() -> None:
    (one,) = analysed(["a", "a", "a", "a"]).questions
    assert one.flags == []
    assert one.discrimination is Discrimination.TOO_FEW
    (one,) = analysed(["a"] * 5).questions
    assert one.flags == [Flag.KEY_BEATEN, Flag.TOO_HARD]


@pytest.mark.parametrize(
    ("right", "of", "flag"),
    [(1, 6, Flag.TOO_HARD), (2, 10, None), (19, 20, None), (20, 20, Flag.TOO_EASY)],
)
def test_borders_of_hard_and_easy(right: int, of: int, flag: Flag | None) -> None:
    papers = ["b"] * right + ["acd"[n % 3] for n in range(of - right)]
    (one,) = analysed(papers).questions
    found = set(one.flags) & {Flag.TOO_HARD, Flag.TOO_EASY}
    assert found == ({flag} if flag else set())


def test_a_question_that_the_good_get_wrong_comes_first() -> None:
    """Questions 2 to 4 go together; the first goes against them; nobody takes D anywhere."""
    papers = ["abbb"] * 5 + ["baaa"] * 5 + ["bbcb", "acac"]
    test = analysed(papers)
    worst = ordered(test.questions)[0]
    assert worst.question.version_id == 1
    assert worst.discrimination is Discrimination.REVERSED
    assert Flag.REVERSED in worst.flags
    assert test.questions[1].discrimination is Discrimination.GOOD
    assert Flag.IDLE_DISTRACTOR in test.questions[1].flags
    assert test.same_paper
    weights = [one.effective_weight for one in test.questions]
    assert sum(weight for weight in weights if weight is not None) == pytest.approx(100)
    assert test.figures is not None
    assert test.figures.mean == pytest.approx(
        10 * sum(letter == "b" for paper in papers for letter in paper) / (4 * len(papers))
    )


def test_all_the_same_is_no_discrimination() -> None:
    (one,) = analysed(["b"] * 12).questions
    assert one.discrimination is Discrimination.FLAT


def test_nobody_is_no_error() -> None:
    test = report([], {})
    assert (test.attempts, test.questions, test.figures) == (0, [], None)


@given(st.lists(st.text("abcd-", min_size=3, max_size=3), min_size=1, max_size=30))
def test_sorting_loses_nothing(papers: list[str]) -> None:
    test = analysed(papers)
    for sort in ("", "right", "-right", "discrimination", "-discrimination", "question", "topic", "x"):
        assert {one.question.version_id for one in ordered(test.questions, sort)} == {1, 2, 3}
    known = [
        one.figures.discrimination
        for one in ordered(test.questions, "-discrimination")
        if one.seen >= 10 and one.figures.discrimination is not None
    ]
    assert known == sorted(known, reverse=True)


@pytest.mark.parametrize("name", kinds.names())
def test_every_kind_is_counted(name: str) -> None:
    """Every sample answer of every kind, readable or not, finds its place; nobody is lost."""
    kind = kinds.get(name)
    for seed in range(6):
        samples = kind.samples(seed)
        answers = [*samples.right, *(answer for answer, _ in samples.wrong), *samples.malformed, None]
        given = choices(name, samples.content, samples.key, answers)
        assert any(one.key for one in given)
        rest = {one.kind: one.count for one in given if one.kind in {"empty", "unread"}}
        assert rest["empty"] >= 1
        if name in {"single_choice", "true_false", "short_answer", "numerical"}:
            assert sum(one.count for one in given) == len(answers)
            assert sum(one.percent for one in given) == Decimal(100)
        assert all(0 <= one.count <= len(answers) for one in given)


def test_typed_answers_that_read_alike_are_one() -> None:
    key: dict[str, object] = {"accepted": ["Chi bộ"], "compare": "case"}
    given = choices("short_answer", {"stem": "<p>Gì?</p>"}, key, ["Chi bộ", "chi  bộ", "Đảng ủy", "", None])
    assert [(one.kind, one.text, one.count, one.key) for one in given] == [
        ("typed", "Chi bộ", 2, True),
        ("typed", "Đảng ủy", 1, False),
        ("empty", "", 2, False),
    ]


def test_rare_typed_answers_are_counted_together() -> None:
    key: dict[str, object] = {"accepted": ["x"], "compare": "exact"}
    given = choices("short_answer", {"stem": "<p>Gì?</p>"}, key, [f"câu {n:02d}" for n in range(20)])
    assert [one.count for one in given if one.kind == "other"] == [12]
    assert sum(one.percent for one in given) == Decimal(100)


def test_blind_guessing() -> None:
    assert random_guess_score("single_choice", CONTENT, KEY) == 0.25
    assert random_guess_score("true_false", {"stem": "?"}, {"correct": True}) == 0.5
    assert random_guess_score("multiple_response", CONTENT, {"correct": ["a", "b"]}) is None
    assert random_guess_score("short_answer", {"stem": "?"}, {"accepted": ["x"]}) == 0
