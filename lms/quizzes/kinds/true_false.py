"""One statement, true or false."""

from collections.abc import Sequence
from fractions import Fraction

from lms.core.messages import N_
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
    ShownOption,
    check_stem,
)
from lms.quizzes.kinds.documents import Document, content_of, stem_of

TRUE, FALSE = "true", "false"
WORDS = {True: N_("Đúng"), False: N_("Sai")}


class TrueFalse(Kind):
    """Key: ``{"correct": true}``. Answer: ``true`` or ``false``."""

    name = "true_false"
    title = N_("Đúng hay sai")
    instruction = N_("Chọn đúng hoặc sai.")

    def fields(self) -> tuple[FieldSpec, ...]:
        """The statement and whether it is true."""
        words = ((TRUE, WORDS[True]), (FALSE, WORDS[False]))
        return (STEM_FIELD, FieldSpec("correct", "choice", N_("Đáp án"), "key", choices=words))

    def check(self, content: Document, key: Document) -> list[Problem]:
        """A stem, and a key that says true or false."""
        problems = check_stem(content)
        if not isinstance(key.get("correct"), bool):
            problems.append(Problem("key_missing", N_("Chưa chọn đáp án đúng."), field="correct"))
        return problems

    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:  # noqa: ARG002
        """Two radio buttons, true first, always."""
        options = tuple(
            ShownOption(value, "", WORDS[truth], "message") for value, truth in ((TRUE, True), (FALSE, False))
        )
        return Presentation(self.name, "radio", stem_of(content), self.instruction, options)

    def parse(self, raw: object, content: Document | None = None) -> bool | None:  # noqa: ARG002
        """A JSON boolean, the words ``true`` and ``false`` that the radio buttons carry, or nothing."""
        if raw is None or isinstance(raw, bool):
            return raw
        if isinstance(raw, str) and raw in (TRUE, FALSE, ""):
            return raw == TRUE if raw else None
        raise MalformedAnswer("not true or false")

    def from_form(self, values: Sequence[str]) -> Answer:
        """At most one value."""
        if len(values) > 1:
            raise MalformedAnswer("more than one choice")
        return self.parse(values[0]) if values else None

    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:  # noqa: ARG002
        """All or nothing."""
        judged = self.parse(answer)
        return Fraction(int(judged is not None and judged is key.get("correct")))

    def correct_answer(self, content: Document, key: Document) -> Answer:  # noqa: ARG002
        """The key."""
        correct = key.get("correct")
        return correct if isinstance(correct, bool) else None

    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:  # noqa: ARG002
        """The word for it."""
        judged = self.parse(answer)
        return () if judged is None else (AnswerPart(TRUE if judged else FALSE, WORDS[judged], "message"),)

    def samples(self, seed: int) -> Samples:
        """A statement that is true for odd seeds."""
        truth = bool(seed % 2)
        wrong: tuple[tuple[Answer, Fraction], ...] = ((not truth, Fraction(0)), (None, Fraction(0)))
        malformed = (1, 0, "True", "yes", [True], {"a": True}, 1.0, "x" * 10_000)
        content = content_of(f"<p>Nhận định mẫu {seed}</p>")
        return Samples(content, {"correct": truth}, (truth, TRUE if truth else FALSE), wrong, malformed)
