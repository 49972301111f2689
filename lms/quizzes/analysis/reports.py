"""From marks and answers to a report on each question and on the test. Pure.

A question is its version; versions are drawn per learner, so a report covers those who saw it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from lms.core.vietnamese import text_sort_key
from lms.quizzes import kinds
from lms.quizzes.analysis import statistics
from lms.quizzes.analysis.responses import Choice, choices
from lms.quizzes.analysis.statistics import ItemStatistics, TestStatistics
from lms.quizzes.kinds.documents import Document

ENOUGH_FOR_DISCRIMINATION = 10
"""Below so many learners the discrimination is chance and isn't shown."""
ENOUGH_FOR_DOUBT = 5
"""Below so many learners no question is flagged."""
TOO_HARD, TOO_EASY = Fraction(20, 100), Fraction(95, 100)
GOOD, FAIR = 30.0, 20.0


class AttemptSet(StrEnum):
    """Which attempts of a learner count: the first, the last, the one with the highest total, or all."""

    FIRST = "first"
    LAST = "last"
    HIGHEST = "highest"
    ALL = "all"


class Flag(StrEnum):
    """Why a question deserves a look, gravest first."""

    REVERSED = "reversed"
    KEY_BEATEN = "key_beaten"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    IDLE_DISTRACTOR = "idle_distractor"


