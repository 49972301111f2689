"""Who sees marks, and who lets them be seen."""

from datetime import datetime

from lms.core.actor import Actor, Role
from lms.quizzes.delivery.rules import has_ended
from lms.quizzes.papers.models import Assessment, ReviewRule

READS = (Role.STAFF, Role.LEADER, Role.LECTURER, Role.OVERSEER)
PUBLISHES = (Role.STAFF, Role.LEADER)


def may_read(actor: Actor, unit_path: str) -> bool:
    """See the results of an assessment before publication."""
    return actor.holds(unit_path, *READS)


def may_publish(actor: Actor, unit_path: str) -> bool:
    """Publish results, or take the publication back."""
    return actor.holds(unit_path, *PUBLISHES)


def review_is_open(assessment: Assessment, moment: datetime) -> bool:
    """Published answers may be looked at: nobody of the class can sit the same questions any more."""
    return assessment.closes_at is None or has_ended(assessment, moment)


def shows_own_answers(assessment: Assessment) -> bool:
    """The learner may look at the own answers after publication."""
    return assessment.review_rule is not ReviewRule.MARK_ONLY


def shows_key(assessment: Assessment) -> bool:
    """The learner may see key and explanation after publication."""
    return assessment.review_rule is ReviewRule.KEY_AND_EXPLANATION
