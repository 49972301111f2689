"""How a paper is gone through and how it ends: by the learner, by time, by the server alone; with and without scripts."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from lms.core.actor import Role
from tests.browser.conftest import Seat
from tests.browser.people import NO_NETWORK, Person, option
from tests.browser.sittings import Sitting, all_saved, chip, choose, chosen, eventually, go, ready

KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('lms-exam|'))"


def test_at_the_end_of_time_what_was_typed_is_saved_and_the_receipt_comes(told: Sitting, page: Page) -> None:
    told.end_in(6)
    page.reload()
    ready(page)
    go(page, told.typed)
    page.locator(f"#answer-{told.typed}").press_sequentially("Bình Min")
    expect(page.get_by_role("heading", level=1, name="Đã nộp bài")).to_be_visible()
    assert told.is_closed
    assert told.saved == {told.typed: ["Bình Min"]}
    assert told.marked == {slot: slot == told.typed for slot in range(1, 5)}
    expect(page.locator("main")).to_contain_text("1 trên 4 câu")


def test_the_server_closes_at_the_end_by_itself_when_the_learner_is_away(
    told: Sitting, learner: Person, page: Page
) -> None:
    slot = told.choices[0]
    choose(page, slot, "b")
    all_saved(page)
    address = page.url
    page.close()
    told.end_in(1)
    eventually(lambda: told.is_closed)
    assert told.marked[slot]
    again = learner.new_page()
    again.goto(address)
    expect(again.locator("main")).to_contain_text("Hết giờ, máy chủ đã tự nộp bài.")


def test_what_could_not_be_saved_before_the_end_is_listed(told: Sitting, learner: Person, page: Page) -> None:
    learner.expects(NO_NETWORK, "410")
    one, two, _ = told.choices
    choose(page, one, "a")
    all_saved(page)
    learner.context.set_offline(True)
    choose(page, two, "b")
    chip(page).to_have_text("Chưa lưu 1 câu")
    told.end_at(told.attempt.started_at + timedelta(seconds=1))
    eventually(lambda: told.is_closed)
    learner.context.set_offline(False)
    expect(page.get_by_role("heading", name="Bài đã đóng")).to_be_visible()
    lost = page.locator("[data-missing=lost]")
    expect(lost).to_contain_text("Có 1 câu chưa kịp lưu lên máy chủ:")
    expect(lost.locator("li")).to_have_text([str(two)])
    page.get_by_role("link", name="Xem tiếp").click()
    expect(page.get_by_role("heading", level=1, name="Đã nộp bài")).to_be_visible()
    assert told.saved == {one: ["a"]}
    assert page.evaluate(KEPT) == []


def test_what_the_page_says_moves_no_option_under_a_finger(
    told: Sitting, learner: Person, page: Page
) -> None:
    learner.expects(NO_NETWORK)
    row = option(page, told.choices[0], "b")
    place = row.bounding_box()
    learner.context.set_offline(True)
    said = page.locator("[data-network]")
    expect(said).to_contain_text("Mất mạng")
    assert row.bounding_box() == place
    buttons, words = page.locator("[data-nav]").bounding_box(), said.bounding_box()
    assert buttons
    assert words
    assert words["y"] + words["height"] <= buttons["y"]
    learner.context.set_offline(False)
    expect(said).to_be_hidden()
    assert row.bounding_box() == place


def test_time_that_staff_give_appears_with_the_next_save(told: Sitting, page: Page, seat: Seat) -> None:
    before = told.attempt.deadline_at
    staff = seat(told.person(Role.STAFF)).page
    staff.goto(f"/sessions/{told.assessment.public_id}")
    staff.get_by_role("link", name=f"Thêm giờ cho {told.learner.full_name}").click()
    staff.get_by_label("Thêm bao nhiêu phút").fill("15")
    staff.locator("#reason").fill("Máy hỏng")
    staff.get_by_role("button", name="Thêm giờ").click()
    expect(staff.locator("body")).to_contain_text("Đã thêm 15 phút.")
    choose(page, told.choices[0], "a")
    expect(page.locator("[data-time-note]")).to_contain_text("Được thêm giờ: còn 4")
    assert told.attempt.deadline_at == before + timedelta(minutes=15)


def test_handing_in_lists_what_is_unanswered_and_goes_through(told: Sitting, page: Page) -> None:
    one, two, three = told.choices
    choose(page, one, "b")
    page.locator(f"#q-{one}").get_by_text("Đánh dấu xem lại").click()
    page.get_by_role("button", name="Tổng quan").click()
    expect(page.locator("#overview [data-progress]")).to_have_text("Đã làm 1 trên 4 câu")
    page.locator("#overview").get_by_role("button", name="Nộp bài").click()
    empty = page.locator("[data-missing=empty]")
    expect(empty).to_contain_text("Còn 3 câu chưa làm:")
    expect(empty.locator("li")).to_have_text([str(slot) for slot in sorted([two, three, told.typed])])
    expect(page.locator("[data-missing=flagged] li")).to_have_text([str(one)])
    empty.get_by_role("link", name=str(two), exact=True).click()
    option(page, two, "b").click()
    page.get_by_role("button", name="Tổng quan").click()
    page.locator("#overview").get_by_role("button", name="Nộp bài").click()
    expect(empty).to_contain_text("Còn 2 câu chưa làm:")
    page.locator("[data-panel=hand-in]").get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", level=1, name="Đã nộp bài")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Bài đã được nhận.")
    assert {slot: answers[-1] for slot, answers in told.saved.items()} == {one: "b", two: "b"}
    assert told.marked == {slot: slot in (one, two) for slot in range(1, 5)}


def test_a_hand_in_without_network_waits_saves_and_goes_through(
    told: Sitting, learner: Person, page: Page
) -> None:
    learner.expects(NO_NETWORK)
    slot = told.choices[0]
    learner.context.set_offline(True)
    choose(page, slot, "d")
    page.get_by_role("button", name="Tổng quan").click()
    page.locator("#overview").get_by_role("button", name="Nộp bài").click()
    page.locator("[data-panel=hand-in]").get_by_role("button", name="Nộp bài").click()
    expect(page.locator("[data-hand-in-state]")).to_contain_text("Chưa nộp được vì còn câu chưa lưu.")
    assert not told.is_closed
    learner.context.set_offline(False)
    expect(page.get_by_role("heading", level=1, name="Đã nộp bài")).to_be_visible()
    assert told.saved == {slot: ["d"]}
    assert told.is_closed


def test_a_reload_keeps_position_and_answers(told: Sitting, page: Page) -> None:
    two = told.choices[1]
    choose(page, two, "c")
    all_saved(page)
    page.reload()
    ready(page)
    expect(page.locator(f"#q-{two}")).to_be_visible()
    chosen(page, two, "c")
    all_saved(page)
    assert told.saved == {two: ["c"]}


def test_larger_letters_stay_after_a_reload(told: Sitting, page: Page) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.exam-stem')).fontSize)"
    before = page.evaluate(size)
    page.locator("[data-text-toggle]").click()
    larger = page.evaluate(size)
    assert larger > before * 1.1
    page.reload()
    ready(page)
    assert page.evaluate(size) == larger
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_saving_and_handing_in_work(told: Sitting, phone: Seat) -> None:
    page = phone(told.learner, scripts=False).page
    page.goto(told.front)
    page.get_by_role("button", name="Vào thi").click()
    one, two, _ = told.choices
    option(page, one, "b").click()
    page.locator(f"#answer-{told.typed}").fill("Bình Minh")
    page.get_by_role("button", name="Lưu bài").click()
    expect(page.locator("body")).to_contain_text("Đã lưu bài.")
    assert told.saved == {one: ["b"], told.typed: ["Bình Minh"]}
    chosen(page, one, "b")
    option(page, two, "a").click()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("main")).to_contain_text("Còn 1 trên 4 câu chưa làm")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", level=1, name="Đã nộp bài")).to_be_visible()
    assert told.saved == {one: ["b"], two: ["a"], told.typed: ["Bình Minh"]}
    assert told.is_closed
