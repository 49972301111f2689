"""Giving and taking roles."""

from collections.abc import Sequence

from lms.audit.operations import record
from lms.auth.access.operations import end_sessions
from lms.auth.accounts import rules
from lms.auth.accounts.models import Account, RoleGrant
from lms.auth.accounts.queries import admin_grants
from lms.auth.units.models import Unit
from lms.core.actor import Actor, Role
from lms.core.db import db, operation
from lms.core.errors import Conflict, NotAllowed, NotFound
from lms.core.messages import N_


def keep_an_admin(*, losing: Sequence[RoleGrant]) -> None:
    """Check that every unit which loses an administrator's role has another active administrator.

    Raises:
        Conflict: one of them would have none.
    """
    if not losing:
        return
    gone = {grant.id for grant in losing}
    left = [path for grant_id, _, path in admin_grants() if grant_id not in gone]
    for grant in losing:
        if not any(grant.unit.path.startswith(path) for path in left):
            raise Conflict(
                N_("Đây là quản trị cuối cùng của %(unit)s. Hãy giao quyền cho người khác trước."),
                unit=grant.unit.name,
            )


@operation
def grant_role(*, actor: Actor, account: Account, role: Role, unit: Unit) -> None:
    """Give a role over a unit and all below it; the person signs in again.

    Raises:
        NotAllowed: the actor is no administrator of that unit.
        Conflict: the role is held already.
    """
    if not rules.may_grant(actor, unit):
        raise NotAllowed
    if any(grant.role is role and grant.unit_id == unit.id for grant in account.grants):
        raise Conflict(N_("Người này đã có vai trò đó ở đơn vị này."))
    account.grants.append(RoleGrant(role=role, unit_id=unit.id))
    end_sessions(account_ids=[account.id])
    record(
        actor=actor,
        action="account.role_granted",
        subject=account,
        data={"role": role.value, "unit": unit.name},
    )


@operation
def revoke_role(*, actor: Actor, account: Account, role: Role, unit: Unit) -> None:
    """Take a role back; the person signs in again.

    Raises:
        NotAllowed: the actor is no administrator of that unit.
        NotFound: the role isn't held.
        Conflict: the unit would be left without an administrator.
    """
    if not rules.may_grant(actor, unit):
        raise NotAllowed
    held = next((grant for grant in account.grants if grant.role is role and grant.unit_id == unit.id), None)
    if held is None:
        raise NotFound
    if role is Role.ADMIN:
        keep_an_admin(losing=[held])
    db.session.delete(held)
    end_sessions(account_ids=[account.id])
    record(
        actor=actor,
        action="account.role_revoked",
        subject=account,
        data={"role": role.value, "unit": unit.name},
    )
