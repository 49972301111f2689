"""A learner opens lessons and is done with them. The rows themselves are the record: no audit event is made of reading."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict
from lms.core.messages import N_
from lms.courses.study.models import LessonProgress
from lms.courses.study.queries import course, learning
from lms.courses.study.reckoning import may_confirm


@operation
def open_lesson(*, actor: Actor, class_key: str, key: str) -> None:
    """Note that the learner opened the lesson; the first time counts.

    Raises:
        NotFound: not a published lesson of a class that the actor studies.
    """
    _class, lesson, opened = learning.my_lesson(actor.id, class_key, key)
    if not opened:
        _open(actor, [lesson.id])


def _open(actor: Actor, lesson_ids: Collection[int]) -> None:
    """Add rows unless they are there; two browsers of one learner don't meet."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    moment = clock.now()
    rows = [{"lesson_id": one, "account_id": actor.id, "opened_at": moment} for one in lesson_ids]
    db.session.execute(insert(LessonProgress).values(rows).on_conflict_do_nothing())


@operation
def confirm_lesson(*, actor: Actor, class_key: str, key: str) -> None:
    """The learner says that the lesson is studied; a second time changes nothing.

    Raises:
        NotFound: not a published lesson of a class that the actor studies.
        Conflict: the lesson waits for its activities, or counts as soon as it is opened.
    """
    course_class, lesson, opened = learning.my_lesson(actor.id, class_key, key)
    tasks = course.with_targets(course.activities_of(course_class.id, lesson.id))
    if not may_confirm(lesson.done_when, [False for one in tasks if one.counts]):
        raise Conflict(N_("Bài này tính là đã học khi làm xong các việc của bài."))
    if not opened:
        _open(actor, [lesson.id])
    _settle(actor, [lesson.id])


@operation
def settle_lessons(*, actor: Actor, lesson_ids: Collection[int]) -> None:
    """Keep as done the opened lessons whose activities the learner has all done; who calls has found that out."""
    _settle(actor, lesson_ids)


def _settle(actor: Actor, lesson_ids: Collection[int]) -> None:
    db.session.execute(
        sa.update(LessonProgress)
        .where(
            LessonProgress.account_id == actor.id,
            LessonProgress.lesson_id.in_(lesson_ids),
            LessonProgress.done_at.is_(None),
        )
        .values(done_at=clock.now())
    )
