"""What is next for a learner."""

from dataclasses import dataclass
from datetime import datetime

from lms.core import clock
from lms.courses.attendance.queries.own import own_enrolments
from lms.courses.attendance.queries.rolls import RollDue, rolls_due
from lms.courses.study.queries.learning import Overview, study_overview
from lms.quizzes.delivery.models import AttemptState
from lms.quizzes.delivery.queries.attempts import Due, assessments_for
from lms.quizzes.delivery.rules import has_attempts_left, has_ended, has_opened, is_open
from lms.quizzes.grading.models import EssayState, EssayTask, SubmissionState
from lms.quizzes.grading.queries.submissions import learner_tasks
from lms.quizzes.papers.rules import is_practice


@dataclass(frozen=True, slots=True)
class Agenda:
    """The paper to sit next, if any; what comes later, what can be practised, what is over."""

    next: Due | None
    running: bool
    upcoming: list[Due]
    practice: list[Due]
    past: list[Due]


def agenda(account_id: int, moment: datetime) -> Agenda:
    """A running attempt comes first, then the open assessment that closes first."""
    graded, practice, upcoming, past = [], [], [], []
    running: Due | None = None
    for due in assessments_for(account_id):
        assessment = due.assessment
        in_progress = due.latest is not None and due.latest.state is AttemptState.IN_PROGRESS
        if is_practice(assessment):
            if is_open(assessment, moment):
                practice.append(due)
        elif in_progress:
            running = running or due
        elif not has_opened(assessment, moment):
            upcoming.append(due)
        elif has_ended(assessment, moment) or not has_attempts_left(assessment, due.attempts):
            past.append(due)
        else:
            graded.append(due)
    graded.sort(key=lambda due: (due.assessment.closes_at is None, due.assessment.closes_at or moment))
    first = running or (graded[0] if graded else None)
    rest = [due for due in graded if due is not first]
    return Agenda(first, running is not None, rest + upcoming, practice, past)


@dataclass(frozen=True, slots=True)
class Duties:
    """What else a class asks of a learner: rolls of a monitor, essays not handed in, lessons to read."""

    rolls: list[RollDue]
    essays: list[EssayTask]
    lessons: list[Overview]
    studies: bool
    """Whether the learner is in any class, so that there are half days to read about."""
    writes: bool
    """Whether any essay was ever given, handed in or not."""

    @property
    def unread(self) -> Overview | None:
        """The first class with a lesson that isn't done."""
        return next((one for one in self.lessons if one.next_key), None)


def duties(account_id: int, moment: datetime) -> Duties:
    """Five statements, whatever the number of classes."""
    given = learner_tasks(account_id)
    essays = [
        task
        for task, mine in given
        if task.state is EssayState.OPEN
        and (task.due_at is None or task.due_at > moment)
        and (mine is None or mine.state is SubmissionState.DRAFT)
    ]
    return Duties(
        rolls=rolls_due(account_id, clock.to_local(moment).date()),
        essays=sorted(essays, key=lambda task: (task.due_at is None, task.due_at or moment)),
        lessons=study_overview(account_id),
        studies=bool(own_enrolments(account_id)),
        writes=bool(given),
    )
