"""Who keeps a centre's regulations, and who gives the word that one agrees with the centre's own text."""

from lms.core.actor import Actor, Role, Scope

KEEPERS = (Role.STAFF, Role.LEADER, Role.ADMIN)
CONFIRMS = (Role.LEADER,)


def kept_scope(actor: Actor) -> Scope:
    """The units whose regulations the actor reads and writes."""
    return actor.scope(*KEEPERS)


def may_keep(actor: Actor, unit_path: str) -> bool:
    """Write regulations of this centre and point its programmes to them."""
    return actor.holds(unit_path, *KEEPERS)


def may_confirm(actor: Actor, unit_path: str) -> bool:
    """Confirm that a version was compared with the centre's own text."""
    return actor.holds(unit_path, *CONFIRMS)
