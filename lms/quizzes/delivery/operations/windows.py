"""Moving the end of an assessment's window, for everybody and without hurting anybody."""

from datetime import datetime

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.quizzes.delivery.models import Attempt, AttemptState, ExtraTime
from lms.quizzes.delivery.operations.starting import deadline
from lms.quizzes.papers import queries, rules
from lms.quizzes.papers.models import Assessment, AssessmentState


@operation
def extend_window(*, actor: Actor, assessment: Assessment, closes_at: datetime) -> int:
    """Let a window that isn't over end later; how many running attempts got a later deadline.

    Their deadlines follow the rule of the start: time limit or end of the window, whichever is first, plus the
    person's own extra time. Nobody's ever comes earlier.

    Raises:
        NotAllowed: not this actor's to move.
        Closed: the window is over, or has no end.
        Invalid: ``closes_at`` is not later than the present end.
    """
    queries.lock(assessment.id)
    moment = clock.now()
    if assessment.closes_at is None or assessment.closes_at <= moment:
        raise Closed(N_("Đã qua giờ đóng nên không lùi được nữa."))
    if not rules.may_extend(actor, assessment, moment):
        raise NotAllowed
    if closes_at <= assessment.closes_at:
        raise Invalid(fields={"closes_at": N_("Giờ đóng mới phải sau giờ đóng đang có.")})
    before, assessment.closes_at = assessment.closes_at, closes_at
    moved = _move_deadlines(assessment)
    record(
        actor=actor,
        action="assessment.window_extended",
        subject=assessment,
        data={"from": before.isoformat(), "to": closes_at.isoformat(), "attempts": moved},
    )
    return moved


@operation
def set_window(*, actor: Actor, assessment: Assessment, opens_at: datetime, closes_at: datetime) -> None:
    """Give a released assessment the window of its exam sessions.

    While nobody has begun, it may lie anywhere ahead. Afterwards its start stays, and its end comes later or not at
    all; running attempts follow as in :func:`extend_window`.

    Raises:
        NotAllowed: not this actor's to move.
        Closed: the window is over.
        Invalid: the new one would be over already.
        Conflict: somebody has begun, and it would end earlier.
    """
    queries.lock(assessment.id)
    moment = clock.now()
    released = assessment.state is AssessmentState.RELEASED
    if not released or not actor.holds(assessment.unit.path, *rules.EXTENDERS):
        raise NotAllowed
    if assessment.closes_at is not None and assessment.closes_at <= moment:
        raise Closed(N_("Đề này đã qua giờ đóng, không tổ chức ca thi được nữa."))
    if closes_at <= moment:
        raise Invalid(fields={"ends_at": N_("Giờ kết thúc phải ở phía trước.")})
    if queries.attempts_begun(assessment.id):
        if assessment.closes_at is not None and closes_at < assessment.closes_at:
            raise Conflict(
                N_("Đã có người vào làm đề này nên giờ kết thúc không sớm hơn giờ đóng đang có được.")
            )
        opens_at = assessment.opens_at or opens_at
    if (assessment.opens_at, assessment.closes_at) == (opens_at, closes_at):
        return
    assessment.opens_at, assessment.closes_at = opens_at, closes_at
    moved = _move_deadlines(assessment)
    record(
        actor=actor,
        action="assessment.window_set",
        subject=assessment,
        data={"from": opens_at.isoformat(), "to": closes_at.isoformat(), "attempts": moved},
    )


def _move_deadlines(assessment: Assessment) -> int:
    attempts = db.session.scalars(
        sa.select(Attempt)
        .where(Attempt.assessment_id == assessment.id, Attempt.state == AttemptState.IN_PROGRESS)
        .order_by(Attempt.id)
        .with_for_update(of=Attempt)
    ).all()
    extra: dict[int, int] = {
        account: int(seconds)
        for account, seconds in db.session.execute(
            sa.select(ExtraTime.account_id, sa.func.sum(ExtraTime.seconds))
            .where(ExtraTime.assessment_id == assessment.id)
            .group_by(ExtraTime.account_id)
        )
    }
    moved = 0
    for attempt in attempts:
        later = deadline(assessment, attempt.started_at, extra.get(attempt.account_id, 0))
        if later is not None and attempt.deadline_at is not None and later > attempt.deadline_at:
            attempt.deadline_at = later
            moved += 1
    return moved
