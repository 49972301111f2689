"""Where a learner sits an assessment: exam sessions live above this room and answer here."""

from collections.abc import Callable
from dataclasses import dataclass

from lms.core.messages import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's candidate number and seat in an exam session; ``obstacle`` is why no attempt may begin."""

    number: str = ""
    room: str = ""
    seat: int | None = None
    obstacle: Message | None = None


Places = Callable[[int, int], Place | None]
Numbers = Callable[[int], dict[int, str]]
_places: list[Places] = []
_numbers: list[Numbers] = []


def plug_in_places(places: Places, numbers: Numbers) -> None:
    """Let a room above tell the place of a learner, given assessment and account, and all numbers of an assessment."""
    _places[:] = [places]
    _numbers[:] = [numbers]


def place_of(assessment_id: int, account_id: int) -> Place | None:
    """The learner's place; None where the assessment has no exam session. One statement."""
    for ask in _places:
        return ask(assessment_id, account_id)
    return None


def numbers_of(assessment_id: int) -> dict[int, str]:
    """Candidate numbers by account id; one statement."""
    for ask in _numbers:
        return ask(assessment_id)
    return {}
