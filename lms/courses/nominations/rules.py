"""Who nominates, and who takes in."""

from lms.auth.units.models import Unit
from lms.core.actor import Actor, Role, Scope
from lms.courses.classes import rules as classes
from lms.courses.nominations.models import ListState, NominationList

KEEPERS = classes.KEEPERS
SENDERS = (Role.UNIT,)
EVERYBODY = (*KEEPERS, *SENDERS)


def kept_scope(actor: Actor) -> Scope:
    """The centres whose lists the actor takes in."""
    return classes.kept_scope(actor)


def sending_scope(actor: Actor) -> Scope:
    """The units that the actor nominates for."""
    return actor.scope(*SENDERS)


def may_keep(actor: Actor, nomination_list: NominationList) -> bool:
    """Whether the actor keeps the class that the list is for."""
    return classes.may_keep(actor, nomination_list.course_class.unit.path)


def is_sender(actor: Actor, unit: Unit | None) -> bool:
    """Whether the actor nominates for the unit."""
    return unit is not None and sending_scope(actor).covers(unit.path)


def may_see(actor: Actor, nomination_list: NominationList) -> bool:
    """A unit sees its own lists; the centre sees its own, and a unit's once they are sent."""
    if is_sender(actor, nomination_list.unit):
        return True
    return may_keep(actor, nomination_list) and (
        nomination_list.unit is None
        or nomination_list.sent_at is not None
        or nomination_list.created_by_id == actor.id
    )


def may_change(actor: Actor, nomination_list: NominationList) -> bool:
    """Whoever made the list while it is a draft; the centre once it is sent."""
    if nomination_list.state is ListState.SENT:
        return may_keep(actor, nomination_list)
    if nomination_list.state is not ListState.DRAFT:
        return False
    if nomination_list.unit is None:
        return may_keep(actor, nomination_list)
    return is_sender(actor, nomination_list.unit)


def may_take_in(actor: Actor, nomination_list: NominationList) -> bool:
    """The keeper of the class: what is sent, and the centre's own drafts."""
    return may_keep(actor, nomination_list) and (
        nomination_list.state is ListState.SENT
        or (nomination_list.state is ListState.DRAFT and nomination_list.unit_id is None)
    )


def may_discard(actor: Actor, nomination_list: NominationList) -> bool:
    """Whoever could change it, and whoever uploaded what could not be read."""
    if nomination_list.state in {ListState.READING, ListState.FAILED}:
        return (
            may_keep(actor, nomination_list)
            if nomination_list.unit is None
            else is_sender(actor, nomination_list.unit)
        )
    return may_change(actor, nomination_list) and nomination_list.state is ListState.DRAFT
