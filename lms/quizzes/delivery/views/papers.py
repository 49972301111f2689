"""A paper as templates show it."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from lms.quizzes import kinds
from lms.quizzes.delivery.queries.attempts import Standing
from lms.quizzes.delivery.queries.papers import Paper, present
from lms.quizzes.kinds.base import Presentation, TextForm
from lms.quizzes.papers.versions import VersionSnapshot, snapshots

INPUTS = {"radio": "radio", "checkbox": "checkbox", "statements": "group", "text": "text", "number": "text"}


def as_html(text: str, form: TextForm) -> Markup:
    """A text of a question as safe HTML: what is HTML was sanitised when it entered the bank."""
    if form == "html":
        return Markup(text)  # noqa: S704  (sanitised at entry, see bank.conversion)
    return escape(_(text) if form == "message" else text)


def shown_slots(paper: Paper, given: dict[int, Standing]) -> list[dict[str, Any]]:
    """Every question of a paper, in order, with the answer that stands; no key, no explanation."""
    versions = snapshots(paper.version_ids)
    return [
        shown_slot(paper, slot, versions[version_id], given.get(slot))
        for slot, version_id in enumerate(paper.version_ids, start=1)
    ]


def shown_slot(
    paper: Paper, slot: int, version: VersionSnapshot, standing: Standing | None
) -> dict[str, Any]:
    """One question for the template ``delivery/_question.html``."""
    presentation = present(paper, slot, version)
    options = _options(presentation)
    group = presentation.widget == "statements"
    return {
        "slot": slot,
        "number": slot,
        "kind": presentation.kind,
        "input": INPUTS[presentation.widget],
        "instruction": _(presentation.instruction) if presentation.instruction else "",
        "stem": as_html(presentation.stem, "html"),
        "stimulus": as_html(version.content["stimulus"], "html") if version.content.get("stimulus") else None,
        "options": [] if group else options,
        "statements": options if group else [],
        "max_length": presentation.max_length,
        "unit": presentation.unit,
        "revision": standing.revision if standing else 0,
        "answer": standing.answer if standing else None,
        "flagged": standing.flagged if standing else False,
    }


def _options(presentation: Presentation) -> list[dict[str, Any]]:
    return [
        {"id": option.id, "letter": option.letter, "html": as_html(option.text, option.form)}
        for option in presentation.options
    ]


def in_words(paper: Paper, slot: int, answer: Any) -> Markup:
    """An answer as the learner would read it, with the letters of this learner's paper."""
    version_id = paper.version_ids[slot - 1]
    version = snapshots([version_id])[version_id]
    letters = {option.id: option.letter for option in present(paper, slot, version).options}
    parts = kinds.get(version.kind).describe_answer(version.content, answer)
    if not parts:
        return escape(_("Chưa trả lời"))
    lines = []
    for part in parts:
        letter = letters.get(part.id, "")
        text = as_html(part.text, part.form)
        if part.value is not None:
            text = Markup("{}: {}").format(text, _("Đúng") if part.value else _("Sai"))
        lines.append(Markup("{}. {}").format(letter, text) if letter else text)
    return Markup("<br>").join(lines)
