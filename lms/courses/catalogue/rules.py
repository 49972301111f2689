"""Who reads the catalogue, who keeps programmes, and who enters source documents."""

from lms.core.actor import Actor, Role, Scope

KEEPERS = (Role.STAFF, Role.LEADER)
READERS = (*KEEPERS, Role.LECTURER, Role.OVERSEER)
REGISTRARS = (*KEEPERS, Role.LECTURER)


def seen_scope(actor: Actor) -> Scope:
    """The units whose programmes and documents the actor reads."""
    return actor.scope(*READERS)


def kept_scope(actor: Actor) -> Scope:
    """The units whose programmes the actor makes and changes."""
    return actor.scope(*KEEPERS)


def registers_scope(actor: Actor) -> Scope:
    """The units whose source documents the actor enters and corrects."""
    return actor.scope(*REGISTRARS)


def may_keep(actor: Actor, unit_path: str) -> bool:
    """Make and change programmes of this centre."""
    return actor.holds(unit_path, *KEEPERS)


def may_register(actor: Actor, unit_path: str) -> bool:
    """Enter and correct source documents of this centre."""
    return actor.holds(unit_path, *REGISTRARS)
