"""What staff do in a running session."""

from datetime import timedelta

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotFound
from lms.core.messages import N_
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt, AttemptState, ExtraTime
from lms.quizzes.delivery.queries.sessions import assessment_in
from lms.quizzes.delivery.rules import INVIGILATES
from lms.quizzes.papers import queries
from lms.quizzes.papers.models import Assessment

LONGEST = 240
REASON_LENGTH = 300


@operation
def give_extra_time(
    *, actor: Actor, assessment_id: str, account_id: str, minutes: int, reason: str
) -> ExtraTime:
    """Give one learner more minutes; a running attempt's deadline moves at once.

    Raises:
        NotFound: no such assessment in the actor's centres, or no such learner in its class.
        Invalid: minutes outside 1 to 240, or no reason.
        Closed: the learner has handed in already.
    """
    assessment = assessment_in(actor.scope(*INVIGILATES), assessment_id)
    learner = _learner_of(assessment, account_id) if assessment is not None else None
    if assessment is None or learner is None:
        raise NotFound
    if not 1 <= minutes <= LONGEST:
        raise Invalid(fields={"minutes": N_("Số phút từ 1 đến 240.")})
    if not reason.strip():
        raise Invalid(fields={"reason": N_("Hãy ghi lý do thêm giờ, để đưa vào biên bản.")})
    queries.lock(assessment.id)  # an attempt that begins now is waited for, and then moved
    attempt = db.session.scalars(
        sa.select(Attempt)
        .where(Attempt.assessment_id == assessment.id, Attempt.account_id == learner.id)
        .order_by(Attempt.number.desc())
        .limit(1)
        .with_for_update(of=Attempt)
    ).one_or_none()
    if attempt is not None and attempt.state is AttemptState.CLOSED:
        raise Closed(N_("Người này đã nộp bài, không thêm giờ được nữa."))
    given = ExtraTime(
        assessment_id=assessment.id,
        account_id=learner.id,
        seconds=minutes * 60,
        reason=reason.strip()[:REASON_LENGTH],
        granted_by_id=actor.id,
        granted_at=clock.now(),
    )
    db.session.add(given)
    if attempt is not None and attempt.deadline_at is not None:
        attempt.deadline_at += timedelta(minutes=minutes)
    record(
        actor=actor,
        action="session.extra_time",
        subject=assessment,
        data={"learner": learner.public_id, "minutes": minutes, "reason": given.reason},
    )
    return given


def _learner_of(assessment: Assessment, account_id: str) -> Account | None:
    return db.session.scalars(
        sa.select(Account)
        .join(Enrolment, Enrolment.account_id == Account.id)
        .where(
            Account.public_id == account_id,
            Enrolment.class_id == assessment.class_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    ).one_or_none()


@operation
def note_presence(*, actor: Actor, attempt_id: int) -> None:
    """A heartbeat: this learner's browser was here now."""
    db.session.execute(
        sa.update(Attempt)
        .where(
            Attempt.id == attempt_id,
            Attempt.account_id == actor.id,
            Attempt.state == AttemptState.IN_PROGRESS,
        )
        .values(last_seen_at=clock.now())
    )
