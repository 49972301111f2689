"""What was answered to a question: how often each option was chosen, or what was typed. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lms.core.rounding import distribution, percentage
from lms.core.vietnamese import search_key
from lms.quizzes import kinds
from lms.quizzes.kinds.base import Kind, MalformedAnswer, TextForm
from lms.quizzes.kinds.documents import Document

TYPED_SHOWN = 8
"""So many different typed answers are listed, the commonest first; the others are counted together."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that was or could have been given. ``percent`` of those who saw the question.

    ``key`` marks what is right. ``value`` tells the two sides of a statement apart; ``kind`` is ``option``,
    ``statement``, ``typed``, ``other`` (rarer typed answers together), ``unread`` or ``empty``.
    """

    kind: str
    letter: str
    text: str
    form: TextForm
    count: int
    percent: Decimal
    key: bool = False
    value: bool | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    answers: Sequence[Any]
    empty: int
    unread: int
    seen: int


def choices(kind_name: str, content: Document, key: Document, answers: Sequence[Any]) -> list[Choice]:
    """Everything that was answered, in the author's order; ``answers`` has one entry for each who saw the question.

    Where one thing is chosen the percentages, with those of empty answers, sum to exactly 100.
    """
    kind = kinds.get(kind_name)
    read = _read(kind, answers)
    widget = kind.present(content, 0, shuffle=False).widget
    if widget == "statements":
        return _statements(kind, content, key, read)
    if widget in {"radio", "checkbox"}:
        return _options(kind, content, key, read, exclusive=widget == "radio")
    return _typed(kind, content, key, read)


def _read(kind: Kind, answers: Sequence[Any]) -> _Read:
    parsed, empty, unread = [], 0, 0
    for raw in answers:
        try:
            answer = kind.parse(raw)
        except MalformedAnswer:
            unread += 1
            continue
        if kind.is_empty(answer):
            empty += 1
        else:
            parsed.append(answer)
    return _Read(parsed, empty, unread, len(answers))


def _rest(read: _Read, percents: Sequence[Decimal] | None = None) -> list[Choice]:
    shares = percents or [percentage(count, read.seen) for count in (read.unread, read.empty)]
    found = []
    if read.unread:
        found.append(Choice("unread", "", "", "text", read.unread, shares[0]))
    return [*found, Choice("empty", "", "", "text", read.empty, shares[1])]


def _options(kind: Kind, content: Document, key: Document, read: _Read, *, exclusive: bool) -> list[Choice]:
    shown = kind.present(content, 0, shuffle=False).options
    known = {option.id for option in shown}
    right = set(kind.correct_options(content, key))
    chosen = [[one for one in kind.option_ids(answer) if one in known] for answer in read.answers]
    lost = sum(not ids for ids in chosen)
    whole = _Read(read.answers, read.empty, read.unread + lost, read.seen)
    counts = Counter(one for ids in chosen for one in ids)
    tallies = [counts[option.id] for option in shown]
    if exclusive:
        percents = distribution([*tallies, whole.unread, whole.empty])
    else:
        percents = [percentage(count, read.seen) for count in (*tallies, whole.unread, whole.empty)]
    options = [
        Choice("option", option.letter, option.text, option.form, count, percent, option.id in right)
        for option, count, percent in zip(shown, tallies, percents, strict=False)
    ]
    return options + _rest(whole, percents[-2:])


def _statements(kind: Kind, content: Document, key: Document, read: _Read) -> list[Choice]:
    truths = kind.correct_answer(content, key)
    truths = truths if isinstance(truths, dict) else {}
    found = []
    for option in kind.present(content, 0, shuffle=False).options:
        judged = [answer.get(option.id) for answer in read.answers if isinstance(answer, dict)]
        for value in (True, False):
            count = judged.count(value)
            share = percentage(count, read.seen)
            right = truths.get(option.id) is value
            found.append(
                Choice("statement", option.letter, option.text, option.form, count, share, right, value)
            )
    return found + _rest(read)


def _typed(kind: Kind, content: Document, key: Document, read: _Read) -> list[Choice]:
    """Typed answers that read alike are counted together under the commonest spelling."""
    spellings: dict[str, Counter[str]] = {}
    right: dict[str, bool] = {}
    for answer in read.answers:
        text = ", ".join(part.text for part in kind.describe_answer(content, answer))
        alike = search_key(text)
        spellings.setdefault(alike, Counter())[text] += 1
        right[alike] = right.get(alike, False) or kind.grade(content, key, answer) == 1
    ranked = sorted(spellings, key=lambda alike: (-spellings[alike].total(), alike))
    tallies = [spellings[alike].total() for alike in ranked]
    percents = distribution([*tallies, read.unread, read.empty])
    found = [
        Choice("typed", "", spellings[alike].most_common(1)[0][0], "text", count, percent, right[alike])
        for alike, count, percent in zip(
            ranked[:TYPED_SHOWN], tallies[:TYPED_SHOWN], percents[: len(tallies)][:TYPED_SHOWN], strict=True
        )
    ]
    others = sum(tallies[TYPED_SHOWN:])
    if others:
        share = sum(percents[TYPED_SHOWN:-2], Decimal(0))
        found.append(Choice("other", "", "", "text", others, share))
    return found + _rest(read, percents[-2:])
