"""What a module of a class can hold: rooms above plug their kinds of activity in at wiring time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from lms.courses.classes.models import CourseClass


@dataclass(frozen=True)
class Target:
    """Something of a room above that an activity leads to; ``endpoint`` with ``arguments`` is its page for a learner."""

    key: str
    title: str
    endpoint: str
    arguments: dict[str, str]
    open: bool = True


@dataclass(frozen=True)
class ActivityKind:
    """A kind of activity. ``label`` and ``done_words`` are message ids, the latter says what has to be done.

    ``choices`` lists what a class has to offer; ``targets`` finds some by key; ``done`` gives the pairs of key and
    account id that did it, of those asked for. Each is one statement or two, whatever the number.
    """

    kind: str
    label: str
    done_words: str
    icon: str
    choices: Callable[[CourseClass], list[Target]]
    targets: Callable[[Collection[str]], list[Target]]
    done: Callable[[Collection[str], Collection[int]], set[tuple[str, int]]]


kinds: dict[str, ActivityKind] = {}


def plug_in(kind: ActivityKind) -> None:
    """Offer a kind of activity."""
    kinds[kind.kind] = kind
