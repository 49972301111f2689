"""Who may do what with an assessment.

The author composes; a leader other than the author releases what counts. In a *trung tâm nhỏ* (``small_centre``,
asked from outside) a director may release what he wrote himself. Practice counts for nothing, so its author releases it.
"""

from datetime import datetime

from lms.core.actor import Actor, Role
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState

READERS = (Role.LECTURER, Role.STAFF, Role.LEADER)
EXTENDERS = (Role.STAFF, Role.LEADER)


def may_read(actor: Actor, assessment: Assessment) -> bool:
    """See the assessment, its blueprint and example papers with their keys."""
    return actor.holds(assessment.unit.path, *READERS)


def may_compose(actor: Actor, unit_path: str) -> bool:
    """Set up assessments for the classes of a centre."""
    return actor.holds(unit_path, Role.LECTURER)


def is_author(actor: Actor, assessment: Assessment) -> bool:
    """Whoever set it up."""
    return actor.id == assessment.author_id


def may_edit(actor: Actor, assessment: Assessment) -> bool:
    """Change or delete a draft: its author alone, so that it is known who must not release it.

    A colleague who takes over duplicates it.
    """
    return (
        assessment.state is AssessmentState.DRAFT
        and is_author(actor, assessment)
        and may_compose(actor, assessment.unit.path)
    )


def is_practice(assessment: Assessment) -> bool:
    """Feedback after each question, and no mark that counts."""
    return assessment.kind is AssessmentKind.PRACTICE


def may_release(actor: Actor, assessment: Assessment, *, small_centre: bool) -> bool:
    """Freeze the draft and let learners in."""
    if assessment.state is not AssessmentState.DRAFT:
        return False
    own = is_author(actor, assessment)
    if own and is_practice(assessment) and may_compose(actor, assessment.unit.path):
        return True
    leads = actor.holds(assessment.unit.path, Role.LEADER)
    return leads and (small_centre if own else assessment.submitted_at is not None)


def may_submit(actor: Actor, assessment: Assessment, *, small_centre: bool) -> bool:
    """Ask a leader to release it; there's no asking where the author may release it alone."""
    return (
        may_edit(actor, assessment)
        and assessment.submitted_at is None
        and not may_release(actor, assessment, small_centre=small_centre)
    )


def may_return(actor: Actor, assessment: Assessment) -> bool:
    """Send a submitted draft back to its author."""
    return (
        assessment.state is AssessmentState.DRAFT
        and assessment.submitted_at is not None
        and not is_author(actor, assessment)
        and actor.holds(assessment.unit.path, Role.LEADER)
    )


def may_run(actor: Actor, assessment: Assessment) -> bool:
    """Withdraw or archive a released assessment: a leader, or the author of a practice quiz."""
    return actor.holds(assessment.unit.path, Role.LEADER) or (
        is_practice(assessment) and is_author(actor, assessment) and may_compose(actor, assessment.unit.path)
    )


def may_archive(actor: Actor, assessment: Assessment, moment: datetime) -> bool:
    """Put away what is over; practice at any time."""
    over = assessment.closes_at is not None and assessment.closes_at <= moment
    return (
        assessment.state is AssessmentState.RELEASED
        and (over or is_practice(assessment))
        and may_run(actor, assessment)
    )


def may_withdraw(actor: Actor, assessment: Assessment) -> bool:
    """Turn a released assessment into a draft again, while nobody has begun."""
    return assessment.state is AssessmentState.RELEASED and may_run(actor, assessment)


def may_extend(actor: Actor, assessment: Assessment, moment: datetime) -> bool:
    """Move the end of a window that isn't over yet: whoever runs sessions, or the author of a practice quiz."""
    runs = actor.holds(assessment.unit.path, *EXTENDERS)
    own_practice = is_practice(assessment) and is_author(actor, assessment)
    return (
        assessment.state is AssessmentState.RELEASED
        and assessment.closes_at is not None
        and assessment.closes_at > moment
        and (runs or (own_practice and may_compose(actor, assessment.unit.path)))
    )
