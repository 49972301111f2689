"""The graders' marks: whose turn it is, what is still open, and what the results of a class ask for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms.core.db import db
from lms.core.errors import NotFound
from lms.quizzes.grading.models import (
    EssayMark,
    EssayState,
    EssayTask,
    Submission,
    SubmissionPage,
    SubmissionState,
)
from lms.quizzes.grading.settling import settle


@dataclass(frozen=True, slots=True)
class EssayMarks:
    """A settled essay, in hundredths on the 10-point scale; a side of the rubric that has no criteria is None."""

    mark: int
    theory: int | None
    practice: int | None
    published: bool


def essay_marks(task_ids: Collection[int], account_ids: Collection[int]) -> dict[tuple[int, int], EssayMarks]:
    """The settled marks by task id and account id, one statement whatever their number.

    Marks under codes (*số phách*) are left out until codes and names are joined. Whoever handed in nothing is left out.
    """
    rows = db.session.execute(
        sa.select(
            Submission.task_id,
            Submission.account_id,
            Submission.mark,
            Submission.theory,
            Submission.practice,
            EssayTask.state,
        )
        .join(Submission.task)
        .where(
            Submission.task_id.in_(task_ids),
            Submission.account_id.in_(account_ids),
            Submission.mark.is_not(None),
            sa.or_(EssayTask.anonymous.is_(False), EssayTask.joined_at.is_not(None)),
        )
    )
    return {
        (task_id, account_id): EssayMarks(
            mark or 0, theory, practice, published=state is EssayState.PUBLISHED
        )
        for task_id, account_id, mark, theory, practice, state in rows
    }


def waiting(task: EssayTask, turn: int) -> list[Submission]:
    """What this grader has still to mark, in the order of the codes, which says nothing; two statements.

    The third grader's are those that the first two ended too far apart on.
    """
    return [one for one in marked(task) if is_waiting(task, one, turn)]


def is_waiting(task: EssayTask, submission: Submission, turn: int) -> bool:
    """Whether this grader's final mark is wanted now and missing; essays under codes are marked once all are in."""
    if task.anonymous and task.state is EssayState.OPEN:
        return False
    final = {mark.turn: mark.total for mark in submission.marks if mark.given_at is not None}
    if submission.state is not SubmissionState.HANDED_IN or turn in final:
        return False
    if turn <= task.graders:
        return True
    return needs_third(task, final)


def needs_third(task: EssayTask, final: dict[int, int]) -> bool:
    """Whether both final marks are there and further apart than the limit."""
    both = [final[turn] for turn in (1, 2) if turn in final]
    return (
        task.graders == 2  # noqa: PLR2004  (two graders)
        and len(both) == 2  # noqa: PLR2004  (both)
        and settle(both, task.difference_limit) is None
    )


def waiting_counts(tasks: Sequence[EssayTask], account_id: int) -> dict[int, int]:
    """How many essays wait for this grader, by task id; two statements whatever their number."""
    found = db.session.scalars(
        sa.select(Submission)
        .where(
            Submission.task_id.in_([task.id for task in tasks]),
            Submission.state == SubmissionState.HANDED_IN,
        )
        .options(selectinload(Submission.marks))
    ).all()
    turns = {
        task.id: one.turn for task in tasks for one in task.graders_named if one.account_id == account_id
    }
    return {
        task.id: sum(
            is_waiting(task, one, turns[task.id])
            for one in found
            if one.task_id == task.id and task.id in turns
        )
        for task in tasks
    }


def wants_third(task: EssayTask, submission: Submission) -> bool:
    """Whether a third grader's mark is wanted and missing."""
    final = {mark.turn: mark.total for mark in submission.marks if mark.given_at is not None}
    return submission.state is SubmissionState.HANDED_IN and 3 not in final and needs_third(task, final)  # noqa: PLR2004  (the third)


def marked(task: EssayTask) -> list[Submission]:
    """Everything handed in with everybody's marks, by code; two statements."""
    return list(
        db.session.scalars(
            sa.select(Submission)
            .where(Submission.task_id == task.id, Submission.state != SubmissionState.DRAFT)
            .options(selectinload(Submission.marks))
            .order_by(Submission.code.is_(None), Submission.code, Submission.id)
        )
    )


def marking_of(task: EssayTask, code: str) -> Submission:
    """The essay under this code with its pages and everybody's marks.

    Raises:
        NotFound: the task has no such code, or the learner writes again.
    """
    found = db.session.scalar(
        sa.select(Submission)
        .where(
            Submission.task_id == task.id,
            Submission.code == code,
            Submission.state != SubmissionState.DRAFT,
        )
        .options(
            selectinload(Submission.pages).joinedload(SubmissionPage.file),
            selectinload(Submission.marks).joinedload(EssayMark.grader),
        )
    )
    if found is None:
        raise NotFound
    return found


def marks_begun(task: EssayTask) -> bool:
    """Whether any grader has written any points; then the rubric stands."""
    return bool(turns_begun(task))


def turns_begun(task: EssayTask) -> set[int]:
    """The turns in which somebody has written any points."""
    return set(
        db.session.scalars(
            sa.select(EssayMark.turn)
            .join(EssayMark.submission)
            .where(Submission.task_id == task.id)
            .distinct()
        )
    )


def turns_of_graders(task: EssayTask) -> dict[int, int]:
    """In which turn whoever wrote points did so, by account id."""
    rows = db.session.execute(
        sa.select(EssayMark.grader_id, EssayMark.turn)
        .join(EssayMark.submission)
        .where(Submission.task_id == task.id)
        .distinct()
    ).all()
    return {row[0]: row[1] for row in rows}


def unfinished(task: EssayTask) -> Sequence[Submission]:
    """What was handed in and is not settled."""
    return db.session.scalars(
        sa.select(Submission).where(
            Submission.task_id == task.id, Submission.state == SubmissionState.HANDED_IN
        )
    ).all()
