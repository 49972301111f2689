"""After signing in one goes on to a page of this site and nowhere else."""

import pytest
from flask import Flask

from lms.auth.access.views.onward import safe_next
from lms.core.actor import Role
from tests.auth.people import PASSWORD, code_of, with_password
from tests.visitor import Visitor
from tests.world import World

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://evil.example",
    "http://localhost@evil.example",
    "http://localhost:8000@evil.example/",
    "@evil.example",
    "localhost@evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    ".evil.example",
    "//evil。example",
    "/／evil.example",
    "／／evil.example",
    "/⁄/evil.example",
    "/＼evil.example",
    "/\u200b/evil.example",
    "/\u202e/evil.example",
    "/a//evil.example",
    "/.//evil.example",
    "/\x00/evil.example",
    "",
    "?next=//evil.example",
    "/" + "a" * 3000,
]
HERE = [
    "/",
    "/account",
    "/units?q=%2F%2F",
    "/accounts?page=2&sort=-name",
    "/đơn-vị",
    "/@an",
    "/a#b",
    "/x?u=https://evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_elsewhere_becomes_the_home_page(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_next(target) == "/"


@pytest.mark.parametrize("target", HERE)
def test_a_page_of_this_site_is_kept(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert safe_next(target) == target


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"]
)
def test_no_way_leads_out(world: World, stranger: Visitor, target: str) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    answer = stranger.post("/language", {"locale": "en", "next": target})
    assert answer.headers["Location"] == "/"
    answer = stranger.send(
        "POST",
        "/sign-in",
        query_string={"next": target},
        data={"name": code_of(account), "password": PASSWORD, "csrf_token": stranger.csrf},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    answer = stranger.send("GET", "/sign-in", query_string={"next": target})
    assert answer.headers["Location"] == "/"


def test_a_page_that_asked_for_a_name_is_opened_after_it(world: World, stranger: Visitor) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    asked = stranger.get("/account?a=1", 302)
    assert asked.headers["Location"] == "/sign-in?next=/account?a%3D1"
    answer = stranger.post(asked.headers["Location"], {"name": code_of(account), "password": PASSWORD})
    assert answer.headers["Location"] == "/account?a=1"


def test_a_form_that_came_too_late_says_so_and_leads_back_to_its_page(
    world: World, stranger: Visitor
) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    came_from = {"Referer": "http://localhost/notices?page=1"}
    late = stranger.post("/notices/read", {}, headers=came_from)
    assert late.headers["Location"] == "/sign-in?next=/notices"
    assert "việc vừa bấm chưa được ghi" in stranger.get("/sign-in?next=/notices").text
    answer = stranger.post("/sign-in?next=/notices", {"name": code_of(account), "password": PASSWORD})
    assert answer.headers["Location"] == "/notices"


@pytest.mark.parametrize("page", ["https://evil.example/notices", "http://localhost//evil.example", ""])
def test_a_late_form_of_another_site_leads_nowhere_else(stranger: Visitor, page: str) -> None:
    late = stranger.post("/notices/read", {}, headers={"Referer": page})
    assert late.headers["Location"] == "/sign-in"


def test_signing_out_twice_is_no_late_form(stranger: Visitor) -> None:
    late = stranger.post("/sign-out", {}, headers={"Referer": "http://localhost/account"})
    assert late.headers["Location"] == "/sign-in"
    assert "việc vừa bấm" not in stranger.get("/sign-in").text
