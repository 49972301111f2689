"""One-time passwords on slips, for those who are more than learners: shown once, only by who looks after the person."""

import re

import pytest
from flask import Flask

from lms.audit.queries import trail
from lms.auth.access.passwords import fits
from lms.auth.access.throttle import NAME
from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from tests.auth.people import PASSWORD, WRONG, code_of, is_in, sign_in, with_password
from tests.visitor import Visitor
from tests.world import World

SECRET = re.compile(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>")


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre()


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre, "Giáo Vụ"))


def _slip(visitor: Visitor, account: Account, status: int = 200) -> str:
    return visitor.post(f"/accounts/{account.public_id}/slip", status=status).get_data(as_text=True)


def test_a_slip_opens_the_door_once_and_then_asks_for_an_own_password(
    app: Flask, world: World, centre: Unit, staff: Visitor
) -> None:
    account = with_password(world.person(Role.LECTURER, centre, "Trần Thị Bình"))
    before = Visitor(app).sign_in_as(account)
    page = _slip(staff, account)
    assert "Trần Thị Bình" in page
    [password] = SECRET.findall(page)
    assert not is_in(before)
    sign_in(Visitor(app), code_of(account), PASSWORD, 422)
    visitor = Visitor(app)
    sign_in(visitor, code_of(account), password)
    assert visitor.get("/account", 302).headers["Location"] == "/password"


def test_it_is_kept_nowhere(world: World, centre: Unit, staff: Visitor) -> None:
    account = world.person(Role.LECTURER, centre)
    [password] = SECRET.findall(_slip(staff, account))
    assert password not in account.password_hash
    assert fits(account.password_hash, password)
    [event] = trail("account", account.id)
    assert event.action == "account.one_time_password"
    assert password not in str(event.data)
    assert password not in staff.get(f"/accounts/{account.public_id}").get_data(as_text=True)


def test_the_next_slip_makes_the_one_before_worthless(world: World, centre: Unit, staff: Visitor) -> None:
    account = world.person(Role.LECTURER, centre)
    [first] = SECRET.findall(_slip(staff, account))
    [second] = SECRET.findall(_slip(staff, account))
    assert first != second
    assert not fits(account.password_hash, first)


def test_several_at_once_on_one_sheet(world: World, centre: Unit, staff: Visitor) -> None:
    people = [world.person(Role.LECTURER, centre, f"Học Viên {n}") for n in range(3)]
    keys = [account.public_id for account in people]
    page = staff.post("/accounts/slips", {"keys": keys}, 200).get_data(as_text=True)
    secrets = SECRET.findall(page)
    assert len(set(secrets)) == 3
    for account in people:
        assert account.full_name in page
        assert sum(fits(account.password_hash, one) for one in secrets) == 1


def test_none_or_too_many_are_refused(world: World, centre: Unit, staff: Visitor) -> None:
    staff.post("/accounts/slips", {}, 422)
    staff.post("/accounts/slips", {"keys": [f"k{n}" for n in range(501)]}, 422)


def test_one_foreigner_spoils_the_sheet(world: World, centre: Unit, staff: Visitor) -> None:
    own, foreign = (
        world.person(Role.LECTURER, centre),
        world.person(Role.LECTURER, world.centre("Trung tâm khác")),
    )
    staff.post("/accounts/slips", {"keys": [own.public_id, foreign.public_id]}, 404)
    assert own.password_hash == ""


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEADER])
def test_staff_reset_no_administrator_and_no_leader(
    world: World, centre: Unit, staff: Visitor, role: Role
) -> None:
    account = with_password(world.person(role, centre))
    _slip(staff, account, 403)
    staff.post("/accounts/slips", {"keys": [account.public_id]}, 403)
    assert fits(account.password_hash, PASSWORD)
    assert "Cấp mật khẩu một lần" not in staff.get(f"/accounts/{account.public_id}").get_data(as_text=True)


def test_nobody_resets_one_whose_roles_reach_further(
    app: Flask, world: World, centre: Unit, staff: Visitor
) -> None:
    """An invited lecturer with a role elsewhere would otherwise be a way into that other centre."""
    guest = with_password(world.account("Mời Giảng", centre, {Role.LECTURER: world.centre("Trung tâm khác")}))
    _slip(staff, guest, 403)
    admin = Visitor(app).sign_in_as(world.person(Role.ADMIN, centre))
    _slip(admin, guest, 403)
    assert fits(guest.password_hash, PASSWORD)


def test_an_administrator_resets_a_leader(app: Flask, world: World, centre: Unit) -> None:
    admin = Visitor(app).sign_in_as(world.person(Role.ADMIN, centre))
    assert SECRET.findall(_slip(admin, world.person(Role.LEADER, centre)))


def test_nobody_gives_himself_a_slip(app: Flask, world: World, centre: Unit) -> None:
    admin = world.person(Role.ADMIN, centre)
    _slip(Visitor(app).sign_in_as(admin), admin, 403)


def test_a_new_slip_ends_the_pause(app: Flask, world: World, centre: Unit, staff: Visitor) -> None:
    account = with_password(world.person(Role.LECTURER, centre))
    with clock.frozen(clock.now()):
        for _ in range(NAME.free):
            sign_in(Visitor(app), code_of(account), WRONG, 422)
        sign_in(Visitor(app), code_of(account), PASSWORD, 429)
        [password] = SECRET.findall(_slip(staff, account))
        sign_in(Visitor(app), code_of(account), password)


def test_a_link_gives_no_slip(world: World, centre: Unit, staff: Visitor) -> None:
    account = world.person(Role.LECTURER, centre)
    staff.get(f"/accounts/{account.public_id}/slip", 405)
    assert staff.send("POST", f"/accounts/{account.public_id}/slip").status_code == 400
    assert account.password_hash == ""


@pytest.mark.parametrize("role", [Role.LEARNER, Role.LECTURER, Role.UNIT, Role.OVERSEER, Role.LEADER])
def test_others_may_not(app: Flask, world: World, centre: Unit, role: Role) -> None:
    account = world.person(Role.LECTURER, centre)
    visitor = Visitor(app).sign_in_as(world.person(role, centre))
    _slip(visitor, account, 403)
    visitor.post("/accounts/slips", {"keys": [account.public_id]}, 403)
    assert account.password_hash == ""
