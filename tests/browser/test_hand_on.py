"""Handing the phone on: what waits in it is sent first, and only about what could not be sent is the person asked."""

import re

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from lms.core import clock
from lms.core.db import db
from lms.courses.attendance.models import Half
from lms.quizzes.delivery.models import Response
from tests.browser.conftest import Seat, Site
from tests.browser.people import NO_NETWORK, Person
from tests.browser.sittings import Sitting, chip, choose
from tests.courses.attendance.stories import RollStory
from tests.quizzes.grading.stories import EssayStory

SAVES = re.compile(r"/attempts/\w+/answers$")
KEYS = """
() => new Promise((resolve, reject) => {
  const request = indexedDB.open("lms-exam");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const db = request.result;
    if (!db.objectStoreNames.contains("pending")) { db.close(); resolve([]); return; }
    const all = db.transaction("pending").objectStore("pending").getAll();
    all.onsuccess = () => { db.close(); resolve(all.result.flatMap((one) => one.entries.map((entry) => entry.key))); };
  };
})
"""
HAND_ON = "Xong, đưa máy cho người khác"


def leave_unsent(learner: Person, told: Sitting) -> tuple[Page, list[str]]:
    """An answer is given without a network and the paper closed; another page, and the keys that wait in the browser."""
    learner.context.set_offline(True)
    choose(learner.page, told.choices[0], "b")
    chip(learner.page).to_have_text("Chưa lưu 1 câu")
    learner.page.close()
    learner.context.set_offline(False)
    page = learner.new_page()
    page.goto("/account")
    keys: list[str] = page.evaluate(KEYS)
    assert len(keys) == 1
    assert told.saved == {}
    return page, keys


def hand_on(page: Page) -> None:
    page.get_by_role("button", name=HAND_ON).click()


def test_what_waits_is_sent_with_its_own_key_before_the_machine_goes(told: Sitting, learner: Person) -> None:
    learner.expects(NO_NETWORK)
    told.start(learner.page)
    page, keys = leave_unsent(learner, told)
    hand_on(page)
    page.wait_for_url("**/sign-in")
    assert told.saved == {told.choices[0]: ["b"]}
    stored = sa.select(Response.idempotency_key).where(Response.attempt_id == told.attempt.id)
    assert db.session.scalars(stored).all() == keys
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0, "and nothing stays"


def test_without_a_network_the_person_is_asked_and_nothing_is_thrown_away(
    told: Sitting, learner: Person
) -> None:
    learner.expects(NO_NETWORK)
    told.start(learner.page)
    page, keys = leave_unsent(learner, told)
    page.context.route(SAVES, lambda route: route.abort())
    hand_on(page)
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Còn 1 câu trả lời hoặc bài viết chưa gửi được")
    question.get_by_role("button", name="Thôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(told.learner.full_name)
    hand_on(page)
    page.get_by_role("button", name="Vẫn đưa máy").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate(KEYS) == keys


def test_an_answer_that_came_too_late_is_called_lost(told: Sitting, learner: Person) -> None:
    told.start(learner.page)
    learner.expects(NO_NETWORK, "status of 410")
    page, _keys = leave_unsent(learner, told)
    told.end_in(-60)
    hand_on(page)
    expect(page.get_by_role("alertdialog")).to_contain_text(
        "Bài thi đã đóng nên 1 câu trả lời trên máy này không lưu được nữa"
    )
    page.get_by_role("button", name="Vẫn đưa máy").click()
    page.wait_for_url("**/sign-in")
    assert told.saved == {}
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0, (
        "what is lost needs no keeping"
    )


def test_an_essay_that_was_typed_without_a_network_goes_out_too(site: Site, phone: Seat) -> None:
    told = EssayStory(None, site.world)
    task = told.task()
    person = phone(told.learner).expects(NO_NETWORK)
    page = person.page
    page.goto(f"/my-essays/{task.public_id}")
    saves = re.compile(r"/my-essays/\w+/save$")
    page.context.route(saves, lambda route: route.abort())
    page.get_by_label("Bài làm").fill("Liên hệ ở xã tôi")
    page.wait_for_timeout(300)
    page.goto("/account")
    page.context.unroute(saves)
    hand_on(page)
    page.wait_for_url("**/sign-in")
    db.session.rollback()
    db.session.expire_all()
    assert told.work_of(task).text == "Liên hệ ở xã tôi"
    assert page.evaluate("localStorage.length") == 0


def test_somebody_elses_leftovers_are_neither_asked_about_nor_cleared(told: Sitting, phone: Seat) -> None:
    page = phone(told.learner).page
    page.goto("/account")
    page.evaluate("localStorage.setItem('essay-somebody-task', JSON.stringify({ text: 'a', base: 1 }))")
    hand_on(page)
    page.wait_for_url("**/sign-in")
    assert page.evaluate("localStorage.length") == 1


def test_a_roll_that_was_tapped_and_not_saved_is_asked_about(site: Site, phone: Seat) -> None:
    told = RollStory(None, site.world)
    meeting = told.meeting(clock.to_local(clock.now()).date(), Half.MORNING)
    page = phone(told.hoa).page
    page.goto(f"/rolls/{meeting.public_id}")
    page.get_by_role("button", name=re.compile(told.an.full_name)).click()
    hand_on(page)
    expect(page.get_by_role("alertdialog")).to_contain_text("Còn điểm danh chưa lưu")
