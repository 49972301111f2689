"""Closing an attempt: lock → close → mark → write, in one transaction, repeatable without effect."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import NotFound
from lms.quizzes.delivery.models import Attempt, AttemptState, ClosedBy, ItemMark
from lms.quizzes.delivery.queries.attempts import standings
from lms.quizzes.delivery.rules import may_invigilate
from lms.quizzes.delivery.signals import attempt_closed, attempt_taken_in
from lms.quizzes.marking import AttemptMarks, MarkedVersion, MarkingSlot, mark_attempt
from lms.quizzes.papers.versions import snapshots


@operation
def hand_in(*, actor: Actor, attempt_id: str, grace: timedelta) -> Attempt:
    """Close the learner's own attempt; one already closed stays as it is.

    Raises:
        NotFound: there is no such attempt of this learner.
    """
    attempt = _locked(attempt_id)
    if attempt is None or attempt.account_id != actor.id:
        raise NotFound
    moment = clock.now()
    late = attempt.deadline_at is not None and attempt.deadline_at + grace <= moment
    _close(attempt, ClosedBy.DEADLINE if late else ClosedBy.LEARNER, moment)
    return attempt


@operation
def close_overdue(*, attempt_id: str, grace: timedelta) -> bool:
    """Close an attempt whose deadline and transport grace have passed; tells whether it did."""
    attempt = _locked(attempt_id)
    moment = clock.now()
    if (
        attempt is None
        or attempt.state is not AttemptState.IN_PROGRESS
        or attempt.deadline_at is None
        or attempt.deadline_at + grace > moment
    ):
        return False
    _close(attempt, ClosedBy.DEADLINE, moment)
    return True


@operation
def close_for(*, actor: Actor, attempt_id: str, reason: str) -> Attempt:
    """Staff hand in for a learner, with a reason that is recorded.

    Raises:
        NotFound: no such attempt in the actor's centres.
    """
    attempt = _locked(attempt_id)
    if attempt is None or not may_invigilate(actor, attempt.assessment.unit.path):
        raise NotFound
    if _close(attempt, ClosedBy.STAFF, clock.now()):
        record(actor=actor, action="attempt.closed_by_staff", subject=attempt, data={"reason": reason})
        attempt_taken_in.send(attempt, actor=actor, reason=reason)
    return attempt


def _locked(public_id: str) -> Attempt | None:
    return db.session.scalars(
        sa.select(Attempt).where(Attempt.public_id == public_id).with_for_update(of=Attempt)
    ).one_or_none()


def _close(attempt: Attempt, by: ClosedBy, moment: datetime) -> bool:
    if attempt.state is AttemptState.CLOSED:
        return False
    attempt.state = AttemptState.CLOSED
    attempt.closed_at = moment
    attempt.closed_by = by
    marks = _mark(attempt)
    attempt_closed.send(attempt, marks=marks)
    return True


def _mark(attempt: Attempt) -> AttemptMarks:
    versions = snapshots(slot["version"] for slot in attempt.slots)
    given = standings(attempt.id)
    marks = mark_attempt(
        [
            MarkingSlot(number, slot["version"], slot["weight"])
            for number, slot in enumerate(attempt.slots, start=1)
        ],
        {number: one.answer for number, one in given.items()},
        {
            one.id: MarkedVersion(
                kind=one.kind, content=one.content, key=one.key, topic=one.topic_id, aspect=one.aspect.value
            )
            for one in versions.values()
        },
    )
    db.session.execute(
        sa.insert(ItemMark),
        [
            {
                "attempt_id": attempt.id,
                "slot": mark.slot,
                "round": 1,
                "version_id": mark.version_id,
                "share_numerator": mark.share.numerator,
                "share_denominator": mark.share.denominator,
                "weight": mark.weight,
                "answered": mark.answered,
            }
            for mark in marks.items
        ],
    )
    return marks
