"""The room's blueprint, who may enter, and what its views share."""

from lms.core.actor import Actor, Role, Scope
from lms.quizzes.bank import words as bank_words
from lms.quizzes.bank.models import Aspect, Level, QuestionState
from lms.quizzes.papers import forms, queries, rules, words
from lms.quizzes.papers.models import Assessment, AssessmentKind
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import say

blueprint = GuardedBlueprint(
    "papers", "lms.quizzes.papers", url_prefix="/papers", template_folder="templates"
)
READ = roles(*rules.READERS)
COMPOSE = roles(Role.LECTURER)
LEAD = roles(Role.LEADER)
COMPOSE_OR_LEAD = roles(Role.LECTURER, Role.LEADER)


def reading_scope(actor: Actor) -> Scope:
    """Where the actor may see assessments."""
    return actor.scope(*rules.READERS)


def open_assessment(key: str) -> tuple[Actor, Assessment]:
    """The assessment of this address; ``NotFound`` outside of the reader's scope."""
    actor = require_actor()
    return actor, queries.assessment(key, reading_scope(actor))


def cell_words(topic_title: str | None, level: Level | None, aspect: Aspect | None) -> str:
    """A cell in words: *Điều lệ Đảng · Vận dụng · Thực tiễn*."""
    return f"{topic_title or say(words.ANY_TOPIC)} · {column_words(level, aspect)}"


def column_words(level: Level | None, aspect: Aspect | None) -> str:
    """Level and aspect in words: *Vận dụng · Thực tiễn*."""
    shown = say(bank_words.LEVELS[level] if level else words.ANY_LEVEL)
    return f"{shown} · {say(bank_words.ASPECTS[aspect])}" if aspect else shown


@blueprint.context_processor
def vocabulary() -> dict[str, object]:
    """Words and rules that the room's templates use."""
    return {
        "words": words,
        "bank_words": bank_words,
        "rules": rules,
        "Kind": AssessmentKind,
        "Stage": queries.Stage,
        "Level": Level,
        "Aspect": Aspect,
        "QuestionState": QuestionState,
        "cell_name": forms.cell_name,
        "weight_name": forms.weight_name,
    }
