"""Who keeps the dossier of a class."""

from lms.core.actor import Actor, Role, Scope

KEEPERS = (Role.STAFF, Role.LEADER)


def kept_scope(actor: Actor) -> Scope:
    """The centres whose dossiers the actor keeps."""
    return actor.scope(*KEEPERS)


def may_keep(actor: Actor, centre_path: str) -> bool:
    """See, fill and print the dossiers of this centre's classes."""
    return actor.holds(centre_path, *KEEPERS)
