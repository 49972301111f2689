"""What is typed and not saved yet: held on the server for the person who typed it, until it is saved or given up."""

from datetime import datetime

from lms.auth.units.models import Unit
from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.articles import clean_article
from lms.core.db import db, operation
from lms.core.errors import Invalid, NotAllowed
from lms.courses.study import rules
from lms.courses.study.models import Lesson, LessonDraft
from lms.courses.study.operations.lessons import LONGEST_BODY, TOO_LONG, LessonData, forget_draft, hold
from lms.courses.study.queries.lessons import draft_of

LONGEST_TITLE = 250


@operation
def keep_draft(*, actor: Actor, lesson: Lesson, unit: Unit, data: LessonData) -> datetime | None:
    """Hold what the actor typed, cleaned; None where it is just what the lesson says already.

    A draft may lack its title, and may rest on a revision that somebody has saved over since.

    Raises:
        NotAllowed: the actor writes no lessons there.
        Invalid: the text is too long.
    """
    if not rules.may_write(actor, unit.path):
        raise NotAllowed
    body = clean_article(data.body)
    if len(body) > LONGEST_BODY:
        raise Invalid(TOO_LONG, fields={"body": TOO_LONG})
    hold(lesson=lesson)
    title = vietnamese.clean_name(data.title)[:LONGEST_TITLE]
    if (title, body, data.done_when) == (lesson.title, lesson.body, lesson.done_when):
        forget_draft(actor=actor, lesson=lesson)
        return None
    draft = draft_of(lesson, actor.id)
    if draft is None:
        draft = LessonDraft(lesson_id=lesson.id, account_id=actor.id)
        db.session.add(draft)
    draft.title, draft.body, draft.done_when = title, body, data.done_when
    draft.revision, draft.kept_at = data.revision, clock.now()
    return draft.kept_at


@operation
def drop_draft(*, actor: Actor, lesson: Lesson, unit: Unit) -> None:
    """Give up what the actor typed and did not save.

    Raises:
        NotAllowed: the actor writes no lessons there.
    """
    if not rules.may_write(actor, unit.path):
        raise NotAllowed
    forget_draft(actor=actor, lesson=lesson)
