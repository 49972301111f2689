"""The learner's way through a graded assessment: its front page, the paper, handing in, the receipt."""

from datetime import timedelta
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.errors import NotFound
from lms.quizzes.delivery import rules
from lms.quizzes.delivery.forms import posted_saves
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.delivery.operations.closing import hand_in
from lms.quizzes.delivery.operations.saving import Outcome, save_answer
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.delivery.places import place_of
from lms.quizzes.delivery.queries.attempts import (
    Standing,
    assessment_for_learner,
    attempt_by_public_id,
    attempts_of,
    extra_seconds,
    standings,
)
from lms.quizzes.delivery.queries.papers import Paper, paper_of
from lms.quizzes.delivery.views import blueprint
from lms.quizzes.delivery.views.papers import in_words, shown_slots
from lms.quizzes.papers.rules import is_practice
from lms.web.guard import SIGNED_IN, require_actor
from lms.web.i18n import long_moment
from lms.web.presented import presented_token_hash


def grace() -> timedelta:
    """Transport grace after a deadline."""
    return timedelta(seconds=current_app.config["LMS"].transport_grace_seconds)


@blueprint.route("/assessments/<assessment_id>", access=SIGNED_IN)
def assessment(assessment_id: str) -> ResponseReturnValue:
    """What the assessment is, its rules, and the one button that fits."""
    actor = require_actor()
    found = assessment_for_learner(assessment_id, actor.id)
    if found is None:
        raise NotFound
    attempts = attempts_of(found.id, actor.id)
    moment = clock.now()
    return render_template(
        "delivery/assessment.html",
        assessment=found,
        attempts=attempts,
        latest=attempts[-1] if attempts else None,
        now=moment,
        opened=rules.has_opened(found, moment),
        ended=rules.has_ended(found, moment),
        attempts_left=rules.has_attempts_left(found, len(attempts)),
        practice=is_practice(found),
        questions=sum(cell["count"] for cell in (found.pool or {"cells": []})["cells"]),
        extra_minutes=extra_seconds(found.id, actor.id) // 60,
        place=None if is_practice(found) else place_of(found.id, actor.id),
    )


@blueprint.route("/assessments/<assessment_id>/start", access=SIGNED_IN, methods=["POST"])
def start(assessment_id: str) -> ResponseReturnValue:
    """Begin, or go on with, the attempt."""
    attempt = start_attempt(actor=require_actor(), assessment_id=assessment_id)
    if is_practice(attempt.assessment):
        return redirect(url_for("practice.question", attempt_id=attempt.public_id, slot=1))
    return redirect(url_for("delivery.paper", attempt_id=attempt.public_id))


def own_attempt(attempt_id: str) -> Attempt:
    """The signed-in learner's attempt, or 404."""
    attempt = attempt_by_public_id(attempt_id, require_actor().id)
    if attempt is None:
        raise NotFound
    return attempt


@blueprint.route("/attempts/<attempt_id>", access=SIGNED_IN)
def paper(attempt_id: str) -> ResponseReturnValue:
    """The paper while it is open, the receipt afterwards."""
    attempt = own_attempt(attempt_id)
    if is_practice(attempt.assessment):
        return redirect(url_for("practice.question", attempt_id=attempt_id, slot=1))
    if attempt.state is AttemptState.CLOSED:
        return render_template("delivery/receipt.html", **receipt_context(attempt))
    if attempt.deadline_at is not None and attempt.deadline_at + grace() <= clock.now():
        return render_template("delivery/closing.html", attempt=attempt)
    return render_template("delivery/paper.html", **_paper_context(attempt, standings(attempt.id)))


def receipt_context(attempt: Attempt) -> dict[str, Any]:
    """What the receipt says: when, by whom, how many were answered."""
    given = standings(attempt.id)
    return {
        "attempt": attempt,
        "answered": sum(not one.is_blank for one in given.values()),
        "questions": len(attempt.slots),
    }


def _paper_context(attempt: Attempt, given: dict[int, Standing]) -> dict[str, Any]:
    actor = require_actor()
    drawn = paper_of(attempt, shuffle=attempt.assessment.shuffle_options)
    return {
        "attempt": {
            "id": attempt.public_id,
            "account_id": actor.public_id,
            "title": attempt.assessment.title,
            "learner_name": actor.full_name,
            "number": attempt.number,
        },
        "slots": shown_slots(drawn, given),
        "clock": {
            **clock_facts(attempt.deadline_at),
            "deadline_text": long_moment(attempt.deadline_at) if attempt.deadline_at is not None else "",
        },
        "urls": {
            "save": url_for("delivery.save", attempt_id=attempt.public_id),
            "heartbeat": url_for("delivery.heartbeat", attempt_id=attempt.public_id),
            "finish": url_for("delivery.finish", attempt_id=attempt.public_id),
            "leave": url_for("delivery.assessment", assessment_id=attempt.assessment.public_id),
        },
        "can_hand_in": True,
    }


