"""Beginning an attempt: the paper is drawn, the deadline set, both stored in one row."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from lms.core import clock, seeds
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, NotAllowed, NotFound
from lms.core.messages import N_
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.delivery.places import place_of
from lms.quizzes.delivery.queries.attempts import assessment_for_learner, attempts_of, extra_seconds
from lms.quizzes.delivery.rules import has_attempts_left, has_ended, has_opened
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.pool import draw_slots
from lms.quizzes.papers.rules import is_practice


@operation
def start_attempt(*, actor: Actor, assessment_id: str) -> Attempt:
    """The learner's attempt in progress, begun now unless one runs already.

    Raises:
        NotFound: the assessment isn't for this learner.
        Closed: the window hasn't begun or is over.
        Conflict: no attempt is left.
        NotAllowed: the assessment's exam session doesn't admit the learner.
    """
    assessment = assessment_for_learner(assessment_id, actor.id, hold=True)
    if assessment is None:
        raise NotFound
    earlier = attempts_of(assessment.id, actor.id)
    if earlier and earlier[-1].state is AttemptState.IN_PROGRESS:
        return earlier[-1]
    moment = clock.now()
    if not has_opened(assessment, moment):
        raise Closed(N_("Chưa đến giờ làm bài. Hãy chờ đến giờ mở rồi bấm lại."))
    if has_ended(assessment, moment):
        raise Closed(N_("Đã hết thời gian làm bài này."))
    if not has_attempts_left(assessment, len(earlier)):
        raise Conflict(N_("Đã dùng hết số lần làm bài cho phép."))
    place = None if is_practice(assessment) else place_of(assessment.id, actor.id)
    if place is not None and place.obstacle is not None:
        raise NotAllowed(place.obstacle.id, **place.obstacle.params)
    attempt = _new_attempt(assessment, actor, len(earlier) + 1, moment)
    db.session.add(attempt)
    try:
        db.session.flush()  # the one-in-progress index decides between two devices that start at once
    except sa.exc.IntegrityError:
        db.session.rollback()
        return _begun_elsewhere(assessment_id, actor)
    return attempt


def _new_attempt(assessment: Assessment, actor: Actor, number: int, moment: datetime) -> Attempt:
    seed = seeds.new_seed()
    extra = extra_seconds(assessment.id, actor.id)
    slots: list[Any] = [
        {"version": slot.version_id, "weight": slot.weight} for slot in draw_slots(assessment, seed)
    ]
    return Attempt(
        assessment_id=assessment.id,
        account_id=actor.id,
        number=number,
        seed=seed,
        slots=slots,
        started_at=moment,
        last_seen_at=moment,
        deadline_at=deadline(assessment, moment, extra),
    )


def deadline(assessment: Assessment, started: datetime, extra: int) -> datetime | None:
    """When an attempt begun at ``started`` ends; None for practice, which has no end.

    Time limit or end of the window, whichever is first, plus ``extra`` seconds.
    """
    if is_practice(assessment):
        return None
    ends = [assessment.closes_at] if assessment.closes_at is not None else []
    if assessment.time_limit is not None:
        ends.append(started + timedelta(seconds=assessment.time_limit))
    return min(ends) + timedelta(seconds=extra) if ends else None


def _begun_elsewhere(assessment_id: str, actor: Actor) -> Attempt:
    assessment = assessment_for_learner(assessment_id, actor.id)
    running = attempts_of(assessment.id, actor.id) if assessment is not None else []
    if not running or running[-1].state is not AttemptState.IN_PROGRESS:
        raise Conflict
    return running[-1]
