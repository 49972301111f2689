"""The two JSON documents of a question version, read and built.

``content`` is what a learner may see: ``{"stem": html, "options": [{"id": "a", "text": html, "pinned": bool}]}``.
``key`` holds what must stay on the server. Option ids are the letters the author's options have; they belong to the
option, not to its place on a learner's paper.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.core.sanitising import clean_html, text_of
from lms.quizzes.kinds.pinning import is_pinned_text

Document = Mapping[str, object]

IDS = string.ascii_lowercase
MAX_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One option (or statement): ``text`` is clean HTML."""

    id: str
    text: str
    pinned: bool


def stem_of(content: Document) -> str:
    """The stem's HTML, empty when it is missing."""
    stem = content.get("stem")
    return stem if isinstance(stem, str) else ""


def options_of(content: Document) -> tuple[Option, ...]:
    """The options in the author's order; entries that are not options are left out.

    An entry that doesn't say whether it is pinned is judged by its text.
    """
    found = []
    entries = content.get("options")
    for entry in entries if isinstance(entries, Sequence) and not isinstance(entries, str) else ():
        if isinstance(entry, Mapping):
            identifier, text, pinned = entry.get("id"), entry.get("text"), entry.get("pinned")
            if isinstance(identifier, str) and isinstance(text, str):
                fixed = pinned if isinstance(pinned, bool) else is_pinned_text(text_of(text))
                found.append(Option(identifier, text, fixed))
    return tuple(found)


def texts_of(document: Document, name: str) -> tuple[str, ...]:
    """The list of strings called ``name``; anything else in it is left out."""
    entries = document.get(name)
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        return ()
    return tuple(entry for entry in entries if isinstance(entry, str))


def content_of(stem: str) -> dict[str, object]:
    """The content of a question without options; ``stem`` is HTML and is cleaned."""
    return {"stem": clean_html(stem)}


def choice_content(
    stem: str, options: Sequence[str], pinned: Sequence[bool] | None = None
) -> dict[str, object]:
    """The content of a question with options, both HTML, cleaned; ids a, b, c … in the order given.

    ``pinned`` says which options keep their place; without it their texts decide. Raises ``ValueError`` when there
    are more options than letters or ``pinned`` has another length.
    """
    if len(options) > len(IDS):
        raise ValueError(f"at most {len(IDS)} options")
    cleaned = [clean_html(option) for option in options]
    fixed = [is_pinned_text(text_of(text)) for text in cleaned] if pinned is None else list(pinned)
    return {
        **content_of(stem),
        "options": [
            {"id": identifier, "text": text, "pinned": stays}
            for identifier, (text, stays) in zip(IDS, zip(cleaned, fixed, strict=True), strict=False)
        ],
    }
