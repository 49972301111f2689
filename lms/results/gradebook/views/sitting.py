"""One learner's attempt as staff sees it."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from lms.core.errors import NotFound
from lms.quizzes.delivery.queries.papers import Paper, kind_at, paper_of
from lms.quizzes.delivery.views.papers import as_html, in_words
from lms.quizzes.kinds.base import MalformedAnswer
from lms.quizzes.papers.versions import snapshots
from lms.results.gradebook import words
from lms.results.gradebook.operations import note_access
from lms.results.gradebook.queries import ItemView, Save, Sitting, sitting_in
from lms.results.gradebook.views import READING, blueprint
from lms.results.gradebook.views.staff import open_assessment
from lms.web.guard import require_actor


@blueprint.route("/results/<assessment_id>/attempts/<attempt_id>", access=READING)
def attempt(assessment_id: str, attempt_id: str) -> ResponseReturnValue:
    """Answers with the key, item marks, and every save with its time; that somebody looked is noted."""
    assessment = open_assessment(assessment_id)
    sitting = sitting_in(assessment.id, attempt_id)
    if sitting is None:
        raise NotFound
    paper = paper_of(sitting.attempt, shuffle=assessment.shuffle_options)
    snapshots(paper.version_ids)
    subject = ("attempt", sitting.attempt.id)
    page = render_template(
        "gradebook/attempt.html",
        assessment=assessment,
        sitting=sitting,
        items=[_item(paper, item) for item in sitting.items],
        log=_log(paper, sitting),
        words=words,
    )
    note_access(actor=require_actor(), action="attempt.viewed", subject=subject)
    return page


def _item(paper: Paper, item: ItemView) -> dict[str, Any]:
    kind, version = kind_at(paper, item.slot)
    return {
        "slot": item.slot,
        "weight": item.weight,
        "share": item.share,
        "earned": None if item.share is None else item.share * item.weight,
        "stem": as_html(version.content["stem"], "html"),
        "answer": answer_words(paper, item.slot, item.answer),
        "key": answer_words(paper, item.slot, kind.correct_answer(version.content, version.key)),
        "saves": item.saves,
    }


def _log(paper: Paper, sitting: Sitting) -> list[dict[str, Any]]:
    """The save log, page loads numbered in the order in which they first saved."""
    browsers: dict[str, int] = {}
    return [
        {
            "save": save,
            "browser": browsers.setdefault(save.client, len(browsers) + 1),
            "answer": answer_words(paper, save.slot, save.answer),
            "same": _repeats(sitting, save),
        }
        for save in sitting.saves
    ]


def _repeats(sitting: Sitting, save: Save) -> bool:
    """Whether the save changed no answer, only the flag."""
    before = [one for one in sitting.items[save.slot - 1].saves if one.revision < save.revision]
    return bool(before) and before[-1].answer == save.answer


def answer_words(paper: Paper, slot: int, answer: Any) -> Markup:
    """An answer in words; one that its kind can't read as it is stored."""
    try:
        return in_words(paper, slot, answer)
    except MalformedAnswer:
        return escape(_("Không đọc được: %(answer)s", answer=str(answer)[:200]))
