"""Who may see classes and who keeps them."""

from lms.core.actor import Actor, Role, Scope

KEEPERS = (Role.STAFF, Role.LEADER)
READERS = (*KEEPERS, Role.LECTURER, Role.OVERSEER)


def seen_scope(actor: Actor) -> Scope:
    """The units whose classes the actor sees."""
    return actor.scope(*READERS)


def kept_scope(actor: Actor) -> Scope:
    """The units whose classes the actor opens and fills."""
    return actor.scope(*KEEPERS)


def may_keep(actor: Actor, unit_path: str) -> bool:
    """Open and correct classes of this centre, enrol and withdraw their learners."""
    return actor.holds(unit_path, *KEEPERS)
