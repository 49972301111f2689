"""Who sees, makes, signs and publishes the result of a class.

Whoever checked a result doesn't sign it, but in a *trung tâm nhỏ* (``small``, asked from outside) the director may.
"""

from lms.core.actor import Actor, Role, Scope
from lms.results.class_results.models import ClassResult, ResultState

READERS = (Role.STAFF, Role.LEADER, Role.LECTURER, Role.OVERSEER)
KEEPERS = (Role.STAFF, Role.LEADER)
SIGNERS = (Role.LEADER,)
OPEN = (ResultState.DRAFT,)


def seen_scope(actor: Actor) -> Scope:
    """The units whose class results the actor sees before they are published."""
    return actor.scope(*READERS)


def kept_scope(actor: Actor) -> Scope:
    """The units whose class results the actor makes."""
    return actor.scope(*KEEPERS)


def signed_scope(actor: Actor) -> Scope:
    """The units whose class results the actor signs."""
    return actor.scope(*SIGNERS)


def may_keep(actor: Actor, unit_path: str) -> bool:
    """Choose sources, type marks and remarks, compute, check and publish."""
    return actor.holds(unit_path, *KEEPERS)


def may_sign(actor: Actor, unit_path: str, result: ClassResult, *, small: bool) -> bool:
    """Sign a checked result: a leader other than who checked it."""
    return (
        result.state is ResultState.CHECKED
        and actor.holds(unit_path, *SIGNERS)
        and (small or result.checked_by_id != actor.id)
    )


def may_return(actor: Actor, unit_path: str, result: ClassResult) -> bool:
    """Send a checked or signed result back, before it is published."""
    return result.state in {ResultState.CHECKED, ResultState.SIGNED} and actor.holds(unit_path, *SIGNERS)


def is_open(result: ClassResult | None) -> bool:
    """Whether sources, marks and figures can still change: nobody has checked them."""
    return result is None or result.state in OPEN
