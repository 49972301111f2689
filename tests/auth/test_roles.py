"""Giving and taking roles: administrators only, within their own units, and never the last one."""

import pytest
from flask import Flask

from lms.audit.queries import trail
from lms.auth.accounts.models import Account, AccountState
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from tests.auth.people import is_in
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre()


@pytest.fixture
def boss(world: World, centre: Unit) -> Account:
    return world.person(Role.ADMIN, centre, "Quản Trị")


@pytest.fixture
def admin(app: Flask, boss: Account) -> Visitor:
    return Visitor(app).sign_in_as(boss)


def _role(role: Role, unit: Unit) -> dict[str, str]:
    return {"role-role": role.value, "role-over": unit.public_id}


def _roles(account: Account) -> set[tuple[Role, int]]:
    return {(grant.role, grant.unit_id) for grant in account.grants}


def test_a_role_is_given_and_taken_and_both_end_the_sessions(
    app: Flask, world: World, admin: Visitor, centre: Unit
) -> None:
    account = world.person(Role.LEARNER, centre)
    url = f"/accounts/{account.public_id}/roles"
    visitor = Visitor(app).sign_in_as(account)
    admin.post(url, _role(Role.LECTURER, centre))
    assert (Role.LECTURER, centre.id) in _roles(account)
    assert not is_in(visitor), "another role, another session"
    visitor = Visitor(app).sign_in_as(account)
    admin.post(f"{url}/revoke", _role(Role.LECTURER, centre))
    assert _roles(account) == {(Role.LEARNER, centre.id)}
    assert not is_in(visitor)
    assert [event.action for event in trail("account", account.id)] == [
        "account.role_revoked",
        "account.role_granted",
    ]


def test_twice_the_same_is_a_conflict(world: World, admin: Visitor, centre: Unit) -> None:
    account = world.person(Role.LECTURER, centre)
    admin.post(f"/accounts/{account.public_id}/roles", _role(Role.LECTURER, centre), 409)


def test_nobody_gives_a_role_beyond_the_own_units(world: World, admin: Visitor, centre: Unit) -> None:
    account = world.person(Role.LEARNER, centre)
    foreign, above = world.centre("Trung tâm khác"), world.unit("Tỉnh")
    for unit in (foreign, above):
        admin.post(f"/accounts/{account.public_id}/roles", _role(Role.ADMIN, unit), 422)
        admin.post(f"/accounts/{account.public_id}/roles/revoke", _role(Role.ADMIN, unit), 404)
    assert _roles(account) == {(Role.LEARNER, centre.id)}


def test_an_admin_of_one_unit_who_is_staff_of_the_centre(app: Flask, world: World, centre: Unit) -> None:
    """The door opens by the role held anywhere; what counts is where it is held."""
    below = world.unit("Xã A", parent=centre)
    account = world.person(Role.LEARNER, centre)
    visitor = Visitor(app).sign_in_as(
        world.account("Hai Vai", centre, {Role.STAFF: centre, Role.ADMIN: below})
    )
    visitor.post(f"/accounts/{account.public_id}/roles", _role(Role.STAFF, centre), 422)
    visitor.post(f"/accounts/{account.public_id}/roles/revoke", _role(Role.LEARNER, centre), 403)
    visitor.post(f"/accounts/{account.public_id}/roles", _role(Role.LECTURER, below))
    assert _roles(account) == {(Role.LEARNER, centre.id), (Role.LECTURER, below.id)}


def test_staff_may_not(app: Flask, world: World, centre: Unit) -> None:
    member = world.person(Role.STAFF, centre)
    visitor = Visitor(app).sign_in_as(member)
    visitor.post(f"/accounts/{member.public_id}/roles", _role(Role.ADMIN, centre), 403)
    visitor.post(f"/accounts/{member.public_id}/roles/revoke", _role(Role.STAFF, centre), 403)
    assert _roles(member) == {(Role.STAFF, centre.id)}


def test_a_foreign_person_is_not_found(world: World, admin: Visitor, centre: Unit) -> None:
    foreign = world.person(Role.LEARNER, world.centre("Trung tâm khác"))
    admin.post(f"/accounts/{foreign.public_id}/roles", _role(Role.LECTURER, centre), 404)


def test_the_last_administrator_stays(world: World, admin: Visitor, boss: Account, centre: Unit) -> None:
    answer = admin.post(f"/accounts/{boss.public_id}/roles/revoke", _role(Role.ADMIN, centre), 409)
    assert "quản trị cuối cùng" in answer.get_data(as_text=True)
    suspended = world.person(Role.ADMIN, centre)
    with UnitOfWork():
        suspended.state = AccountState.SUSPENDED
    admin.post(f"/accounts/{boss.public_id}/roles/revoke", _role(Role.ADMIN, centre), 409)
    assert (Role.ADMIN, centre.id) in _roles(boss)
    world.person(Role.ADMIN, centre)
    admin.post(f"/accounts/{boss.public_id}/roles/revoke", _role(Role.ADMIN, centre))
    assert (Role.ADMIN, centre.id) not in _roles(boss)


def test_an_administrator_above_is_enough(app: Flask, world: World) -> None:
    province = world.unit("Tỉnh")
    centre = world.unit("Trung tâm", parent=province)
    top = Visitor(app).sign_in_as(world.person(Role.ADMIN, province))
    local = world.person(Role.ADMIN, centre)
    top.post(f"/accounts/{local.public_id}/roles/revoke", _role(Role.ADMIN, centre))
    assert _roles(local) == set()


def test_the_last_administrator_is_not_suspended_by_another_way(app: Flask, world: World) -> None:
    """Staff of the whole province look after no administrator, and an administrator of a part is not enough."""
    province = world.unit("Tỉnh")
    centre = world.unit("Trung tâm", parent=province)
    local = world.person(Role.ADMIN, centre)
    staff = Visitor(app).sign_in_as(world.person(Role.STAFF, province))
    staff.post(f"/accounts/{local.public_id}/suspend", {"reason-reason": "x"}, 403)
    assert local.state is AccountState.ACTIVE


def test_nobody_suspends_himself(admin: Visitor, boss: Account, world: World, centre: Unit) -> None:
    world.person(Role.ADMIN, centre)
    admin.post(f"/accounts/{boss.public_id}/suspend", {"reason-reason": "x"}, 403)
    assert boss.state is AccountState.ACTIVE


def test_a_reason_is_asked_for(admin: Visitor, world: World, centre: Unit) -> None:
    account = world.person(Role.LEARNER, centre)
    page = admin.post(f"/accounts/{account.public_id}/suspend", {"reason-reason": ""}, 422)
    assert "Hãy ghi lý do" in page.get_data(as_text=True)
    assert account.state is AccountState.ACTIVE
