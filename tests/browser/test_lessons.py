"""A lecturer writes a lesson with bold words, a picture, a table; a learner reads it on a phone and ticks it off."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from lms.auth.accounts.models import Account
from lms.core.actor import Role
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from tests.browser.conftest import Seat, Site
from tests.courses.study.stories import lesson_in, module_of
from tests.pictures import png

NARROW = 360
PASTED = """
() => {
  const data = new DataTransfer();
  data.setData("text/html", '<h1>Mục dán</h1><p>Chữ <b>dán</b><script>alert(1)</script><img src="https://elsewhere.example/a.png"></p>');
  data.setData("text/plain", "Mục dán");
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}
"""


WORD_TABLE = """
() => {
  const data = new DataTransfer();
  const inner = "<table><tr><td>lồng</td></tr></table>";
  const cells = `<tr><td width="9"><p style="color:red">Một</p></td><td><h2>Hai</h2>${inner}</td></tr>`;
  data.setData("text/html", `<table border="1">${cells}<tr><td colspan="2">Gộp</td></tr></table>`);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}
"""


@dataclass
class Class:
    """A class with one module, its lecturer and a learner."""

    module: Module
    course_class: CourseClass
    lecturer: Account
    learner: Account


@pytest.fixture
def told_class(site: Site) -> Class:
    world = site.world
    unit = world.centre("Trung tâm soạn bài")
    course_class = world.course_class(unit)
    return Class(
        module_of(course_class.programme, "Chuyên đề một"),
        course_class,
        world.person(Role.LECTURER, unit, "Bùi Thị Soạn"),
        world.learner(unit, course_class, "Lý Thị Học"),
    )


def _begin(page: Page, told: Class, title: str) -> None:
    page.goto(f"/modules/{told.module.public_id}/lessons")
    page.get_by_label("Tên bài học").fill(title)
    page.get_by_role("button", name="Soạn bài").click()
    page.locator(".ProseMirror").click()


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_lesson_is_written_published_read_and_ticked(
    told_class: Class, seat: Seat, phone: Seat, tmp_path: Path
) -> None:
    picture = tmp_path / "hinh.png"
    picture.write_bytes(png())
    page = seat(told_class.lecturer).page
    _begin(page, told_class, "Nguồn gốc")
    page.keyboard.type("Chữ thường ")
    page.get_by_role("button", name="Đậm").click()
    page.keyboard.type("chữ đậm")
    expect(page.get_by_role("button", name="Đậm")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Chèn ảnh").click()
    page.get_by_label("Ảnh", exact=True).set_input_files(picture)
    page.get_by_role("button", name="Chèn vào bài").click()
    expect(page.locator("[data-picture-error]")).to_contain_text("Hãy tả ảnh")
    page.get_by_label("Tả ảnh bằng chữ").fill("Ô vuông đỏ")
    page.get_by_role("button", name="Chèn vào bài").click()
    expect(page.locator(".ProseMirror img")).to_have_attribute("alt", "Ô vuông đỏ")
    page.evaluate(PASTED)
    expect(page.locator(".ProseMirror")).to_contain_text("Mục dán")
    page.get_by_role("button", name="Lưu bài").click()
    expect(page.locator(".toast-item")).to_contain_text("Đã lưu bài")
    expect(page.locator(".ProseMirror strong").first).to_have_text("chữ đậm")
    page.get_by_role("button", name="Đăng bài").click()
    expect(page.get_by_role("button", name="Gỡ bài xuống")).to_be_visible()

    reader = phone(told_class.learner).page
    reader.goto(f"/learn/{told_class.course_class.public_id}")
    reader.get_by_role("link", name="Bắt đầu học").click()
    expect(reader.locator(".lesson strong").first).to_have_text("chữ đậm")
    expect(reader.get_by_role("img", name="Ô vuông đỏ")).to_have_js_property("naturalWidth", 8)
    assert _fits(reader)
    assert reader.viewport_size == {"width": NARROW, "height": 740}
    reader.get_by_role("button", name="Đã học xong").click()
    expect(reader.locator("h1")).to_contain_text("Đã học")
    reader.goto(f"/learn/{told_class.course_class.public_id}")
    expect(reader.locator("main")).to_contain_text("1/1")
    assert _fits(reader)


def test_the_bar_is_reached_and_used_by_the_keyboard(told_class: Class, seat: Seat) -> None:
    page = seat(told_class.lecturer).page
    _begin(page, told_class, "Bằng bàn phím")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Đậm")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Tiêu đề lớn")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Mục một")
    expect(page.locator(".ProseMirror h2")).to_have_text("Mục một")
    page.keyboard.press("Control+k")
    page.get_by_label("Địa chỉ trang").fill("dangcongsan.vn")
    page.get_by_role("button", name="Gắn liên kết").click()
    expect(page.locator(".ProseMirror a")).to_have_attribute("href", "https://dangcongsan.vn")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast-item")).to_contain_text("Đã lưu bài")


def test_two_who_write_at_once_lose_nothing(told_class: Class, seat: Seat) -> None:
    lesson = lesson_in(told_class.module, told_class.lecturer, "Bài chung")
    first, second = (seat(told_class.lecturer) for _ in range(2))
    second.expects("status of 409")
    for person in (first, second):
        person.page.goto(f"/lessons/{lesson.public_id}/edit")
        person.page.locator(".ProseMirror").click()
    first.page.keyboard.type("MỘT ")
    first.page.get_by_role("button", name="Lưu bài").click()
    expect(first.page.locator(".toast-item")).to_contain_text("Đã lưu bài")
    second.page.keyboard.type("HAI ")
    second.page.get_by_role("button", name="Lưu bài").click()
    expect(second.page.locator("main")).to_contain_text("Hai người cùng soạn bài này")
    expect(second.page.locator(".ProseMirror")).to_contain_text("HAI")
    second.page.get_by_text("Xem bản đã lưu").click()
    expect(second.page.locator(".lesson-stored")).to_contain_text("MỘT")


def test_leaving_with_unsaved_words_is_asked_about(told_class: Class, seat: Seat) -> None:
    page = seat(told_class.lecturer).page
    _begin(page, told_class, "Chưa lưu")
    page.keyboard.type("Chữ chưa lưu")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("/programmes")
    assert asked == ["beforeunload"]


def test_a_table_is_written_with_keys_and_scrolls_in_its_own_box(
    told_class: Class, seat: Seat, phone: Seat
) -> None:
    page = seat(told_class.lecturer).page
    _begin(page, told_class, "Các mốc")
    page.get_by_role("button", name="Chèn bảng").click()
    for text in (
        "Năm",
        "Sự kiện trong nước",
        "Ý nghĩa",
        "1930",
        "Thành lập Đảng",
        "Bước ngoặt",
        "1945",
        "Giành độc lập",
    ):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("Kỷ nguyên mới")
    page.keyboard.press("Tab")
    page.keyboard.type("1954")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Thêm hàng")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror tr")).to_have_count(4)
    expect(page.locator(".ProseMirror th")).to_have_count(4)
    page.keyboard.type("Cột mới rất dài để bảng rộng hơn màn hình điện thoại")
    page.get_by_role("button", name="Lưu và đăng bài").click()
    expect(page.locator(".toast-item")).to_contain_text("Đã lưu và đăng bài")
    expect(page.locator(".ProseMirror th").first).to_have_text("Năm")

    reader = phone(told_class.learner).page
    reader.goto(f"/learn/{told_class.course_class.public_id}")
    reader.get_by_role("link", name="Bắt đầu học").click()
    box = reader.get_by_role("group", name="Bảng")
    expect(box.get_by_role("columnheader")).to_have_count(4)
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert _fits(reader)
    box.focus()
    reader.keyboard.press("ArrowRight")
    reader.wait_for_timeout(400)
    assert box.evaluate("box => box.scrollLeft") > 0


def test_a_table_from_word_stays_one_table(told_class: Class, seat: Seat) -> None:
    person = seat(told_class.lecturer)
    person.expects("style-src")
    page = person.page
    _begin(page, told_class, "Dán từ Word")
    page.evaluate(WORD_TABLE)
    expect(page.locator(".ProseMirror table")).to_have_count(1)
    page.get_by_role("button", name="Lưu bài học").click()
    expect(page.locator(".toast-item")).to_contain_text("Đã lưu bài")
    expect(page.locator(".ProseMirror table")).to_have_count(1)
    expect(page.locator(".ProseMirror td").nth(1)).to_have_text("Hailồng")
    expect(page.locator('.ProseMirror td[colspan="2"]')).to_have_text("Gộp")


def test_a_closed_tab_loses_nothing(told_class: Class, seat: Seat) -> None:
    person = seat(told_class.lecturer)
    page = person.page
    _begin(page, told_class, "Soạn dở")
    page.keyboard.type("Chữ chưa lưu bao giờ")
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã giữ nháp lúc")
    address = page.url
    again = page.context.new_page()
    page.close()
    again.goto(address)
    expect(again.locator("main")).to_contain_text("Có bản chưa lưu từ")
    expect(again.locator(".ProseMirror")).not_to_contain_text("Chữ chưa lưu")
    again.get_by_role("link", name="Lấy lại bản chưa lưu").click()
    expect(again.locator(".ProseMirror")).to_contain_text("Chữ chưa lưu bao giờ")
    again.get_by_role("button", name="Lưu bài học").click()
    expect(again.locator(".toast-item")).to_contain_text("Đã lưu bài")
    again.goto(address)
    expect(again.locator(".ProseMirror")).to_contain_text("Chữ chưa lưu bao giờ")
    expect(again.locator("main")).not_to_contain_text("Có bản chưa lưu từ")


def test_without_a_network_the_page_says_so_and_keeps_what_was_typed_later(
    told_class: Class, seat: Seat
) -> None:
    person = seat(told_class.lecturer)
    page = person.page
    _begin(page, told_class, "Mất mạng")
    person.expects("Failed to load resource")
    page.context.set_offline(True)
    page.keyboard.type("Gõ khi mất mạng")
    expect(page.locator("[data-draft-state]")).to_contain_text("Mất mạng")
    page.context.set_offline(False)
    expect(page.locator("[data-draft-state]")).to_contain_text("Đã giữ nháp lúc")
