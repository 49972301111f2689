"""Signing in: by any name, whatever way it is typed, and always the same answer when it fails."""

import re
import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from lms.auth.access.models import SignInSession
from lms.auth.access.passwords import is_outdated
from lms.auth.access.sessions import PLAIN_NAME
from lms.auth.accounts.models import AccountState, NameKind
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from tests.auth.people import PASSWORD, WRONG, also_called, code_of, is_in, sessions, sign_in, with_password
from tests.auth.statements import count_statements
from tests.visitor import Visitor
from tests.world import World


def test_the_right_password_opens_the_door_and_another_does_not(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    sign_in(stranger, code_of(account), WRONG, 422)
    assert not is_in(stranger)
    answer = sign_in(stranger, code_of(account))
    assert answer.headers["Location"] == "/"
    assert is_in(stranger)


@pytest.mark.parametrize(
    "typed",
    [
        "HV-77",
        " hv-77 ",
        "ｈｖ-77",
        "hv\u200b-77",
        "0912345678",
        "+84 912 345 678",
        "0912.345.678",
        "84912345678",
        "AN@Xã.vn".replace("Xã", "xa"),
        " an@XA.vn",
    ],
)
def test_every_way_of_typing_a_name_means_the_same_person(
    world: World, stranger: Visitor, typed: str
) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    also_called(account, NameKind.CODE, "hv-77")
    also_called(account, NameKind.PHONE, "0912345678")
    also_called(account, NameKind.EMAIL, "an@xa.vn")
    sign_in(stranger, typed)
    assert is_in(stranger)


def test_a_password_typed_on_a_mac_is_the_one_typed_on_a_phone(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    sign_in(stranger, code_of(account), unicodedata.normalize("NFD", PASSWORD))
    assert is_in(stranger)


def test_on_a_shared_phone_the_password_says_who_it_is(app: Flask, world: World) -> None:
    centre = world.centre()
    husband = also_called(
        with_password(world.person(Role.LEARNER, centre, "Trần Văn Ba")), NameKind.PHONE, "0912345678"
    )
    wife = also_called(
        with_password(world.person(Role.LEARNER, centre, "Lê Thị Tư"), "thuyền nan chở nắng"),
        NameKind.PHONE,
        "0912345678",
    )
    first, second = Visitor(app), Visitor(app)
    sign_in(first, "0912345678")
    sign_in(second, "0912 345 678", "thuyền nan chở nắng")
    assert husband.full_name in first.get("/account").get_data(as_text=True)
    assert wife.full_name in second.get("/account").get_data(as_text=True)


def test_a_password_that_fits_two_of_them_opens_neither(world: World, stranger: Visitor) -> None:
    centre = world.centre()
    for name in ("Trần Văn Ba", "Lê Thị Tư"):
        also_called(with_password(world.person(Role.LEARNER, centre, name)), NameKind.PHONE, "0912345678")
    sign_in(stranger, "0912345678", status=422)
    assert sessions() == 0


def _body(visitor: Visitor, name: str, password: str) -> tuple[str, dict[str, str]]:
    answer = sign_in(visitor, name, password, 422)
    text = re.sub(r'name="csrf_token"[^>]*>', "", answer.get_data(as_text=True).replace(name, "NAME"))
    return text, {
        key: value for key, value in answer.headers if key not in {"Set-Cookie", "Content-Length", "Date"}
    }


def test_a_stranger_cannot_find_out_who_has_an_account(app: Flask, world: World) -> None:
    centre = world.centre()
    known = with_password(world.person(Role.LEARNER, centre))
    suspended = with_password(world.person(Role.LEARNER, centre))
    without = world.person(Role.LEARNER, centre)
    with UnitOfWork():
        suspended.state = AccountState.SUSPENDED
    answers = [
        _body(Visitor(app), "hv99999", WRONG),
        _body(Visitor(app), code_of(known), WRONG),
        _body(Visitor(app), code_of(suspended), PASSWORD),
        _body(Visitor(app), code_of(without), PASSWORD),
    ]
    assert all(answer == answers[0] for answer in answers[1:])


def test_every_refusal_hashes_once(world: World, stranger: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown name takes as long as a wrong password, because it does the same work."""
    account = with_password(world.person(Role.LEARNER, world.centre()))
    verified: list[str] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, stored: str, typed: str) -> bool:
        verified.append(stored)
        return verify(hasher, stored, typed)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    sign_in(stranger, "hv99999", WRONG, 422)
    assert len(verified) == 1
    sign_in(stranger, code_of(account), WRONG, 422)
    assert len(verified) == 2


def test_the_session_is_another_one_after_signing_in(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    other = world.person(Role.LEARNER, world.centre("Trung tâm khác"))
    stranger.client.set_cookie(PLAIN_NAME, "planted-by-somebody-else", domain="localhost")
    sign_in(stranger, code_of(account))
    cookie = stranger.client.get_cookie(PLAIN_NAME)
    assert cookie is not None
    assert cookie.value != "planted-by-somebody-else"
    shared = Visitor(stranger.app).sign_in_as(other)
    before = shared.client.get_cookie(PLAIN_NAME)
    sign_in(shared, code_of(account))
    assert shared.client.get_cookie(PLAIN_NAME) != before
    owners = db.session.scalars(sa.select(SignInSession.account_id)).all()
    assert other.id not in owners, "the session carried before has ended"


def test_only_a_digest_of_the_token_is_stored(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    sign_in(stranger, code_of(account))
    cookie = stranger.client.get_cookie(PLAIN_NAME)
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    stored = db.session.scalars(sa.select(SignInSession.token_hash)).one()
    assert cookie.value not in stored
    stolen = Visitor(stranger.app)
    stolen.client.set_cookie(PLAIN_NAME, stored, domain="localhost")
    assert not is_in(stolen)


def test_without_a_token_nobody_is_signed_in(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    answer = stranger.send("POST", "/sign-in", data={"name": code_of(account), "password": PASSWORD})
    assert answer.status_code == 400
    assert sessions() == 0


def test_a_hash_of_old_parameters_is_made_anew(world: World, stranger: Visitor) -> None:
    account = world.person(Role.LEARNER, world.centre())
    with UnitOfWork():
        account.password_hash = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    sign_in(stranger, code_of(account))
    assert not is_outdated(account.password_hash)
    sign_in(Visitor(stranger.app), code_of(account))


def test_a_slip_is_good_for_its_days_only(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    with UnitOfWork():
        account.must_change_password = True
        account.one_time_expires_at = clock.now() - timedelta(seconds=1)
    answer = sign_in(stranger, code_of(account), status=422)
    assert "phiếu đã hết hạn" in answer.get_data(as_text=True)
    with UnitOfWork():
        account.one_time_expires_at = clock.now() + timedelta(minutes=1)
    sign_in(stranger, code_of(account))


def test_a_session_ends_at_its_hour(app: Flask, world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    with clock.frozen(clock.now()) as hands:
        sign_in(stranger, code_of(account))
        hands.tick(timedelta(hours=app.config["LMS"].sign_in_hours) - timedelta(seconds=1))
        assert is_in(stranger)
        hands.tick(2)
        assert not is_in(stranger)


def test_signing_in_takes_few_statements(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    name = code_of(account)
    with count_statements() as counted:
        sign_in(stranger, name)
    assert len(counted) <= 6, counted


@pytest.mark.parametrize("missing", ["name", "password"])
def test_an_empty_field_is_said_and_costs_no_try(world: World, stranger: Visitor, missing: str) -> None:
    filled = {"name": "hv1", "password": PASSWORD, missing: ""}
    answer = stranger.post("/sign-in", filled, 422)
    assert "Hãy nhập" in answer.get_data(as_text=True)
