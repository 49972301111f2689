"""What a learner's paper promises when something fails: what is acknowledged is in the database, once; what is not
is shown as unsaved, kept, and sent as soon as it can be."""

import re
from functools import partial

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect

from lms.auth.access.models import SignInSession
from lms.core.db import UnitOfWork, db
from tests.browser.conftest import Site
from tests.browser.people import NO_NETWORK, Person, option
from tests.browser.sittings import (
    PASSWORD,
    Sitting,
    all_saved,
    chip,
    choose,
    chosen,
    eventually,
    give_password,
    go,
    ready,
    strip,
)

SAVES = re.compile(r"/attempts/\w+/answers$")


def first_lost(route: Route, lost: list[Route]) -> None:
    """The server does its work; the first reply never arrives."""
    if lost:
        route.continue_()
        return
    lost.append(route)
    route.fetch()
    route.abort("connectionreset")


def hold_first(route: Route, held: list[Route]) -> None:
    held.append(route)
    if len(held) > 1:
        route.continue_()


def first_busy(route: Route, refused: list[Route]) -> None:
    if refused:
        route.continue_()
        return
    refused.append(route)
    route.fulfill(status=503, headers={"Retry-After": "1"}, body="")


def test_a_reply_lost_after_the_commit_saves_once_and_the_next_answer_follows(
    told: Sitting, learner: Person, page: Page
) -> None:
    learner.expects(NO_NETWORK)
    slot = told.choices[0]
    lost: list[Route] = []
    page.route(SAVES, partial(first_lost, lost=lost))
    choose(page, slot, "a")
    strip(page).to_contain_text("Mất mạng")
    option(page, slot, "c").click()
    all_saved(page)
    strip(page).to_be_hidden()
    assert len(lost) == 1
    assert told.saved == {slot: ["a", "c"]}
    expect(page.locator(".exam-conflict")).to_have_count(0)


def test_answers_given_offline_are_counted_and_sent_when_the_network_returns(
    told: Sitting, learner: Person, page: Page
) -> None:
    learner.expects(NO_NETWORK)
    one, two, _ = told.choices
    learner.context.set_offline(True)
    choose(page, one, "a")
    choose(page, two, "b")
    choose(page, two, "d")
    chip(page).to_have_text("Chưa lưu 2 câu")
    strip(page).to_have_text("Mất mạng, bài vẫn được giữ trên máy này. Còn 2 câu chưa lưu")
    assert told.saved == {}
    learner.context.set_offline(False)
    all_saved(page)
    assert told.saved == {one: ["a"], two: ["d"]}


def test_a_reload_shows_what_is_pending_first_and_saves_it_once(
    told: Sitting, site: Site, page: Page
) -> None:
    slot = told.choices[0]
    page.on("dialog", lambda dialog: dialog.accept())
    with site.server.writers_waiting():
        choose(page, slot, "c")
        chip(page).to_have_text("Đang lưu…")
        go(page, told.typed)
        page.locator(f"#answer-{told.typed}").fill("Bình Minh")
        page.reload()
        ready(page)
        expect(page.locator(f"#answer-{told.typed}")).to_have_value("Bình Minh")
        chosen(page, slot, "c")
        chip(page).to_have_text("Đang lưu…")
        assert told.saved == {}
    all_saved(page)
    assert told.saved == {slot: ["c"], told.typed: ["Bình Minh"]}


def test_a_busy_server_is_asked_again_by_the_page_itself(told: Sitting, learner: Person, page: Page) -> None:
    learner.expects("503")
    slot = told.choices[0]
    refused: list[Route] = []
    page.route(SAVES, partial(first_busy, refused=refused))
    choose(page, slot, "b")
    strip(page).to_contain_text("Máy chủ đang bận")
    all_saved(page)
    assert told.saved == {slot: ["b"]}


def test_while_a_reply_is_slow_only_the_last_of_several_answers_follows(told: Sitting, page: Page) -> None:
    slot = told.choices[0]
    held: list[Route] = []
    page.route(SAVES, partial(hold_first, held=held))
    choose(page, slot, "a")
    expect(page.locator("[data-save-chip]")).to_have_attribute("data-state", "saving")
    for letter in "bcd":
        option(page, slot, letter).click()
    eventually(lambda: page.evaluate("true") and held)
    held[0].continue_()
    all_saved(page)
    assert told.saved == {slot: ["a", "d"]}


@pytest.mark.parametrize(("button", "kept"), [("Giữ bài ở đây", "b"), ("Lấy bài đã lưu", "a")])
def test_a_second_tab_sees_both_answers_and_its_choice_counts(
    told: Sitting, learner: Person, page: Page, button: str, kept: str
) -> None:
    learner.expects("409")
    slot = told.choices[0]
    second = learner.new_page()
    second.goto(page.url)
    ready(second)
    choose(page, slot, "a")
    all_saved(page)
    choose(second, slot, "b")
    panel = second.locator(".exam-conflict")
    expect(panel).to_be_visible()
    texts = {letter: option(second, slot, letter).inner_text() for letter in "ab"}
    expect(panel.locator("[data-mine]")).to_contain_text(texts["b"].split("\n")[-1])
    expect(panel.locator("[data-stored]")).to_contain_text(texts["a"].split("\n")[-1])
    chip(second).to_have_text("Chưa lưu 1 câu")
    assert told.saved == {slot: ["a"]}
    panel.get_by_role("button", name=button).click()
    all_saved(second)
    chosen(second, slot, kept)
    expect(panel).to_have_count(0)
    assert told.saved == {slot: ["a", "b"] if kept == "b" else ["a"]}


def test_a_revoked_session_is_told_and_signing_in_elsewhere_lets_the_page_go_on(
    told: Sitting, learner: Person, page: Page
) -> None:
    learner.expects("401", "400")
    slot = told.choices[0]
    name = give_password(told.learner)
    with UnitOfWork():
        db.session.execute(sa.delete(SignInSession).where(SignInSession.account_id == told.learner.id))
    choose(page, slot, "a")
    strip(page).to_contain_text("Phiên đăng nhập đã hết. Hãy mở thêm một trang để đăng nhập lại")
    assert told.saved == {}
    other = learner.new_page()
    learner.sign_in(name, PASSWORD, other)
    other.close()
    all_saved(page)
    strip(page).to_be_hidden()
    assert told.saved == {slot: ["a"]}
