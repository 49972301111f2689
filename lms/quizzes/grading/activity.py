"""Essays as activities of a module: done when handed in."""

from collections.abc import Collection

import sqlalchemy as sa

from lms.core import clock
from lms.core.db import db
from lms.core.messages import N_
from lms.courses.classes.models import CourseClass
from lms.courses.study.registry import ActivityKind, Target
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionState

KIND = "essay"


def _target(task: EssayTask) -> Target:
    return Target(
        key=task.public_id,
        title=task.title,
        endpoint="essays.work",
        arguments={"key": task.public_id},
        open=task.state is EssayState.OPEN and (task.due_at is None or task.due_at > clock.now()),
    )


def choices(course_class: CourseClass) -> list[Target]:
    """The class's tasks that learners find."""
    found = db.session.scalars(
        sa.select(EssayTask)
        .where(EssayTask.class_id == course_class.id, EssayTask.state != EssayState.DRAFT)
        .order_by(EssayTask.id)
    )
    return [_target(task) for task in found]


def targets(keys: Collection[str]) -> list[Target]:
    """The tasks with these public ids that learners find; a draft is none."""
    found = db.session.scalars(
        sa.select(EssayTask)
        .where(EssayTask.public_id.in_(keys), EssayTask.state != EssayState.DRAFT)
        .order_by(EssayTask.id)
    )
    return [_target(task) for task in found]


def done(keys: Collection[str], account_ids: Collection[int]) -> set[tuple[str, int]]:
    """Who handed in which."""
    rows = db.session.execute(
        sa.select(EssayTask.public_id, Submission.account_id)
        .join(Submission.task)
        .where(
            EssayTask.public_id.in_(keys),
            Submission.account_id.in_(account_ids),
            Submission.state != SubmissionState.DRAFT,
        )
    )
    return {(key, account_id) for key, account_id in rows}


ESSAY = ActivityKind(
    kind=KIND,
    label=N_("Bài thu hoạch"),
    done_words=N_("Nộp bài thu hoạch"),
    icon="pencil",
    choices=choices,
    targets=targets,
    done=done,
)
