"""Whoever is suspended is out on every path, from the next request on."""

from flask import Flask

from lms.auth.accounts.models import Account, AccountState
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from tests.auth.people import code_of, is_in, sessions, sign_in, with_password
from tests.visitor import Visitor
from tests.world import World


def _suspend(account: Account) -> None:
    """Only the state, with the session left standing: the check must not depend on tidying up."""
    with UnitOfWork():
        account.state = AccountState.SUSPENDED


def test_every_guarded_page_is_closed(app: Flask, world: World) -> None:
    account = world.person(Role.ADMIN, world.centre())
    visitor = Visitor(app).sign_in_as(account)
    assert is_in(visitor)
    _suspend(account)
    closed = 0
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        access = getattr(view, "access", None)
        if access is None or access.public or rule.arguments or "GET" not in (rule.methods or ()):
            continue
        answer = visitor.send("GET", rule.rule)
        assert answer.status_code in {302, 401}, rule.rule
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/sign-in"), rule.rule
        closed += 1
    assert closed >= 8


def test_forms_and_programs_are_refused_too(app: Flask, world: World) -> None:
    account = world.person(Role.ADMIN, world.centre())
    visitor = Visitor(app).sign_in_as(account)
    _suspend(account)
    answer = visitor.post("/accounts/new", {"full_name": "Ai đó"})
    assert answer.headers["Location"].startswith("/sign-in")
    assert visitor.send("GET", "/accounts", headers={"Accept": "application/json"}).status_code == 401


def test_the_door_stays_shut_and_opens_again(app: Flask, world: World) -> None:
    centre = world.centre()
    account = with_password(world.person(Role.LEARNER, centre))
    staff = Visitor(app).sign_in_as(world.person(Role.STAFF, centre))
    learner = Visitor(app).sign_in_as(account)
    staff.post(f"/accounts/{account.public_id}/suspend", {"reason-reason": "Chuyển đi nơi khác"})
    assert not is_in(learner)
    assert sessions() == 1, "only the member of staff is left"
    sign_in(Visitor(app), code_of(account), status=422)
    staff.post(f"/accounts/{account.public_id}/resume", {"reason-reason": "Trở lại học"})
    assert not is_in(learner), "the old session is gone for good"
    sign_in(Visitor(app), code_of(account))
