"""Practising: one question, its feedback, the next; at the end what to read again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.errors import Invalid, NotFound
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.delivery.operations.closing import hand_in
from lms.quizzes.delivery.queries.attempts import Standing, attempt_by_public_id, standings
from lms.quizzes.delivery.queries.papers import Paper, kind_at, paper_of
from lms.quizzes.delivery.views.learner import grace
from lms.quizzes.delivery.views.papers import as_html, shown_slot
from lms.quizzes.papers.rules import is_practice
from lms.quizzes.practice.operations import answer_question
from lms.quizzes.practice.queries import feedback, share_of
from lms.web.guard import SIGNED_IN, GuardedBlueprint, require_actor
from lms.web.i18n import say
from lms.web.presented import presented_token_hash

blueprint = GuardedBlueprint("practice", __name__, template_folder="templates")


def _own_practice(attempt_id: str) -> tuple[Attempt, Paper, dict[int, Standing]]:
    attempt = attempt_by_public_id(attempt_id, require_actor().id)
    if attempt is None or not is_practice(attempt.assessment):
        raise NotFound
    return attempt, paper_of(attempt, shuffle=attempt.assessment.shuffle_options), standings(attempt.id)


@blueprint.route("/practice/<attempt_id>/<int:slot>", access=SIGNED_IN)
def question(attempt_id: str, slot: int) -> ResponseReturnValue:
    """A question; once answered, with its feedback."""
    return _question_page(attempt_id, slot)


def _question_page(attempt_id: str, slot: int, error: str = "") -> str:
    attempt, paper, given = _own_practice(attempt_id)
    if not 1 <= slot <= paper.length:
        raise NotFound
    _kind, version = kind_at(paper, slot)
    standing = given.get(slot)
    said = feedback(paper, slot, standing) if standing is not None else None
    open_slots = [number for number in range(1, paper.length + 1) if number not in given]
    return render_template(
        "practice/question.html",
        attempt=attempt,
        slot=shown_slot(paper, slot, version, standing),
        feedback=said,
        explanation=as_html(said.explanation, "html") if said else "",
        count=paper.length,
        answered=len(given),
        next_slot=next(
            (number for number in open_slots if number > slot), open_slots[0] if open_slots else None
        ),
        error=error,
        closed=attempt.state is AttemptState.CLOSED,
    )


@blueprint.route("/practice/<attempt_id>/<int:slot>", access=SIGNED_IN, methods=["POST"])
def answer(attempt_id: str, slot: int) -> ResponseReturnValue:
    """Record an answer, then show what it is worth."""
    values = [
        value for name in request.form if name.startswith("answer-") for value in request.form.getlist(name)
    ]
    try:
        answer_question(
            actor=require_actor(),
            token_hash=presented_token_hash(),
            attempt_id=attempt_id,
            slot=slot,
            values=values,
        )
    except Invalid as refusal:
        return _question_page(attempt_id, slot, say(refusal.message)), 422
    return redirect(url_for("practice.question", attempt_id=attempt_id, slot=slot))


@blueprint.route("/practice/<attempt_id>/finish", access=SIGNED_IN, methods=["POST"])
def finish(attempt_id: str) -> ResponseReturnValue:
    """End the practice."""
    _own_practice(attempt_id)
    hand_in(actor=require_actor(), attempt_id=attempt_id, grace=grace())
    return redirect(url_for("practice.summary", attempt_id=attempt_id))


@blueprint.route("/practice/<attempt_id>", access=SIGNED_IN)
def summary(attempt_id: str) -> ResponseReturnValue:
    """How many were right, and which to look at again."""
    attempt, paper, given = _own_practice(attempt_id)
    if attempt.state is not AttemptState.CLOSED:
        return redirect(url_for("practice.question", attempt_id=attempt_id, slot=1))
    right = [slot for slot, standing in given.items() if share_of(paper, slot, standing) == 1]
    wrong = [slot for slot in range(1, paper.length + 1) if slot not in right]
    return render_template(
        "practice/summary.html", attempt=attempt, right=right, wrong=wrong, count=paper.length
    )