def clock_facts(deadline: Any) -> dict[str, int | None]:
    """The server's time and the deadline in milliseconds since 1970."""
    return {
        "server_ms": int(clock.now().timestamp() * 1000),
        "deadline_ms": int(deadline.timestamp() * 1000) if deadline is not None else None,
        "grace_ms": int(grace().total_seconds() * 1000),
    }


@blueprint.route("/attempts/<attempt_id>/finish", access=SIGNED_IN)
def ask_to_finish(attempt_id: str) -> ResponseReturnValue:
    """Say what is unanswered, and ask once; the page for browsers without scripts."""
    attempt = own_attempt(attempt_id)
    if attempt.state is AttemptState.CLOSED:
        return redirect(url_for("delivery.paper", attempt_id=attempt_id))
    given = standings(attempt.id)
    empty = [
        number for number in range(1, len(attempt.slots) + 1) if number not in given or given[number].is_blank
    ]
    return render_template("delivery/finish.html", attempt=attempt, empty=empty, questions=len(attempt.slots))


@blueprint.route("/attempts/<attempt_id>/finish", access=SIGNED_IN, methods=["POST"])
def finish(attempt_id: str) -> ResponseReturnValue:
    """Hand in, or — posted by a browser without scripts — save the whole form."""
    actor = require_actor()
    attempt = own_attempt(attempt_id)
    intent = request.form.get("intent", "")
    if "confirmed" not in request.form and any(name.startswith("base-") for name in request.form):
        return _save_form(attempt, intent)
    if intent == "time_up" and _not_yet_due(attempt):
        return {"error": "not_due", **clock_facts(attempt.deadline_at)}, 409
    closed = hand_in(actor=actor, attempt_id=attempt_id, grace=grace())
    url = url_for("delivery.paper", attempt_id=closed.public_id)
    if request.accept_mimetypes.best == "application/json":
        return {"url": url}
    return redirect(url)


def _not_yet_due(attempt: Attempt) -> bool:
    return (
        attempt.state is AttemptState.IN_PROGRESS
        and attempt.deadline_at is not None
        and attempt.deadline_at > clock.now()
    )


def _save_form(attempt: Attempt, intent: str) -> ResponseReturnValue:
    """Save what a plain form posted, slot by slot; conflicts and misreadings are shown, nothing else is held up."""
    drawn = paper_of(attempt, shuffle=attempt.assessment.shuffle_options)
    saves, unreadable = posted_saves(drawn, standings(attempt.id), request.form)
    stale: list[int] = []
    for save in saves:
        receipt = save_answer(token_hash=presented_token_hash(), paper=drawn, save=save, grace=grace())
        if receipt.outcome is Outcome.STALE:
            stale.append(save.slot)
        elif receipt.outcome is not Outcome.SAVED:
            flash(_("Bài đã đóng, câu trả lời vừa gửi không được lưu."), "danger")
            return redirect(url_for("delivery.paper", attempt_id=attempt.public_id))
    if stale or unreadable:
        mine = {save.slot: save.answer for save in saves if save.slot in stale}
        return render_template(
            "delivery/conflict.html",
            attempt=attempt,
            conflicts=conflict_rows(drawn, mine, standings(attempt.id)),
            unreadable=unreadable,
        )
    if intent == "hand_in":
        return redirect(url_for("delivery.ask_to_finish", attempt_id=attempt.public_id))
    flash(_("Đã lưu bài."), "ok")
    return redirect(url_for("delivery.paper", attempt_id=attempt.public_id))


def conflict_rows(drawn: Paper, mine: dict[int, Any], given: dict[int, Standing]) -> list[dict[str, Any]]:
    """Both versions of each slot that was changed elsewhere, in words."""
    return [
        {
            "slot": slot,
            "mine": in_words(drawn, slot, answer),
            "stored": in_words(drawn, slot, given[slot].answer),
            "revision": given[slot].revision,
        }
        for slot, answer in sorted(mine.items())
    ]
