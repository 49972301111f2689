"""Where a learner sits an assessment: exam sessions live above this room and answer here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lms.core.messages import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's candidate number and seat in an exam session; ``obstacle`` is why no attempt may begin."""

    number: str = ""
    room: str = ""
    seat: int | None = None
    obstacle: Message | None = None


Places = Callable[[int, int], Place | None]


@dataclass(frozen=True, slots=True)
class Held:
    """The exam sessions of an assessment: their pages as title and address, numbers and who has a seat by account."""

    pages: Sequence[tuple[str, str]] = ()
    numbers: Mapping[int, str] = field(default_factory=dict)
    seated: frozenset[int] = frozenset()

    def takes(self, account_id: int) -> bool:
        """Whether this person may come; everybody where there is no session."""
        return not self.pages or account_id in self.seated


Sessions = Callable[[int], Held]
_places: list[Places] = []
_sessions: list[Sessions] = []


def plug_in_places(places: Places, sessions: Sessions) -> None:
    """Let a room above tell the place of a learner, given assessment and account, and an assessment's sessions."""
    _places[:] = [places]
    _sessions[:] = [sessions]


def place_of(assessment_id: int, account_id: int) -> Place | None:
    """The learner's place; None where the assessment has no exam session. One statement."""
    for ask in _places:
        return ask(assessment_id, account_id)
    return None


def sessions_of(assessment_id: int) -> Held:
    """The exam sessions of an assessment; two statements."""
    for ask in _sessions:
        return ask(assessment_id)
    return Held()
