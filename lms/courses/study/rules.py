"""Who writes lessons, who arranges a class's activities, who looks at progress."""

from collections.abc import Collection

from lms.core.actor import Actor, Role, Scope

WRITERS = (Role.LECTURER, Role.STAFF, Role.LEADER)
READERS = (*WRITERS, Role.OVERSEER)
KEEPERS = (Role.STAFF, Role.LEADER)


def seen_scope(actor: Actor) -> Scope:
    """The units whose lessons, drafts too, and whose learners' progress the actor sees."""
    return actor.scope(*READERS)


def written_scope(actor: Actor) -> Scope:
    """The units for whose programmes the actor writes lessons."""
    return actor.scope(*WRITERS)


def may_write(actor: Actor, unit_path: str) -> bool:
    """Write, publish and take back lessons of this centre's programmes."""
    return actor.holds(unit_path, *WRITERS)


def may_arrange(actor: Actor, unit_path: str, lecturer_ids: Collection[int]) -> bool:
    """Choose a class's activities: who keeps the class, its lecturers, or any of the centre while none is named."""
    if actor.holds(unit_path, *KEEPERS):
        return True
    named = not lecturer_ids or actor.id in lecturer_ids
    return named and actor.holds(unit_path, Role.LECTURER)
