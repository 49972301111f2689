"""When a lesson is done and how far somebody is: pure, from what is known of one learner."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.courses.study.models import DoneWhen


@dataclass(frozen=True, slots=True)
class Mark:
    """What a learner did with a lesson: opened it, and perhaps was done with it."""

    opened: bool = False
    confirmed: bool = False


def is_done(done_when: DoneWhen, mark: Mark, tasks: Sequence[bool]) -> bool:
    """Whether a lesson counts as studied; ``tasks`` says of each required activity of the lesson whether it is done.

    A lesson that waits for its activities but has none in this class is confirmed like any other. What was done once
    stays done.
    """
    if mark.confirmed:
        return True
    if done_when is DoneWhen.OPENED:
        return mark.opened
    if done_when is DoneWhen.ACTIVITIES and tasks:
        return all(tasks)
    return False


def may_confirm(done_when: DoneWhen, tasks: Sequence[bool]) -> bool:
    """Whether the learner says so himself that the lesson is studied."""
    return done_when is DoneWhen.CONFIRMED or (done_when is DoneWhen.ACTIVITIES and not tasks)


@dataclass(frozen=True, slots=True)
class Tally:
    """``done`` of ``total`` things: lessons, and activities that are required."""

    done: int = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.done + other.done, self.total + other.total)

    @property
    def is_whole(self) -> bool:
        """Everything is done, and there was something."""
        return self.total > 0 and self.done == self.total
