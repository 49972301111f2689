"""Changing the own password, and being made to."""

from datetime import timedelta

import pytest
from flask import Flask

from lms.audit.queries import trail
from lms.auth.access.passwords import COMMON, UNCHANGED
from lms.auth.access.sessions import PLAIN_NAME
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from tests.auth.people import PASSWORD, WRONG, code_of, is_in, sign_in, with_password
from tests.visitor import Visitor
from tests.world import World

NEW = "thuyền nan chở nắng"


def _change(
    visitor: Visitor, present: str = PASSWORD, new: str = NEW, again: str = "", status: int = 302
) -> str:
    answer = visitor.post("/password", {"present": present, "new": new, "again": again or new}, status)
    return answer.get_data(as_text=True)


def test_the_new_password_counts_and_other_browsers_are_signed_out(app: Flask, world: World) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    here, elsewhere = Visitor(app).sign_in_as(account), Visitor(app).sign_in_as(account)
    before = here.client.get_cookie(PLAIN_NAME)
    _change(here)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert here.client.get_cookie(PLAIN_NAME) != before, "the session id changes"
    sign_in(Visitor(app), code_of(account), PASSWORD, 422)
    sign_in(Visitor(app), code_of(account), NEW)
    assert [event.action for event in trail("account", account.id)] == ["account.password_changed"]


def test_a_password_from_a_slip_opens_nothing_but_the_change(app: Flask, world: World) -> None:
    account = with_password(world.person(Role.STAFF, world.centre()))
    with UnitOfWork():
        account.must_change_password = True
        account.one_time_expires_at = clock.now() + timedelta(days=1)
    visitor = Visitor(app)
    sign_in(visitor, code_of(account))
    for url in ("/", "/account", "/accounts", "/units"):
        assert visitor.get(url, 302).headers["Location"] == "/password"
    assert "Mật khẩu trên phiếu" in visitor.get("/password").get_data(as_text=True)
    visitor = Visitor(app).sign_in_as(account)
    _change(visitor)
    assert is_in(visitor)
    assert account.one_time_expires_at is None


@pytest.mark.parametrize("weak", ["matkhau123", "chinhtri2026"])
def test_a_weak_one_is_refused_with_its_reason(app: Flask, world: World, weak: str) -> None:
    account = with_password(
        world.person(Role.LEARNER, world.unit("Đảng bộ xã Sơn Đà", parent=world.centre("Trường")))
    )
    visitor = Visitor(app).sign_in_as(account)
    assert COMMON in _change(visitor, new=weak, status=422)
    assert is_in(visitor)


def test_the_name_and_the_centre_are_known_to_guessers(app: Flask, world: World) -> None:
    account = world.person(Role.LEARNER, world.centre("Trung tâm Chính trị Ba Vì"), "Hoàng Thị Nhàn")
    with UnitOfWork():
        account.born = "1985"
    visitor = Visitor(app).sign_in_as(with_password(account))
    for weak in ("hoangthinhan85", "nhan1985nhan", "Bavi2026bavi"):
        assert "tên, ngày sinh hoặc tên trung tâm" in _change(visitor, new=weak, status=422)


def test_the_same_again_is_no_change(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(with_password(world.person(Role.LEARNER, world.centre())))
    assert UNCHANGED in _change(visitor, new=PASSWORD, status=422)


def test_the_present_one_is_asked_for(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(with_password(world.person(Role.LEARNER, world.centre())))
    assert "Mật khẩu đang dùng chưa đúng" in _change(visitor, present=WRONG, status=422)


def test_both_typings_must_agree(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(with_password(world.person(Role.LEARNER, world.centre())))
    assert "không giống nhau" in _change(visitor, again=NEW + "g", status=422)


def test_a_stranger_is_asked_to_sign_in(stranger: Visitor, world: World) -> None:
    assert stranger.get("/password", 302).headers["Location"].startswith("/sign-in")
    _change(stranger)


def test_without_a_token_nothing_changes(app: Flask, world: World) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    visitor = Visitor(app).sign_in_as(account)
    before = account.password_hash
    answer = visitor.send("POST", "/password", data={"present": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 400
    assert account.password_hash == before
