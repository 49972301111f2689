"""Several statements under one stem, each true or false (the form used in national examinations since 2025)."""

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
from lms.quizzes.kinds.documents import IDS, Document, choice_content, options_of, stem_of

PROPORTIONAL, NATIONAL_2025 = "proportional", "national_2025"
NATIONAL_SIZE = 4
NATIONAL_SHARES = (Fraction(0), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(1))
"""Share for 0 to 4 statements judged rightly, as in the national examination's scheme from 2025."""
_TRUTH = {"true": True, "false": False}


def group_key(truths: Sequence[bool], policy: str = PROPORTIONAL) -> dict[str, object]:
    """The key for statements in the author's order."""
    return {"correct": dict(zip(IDS, truths, strict=False)), "policy": policy}


def _truths(key: Document) -> dict[str, bool]:
    correct = key.get("correct")
    if not isinstance(correct, dict):
        return {}
    return {
        each: truth for each, truth in correct.items() if isinstance(each, str) and isinstance(truth, bool)
    }


class TrueFalseGroup(Kind):
    """Key: ``{"correct": {"a": true, "b": false}, "policy": …}``. Answer: the same map, of what was judged so far.

    ``proportional`` (default) gives each statement an equal share; ``national_2025`` is for four statements.
    """

    name = "true_false_group"
    title = N_("Nhóm nhận định đúng sai")
    instruction = N_("Với mỗi ý, chọn đúng hoặc sai.")

    def fields(self) -> tuple[FieldSpec, ...]:
        """Stem, statements with their truth, and how partly right answers count."""
        policies = (
            (PROPORTIONAL, N_("Mỗi ý đúng được phần điểm bằng nhau")),
            (NATIONAL_2025, N_("Như đề thi quốc gia từ 2025: đúng 1, 2, 3, 4 ý được 0,1; 0,25; 0,5; 1")),
        )
        return (
            STEM_FIELD,
            FieldSpec("options", "statements", N_("Các ý")),
            FieldSpec("policy", "choice", N_("Cách tính điểm"), "key", required=False, choices=policies),
        )

    def check(self, content: Document, key: Document) -> list[Problem]:
        """Stem, statements, a truth for each of them and for no other, and a policy that fits their number."""
        truths, ids = _truths(key), [option.id for option in options_of(content)]
        problems = [
            *check_stem(content),
            *choice.check_options(content),
            *choice.check_known(content, list(truths)),
        ]
        for place, each in enumerate(ids):
            if each not in truths:
                message = N_("Ý %(letter)s chưa chọn đúng hay sai.")
                letter = IDS[place % len(IDS)]
                problems.append(Problem("key_missing", message, {"letter": letter}, f"options.{each}"))
        policy = key.get("policy", PROPORTIONAL)
        if policy not in (PROPORTIONAL, NATIONAL_2025):
            problems.append(Problem("policy_unknown", N_("Cách tính điểm không hợp lệ."), field="policy"))
        elif policy == NATIONAL_2025 and len(ids) != NATIONAL_SIZE:
            message = N_("Cách tính điểm này chỉ dùng cho câu có %(count)s ý.")
            problems.append(Problem("policy_size", message, {"count": NATIONAL_SIZE}, "policy"))
        return problems

    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:
        """Rows with letters a, b, c and two choices each."""
        arranged = choice.arrange(options_of(content), seed, shuffle=shuffle)
        rows = choice.shown(arranged, IDS)
        return Presentation(self.name, "statements", stem_of(content), self.instruction, rows)

    def parse(self, raw: object, content: Document | None = None) -> dict[str, bool] | None:
        """A map from statement ids to booleans; an empty one is no answer."""
        if raw is None:
            return None
        if not isinstance(raw, dict) or len(raw) > len(IDS):
            raise MalformedAnswer("not a map of statements")
        judged: dict[str, bool] = {}
        for each in sorted(raw, key=str):
            if not isinstance(raw[each], bool):
                raise MalformedAnswer("not true or false")
            judged[choice.parse_id(each, content)] = raw[each]
        return judged or None

    def from_form(self, values: Sequence[str]) -> Answer:
        """Values like ``a:true``, one for each statement that was judged; empty ones are skipped."""
        judged: dict[str, bool] = {}
        for value in filter(None, values):
            each, _, word = value.partition(":")
            if word not in _TRUTH or each in judged:
                raise MalformedAnswer("not a judged statement")
            judged[each] = _TRUTH[word]
        return self.parse(judged)

    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:  # noqa: ARG002
        """By the key's policy; a statement left open is not right."""
        truths, judged = _truths(key), self.parse(answer) or {}
        if not truths:
            return Fraction(0)
        right = sum(judged.get(each) is truth for each, truth in truths.items())
        if key.get("policy") == NATIONAL_2025 and len(truths) == NATIONAL_SIZE:
            return NATIONAL_SHARES[right]
        return Fraction(right, len(truths))

    def correct_answer(self, content: Document, key: Document) -> Answer:  # noqa: ARG002
        """Every statement's truth."""
        return dict(sorted(_truths(key).items())) or None

    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:
        """Each judged statement with how it was judged."""
        judged = self.parse(answer) or {}
        described = choice.parts(content, list(judged))
        return tuple(AnswerPart(part.id, part.text, part.form, judged[part.id]) for part in described)

    def samples(self, seed: int) -> Samples:
        """Four statements, either policy."""
        national = bool(seed % 2)
        content = choice_content(
            f"<p>Câu mẫu {seed}</p>", [f"Nhận định số {n}" for n in range(NATIONAL_SIZE)]
        )
        truths = {each: bool(seeds.derive(seed, each) % 2) for each in IDS[:NATIONAL_SIZE]}
        key: dict[str, object] = {"correct": truths, "policy": NATIONAL_2025 if national else PROPORTIONAL}
        wrong: list[tuple[Answer, Fraction]] = [(None, Fraction(0)), ({}, Fraction(0))]
        for right in range(NATIONAL_SIZE):
            judged = {each: truth is (place < right) for place, (each, truth) in enumerate(truths.items())}
            wrong.append((judged, NATIONAL_SHARES[right] if national else Fraction(right, NATIONAL_SIZE)))
        malformed = (
            "a",
            ["a"],
            {"a": 1},
            {"A": True},
            {"ab": True},
            {"a": None},
            True,
            {1: True},
            {"a": "true"},
        )
        return Samples(content, key, (truths,), tuple(wrong), malformed)
