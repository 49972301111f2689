"""The running session as staff see it."""

from collections import Counter
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.actor import Role
from lms.core.errors import NotFound
from lms.quizzes.delivery.forms import CloseForm, ExtraTimeForm
from lms.quizzes.delivery.models import AttemptState
from lms.quizzes.delivery.operations.closing import close_for
from lms.quizzes.delivery.operations.sessions import give_extra_time
from lms.quizzes.delivery.places import sessions_of
from lms.quizzes.delivery.queries.sessions import QUIET_AFTER, Seat, assessment_in, seats, sessions_in
from lms.quizzes.delivery.rules import INVIGILATES, WATCHES, may_invigilate
from lms.quizzes.delivery.views import blueprint
from lms.web.guard import require_actor, roles

WATCHING = roles(*WATCHES)
INVIGILATING = roles(*INVIGILATES)
RECENT = timedelta(days=14)


@blueprint.route("/sessions", access=WATCHING)
def sessions() -> ResponseReturnValue:
    """Assessments that run, will run, or ran lately."""
    moment = clock.now()
    found = sessions_in(require_actor().scope(*WATCHES), moment - RECENT)
    return render_template("delivery/sessions.html", sessions=found, now=moment)


@blueprint.route("/sessions/<assessment_id>", access=WATCHING)
def monitor(assessment_id: str) -> ResponseReturnValue:
    """Who has not started, who is writing, who has handed in."""
    actor = require_actor()
    assessment = assessment_in(actor.scope(*WATCHES), assessment_id)
    if assessment is None:
        raise NotFound
    moment = clock.now()
    people = seats(assessment)
    held = sessions_of(assessment.id)
    states = {one.account.id: seat_state(one, moment, expected=held.takes(one.account.id)) for one in people}
    return render_template(
        "delivery/monitor.html",
        assessment=assessment,
        seats=people,
        states=states,
        counts=Counter(states.values()),
        held=held,
        now=moment,
        may_invigilate=may_invigilate(actor, assessment.unit.path),
        questions=sum(cell["count"] for cell in (assessment.pool or {"cells": []})["cells"]),
    )


def seat_state(seat: Seat, moment: datetime, *, expected: bool = True) -> str:
    """``not_started``, ``in_progress``, ``quiet`` (in progress, but not heard of for two minutes) or ``handed_in``.

    ``no_seat``: the exam session has no seat for this learner.
    """
    if seat.attempt is None:
        return "not_started" if expected else "no_seat"
    if seat.attempt.state is AttemptState.CLOSED:
        return "handed_in"
    sign = seat.last_sign()
    return "quiet" if sign is not None and moment - sign > QUIET_AFTER else "in_progress"


@blueprint.route("/sessions/<assessment_id>/learners/<account_id>", access=INVIGILATING)
def seat_page(assessment_id: str, account_id: str) -> ResponseReturnValue:
    """One learner of the session: extra time, handing in on the learner's behalf."""
    return _seat_page(assessment_id, account_id, ExtraTimeForm(account=account_id), CloseForm())


def _seat_page(assessment_id: str, account_id: str, extra: ExtraTimeForm, closing: CloseForm) -> str:
    assessment = assessment_in(require_actor().scope(*INVIGILATES), assessment_id)
    seat = _seat_of(seats(assessment), account_id) if assessment is not None else None
    if assessment is None or seat is None:
        raise NotFound
    return render_template(
        "delivery/seat.html",
        assessment=assessment,
        seat=seat,
        state=seat_state(seat, clock.now()),
        extra_form=extra,
        close_form=closing,
    )


def _seat_of(people: list[Seat], account_id: str) -> Seat | None:
    return next((seat for seat in people if seat.account.public_id == account_id), None)


@blueprint.route(
    "/sessions/<assessment_id>/learners/<account_id>/extra-time", access=INVIGILATING, methods=["POST"]
)
def extra_time(assessment_id: str, account_id: str) -> ResponseReturnValue:
    """Give one learner more minutes."""
    form = ExtraTimeForm(account=account_id)
    if not form.validate_on_submit():
        return _seat_page(assessment_id, account_id, form, CloseForm(formdata=None)), 422
    given = give_extra_time(
        actor=require_actor(),
        assessment_id=assessment_id,
        account_id=account_id,
        minutes=form.minutes.data or 0,
        reason=form.reason.data or "",
    )
    flash(_("Đã thêm %(minutes)s phút.", minutes=given.seconds // 60), "ok")
    return redirect(url_for("delivery.monitor", assessment_id=assessment_id))


@blueprint.route(
    "/sessions/<assessment_id>/learners/<account_id>/close", access=INVIGILATING, methods=["POST"]
)
def close_attempt(assessment_id: str, account_id: str) -> ResponseReturnValue:
    """Hand in for a learner."""
    form = CloseForm()
    if not form.validate_on_submit():
        return _seat_page(
            assessment_id, account_id, ExtraTimeForm(formdata=None, account=account_id), form
        ), 422
    actor = require_actor()
    assessment = assessment_in(actor.scope(*INVIGILATES), assessment_id)
    seat = _seat_of(seats(assessment), account_id) if assessment is not None else None
    if seat is None or seat.attempt is None:
        raise NotFound
    close_for(actor=actor, attempt_id=seat.attempt.public_id, reason=form.close_reason.data or "")
    flash(_("Đã nộp bài thay người học."), "ok")
    return redirect(url_for("delivery.monitor", assessment_id=assessment_id))


def menu_roles() -> frozenset[Role]:
    """Who finds the sessions in the menu."""
    return frozenset(WATCHES)
