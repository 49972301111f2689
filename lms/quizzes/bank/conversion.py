"""Between what a reader understood of a file, what a person edits, and what a question version stores.

Nothing here knows a database or a browser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lms.core.messages import N_
from lms.core.numbers import NotANumber, parse_number
from lms.core.sanitising import clean_html, escape_text, text_of
from lms.core.vietnamese import fold, search_key
from lms.quizzes import kinds
from lms.quizzes.bank.drafts import CHOICES, FALSE, LETTERS, TRUE, WITH_OPTIONS, Draft
from lms.quizzes.bank.editing import filled_html
from lms.quizzes.kinds.documents import IDS, choice_content, content_of, options_of, stem_of, texts_of
from lms.quizzes.kinds.numerical import numerical_content, numerical_key
from lms.quizzes.kinds.short_answer import short_key
from lms.quizzes.kinds.true_false_group import group_key


@dataclass(frozen=True, slots=True)
class Built:
    """A draft as a version stores it; ``problems`` is empty when it is fit to be used."""

    kind: str
    content: dict[str, Any]
    key: dict[str, Any]
    explanation: str
    plain: str
    search_key: str
    problems: tuple[kinds.Problem, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON column."""
        problems = [[one.code, one.message, dict(one.params), one.field] for one in self.problems]
        return {
            "kind": self.kind,
            "content": self.content,
            "key": self.key,
            "explanation": self.explanation,
            "plain": self.plain,
            "search_key": self.search_key,
            "problems": problems,
        }


def built_from_json(data: Mapping[str, Any]) -> Built:
    """What :meth:`Built.to_json` described."""
    return Built(**{**data, "problems": tuple(kinds.Problem(*one) for one in data["problems"])})


def with_drafts(questions: Sequence[Mapping[str, Any]], files: Mapping[str, str]) -> list[dict[str, Any]]:
    """A document's questions, each with its pictures' stored ``file``, its ``draft`` and what that ``built``.

    This is the costly part of an import (about 4 ms a question), to be done outside of any transaction.
    """
    found = []
    for question in questions:
        media = [{**item, "file": files.get(item["name"])} for item in question.get("media", ())]
        draft = from_document({**question, "media": media})
        found.append({**question, "media": media, "draft": draft.to_json(), "built": build(draft).to_json()})
    return found


def mended_json(draft: Draft) -> dict[str, Any]:
    """A corrected draft with what it built, as an import keeps it."""
    return {"draft": draft.to_json(), "built": build(draft).to_json()}


def from_document(question: Mapping[str, Any]) -> Draft:
    """The draft of a neutral question document's question; its pictures must have been given a ``file`` each.

    Everything is sanitised here, whatever the reader promised.
    """
    files = {item["name"]: item["file"] for item in question.get("media", ()) if item.get("file")}
    stem_html = question.get("stem_html") or escape_text(question["stem"])
    option_html = question.get("option_html") or [escape_text(text) for text in question["options"]]
    stem = filled_html(stem_html, files)
    if question.get("stimulus"):
        stem = f"<p>{filled_html(escape_text(question['stimulus']), files)}</p><p>{stem}</p>"
    options = tuple(filled_html(text, files) for text in option_html)
    kind, key = str(question["kind"]), tuple(str(part) for part in question["key"])
    if kind == "true_false":
        options, key = (), _truth_of(key, question["options"])
    return Draft(
        kind=kind,
        stem=clean_html(stem),
        options=options[: len(IDS)],
        key=key,
        explanation=filled_html(escape_text(question.get("explanation") or ""), files),
    )


