"""The commands that make the first administrator and help when nobody can sign in."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account, NameKind
from lms.auth.units.models import Unit, UnitKind
from lms.cli.accounts import group
from lms.core.actor import Role
from lms.core.db import db
from tests.auth.people import also_called, is_in, sign_in, with_password
from tests.visitor import Visitor
from tests.world import World

OWN = "thuyền nan chở nắng"
ONE_TIME = re.compile(r"([0-9a-z]{5}-[0-9a-z]{5})$", re.MULTILINE)


def _run(app: Flask, *arguments: str, typed: str = "") -> tuple[int, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(group, list(arguments), input=typed)
    db.session.expire_all()
    return result.exit_code, result.output


def _admin(app: Flask, *arguments: str, typed: str = "") -> tuple[int, str]:
    return _run(
        app, "create-admin", "--name", "Lê Quản Trị", "--email", "QT@Centre.vn", *arguments, typed=typed
    )


def _accounts() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Account)) or 0


def test_the_first_administrator_comes_with_the_centre(app: Flask) -> None:
    code, output = _admin(app, "--centre", "Trung tâm Chính trị A", typed=f"{OWN}\n{OWN}\n")
    assert code == 0, output
    centre = db.session.scalars(sa.select(Unit)).one()
    assert (centre.name, centre.kind, centre.path) == (
        "Trung tâm Chính trị A",
        UnitKind.CENTRE,
        f"/{centre.id}/",
    )
    account = db.session.scalars(sa.select(Account)).one()
    assert [(grant.role, grant.unit_id) for grant in account.grants] == [(Role.ADMIN, centre.id)]
    assert "Next:" in output
    assert OWN not in output
    visitor = Visitor(app)
    sign_in(visitor, "qt@centre.vn", OWN)
    assert is_in(visitor)


def test_without_a_password_a_one_time_one_is_made(app: Flask, world: World) -> None:
    world.centre("Trung tâm Chính trị A")
    for arguments, typed in ((["--one-time"], ""), ([], "\n")):
        email = f"qt{len(typed)}@centre.vn"
        code, output = _run(
            app, "create-admin", "--name", "Lê Quản Trị", "--email", email, *arguments, typed=typed
        )
        assert code == 0, output
        [password] = ONE_TIME.findall(output)
        visitor = Visitor(app)
        sign_in(visitor, email, password)
        assert visitor.get("/accounts", 302).headers["Location"] == "/password"


def test_everything_that_is_missing_is_asked_for(app: Flask) -> None:
    typed = f"Lê Quản Trị\nqt@centre.vn\nTrung tâm A\n{OWN}\n{OWN}\n"
    code, output = _run(app, "create-admin", typed=typed)
    assert code == 0, output
    assert _accounts() == 1


@pytest.mark.parametrize("weak", ["ngắn", "matkhau123", "quantri2026", "lequantri2026"])
def test_a_weak_password_makes_nothing(app: Flask, weak: str) -> None:
    code, output = _admin(app, "--centre", "Trung tâm A", typed=f"{weak}\n{weak}\n")
    assert code != 0
    assert "Mật khẩu" in output
    assert _accounts() == 0
    assert db.session.scalars(sa.select(Unit)).all() == []


def test_a_password_typed_in_two_ways_makes_nothing(app: Flask) -> None:
    assert _admin(app, "--centre", "Trung tâm A", typed=f"{OWN}\n{OWN}g\n")[0] != 0
    assert _accounts() == 0


def test_a_name_that_is_taken_makes_nothing(app: Flask, world: World) -> None:
    also_called(world.person(Role.STAFF, world.centre("Trung tâm A")), NameKind.EMAIL, "qt@centre.vn")
    code, output = _admin(app, "--one-time")
    assert code != 0
    assert "Đã có người khác" in output
    assert _accounts() == 1


def test_one_of_several_centres_has_to_be_named(app: Flask, world: World) -> None:
    world.centre("Trung tâm A")
    second = world.centre("Trung tâm B")
    code, output = _admin(app, "--one-time")
    assert code != 0
    assert "--centre" in output
    assert _admin(app, "--one-time", "--centre", "Trung tâm C")[0] != 0
    assert _accounts() == 0
    assert _admin(app, "--one-time", "--centre", "Trung tâm B")[0] == 0
    assert db.session.scalars(sa.select(Account)).one().unit_id == second.id


def test_an_administrator_who_forgot_gets_a_one_time_password(app: Flask, world: World) -> None:
    account = with_password(world.person(Role.ADMIN, world.centre()))
    also_called(account, NameKind.EMAIL, "qt@centre.vn")
    before = Visitor(app).sign_in_as(account)
    code, output = _run(app, "reset-password", " QT@centre.vn")
    assert code == 0, output
    [password] = ONE_TIME.findall(output)
    assert not is_in(before)
    sign_in(Visitor(app), "qt@centre.vn", password)


def test_a_name_of_nobody_or_of_several_is_refused(app: Flask, world: World) -> None:
    centre = world.centre()
    for _ in range(2):
        also_called(with_password(world.person(Role.LEARNER, centre)), NameKind.PHONE, "0912345678")
    assert _run(app, "reset-password", "0912345678")[0] != 0
    assert _run(app, "reset-password", "hv99999")[0] != 0
    assert all(account.one_time_expires_at is None for account in db.session.scalars(sa.select(Account)))
