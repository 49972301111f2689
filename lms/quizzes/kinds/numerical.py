"""A number, typed, right within a tolerance."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from lms.core.messages import N_
from lms.core.numbers import NotANumber, format_number, parse_number
from lms.core.vietnamese import clean_name
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
from lms.quizzes.kinds.documents import Document, content_of, stem_of
from lms.quizzes.kinds.line import only_value, read_line

MAX_LENGTH = 40


def numerical_content(stem: str, unit: str = "") -> dict[str, object]:
    """The content; ``unit`` is shown behind the field and not typed."""
    return {**content_of(stem), "unit": clean_name(unit)}


def numerical_key(value: Decimal, tolerance: Decimal = Decimal(0)) -> dict[str, object]:
    """The key; numbers are stored as plain decimal strings."""
    return {"value": f"{value:f}", "tolerance": f"{tolerance:f}"}


def _stored(key: Document, name: str, default: str | None = None) -> Decimal | None:
    text = key.get(name, default)
    try:
        return parse_number(text, "en") if isinstance(text, str) else None
    except NotANumber:
        return None


def _readings(text: str) -> set[Decimal]:
    """What a typed number can mean: 1.250 is read both ways, since either mark is in use for decimals."""
    found = set()
    for locale in ("vi", "en"):
        try:
            found.add(parse_number(text, locale))
        except NotANumber:
            continue
    return found


class Numerical(Kind):
    """Key: ``{"value": "8.5", "tolerance": "0.1"}`` (absolute, ends included). Answer: the text as typed."""

    name = "numerical"
    title = N_("Trả lời bằng số")
    instruction = N_("Viết câu trả lời bằng số.")

    def fields(self) -> tuple[FieldSpec, ...]:
        """Stem, unit, value, tolerance."""
        return (
            STEM_FIELD,
            FieldSpec("unit", "text", N_("Đơn vị đo"), required=False),
            FieldSpec("value", "number", N_("Đáp án"), "key"),
            FieldSpec("tolerance", "number", N_("Cho phép lệch"), "key", required=False),
        )

    def check(self, content: Document, key: Document) -> list[Problem]:
        """A stem, a value, and a tolerance that is not negative."""
        problems = check_stem(content)
        if _stored(key, "value") is None:
            problems.append(Problem("key_missing", N_("Đáp án phải là một số."), field="value"))
        tolerance = _stored(key, "tolerance", "0")
        if tolerance is None or tolerance < 0:
            problems.append(Problem("tolerance", N_("Độ lệch phải là số không âm."), field="tolerance"))
        return problems

    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:  # noqa: ARG002
        """One field for a number, its unit behind it."""
        unit, stem = content.get("unit"), stem_of(content)
        shown = unit if isinstance(unit, str) else ""
        return Presentation(self.name, "number", stem, self.instruction, max_length=MAX_LENGTH, unit=shown)

    def parse(self, raw: object, content: Document | None = None) -> str | None:  # noqa: ARG002
        """A text of at most 40 characters, kept as typed; half a number is saved too. A blank one is no answer."""
        return read_line(raw, MAX_LENGTH)

    def from_form(self, values: Sequence[str]) -> Answer:
        """At most one value."""
        return self.parse(only_value(values))

    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:  # noqa: ARG002
        """All or nothing; what is no number earns nothing."""
        text, value, tolerance = self.parse(answer), _stored(key, "value"), _stored(key, "tolerance", "0")
        if text is None or value is None or tolerance is None:
            return Fraction(0)
        near = any(
            abs(Fraction(reading) - Fraction(value)) <= Fraction(tolerance) for reading in _readings(text)
        )
        return Fraction(int(near))

    def correct_answer(self, content: Document, key: Document) -> Answer:  # noqa: ARG002
        """The value, written the Vietnamese way."""
        value = _stored(key, "value")
        return None if value is None else format_number(value, grouping=False)

    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:
        """The number as typed, with its unit."""
        text, unit = self.parse(answer), content.get("unit")
        return (AnswerPart("", f"{text} {unit}" if unit else text, "text"),) if text else ()

    def samples(self, seed: int) -> Samples:
        """A value with one decimal and a tolerance of 0 or 0.1."""
        value, wide = Decimal(seed % 1000).scaleb(-1) + 1, bool(seed % 2)
        tenth = Decimal("0.1")
        right = [f"{value:f}", format_number(value), f" {value:f}0 "]
        wrong: list[tuple[Answer, Fraction]] = [(None, Fraction(0)), ("-", Fraction(0)), ("tám", Fraction(0))]
        wrong.append((format_number(value + tenth + tenth), Fraction(0)))
        if wide:
            right += [f"{value + tenth:f}", f"{value - tenth:f}"]
        else:
            wrong.append((f"{value + tenth:f}", Fraction(0)))
        key = numerical_key(value, tenth if wide else Decimal(0))
        malformed = (8.5, 8, True, ["8"], {"a": True}, "8" * 41, "8" * 10_000)
        return Samples(
            numerical_content(f"<p>Câu mẫu {seed}</p>", "%"), key, tuple(right), tuple(wrong), malformed
        )