class Discrimination(StrEnum):
    """The discrimination index in words."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    REVERSED = "reversed"
    TOO_FEW = "too_few"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Observation:
    """One slot of one attempt: ``share`` of ``weight`` (1/100 point) earned by ``answer``."""

    attempt_id: int
    slot: int
    version_id: int
    share: Fraction
    weight: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Question:
    """The version that was asked, with what a reader needs to know it by."""

    version_id: int
    number: int
    key: str
    bank_key: str
    kind: str
    content: Document
    answer_key: Document
    words: str
    topic: str
    level: str
    aspect: str


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """How a question did: counts are exact, figures of classical test theory stand in ``figures``."""

    question: Question
    seen: int
    right: int
    partly: int
    empty: int
    facility: Fraction
    choices: Sequence[Choice]
    figures: ItemStatistics
    effective_weight: float | None
    guess: float | None
    flags: Sequence[Flag]

    @property
    def discrimination(self) -> Discrimination:
        """The index in words."""
        index = self.figures.discrimination
        if self.seen < ENOUGH_FOR_DISCRIMINATION:
            return Discrimination.TOO_FEW
        if index is None:
            return Discrimination.FLAT
        if index < 0:
            return Discrimination.REVERSED
        if index < FAIR:
            return Discrimination.POOR
        return Discrimination.GOOD if index >= GOOD else Discrimination.FAIR


@dataclass(frozen=True, slots=True)
class TestReport:
    """All questions of an assessment, and the test as a whole (marks in points of 10); no figures without attempts."""

    __test__ = False

    questions: Sequence[QuestionReport]
    attempts: int
    figures: TestStatistics | None
    same_paper: bool
    total_weight: float
    """Of one paper, in 1/100 point; the mean where papers differ."""


def report(observations: Sequence[Observation], questions: Mapping[int, Question]) -> TestReport:
    """The report on every version that was seen, in the order of ``questions``."""
    attempts: dict[int, list[Observation]] = {}
    asked: dict[int, list[Observation]] = {}
    for one in observations:
        attempts.setdefault(one.attempt_id, []).append(one)
        asked.setdefault(one.version_id, []).append(one)
    totals = {key: float(sum(one.share * one.weight for one in slots)) for key, slots in attempts.items()}
    figures = {key: _figures(seen, totals) for key, seen in asked.items()}
    same_paper = len({frozenset(one.version_id for one in slots) for slots in attempts.values()}) == 1
    weights: dict[int, float | None] = {}
    if same_paper:
        weights = dict(zip(figures, statistics.effective_weights(list(figures.values())), strict=True))
    reports = [
        _question(question, asked[key], figures[key], weights.get(key))
        for key, question in questions.items()
        if key in asked
    ]
    weight = sum(one.weight for one in observations) / (len(attempts) or 1)
    return TestReport(
        reports, len(attempts), _test(attempts, totals, same_paper=same_paper), same_paper, weight
    )


def _figures(seen: Sequence[Observation], totals: Mapping[int, float]) -> ItemStatistics:
    """A version that is worth different marks in different places counts by its mean weight."""
    weight = sum(one.weight for one in seen) / len(seen)
    return statistics.item_statistics(
        [float(one.share * one.weight) for one in seen], [totals[one.attempt_id] for one in seen], weight
    )


def _test(
    attempts: Mapping[int, Sequence[Observation]], totals: Mapping[int, float], *, same_paper: bool
) -> TestStatistics | None:
    """The test on the 10-point scale. Where papers differ, their places stand for the items in α."""
    if not attempts:
        return None
    scale = {key: 10 / (sum(one.weight for one in slots) or 1) for key, slots in attempts.items()}
    parts: dict[int, list[float]] = {}
    for key, slots in attempts.items():
        for one in slots:
            place = one.version_id if same_paper else one.slot
            parts.setdefault(place, []).append(float(one.share * one.weight) * scale[key])
    whole = [part for part in parts.values() if len(part) == len(attempts)]
    return statistics.test_statistics(
        [totals[key] * scale[key] for key in attempts], whole if len(whole) == len(parts) else []
    )


def _question(
    question: Question, seen: Sequence[Observation], figures: ItemStatistics, weight: float | None
) -> QuestionReport:
    given = choices(question.kind, question.content, question.answer_key, [one.answer for one in seen])
    facility = sum((one.share for one in seen), Fraction(0)) / len(seen)
    return QuestionReport(
        question=question,
        seen=len(seen),
        right=sum(one.share == 1 for one in seen),
        partly=sum(0 < one.share < 1 for one in seen),
        empty=next((one.count for one in given if one.kind == "empty"), 0),
        facility=facility,
        choices=given,
        figures=figures,
        effective_weight=weight,
        guess=random_guess_score(question.kind, question.content, question.answer_key),
        flags=flags(len(seen), facility, figures.discrimination, given),
    )


def flags(seen: int, facility: Fraction, discrimination: float | None, given: Sequence[Choice]) -> list[Flag]:
    """Why the question should be looked at again; nothing is said of fewer than five learners."""
    if seen < ENOUGH_FOR_DOUBT:
        return []
    options = [one for one in given if one.kind == "option"]
    keys = [one.count for one in options if one.key]
    distractors = [one.count for one in options if not one.key]
    enough = seen >= ENOUGH_FOR_DISCRIMINATION
    doubts = {
        Flag.REVERSED: enough and discrimination is not None and discrimination < 0,
        Flag.KEY_BEATEN: bool(keys and distractors) and max(distractors) > min(keys),
        Flag.TOO_HARD: facility < TOO_HARD,
        Flag.TOO_EASY: facility > TOO_EASY,
        Flag.IDLE_DISTRACTOR: enough and bool(distractors) and min(distractors) == 0,
    }
    return [flag for flag, doubtful in doubts.items() if doubtful]


def random_guess_score(kind_name: str, content: Document, key: Document) -> float | None:
    """The share that somebody earns who answers blindly; ``None`` for several answers, where it isn't defined.

    True/false one half, one choice the mean of its options, a group of statements one half each; typed answers 0.
    """
    kind = kinds.get(kind_name)
    shown = kind.present(content, 0, shuffle=False)
    if shown.widget == "checkbox":
        return None
    if shown.widget == "statements":
        return 0.5
    if shown.widget == "radio":
        right = len(kind.correct_options(content, key))
        return right / len(shown.options) if shown.options else None
    return 0.0


def ordered(reports: Sequence[QuestionReport], sort: str = "") -> list[QuestionReport]:
    """Reports sorted by a column (``-`` in front for descending, missing last); by default the doubtful ones first."""
    known: dict[str, Callable[[QuestionReport], Any]] = {
        "question": lambda one: text_sort_key(one.question.words),
        "topic": lambda one: text_sort_key(one.question.topic),
        "seen": lambda one: one.seen,
        "right": lambda one: one.facility,
        "discrimination": lambda one: (
            one.figures.discrimination if one.seen >= ENOUGH_FOR_DISCRIMINATION else None
        ),
        "flags": lambda one: -len(one.flags),
    }
    key = known.get(sort.removeprefix("-"))
    if key is None:
        order = list(Flag)
        return sorted(
            reports,
            key=lambda one: (order.index(one.flags[0]) if one.flags else len(order), one.facility, -one.seen),
        )
    have = sorted((one for one in reports if key(one) is not None), key=key, reverse=sort.startswith("-"))
    return have + [one for one in reports if key(one) is None]
