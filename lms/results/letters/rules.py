"""Who makes and sends letters, and who reads them."""

from lms.core.actor import Actor, Role, Scope
from lms.results.letters.models import LetterState, UnitLetter

KEEPERS = (Role.STAFF, Role.LEADER)
LIAISON = (Role.UNIT,)


def kept_scope(actor: Actor) -> Scope:
    """The centres whose letters the actor makes and sends."""
    return actor.scope(*KEEPERS)


def unit_scope(actor: Actor) -> Scope:
    """The units for which the actor speaks."""
    return actor.scope(*LIAISON)


def may_keep(actor: Actor, centre_path: str) -> bool:
    """Make, number, scan and send letters of this centre's classes."""
    return actor.holds(centre_path, *KEEPERS)


def is_sent(letter: UnitLetter) -> bool:
    """The unit sees the letter."""
    return letter.state is not LetterState.MADE


def may_answer(actor: Actor, letter: UnitLetter) -> bool:
    """The unit itself, or the centre on its behalf, once the letter was sent."""
    speaks = actor.holds(letter.unit.path, *LIAISON) or may_keep(actor, letter.course_class.unit.path)
    return is_sent(letter) and speaks
