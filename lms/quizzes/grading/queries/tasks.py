"""Essay tasks within a scope, with how far their work has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.accounts.models import Account, AccountState, RoleGrant
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.grading.models import EssayGrader, EssayState, EssayTask, Submission, SubmissionState


@dataclass(frozen=True)
class TaskRow:
    """A task with its counts: learners of the class, drafts with something in them, handed in (settled ones with them), settled."""

    task: EssayTask
    learners: int
    drafts: int
    handed_in: int
    settled: int


def _tasks() -> sa.Select[EssayTask]:
    return (
        sa.select(EssayTask)
        .join(EssayTask.course_class)
        .join(CourseClass.unit)
        .options(
            contains_eager(EssayTask.course_class).contains_eager(CourseClass.unit),
            joinedload(EssayTask.module),
            joinedload(EssayTask.author),
            selectinload(EssayTask.criteria),
            selectinload(EssayTask.graders_named).joinedload(EssayGrader.account),
        )
    )


def task_in(scope: Scope, key: str) -> EssayTask:
    """The task of this public id with its class, rubric and graders; three statements.

    Raises:
        NotFound: there is none within the scope.
    """
    found = db.session.scalar(_tasks().where(EssayTask.public_id == key, within(scope)))
    if found is None:
        raise NotFound
    return found


def lock(task: EssayTask) -> None:
    """Hold the row until the transaction ends, and reread it."""
    db.session.execute(
        sa.select(EssayTask)
        .where(EssayTask.id == task.id)
        .with_for_update(of=EssayTask)
        .execution_options(populate_existing=True)
    )


def tasks_of(course_class: CourseClass) -> list[TaskRow]:
    """The class's tasks, in the order they were set; a few statements whatever their number."""
    found = db.session.scalars(
        _tasks().where(EssayTask.class_id == course_class.id).order_by(EssayTask.id)
    ).all()
    return _rows(found)


def tasks_to_mark(account_id: int, scope: Scope) -> list[EssayTask]:
    """The tasks that the person is named to mark and that learners were given, the latest first."""
    mine = sa.select(EssayGrader.task_id).where(EssayGrader.account_id == account_id)
    chosen = _tasks().where(EssayTask.id.in_(mine), EssayTask.state != EssayState.DRAFT, within(scope))
    return list(db.session.scalars(chosen.order_by(EssayTask.id.desc()).limit(100)))


def counts_of(task: EssayTask) -> TaskRow:
    """One task with its counts."""
    return _rows([task])[0]


def _rows(tasks: Sequence[EssayTask]) -> list[TaskRow]:
    classes = {task.class_id for task in tasks}
    rows = db.session.execute(
        sa.select(Enrolment.class_id, sa.func.count())
        .where(Enrolment.class_id.in_(classes), Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(Enrolment.class_id)
    ).all()
    learners = {row[0]: row[1] for row in rows}
    states = {
        (task_id, state): count
        for task_id, state, count in db.session.execute(
            sa.select(Submission.task_id, Submission.state, sa.func.count())
            .where(Submission.task_id.in_([task.id for task in tasks]), _not_empty())
            .group_by(Submission.task_id, Submission.state)
        )
    }

    def count(task: EssayTask, *wanted: SubmissionState) -> int:
        return sum(states.get((task.id, state), 0) for state in wanted)

    return [
        TaskRow(
            task,
            learners.get(task.class_id, 0),
            count(task, SubmissionState.DRAFT),
            count(task, SubmissionState.HANDED_IN, SubmissionState.SETTLED),
            count(task, SubmissionState.SETTLED),
        )
        for task in tasks
    ]


def _not_empty() -> sa.ColumnElement[bool]:
    """More than the row that a cover page made."""
    return sa.or_(Submission.state != SubmissionState.DRAFT, Submission.text != "", Submission.pages.any())


def module_choices(course_class: CourseClass) -> Sequence[Module]:
    """The modules of the class's programme, in order."""
    return db.session.scalars(
        sa.select(Module).where(Module.programme_id == course_class.programme_id).order_by(Module.position)
    ).all()


def possible_graders(centre: Unit) -> Sequence[Account]:
    """Those who may be named as graders at this centre: its lecturers, and where it is small its staff and leaders."""
    above = [int(part) for part in centre.path.split("/") if part]
    teaches = sa.and_(
        RoleGrant.role.in_([Role.LECTURER, Role.STAFF, Role.LEADER]), RoleGrant.unit_id.in_(above)
    )
    return db.session.scalars(
        sa.select(Account)
        .where(Account.state == AccountState.ACTIVE, Account.grants.any(teaches))
        .order_by(Account.sort_key, Account.id)
    ).all()


def chosen_graders(centre: Unit, keys: Collection[str]) -> dict[str, Account]:
    """Those of the possible graders who have one of these public ids."""
    return {one.public_id: one for one in possible_graders(centre) if one.public_id in keys}
