"""Who may do what with an attempt, and when."""

from datetime import datetime

from lms.core.actor import Actor, Role
from lms.quizzes.papers.models import Assessment, AssessmentState

INVIGILATES = (Role.STAFF, Role.LEADER)
WATCHES = (Role.STAFF, Role.LEADER, Role.LECTURER)


def has_opened(assessment: Assessment, moment: datetime) -> bool:
    """The window has begun."""
    return assessment.opens_at is None or assessment.opens_at <= moment


def has_ended(assessment: Assessment, moment: datetime) -> bool:
    """The window is over, or the assessment was put away."""
    archived = assessment.state is AssessmentState.ARCHIVED
    return archived or (assessment.closes_at is not None and assessment.closes_at <= moment)


def is_open(assessment: Assessment, moment: datetime) -> bool:
    """An attempt can begin now."""
    return (
        assessment.state is AssessmentState.RELEASED
        and has_opened(assessment, moment)
        and not has_ended(assessment, moment)
    )


def has_attempts_left(assessment: Assessment, used: int) -> bool:
    """The learner may sit it once more; 0 allowed is without limit."""
    return assessment.attempts_allowed == 0 or used < assessment.attempts_allowed


def may_watch(actor: Actor, unit_path: str) -> bool:
    """See a running session."""
    return actor.holds(unit_path, *WATCHES)


def may_invigilate(actor: Actor, unit_path: str) -> bool:
    """Give extra time, hand in for somebody."""
    return actor.holds(unit_path, *INVIGILATES)
