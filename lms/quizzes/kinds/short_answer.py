"""A word or a short phrase, typed."""

from collections.abc import Sequence
from fractions import Fraction

from lms.core.messages import N_
from lms.core.vietnamese import clean_name, search_key
from lms.quizzes.kinds.base import (
    STEM_FIELD,
    Answer,
    AnswerPart,
    FieldSpec,
    Kind,
    Presentation,
    Problem,
    Samples,
    check_stem,
)
from lms.quizzes.kinds.documents import Document, content_of, stem_of, texts_of
from lms.quizzes.kinds.line import only_value, read_line

EXACT, CASE, SEARCH = "exact", "case", "search"
MAX_LENGTH = 200
_ENDS = " .,;:!?"


def short_key(accepted: Sequence[str], compare: str = CASE) -> dict[str, object]:
    """The key for these accepted texts, cleaned, empty ones left out."""
    return {"accepted": [text for text in map(clean_name, accepted) if text], "compare": compare}


def _form(text: str, compare: object) -> str:
    """``text`` as it is compared; punctuation at its ends never counts."""
    cleaned = clean_name(text).strip(_ENDS)
    if compare == SEARCH:
        return search_key(cleaned)
    return cleaned if compare == EXACT else clean_name(cleaned.casefold())


class ShortAnswer(Kind):
    """Key: ``{"accepted": [texts], "compare": "case" | "exact" | "search"}``. Answer: the text.

    ``case`` (default) forgives large and small letters, ``search`` missing tones and marks too, ``exact`` neither.
    """

    name = "short_answer"
    title = N_("Trả lời ngắn")
    instruction = N_("Viết câu trả lời ngắn.")

    def fields(self) -> tuple[FieldSpec, ...]:
        """Stem, accepted texts, and how strictly they are compared."""
        ways = (
            (CASE, N_("Không phân biệt chữ hoa, chữ thường")),
            (SEARCH, N_("Không cần đúng dấu")),
            (EXACT, N_("Đúng từng chữ")),
        )
        return (
            STEM_FIELD,
            FieldSpec("accepted", "texts", N_("Các câu trả lời được chấp nhận"), "key"),
            FieldSpec("compare", "choice", N_("Cách so sánh"), "key", required=False, choices=ways),
        )

    def check(self, content: Document, key: Document) -> list[Problem]:
        """A stem, and accepted texts that a learner could type."""
        accepted = texts_of(key, "accepted")
        problems = check_stem(content)
        if not accepted or not all(_form(text, EXACT) for text in accepted):
            message = N_("Chưa có câu trả lời được chấp nhận, hoặc có dòng trống.")
            problems.append(Problem("key_missing", message, field="accepted"))
        if any(len(text) > MAX_LENGTH for text in accepted):
            message = N_("Câu trả lời dài quá %(count)s chữ.")
            problems.append(Problem("key_long", message, {"count": MAX_LENGTH}, "accepted"))
        if key.get("compare", CASE) not in (EXACT, CASE, SEARCH):
            problems.append(Problem("compare_unknown", N_("Cách so sánh không hợp lệ."), field="compare"))
        return problems

    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:  # noqa: ARG002
        """One line of text."""
        return Presentation(self.name, "text", stem_of(content), self.instruction, max_length=MAX_LENGTH)

    def parse(self, raw: object, content: Document | None = None) -> str | None:  # noqa: ARG002
        """A text of at most 200 characters, its spaces tidied; a blank one is no answer."""
        return read_line(raw, MAX_LENGTH)

    def from_form(self, values: Sequence[str]) -> Answer:
        """At most one value."""
        return self.parse(only_value(values))

    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:  # noqa: ARG002
        """All or nothing."""
        text, compare = self.parse(answer), key.get("compare", CASE)
        given = _form(text, compare) if text else ""
        return Fraction(
            int(bool(given) and given in {_form(each, compare) for each in texts_of(key, "accepted")})
        )

    def correct_answer(self, content: Document, key: Document) -> Answer:  # noqa: ARG002
        """The first accepted text."""
        return next(iter(texts_of(key, "accepted")), None)

    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:  # noqa: ARG002
        """The text itself."""
        text = self.parse(answer)
        return (AnswerPart("", text, "text"),) if text else ()

    def samples(self, seed: int) -> Samples:
        """The same accepted text under each of the three comparisons."""
        compare = (EXACT, CASE, SEARCH)[seed % 3]
        spelt, large, bare = f"Chi bộ số {seed}", f"CHI BỘ SỐ {seed}", f"chi bo so {seed}"
        forms = (spelt, f"  Chi  bộ số {seed}. ")
        right = {EXACT: forms, CASE: (*forms, large), SEARCH: (*forms, large, bare)}[compare]
        rest = [
            text for text in (large, bare, "Đảng ủy", f"Chi bộ số {seed}1", None, "  ") if text not in right
        ]
        malformed = (1, True, ["a"], {"a": True}, "x" * 201, "x" * 100_000)
        wrong = tuple((text, Fraction(0)) for text in rest)
        return Samples(
            content_of(f"<p>Câu mẫu {seed}</p>"), short_key([spelt], compare), right, wrong, malformed
        )
