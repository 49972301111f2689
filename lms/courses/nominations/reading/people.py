"""What a reader understood of a roster: people, each with what is odd about them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is odd: a code of ``messages.MESSAGES`` and the values its sentence needs."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON column."""
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the list.

    ``given`` is what the file says under each heading that was used; ``born`` is ``22/11/1979``, ``11/1979``, ``1979``
    or empty; ``unit_text`` names the unit as the file does.
    """

    place: str
    given: Mapping[str, str]
    full_name: str = ""
    born: str = ""
    gender: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""
    code: str = ""
    unit_text: str = ""
    note: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """A file as it was understood; a refused one has no people and says why."""

    format: str
    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def from_json(data: Mapping[str, Any]) -> Roster:
    """The roster that :meth:`Roster.to_json` described."""
    people = tuple(
        Person(**{**one, "problems": tuple(Problem(**each) for each in one["problems"])})
        for one in data["people"]
    )
    problems = tuple(Problem(**each) for each in data["problems"])
    return Roster(data["format"], people, problems, bool(data["refused"]))


def refusal(kind: str, problem: Problem) -> Roster:
    """A roster that could not be read."""
    return Roster(kind, (), (problem,), refused=True)
