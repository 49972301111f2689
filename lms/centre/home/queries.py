"""What is next for a learner."""

from dataclasses import dataclass
from datetime import datetime

from lms.core import clock
from lms.courses.attendance.queries.rolls import MonitoredRoll, monitored_rolls
from lms.courses.attendance.rules import monitors_first_day
from lms.courses.study.queries.learning import Overview, study_overview
from lms.quizzes.delivery.models import AttemptState
from lms.quizzes.delivery.queries.attempts import Due, assessments_for
from lms.quizzes.delivery.rules import has_attempts_left, has_ended, has_opened, is_open
from lms.quizzes.grading import rules as essay_rules
from lms.quizzes.grading.models import EssayTask
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
class EssayDue:
    """An essay that can still be written, and until when: later than for the others where it was reopened."""

    task: EssayTask
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Duties:
    """What else a class asks of a learner: rolls of a monitor, essays not handed in, lessons to read."""

    rolls: list[MonitoredRoll]
    called: list[MonitoredRoll]
    """Rolls of today and yesterday that may still be corrected."""
    essays: list[EssayDue]
    lessons: list[Overview]
    studies: bool
    """Whether the learner is in any class, so that there are half days to read about."""
    writes: bool
    """Whether any essay was ever given, handed in or not."""
    study: Overview | None
    """The first class that isn't over in which something is left to study."""


def duties(account_id: int, moment: datetime) -> Duties:
    """The same statements whatever the number of classes."""
    today = clock.to_local(moment).date()
    given, lessons = learner_tasks(account_id), study_overview(account_id)
    essays = [
        EssayDue(task, essay_rules.due(task, mine))
        for task, mine in given
        if essay_rules.takes_work(task, mine, moment)
    ]
    rolls = monitored_rolls(account_id, monitors_first_day(today), today)
    return Duties(
        rolls=[one for one in reversed(rolls) if one.absent is None],
        called=[one for one in rolls if one.absent is not None],
        essays=sorted(essays, key=lambda one: (one.due_at is None, one.due_at or moment)),
        lessons=[one for one in lessons if one.parts],
        studies=bool(lessons),
        writes=bool(given),
        study=next((one for one in lessons if one.next and one.course_class.ends_on >= today), None),
    )
