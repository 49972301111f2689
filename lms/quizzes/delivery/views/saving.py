"""The endpoints that an open paper talks to."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from lms.core import clock
from lms.quizzes.delivery.forms import LARGEST_SAVE, read_save
from lms.quizzes.delivery.models import AttemptState
from lms.quizzes.delivery.operations.saving import Outcome, Receipt, Save, save_answer
from lms.quizzes.delivery.operations.sessions import note_presence
from lms.quizzes.delivery.queries.papers import Paper, find_paper
from lms.quizzes.delivery.views import blueprint
from lms.quizzes.delivery.views.learner import clock_facts, grace, own_attempt
from lms.web.guard import IN_OPERATION, SIGNED_IN, current_actor, require_actor
from lms.web.presented import presented_token_hash

NOBODY = {"error": "not_found"}


@blueprint.route("/attempts/<attempt_id>/answers", access=IN_OPERATION, methods=["POST"])
def save(attempt_id: str) -> ResponseReturnValue:
    """Save one answer. 200 is sent only after a durable commit; 409 carries what is stored."""
    paper = find_paper(attempt_id)
    if paper is None:
        return _stranger()
    sent = read_save(_sent_document())
    receipt = save_answer(token_hash=presented_token_hash(), paper=paper, save=sent, grace=grace())
    if receipt.outcome is Outcome.SAVED:
        return _acknowledged(sent, receipt)
    if receipt.outcome is Outcome.STALE:
        return {
            "error": "stale",
            "slot": sent.slot,
            "stored": _stored(receipt),
            **clock_facts(receipt.deadline_at),
        }, 409
    if receipt.outcome is Outcome.CLOSED:
        return _closed(paper, receipt)
    return _stranger()


def _sent_document() -> object:
    """The JSON of the request; None where it is none, is nested beyond measure, or is longer than any answer.

    Such a save gets 422 like any other that no form of ours sends, since the page tries again on 413 and 500.
    """
    request.max_content_length = LARGEST_SAVE
    try:
        return request.get_json(silent=True)
    except (RequestEntityTooLarge, RecursionError):
        return None


def _acknowledged(sent: Save, receipt: Receipt) -> ResponseReturnValue:
    return {
        "slot": sent.slot,
        "revision": receipt.revision,
        "saved_at": receipt.saved_at.isoformat(),
        **clock_facts(receipt.deadline_at),
        "news": [],
    }


def _stored(receipt: Receipt) -> dict[str, Any] | None:
    if receipt.stored is None:
        return None
    return {
        "revision": receipt.stored.revision,
        "answer": receipt.stored.answer,
        "flagged": receipt.stored.flagged,
        "saved_at": receipt.stored.saved_at.isoformat(),
    }


def _closed(paper: Paper, receipt: Receipt) -> ResponseReturnValue:
    url = url_for("delivery.paper", attempt_id=paper.public_id)
    return {
        "error": "closed",
        "url": url,
        "stored": _stored(receipt),
        **clock_facts(receipt.deadline_at),
    }, 410


def _stranger() -> ResponseReturnValue:
    """Signed out, or somebody else's attempt: the second must look like one that doesn't exist.

    Whoever signed in with a one-time password is told 401 too: once the password is changed, the page goes on.
    """
    actor = current_actor()
    if actor is None:
        return {"error": "signed_out"}, 401
    if actor.must_change_password:
        return {"error": "must_change_password"}, 401
    return NOBODY, 404


@blueprint.route("/attempts/<attempt_id>/heartbeat", access=SIGNED_IN, methods=["POST"])
def heartbeat(attempt_id: str) -> ResponseReturnValue:
    """The browser is still here; the reply carries the clock and the news."""
    attempt = own_attempt(attempt_id)
    ended = attempt.deadline_at is not None and attempt.deadline_at + grace() <= clock.now()
    if attempt.state is AttemptState.CLOSED or ended:
        url = url_for("delivery.paper", attempt_id=attempt_id)
        return {"error": "closed", "url": url, **clock_facts(attempt.deadline_at)}, 410
    facts = clock_facts(attempt.deadline_at)
    note_presence(actor=require_actor(), attempt_id=attempt.id)
    return {**facts, "news": []}