def _truth_of(key: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    """``T`` or ``F`` of a key that says so, or that is the letter of the option *Đúng* or *Sai*."""
    if not key or (key[0] in {TRUE, FALSE} and not options):
        return tuple(key[:1])
    place = LETTERS.find(key[0])
    if 0 <= place < len(options):
        return (TRUE,) if fold(options[place]).strip(" .") in {"dung", "true", "d"} else (FALSE,)
    return tuple(key[:1]) if key[0] in {TRUE, FALSE} else ()


def build(draft: Draft) -> Built:
    """The draft as a version stores it. A kind that can't be stored yet has the problem ``kind_unknown``."""
    content: dict[str, object] = choice_content(draft.stem, draft.options[: len(IDS)])
    if not kinds.known(draft.kind):
        problem = kinds.Problem("kind_unknown", N_("Chưa nhập được dạng câu hỏi này."), field="kind")
        return _built(draft, content, {}, (problem,))
    if draft.kind == "numerical":
        content = numerical_content(draft.stem, draft.settings.get("unit", ""))
    elif draft.kind not in WITH_OPTIONS:
        content = content_of(draft.stem)
    key = _KEYS[draft.kind](draft)
    return _built(draft, content, key, tuple(kinds.get(draft.kind).check(content, key)))


def _built(
    draft: Draft, content: dict[str, object], key: dict[str, object], problems: tuple[kinds.Problem, ...]
) -> Built:
    plain = plain_text(content)
    return Built(
        kind=draft.kind,
        content=content,
        key=key,
        explanation=clean_html(draft.explanation),
        plain=plain,
        search_key=search_key(plain),
        problems=problems,
    )


def plain_text(content: Mapping[str, object]) -> str:
    """The words of stem and options, a line each: what is searched and what tells two questions apart."""
    return "\n".join([text_of(stem_of(content)), *(text_of(option.text) for option in options_of(content))])


def _choice_key(draft: Draft) -> dict[str, object]:
    correct = sorted({letter.lower() for letter in draft.key if letter in LETTERS and len(letter) == 1})
    policy = draft.settings.get("policy")
    return {"correct": correct, **({"policy": policy} if policy and draft.kind != "single_choice" else {})}


def _truth_key(draft: Draft) -> dict[str, object]:
    return {"correct": draft.key[0] == TRUE} if draft.key and draft.key[0] in {TRUE, FALSE} else {}


def _group_key(draft: Draft) -> dict[str, object]:
    judged = {
        IDS[place]: part == TRUE for place, part in enumerate(draft.key[: len(IDS)]) if part in {TRUE, FALSE}
    }
    return {**group_key((), draft.settings.get("policy") or "proportional"), "correct": judged}


def _short_key(draft: Draft) -> dict[str, object]:
    return short_key(draft.key, draft.settings.get("compare") or "case")


def _numerical_key(draft: Draft) -> dict[str, object]:
    value, tolerance = (
        _number(draft.key[0] if draft.key else ""),
        _number(draft.settings.get("tolerance") or "0"),
    )
    return {} if value is None or tolerance is None else numerical_key(value, tolerance)


def _number(text: str) -> Decimal | None:
    for locale in ("vi", "en"):
        try:
            return parse_number(text, locale)
        except NotANumber:
            continue
    return None


_KEYS = {
    "single_choice": _choice_key,
    "multiple_response": _choice_key,
    "true_false": _truth_key,
    "true_false_group": _group_key,
    "short_answer": _short_key,
    "numerical": _numerical_key,
}


def draft_of(kind: str, content: Mapping[str, Any], key: Mapping[str, Any], explanation: str) -> Draft:
    """The stored question as a draft again; :func:`build` gives the same documents back."""
    options = options_of(content)
    settings = {name: str(key[name]) for name in ("policy", "compare") if isinstance(key.get(name), str)}
    letters: tuple[str, ...] = ()
    if kind in CHOICES:
        letters = tuple(each.upper() for each in texts_of(key, "correct"))
    elif kind == "true_false":
        letters = (TRUE if key.get("correct") is True else FALSE,)
    elif kind == "true_false_group":
        truths = key.get("correct") or {}
        letters = tuple(_letter_of(truths.get(option.id)) for option in options)
    elif kind == "short_answer":
        letters = texts_of(key, "accepted")
    elif kind == "numerical":
        letters = (_comma(key.get("value", "")),)
        settings |= {"unit": str(content.get("unit", "")), "tolerance": _comma(key.get("tolerance", ""))}
    return Draft(
        kind, stem_of(content), tuple(option.text for option in options), letters, explanation, settings
    )


def _letter_of(truth: object) -> str:
    return "" if not isinstance(truth, bool) else TRUE if truth else FALSE


def _comma(number: object) -> str:
    return str(number).replace(".", ",")
