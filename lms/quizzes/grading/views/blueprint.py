"""The room's blueprint, who may enter, and what its views share."""

from fractions import Fraction

from flask import current_app, url_for
from markupsafe import Markup

from lms.core.actor import Actor, Role
from lms.core.errors import NotAllowed, NotFound
from lms.core.numbers import format_number
from lms.core.sanitising import clean_html
from lms.quizzes.grading import queries, rules, words
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionState
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import language

blueprint = GuardedBlueprint("essays", __name__, template_folder="../templates")
WRITE = roles(*rules.WRITERS)
RUN = roles(*rules.RUNNERS)
LEARN = roles(Role.LEARNER)
PLACES = 2


def open_task(key: str) -> tuple[Actor, EssayTask]:
    """The task of this address; ``NotFound`` for whoever has no part in it."""
    actor = require_actor()
    task = queries.task_in(actor.scope(*rules.WRITERS), key)
    if not rules.may_see(actor, task):
        raise NotFound
    return actor, task


def must(allowed: bool) -> None:  # noqa: FBT001  (reads like the sentence it is)
    """Refuse what a rule doesn't allow."""
    if not allowed:
        raise NotAllowed


def open_cover(key: str) -> Submission:
    """The submission that a cover's QR names; ``NotFound`` outside the reader's centres."""
    return queries.cover_in(require_actor().scope(*rules.RUNNERS), key)


def max_bytes() -> int:
    """The largest upload."""
    limit: int = current_app.config["LMS"].max_upload_bytes
    return limit


def learner_url(task: EssayTask) -> str:
    """The address of the task's page for a learner, within the site."""
    return url_for("essays.work", key=task.public_id)


@blueprint.app_template_filter("essay_prompt")
def essay_prompt(html: str) -> Markup:
    """A prompt, cleaned again."""
    return Markup(clean_html(html))  # noqa: S704  (cleaned right here)


@blueprint.app_template_filter("exact_points")
def exact_points(hundredths: Fraction) -> str:
    """Points that may be a mean of two: ``137½`` hundredths are ``1,375``."""
    return format_number(hundredths / 100, language())


@blueprint.context_processor
def vocabulary() -> dict[str, object]:
    """Words and rules that the room's templates use."""
    return {
        "words": words,
        "rules": rules,
        "EssayState": EssayState,
        "SubmissionState": SubmissionState,
    }
