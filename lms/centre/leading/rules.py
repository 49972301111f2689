"""Who reads the leader's pages and who signs."""

from lms.core.actor import Actor, Role, Scope

READERS = (Role.LEADER, Role.OVERSEER, Role.STAFF)
SIGNERS = (Role.LEADER,)


def seen_scope(actor: Actor) -> Scope:
    """The units whose figures the actor reads."""
    return actor.scope(*READERS)


def signed_scope(actor: Actor) -> Scope:
    """The units for which the actor signs."""
    return actor.scope(*SIGNERS)
