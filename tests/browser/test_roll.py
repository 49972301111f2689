"""The class monitor calls the roll on a phone, with the network gone for a while and somebody else saving in between."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from lms.core import clock
from lms.core.db import db
from lms.courses.attendance.models import ClassMeeting, Half, Leave
from tests.browser.conftest import Seat, Site
from tests.browser.people import NO_NETWORK
from tests.courses.attendance.stories import RollStory

CONFLICT = r"status of 409"


def today() -> date:
    return clock.to_local(clock.now()).date()


@pytest.fixture
def told(site: Site) -> RollStory:
    return RollStory(None, site.world)


@pytest.fixture
def meeting(told: RollStory) -> ClassMeeting:
    return told.meeting(today(), Half.MORNING)


def absent(told: RollStory, meeting: ClassMeeting) -> dict[str, Leave]:
    db.session.rollback()
    return told.absent(meeting)


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu điểm danh").click()


def test_two_absent_people_are_tapped_and_saved(told: RollStory, meeting: ClassMeeting, phone: Seat) -> None:
    page = phone(told.hoa).page
    page.goto("/my-attendance")
    page.get_by_role("link", name="Điểm danh", exact=True).click()
    page.wait_for_url(f"**/rolls/{meeting.public_id}")
    expect(page.get_by_role("button", name="Lưu điểm danh")).to_be_in_viewport()
    expect(page.get_by_role("button", name=re.compile("Nguyễn Văn An"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    tap(page, "Nguyễn Văn An")
    for _ in range(2):
        tap(page, "Lê Minh Đức")
    for _ in range(3):
        tap(page, "Trần Thị Bình")
    expect(page.get_by_role("button", name=re.compile("An .*Không phép"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Đức .*Có phép"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Bình .*Có mặt"))).to_be_visible()
    expect(page.locator(".roll-counts")).to_have_text(
        re.compile(r"Có mặt\s*2\s*Không phép\s*1\s*Có phép\s*1")
    )
    page.get_by_role("textbox", name="Lý do").fill("Đi công tác")
    save(page)
    expect(page.get_by_text("Đã lưu điểm danh: vắng 2 người.")).to_be_visible()
    assert absent(told, meeting) == {"Nguyễn Văn An": Leave.UNEXCUSED, "Lê Minh Đức": Leave.EXCUSED}
    expect(page.get_by_role("textbox", name="Lý do")).to_have_value("Đi công tác")


def test_a_lost_network_loses_no_tap(told: RollStory, meeting: ClassMeeting, phone: Seat) -> None:
    monitor = phone(told.hoa).expects(NO_NETWORK)
    page = monitor.page
    page.goto(f"/rolls/{meeting.public_id}")
    tap(page, "Nguyễn Văn An")
    monitor.context.set_offline(True)
    save(page)
    expect(page.get_by_text("Mất mạng, chưa lưu.")).to_be_visible()
    monitor.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Đã lấy lại những gì vừa chạm")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("An .*Không phép"))).to_be_visible()
    save(page)
    expect(page.get_by_text("Đã lưu điểm danh: vắng 1 người.")).to_be_visible()
    expect(page.get_by_text("Đã lấy lại những gì vừa chạm")).to_be_hidden()
    assert absent(told, meeting) == {"Nguyễn Văn An": Leave.UNEXCUSED}


def test_two_people_at_once_see_the_difference(
    told: RollStory, meeting: ClassMeeting, phone: Seat, seat: Seat
) -> None:
    mine, staff = phone(told.hoa).expects(CONFLICT).page, seat(told.clerk).page
    mine.goto(f"/rolls/{meeting.public_id}")
    staff.goto(f"/rolls/{meeting.public_id}")
    tap(staff, "Nguyễn Văn An")
    save(staff)
    expect(staff.get_by_text("Đã lưu điểm danh: vắng 1 người.")).to_be_visible()
    tap(mine, "Trần Thị Bình")
    save(mine)
    news = mine.get_by_role("alert")
    expect(news).to_contain_text("Nguyễn Văn An: đã lưu là không phép, ở đây là có mặt")
    expect(news).to_contain_text("Trần Thị Bình: đã lưu là có mặt, ở đây là không phép")
    assert absent(told, meeting) == {"Nguyễn Văn An": Leave.UNEXCUSED}
    tap(mine, "Nguyễn Văn An")
    save(mine)
    expect(mine.get_by_text("Đã lưu điểm danh: vắng 2 người.")).to_be_visible()
    assert set(absent(told, meeting)) == {"Nguyễn Văn An", "Trần Thị Bình"}


def test_without_scripts_the_radio_buttons_do_the_same(
    told: RollStory, meeting: ClassMeeting, phone: Seat
) -> None:
    page = phone(told.hoa, scripts=False).page
    page.goto(f"/rolls/{meeting.public_id}")
    page.get_by_role("group", name=re.compile("Nguyễn Văn An")).get_by_label("Có phép").check()
    save(page)
    expect(page.get_by_text("Đã lưu điểm danh: vắng 1 người.")).to_be_visible()
    assert absent(told, meeting) == {"Nguyễn Văn An": Leave.EXCUSED}
