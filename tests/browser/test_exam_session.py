"""An exam in a browser: staff open it for twelve, the invigilator ticks cards on a phone, the minutes have the counts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Seat, Site
from tests.quizzes.exams.stories import ExamStory


@pytest.fixture
def story(site: Site) -> ExamStory:
    return ExamStory(None, site.world, 12)


def open_exam(story: ExamStory, page: Page) -> str:
    """Through the class's tab; the address of the session."""
    page.goto(f"/classes/{story.course_class.public_id}/exams")
    page.get_by_role("link", name="Mở ca thi").first.click()
    page.get_by_label("Phòng thi và số chỗ").fill("Phòng 1: 5")
    page.get_by_label("Phần đầu số báo danh").fill("LLCT-")
    page.get_by_role("button", name="Mở ca thi").click()
    expect(page.get_by_role("alert")).to_contain_text("Thiếu 7 chỗ")
    page.get_by_label("Phòng thi và số chỗ").fill("Phòng 1: 10\nPhòng 2: 10")
    page.get_by_role("button", name="Mở ca thi").click()
    page.wait_for_url("**/exams/*")
    return page.url


def start(page: Page) -> None:
    page.get_by_role("button", name="Bắt đầu ca thi").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Bắt đầu ca thi").click()
    expect(page.get_by_text("Đang diễn ra")).to_be_visible()


def fits(page: Page) -> bool:
    """Nothing stands out to the right."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide


def test_from_the_list_over_the_door_to_the_minutes(story: ExamStory, seat: Seat, phone: Seat) -> None:
    staff, door = seat(story.staff).expects(r"422").page, phone(story.lecturer).page
    address = open_exam(story, staff)
    expect(staff.get_by_role("row", name="LLCT-012")).to_be_visible()
    start(staff)
    door.goto(f"{address}/door?room=2")
    assert fits(door)
    for name in ("Nguyễn Văn An", "Lê Văn Bình"):
        button = door.get_by_role("button", name=f"Đánh dấu đã đối chiếu giấy tờ của {name}")
        assert (button.bounding_box() or {})["height"] >= 48
        button.click()
        expect(button).to_have_count(0)
    expect(door.locator("[data-door-count]")).to_have_text("Đã đối chiếu 2/6")
    door.get_by_label("Tìm số báo danh hoặc tên").fill("do van duc")
    expect(door.locator("[data-door-row]:visible")).to_have_count(1)
    door.reload()
    expect(door.locator("[data-door-count]")).to_contain_text("2/6")
    staff.goto(f"{address}/minutes")
    figures = staff.locator("main").inner_text()
    assert [figures.split(label)[1].split()[0] for label in ("Theo danh sách", "Có mặt", "Chưa có mặt")] == [
        "12",
        "2",
        "10",
    ]


def test_the_door_works_without_scripts(story: ExamStory, seat: Seat) -> None:
    staff = seat(story.staff).expects(r"422").page
    address = open_exam(story, staff)
    start(staff)
    plain = seat(story.lecturer, scripts=False, size=(360, 740)).page
    plain.goto(f"{address}/door?room=2")
    plain.get_by_role("button", name="Đánh dấu đã đối chiếu giấy tờ của Nguyễn Văn An").click()
    expect(plain.get_by_text("Đã đối chiếu 1/6")).to_be_visible()
    assert "room=2" in plain.url
