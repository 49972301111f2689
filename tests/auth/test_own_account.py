"""The own account: signing out, browsers, language."""

from flask import Flask

from lms.auth.access.browsers import describe
from lms.auth.access.queries import signed_in_browsers
from lms.auth.access.sessions import PLAIN_NAME, token_hash
from lms.core.actor import Role
from tests.auth.people import is_in, sessions
from tests.visitor import Visitor
from tests.world import World


def test_handing_the_machine_on_ends_the_session_and_keeps_no_copy(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(world.person(Role.LEARNER, world.centre(), "Trần Thị Bình"))
    assert "Xong, đưa máy cho người khác" in visitor.get("/account").get_data(as_text=True)
    stolen = visitor.client.get_cookie(PLAIN_NAME)
    assert stolen is not None
    answer = visitor.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"', "storage holds answers that were not sent yet"
    assert sessions() == 0
    page = visitor.get("/sign-in").get_data(as_text=True)
    assert "Có thể đưa máy cho người khác" in page
    assert "Trần Thị Bình" not in page
    visitor.client.set_cookie(PLAIN_NAME, stolen.value, domain="localhost")
    assert not is_in(visitor), "the old cookie opens nothing"


def test_the_own_data_are_shown(app: Flask, world: World) -> None:
    account = world.person(Role.LEARNER, world.unit("Đảng bộ xã A", parent=world.centre()), "Trần Thị Bình")
    page = Visitor(app).sign_in_as(account).page("/account")
    assert page.xpath("string(//h1)").strip() == "Trần Thị Bình"
    text = page.text_content()
    assert "Đảng bộ xã A" in text
    assert account.names[0].value in text


def test_pages_are_not_kept_by_the_browser(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(world.person(Role.LEARNER, world.centre()))
    assert "no-store" in visitor.get("/account").headers["Cache-Control"]


def test_nothing_but_a_form_with_its_token_signs_out(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(world.person(Role.LEARNER, world.centre()))
    visitor.get("/sign-out", 405)
    assert visitor.send("POST", "/sign-out").status_code == 400
    assert is_in(visitor)


def test_one_other_browser_is_signed_out(app: Flask, world: World) -> None:
    account = world.person(Role.LEARNER, world.centre())
    here, phone, desk = (Visitor(app).sign_in_as(account) for _ in range(3))
    cookie = phone.client.get_cookie(PLAIN_NAME)
    assert cookie is not None

    key = next(
        one.key for one in signed_in_browsers(account.id, None) if one.token_hash == token_hash(cookie.value)
    )
    here.post(f"/account/browsers/{key}/end")
    assert [is_in(one) for one in (here, phone, desk)] == [True, False, True]


def test_all_other_browsers_are_signed_out(app: Flask, world: World) -> None:
    account = world.person(Role.LEARNER, world.centre())
    here, phone, desk = (Visitor(app).sign_in_as(account) for _ in range(3))
    here.post("/account/browsers/end")
    assert [is_in(one) for one in (here, phone, desk)] == [True, False, False]


def test_a_foreign_browser_is_not_found(app: Flask, world: World) -> None:
    centre = world.centre()
    mine, other = world.person(Role.LEARNER, centre), world.person(Role.LEARNER, centre)
    theirs = Visitor(app).sign_in_as(other)
    key = signed_in_browsers(other.id, None)[0].key
    Visitor(app).sign_in_as(mine).post(f"/account/browsers/{key}/end", status=404)
    assert is_in(theirs)


def test_no_page_shows_what_opens_a_session(app: Flask, world: World) -> None:
    account = world.person(Role.LEARNER, world.centre())
    visitor = Visitor(app).sign_in_as(account)
    Visitor(app).sign_in_as(account)
    page = visitor.get("/account").get_data(as_text=True)
    for one in signed_in_browsers(account.id, None):
        assert one.token_hash not in page


def test_the_language_goes_with_the_account(app: Flask, world: World) -> None:
    account = world.person(Role.LEARNER, world.centre())
    visitor = Visitor(app).sign_in_as(account)
    visitor.post("/language", {"locale": "en", "next": "/account"})
    assert account.language == "en"
    assert visitor.page("/account").get("lang") == "en"
    elsewhere = Visitor(app).sign_in_as(account)
    assert elsewhere.page("/account").get("lang") == "en"
    visitor.post("/language", {"locale": "xx", "next": "/account"})
    assert account.language == "en"


def test_a_stranger_chooses_a_language_too(stranger: Visitor, world: World) -> None:
    stranger.post("/language", {"locale": "en", "next": "/sign-in"})
    assert stranger.page("/sign-in").get("lang") == "en"


def test_browsers_are_called_what_their_owners_call_them() -> None:
    android = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    assert str(describe(android)) == "Chrome trên Android"
    assert str(describe(android + " Zalo android/12100700")) == "Zalo trên Android"
    assert (
        str(describe("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"))
        == "Safari trên iPhone"
    )
    assert str(describe("curl/8")) == "Trình duyệt không rõ tên"
