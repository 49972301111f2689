"""Who may look after which accounts.

Seeing an account takes one of its units in the actor's scope; changing it takes all of them, so that nobody takes
over roles that reach beyond the own scope.
"""

from collections.abc import Iterable

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.actor import Actor, Role, Scope, nobody

MANAGERS = (Role.ADMIN, Role.STAFF)
PROTECTED = frozenset({Role.ADMIN, Role.LEADER})
"""Roles whose holders only an administrator looks after."""


def seen_scope(actor: Actor) -> Scope:
    """The units whose people the actor sees here."""
    return actor.scope(*MANAGERS)


def is_terminal(actor: Actor) -> bool:
    """Whether somebody at the server's own terminal acts; whoever sits there could write to the database."""
    return actor == nobody()


def _reaches(account: Account) -> Iterable[str]:
    if account.unit is not None:
        yield account.unit.path
    for grant in account.grants:
        yield grant.unit.path


def may_manage(actor: Actor, account: Account) -> bool:
    """Whether the actor may edit, suspend and hand a new password to this person."""
    if is_terminal(actor):
        return True
    paths = list(_reaches(account))
    if not paths or actor.id == account.id:
        return False
    if all(actor.holds(path, Role.ADMIN) for path in paths):
        return True
    if any(grant.role in PROTECTED for grant in account.grants):
        return False
    return all(actor.holds(path, *MANAGERS) for path in paths)


def learns_only(account: Account) -> bool:
    """Whether the person is a learner and nothing else, and so signs in with a PIN instead of a password."""
    return {grant.role for grant in account.grants} == {Role.LEARNER}


def may_edit(actor: Actor, account: Account) -> bool:
    """As ``may_manage``, and an administrator's own data."""
    own = actor.id == account.id and all(actor.holds(path, Role.ADMIN) for path in _reaches(account))
    return own or may_manage(actor, account)


def may_place(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may put people into this unit."""
    return is_terminal(actor) or actor.holds(unit.path, *MANAGERS)


def may_grant(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may give or take roles over this unit."""
    return is_terminal(actor) or actor.holds(unit.path, Role.ADMIN)


def may_create(actor: Actor, unit: Unit, role: Role) -> bool:
    """Giáo vụ takes in learners; any other role is the administrator's to give."""
    return may_grant(actor, unit) or (role is Role.LEARNER and may_place(actor, unit))
