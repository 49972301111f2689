"""One right option among several."""

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


class SingleChoice(Kind):
    """Key: ``{"correct": ["b"]}``. Answer: ``"b"``."""

    name = "single_choice"
    title = N_("Một lựa chọn")
    instruction = N_("Chọn một phương án.")

    def fields(self) -> tuple[FieldSpec, ...]:
        """Stem, and options of which one is marked right."""
        return (STEM_FIELD, FieldSpec("options", "options", N_("Các phương án"), marks="one"))

    def check(self, content: Document, key: Document) -> list[Problem]:
        """Stem, options, and exactly one known option in the key."""
        correct = texts_of(key, "correct")
        problems = [
            *check_stem(content),
            *choice.check_options(content),
            *choice.check_known(content, correct),
        ]
        if not correct:
            problems.append(Problem("key_missing", N_("Chưa chọn đáp án đúng."), field="options"))
        elif len(correct) > 1:
            message = N_("Câu một lựa chọn chỉ có một đáp án đúng.")
            problems.append(Problem("key_many", message, field="options"))
        return problems

    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:
        """Radio buttons with letters A, B, C and so on."""
        arranged = choice.arrange(options_of(content), seed, shuffle=shuffle)
        return Presentation(self.name, "radio", stem_of(content), self.instruction, choice.shown(arranged))

    def parse(self, raw: object, content: Document | None = None) -> str | None:
        """An option id, or nothing."""
        return None if raw in (None, "") else choice.parse_id(raw, content)

    def from_form(self, values: Sequence[str]) -> Answer:
        """At most one value, an option id."""
        if len(values) > 1:
            raise MalformedAnswer("more than one choice")
        return self.parse(values[0]) if values else None

    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:  # noqa: ARG002
        """All or nothing."""
        return Fraction(int(self.parse(answer) in texts_of(key, "correct")))

    def correct_answer(self, content: Document, key: Document) -> Answer:  # noqa: ARG002
        """The key's option."""
        return next(iter(texts_of(key, "correct")), None)

    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:
        """The option chosen."""
        chosen = self.parse(answer)
        return choice.parts(content, [chosen]) if chosen else ()

    def samples(self, seed: int) -> Samples:
        """Two to six numbered options."""
        content = choice_content(f"<p>Câu mẫu {seed}</p>", [f"Phương án số {n}" for n in range(2 + seed % 5)])
        ids = [option.id for option in options_of(content)]
        right = seeds.pick(ids, 1, seed, str)[0]
        wrong: list[tuple[Answer, Fraction]] = [(each, Fraction(0)) for each in ids if each != right]
        malformed = (1, True, "A", "ab", "é", ["a"], {"a": True}, "a" * 10_000, 0.5, " a")
        return Samples(content, {"correct": [right]}, (right,), (*wrong, (None, Fraction(0))), malformed)
