"""Who may look after units."""

from lms.auth.units.models import Unit, UnitKind
from lms.core.actor import Actor, Role, Scope, nobody

KEEPERS = (Role.ADMIN, Role.STAFF)
LETTER_KEEPERS = (Role.ADMIN, Role.STAFF, Role.LEADER)
SENDING_KINDS = (UnitKind.PARTY_ORG, UnitKind.MASS_ORG, UnitKind.AGENCY)


def kept_scope(actor: Actor) -> Scope:
    """The units that the actor sees here."""
    return actor.scope(*KEEPERS)


def may_set_up(actor: Actor, unit: Unit) -> bool:
    """Settings, and the unit's own kind of centre or superior, are the administrator's."""
    return actor.holds(unit.path, Role.ADMIN)


def letters_scope(actor: Actor) -> Scope:
    """The units whose letterhead the actor keeps."""
    return actor.scope(*LETTER_KEEPERS)


def may_set_letterhead(actor: Actor, unit: Unit) -> bool:
    """How the heading of a centre's official papers reads, and who signs them."""
    return unit.kind is UnitKind.CENTRE and actor.holds(unit.path, *LETTER_KEEPERS)


def may_rename(actor: Actor, unit: Unit) -> bool:
    """Giáo vụ keeps the units that send learners; a centre's name stands on letters and is the administrator's."""
    if unit.kind in SENDING_KINDS:
        return actor.holds(unit.path, *KEEPERS)
    return may_set_up(actor, unit)


def kinds_to_add(actor: Actor, parent: Unit | None) -> tuple[UnitKind, ...]:
    """What the actor may add below ``parent``; nothing where that unit is not in the actor's keeping.

    The root of a tree, below nothing, is added from the terminal only.
    """
    if parent is None:
        return tuple(UnitKind) if actor == nobody() else ()
    if actor.holds(parent.path, Role.ADMIN):
        return tuple(UnitKind)
    if actor.holds(parent.path, *KEEPERS):
        return SENDING_KINDS
    return ()
