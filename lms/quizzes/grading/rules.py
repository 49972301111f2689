"""Who may do what with an essay task and what was handed in.

Lecturers meet only the tasks that they wrote or mark; staff and leaders run all of their centre's.
"""

from datetime import datetime

from lms.core.actor import Actor, Role
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionState

RUNNERS = (Role.STAFF, Role.LEADER)
WRITERS = (*RUNNERS, Role.LECTURER)


def may_write(actor: Actor, unit_path: str) -> bool:
    """Set tasks for the classes of this centre."""
    return actor.holds(unit_path, *WRITERS)


def may_run(actor: Actor, task: EssayTask) -> bool:
    """Name graders, photograph, reopen for one person, join codes and names, publish."""
    return actor.holds(task.course_class.unit.path, *RUNNERS)


def is_grader(actor: Actor, task: EssayTask) -> bool:
    """Named to mark the task, and still of the centre."""
    named = any(one.account_id == actor.id for one in task.graders_named)
    return named and actor.holds(task.course_class.unit.path, *WRITERS)


def turn_of(actor: Actor, task: EssayTask) -> int | None:
    """Whether the actor is the first, the second or the third grader."""
    if not is_grader(actor, task):
        return None
    return next(one.turn for one in task.graders_named if one.account_id == actor.id)


def is_author(actor: Actor, task: EssayTask) -> bool:
    """Whoever set the task, and still is of the centre."""
    return actor.id == task.author_id and may_write(actor, task.course_class.unit.path)


def may_see(actor: Actor, task: EssayTask) -> bool:
    """Read the task and its counts."""
    return may_run(actor, task) or is_author(actor, task) or is_grader(actor, task)


def may_edit(actor: Actor, task: EssayTask) -> bool:
    """Change the task, open and close it: its author or who runs the class."""
    return may_run(actor, task) or is_author(actor, task)


def is_blind(task: EssayTask) -> bool:
    """Marks and names are kept apart still."""
    return task.anonymous and task.joined_at is None


def sees_people(actor: Actor, task: EssayTask) -> bool:
    """See who handed in what. A grader under codes does not, whatever other role is held, until they are joined."""
    return may_see(actor, task) and not (is_blind(task) and not _runs_only(actor, task))


def _runs_only(actor: Actor, task: EssayTask) -> bool:
    return may_run(actor, task) and not is_grader(actor, task)


def sees_marks(actor: Actor, task: EssayTask) -> bool:
    """See the settled marks beside the names."""
    return may_see(actor, task) and not is_blind(task)


def due(task: EssayTask, submission: Submission | None) -> datetime | None:
    """Until when this learner may write; None without an end."""
    if submission is None or submission.extended_until is None:
        return task.due_at
    if task.due_at is None:
        return None if task.state is EssayState.OPEN else submission.extended_until
    return max(task.due_at, submission.extended_until)


def takes_work(task: EssayTask, submission: Submission | None, moment: datetime) -> bool:
    """Whether the learner may still write and hand in."""
    if task.state is EssayState.DRAFT:
        return False
    if submission is not None and submission.state is not SubmissionState.DRAFT:
        return False
    extended = submission is not None and _later(submission.extended_until, moment)
    if task.state is not EssayState.OPEN:
        return extended
    return extended or task.due_at is None or task.due_at > moment


def _later(until: datetime | None, moment: datetime) -> bool:
    return until is not None and until > moment
