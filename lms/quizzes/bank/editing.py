"""A question's texts and key under a person's hands: HTML as plain text fields and back, a press on a key."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lms.core.sanitising import clean_html, escape_text, text_of
from lms.quizzes.bank.drafts import CHOICES, FALSE, LETTERS, TRUE, Draft

_PLACEHOLDER = re.compile(r"⟦([^⟧]*)⟧")
_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="/files/([A-Za-z0-9_-]+)"[^>]*>')


def filled_html(html: str, files: Mapping[str, str]) -> str:
    """Clean HTML in which each ``⟦name⟧`` is the stored picture that ``files`` names, or nothing."""
    return clean_html(_PLACEHOLDER.sub(lambda found: _image(files.get(found[1])), html))


def _image(file: str | None) -> str:
    return f'<img src="/files/{file}" alt="Hình">' if file else ""


def images_of(*texts: str) -> tuple[str, ...]:
    """Public ids of the stored pictures that the texts show, in order, each once."""
    return tuple(dict.fromkeys(name for text in texts for name in _IMAGE.findall(text)))


def editable(html: str) -> str:
    """The text of ``html`` for a plain text field; a picture shows as ``⟦id⟧``."""
    return text_of(_IMAGE.sub(lambda found: f"⟦{found[1]}⟧", html))


def edited(text: str, before: str, allowed: Sequence[str]) -> str:
    """HTML of what a person left in a text field that showed ``before``.

    A field that wasn't touched keeps its HTML and so its formatting. Of pictures only those ``allowed`` stay.
    """
    normal = text.replace("\r\n", "\n").strip()
    if normal == editable(before):
        return before
    return filled_html(escape_text(normal), {name: name for name in allowed})


def with_key(draft: Draft, pressed: str) -> Draft:
    """The draft after a press on a key: a letter (``B``), a truth (``T``), or a statement's truth (``b:F``).

    What doesn't fit the kind changes nothing.
    """
    letter, _, truth = pressed.partition(":")
    place = LETTERS.find(letter.upper()) if len(letter) == 1 else -1
    if draft.kind == "true_false" and pressed in {TRUE, FALSE}:
        return replace(draft, key=(pressed,))
    if not 0 <= place < len(draft.options) or bool(truth) != (draft.kind == "true_false_group"):
        return draft
    letter = LETTERS[place]
    if draft.kind == "single_choice":
        return replace(draft, key=(letter,))
    if draft.kind == "multiple_response":
        rest = set(draft.key) ^ {letter}
        return replace(draft, key=tuple(sorted(rest)))
    if truth in {TRUE, FALSE}:
        judged = [*draft.key, *[""] * len(draft.options)][: len(draft.options)]
        judged[place] = truth
        return replace(draft, key=tuple(judged))
    return draft


def as_kind(draft: Draft, kind: str) -> Draft:
    """The draft as another kind, keeping of the key what still means something."""
    if kind == draft.kind:
        return draft
    key: tuple[str, ...] = ()
    letters = LETTERS[: len(draft.options)]
    if kind in CHOICES and draft.kind in CHOICES:
        key = draft.key if kind == "multiple_response" else draft.key[:1]
    elif kind == "true_false_group" and draft.kind in CHOICES and set(draft.key) & set(letters):
        key = tuple(TRUE if letter in draft.key else FALSE for letter in letters)
    elif kind == "multiple_response" and draft.kind == "true_false_group":
        key = tuple(letter for letter, part in zip(letters, draft.key, strict=False) if part == TRUE)
    return replace(draft, kind=kind, key=key, settings={})
