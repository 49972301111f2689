"""Several right options."""

from collections.abc import Sequence
from fractions import Fraction

from lms.core import seeds
from lms.core.messages import N_
from lms.quizzes.kinds import choice
from lms.quizzes.kinds.base import (
    STEM_FIELD,
    Answer,
    AnswerPart,
    FieldSpec,
    Kind,
    MalformedAnswer,
    Presentation,
    Problem,
    Samples,
    check_stem,
)
from lms.quizzes.kinds.documents import Document, choice_content, options_of, stem_of, texts_of

ALL_OR_NOTHING, PARTIAL = "all_or_nothing", "partial"
MOST_CHOICES = 26


class MultipleResponse(Kind):
    """Key: ``{"correct": ["a", "c"], "policy": "all_or_nothing" | "partial"}``. Answer: ids, sorted.

    ``partial`` earns (right chosen − wrong chosen) / all right, never below 0.
    """

    name = "multiple_response"
    title = N_("Nhiều lựa chọn")
    instruction = N_("Chọn tất cả các phương án đúng.")

    def fields(self) -> tuple[FieldSpec, ...]:
        """Stem, options of which any number is right, and how partly right answers count."""
        policies = (
            (ALL_OR_NOTHING, N_("Đúng hết mới có điểm")),
            (PARTIAL, N_("Đúng phần nào được điểm phần đó, chọn sai bị trừ")),
        )
        return (
            STEM_FIELD,
            FieldSpec("options", "options", N_("Các phương án"), marks="many"),
            FieldSpec("policy", "choice", N_("Cách tính điểm"), "key", required=False, choices=policies),
        )

    def check(self, content: Document, key: Document) -> list[Problem]:
        """Stem, options, at least one known right option, and a known policy."""
        correct = texts_of(key, "correct")
        problems = [
            *check_stem(content),
            *choice.check_options(content),
            *choice.check_known(content, correct),
        ]
        if not correct:
            problems.append(Problem("key_missing", N_("Chưa chọn đáp án đúng."), field="options"))
        if key.get("policy", ALL_OR_NOTHING) not in (ALL_OR_NOTHING, PARTIAL):
            problems.append(Problem("policy_unknown", N_("Cách tính điểm không hợp lệ."), field="policy"))
        return problems

    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:
        """Checkboxes with letters A, B, C and so on."""
        arranged = choice.arrange(options_of(content), seed, shuffle=shuffle)
        return Presentation(self.name, "checkbox", stem_of(content), self.instruction, choice.shown(arranged))

    def parse(self, raw: object, content: Document | None = None) -> list[str] | None:
        """A list of distinct option ids; an empty one is no answer."""
        if raw is None:
            return None
        if not isinstance(raw, list) or len(raw) > MOST_CHOICES:
            raise MalformedAnswer("not a list of option ids")
        chosen = sorted(choice.parse_id(each, content) for each in raw)
        if len(set(chosen)) < len(chosen):
            raise MalformedAnswer("an option twice")
        return chosen or None

    def from_form(self, values: Sequence[str]) -> Answer:
        """Every ticked option's id; an empty value (the hidden field) is skipped."""
        return self.parse([value for value in values if value])

    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:  # noqa: ARG002
        """By the key's policy."""
        chosen, correct = set(self.parse(answer) or ()), set(texts_of(key, "correct"))
        if not correct or not chosen:
            return Fraction(0)
        if key.get("policy") == PARTIAL:
            return max(Fraction(0), Fraction(len(chosen & correct) - len(chosen - correct), len(correct)))
        return Fraction(int(chosen == correct))

    def correct_answer(self, content: Document, key: Document) -> Answer:  # noqa: ARG002
        """All right options."""
        return sorted(set(texts_of(key, "correct"))) or None

    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:
        """The options chosen, by id."""
        return choice.parts(content, self.parse(answer) or ())

    def samples(self, seed: int) -> Samples:
        """Three to seven options, two of them right, either policy."""
        content = choice_content(f"<p>Câu mẫu {seed}</p>", [f"Phương án số {n}" for n in range(3 + seed % 5)])
        ids = [option.id for option in options_of(content)]
        first, second = sorted(seeds.pick(ids, 2, seed, str))
        other = next(each for each in ids if each not in (first, second))
        partial = bool(seed % 2)
        half = Fraction(1, 2) if partial else Fraction(0)
        wrong: tuple[tuple[Answer, Fraction], ...] = (
            ([first], half), ([second], half), ([other], Fraction(0)),
            ([first, other], Fraction(0)), ([first, second, other], half), (None, Fraction(0)), ([], Fraction(0)),
        )  # fmt: skip
        key: dict[str, object] = {
            "correct": [first, second],
            "policy": PARTIAL if partial else ALL_OR_NOTHING,
        }
        malformed = ("a", ["a", "a"], ["A"], [1], {"a": True}, True, ["a"] * 1000, [["a"]], [None])
        return Samples(content, key, ([first, second], [second, first]), wrong, malformed)
