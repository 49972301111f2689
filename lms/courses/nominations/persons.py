"""Whether a person of a list is somebody who is known: by name, birth date and unit. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from lms.core.vietnamese import fold, search_key
from lms.courses.nominations.models import MatchKind
from lms.courses.nominations.naming import toned

FULL = 3


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as a list or the register has it; ``unit_path`` is empty where the unit isn't known."""

    full_name: str
    born: str = ""
    unit_path: str = ""
    codes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    id: int = 0


class Births(Enum):
    """How two birth dates compare."""

    SAME = auto()
    MAYBE = auto()
    SWAPPED = auto()
    MISSING = auto()
    DIFFERENT = auto()


def births(first: str, second: str) -> Births:
    """Dates that are equal to the day; that may be one, since a year stands alone; day and month changed places."""
    if not first or not second:
        return Births.MISSING
    one, other = ([int(part) for part in re.findall(r"\d+", text)][::-1] for text in (first, second))
    if one == other and len(one) == FULL:
        return Births.SAME
    if all(left == right for left, right in zip(one, other, strict=False)):
        return Births.MAYBE
    if len(one) == len(other) == FULL and one[0] == other[0] and one[1:] == other[:0:-1]:
        return Births.SWAPPED
    return Births.DIFFERENT


def related(first: str, second: str) -> bool:
    """Whether the units are one, or one lies in the other."""
    return bool(first and second) and (first.startswith(second) or second.startswith(first))


def compare(wanted: Someone, known: Someone) -> MatchKind:
    """``same`` only where name, full birth date and unit (or phone, or code) agree; ``similar`` asks a person."""
    names = _names(wanted.full_name, known.full_name)
    born = births(wanted.born, known.born)
    if set(wanted.codes) & set(known.codes):
        return MatchKind.SAME if names == FULL and born is not Births.DIFFERENT else MatchKind.SIMILAR
    near = related(wanted.unit_path, known.unit_path)
    called = bool(set(wanted.phones) & set(known.phones))
    if not names or (names == 1 and not (born is Births.SAME and near)):
        return MatchKind.NONE
    if born is Births.SAME:
        return MatchKind.SAME if names == FULL and (near or called) else MatchKind.SIMILAR
    if born in {Births.MAYBE, Births.SWAPPED}:
        return (
            MatchKind.SAME
            if born is Births.MAYBE and names == FULL and near and called
            else MatchKind.SIMILAR
        )
    if born is Births.MISSING:
        return MatchKind.SIMILAR if near or called else MatchKind.NONE
    return MatchKind.SIMILAR if near and called else MatchKind.NONE


def _names(first: str, second: str) -> int:
    """3: one name; 2: one of them is written without marks; 1: the marks differ; 0: different names."""
    if search_key(first) != search_key(second):
        return 0
    if toned(first) == toned(second):
        return FULL
    return 2 if any(fold(name) == name.casefold() for name in (first, second)) else 1


def best(wanted: Someone, register: Iterable[Someone]) -> tuple[MatchKind, int | None]:
    """Who of the register the person is; two who both are surely the one are only similar."""
    found = [(compare(wanted, known), known.id) for known in register]
    same = [number for kind, number in found if kind is MatchKind.SAME]
    if len(same) == 1:
        return MatchKind.SAME, same[0]
    similar = same or [number for kind, number in found if kind is MatchKind.SIMILAR]
    return (MatchKind.SIMILAR, similar[0]) if similar else (MatchKind.NONE, None)
