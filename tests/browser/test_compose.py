"""A lecturer composes by a blueprint on a wide screen, a leader agrees, a learner starts on a phone."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import Aspect, Level, QuestionBank
from tests.browser.conftest import Seat, Site

WIDE, NARROW = 1280, 360


@dataclass
class Centre:
    """A centre with a class, a bank of six approved questions and the people of the story."""

    bank: QuestionBank
    course_class: CourseClass
    lecturer: Account
    leader: Account
    learner: Account

    def cell(self, topic: int, level: str = "recognise", aspect: str = "theory") -> str:
        """The field of a cell."""
        return f'[name="n-{self.bank.topics[topic].public_id}-{level}-{aspect}"]'


@pytest.fixture
def centre(site: Site) -> Centre:
    world = site.world
    unit = world.centre("Trung tâm ra đề")
    bank, course_class = world.bank(unit), world.course_class(unit)
    lecturer = world.person(Role.LECTURER, unit, "Bùi Thị Soạn")
    for _ in range(4):
        world.question(bank, lecturer)
    for _ in range(2):
        world.question(bank, lecturer, topic=1, level=Level.APPLY, aspect=Aspect.PRACTICE)
    return Centre(
        bank,
        course_class,
        lecturer,
        world.person(Role.LEADER, unit, "Hồ Văn Ký"),
        world.learner(unit, course_class, "Lý Thị Học"),
    )


def local(**later: float) -> str:
    return clock.to_local(clock.now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def set_up(page: Page, kind: str, title: str) -> None:
    page.goto("/papers")
    page.get_by_role("link", name="Ra đề mới").first.click()
    page.get_by_role("link", name=kind).click()
    page.get_by_label("Tên đề").fill(title)
    if kind != "Luyện tập":
        page.get_by_label("Giờ mở").fill(local(minutes=-5))
        page.get_by_label("Giờ đóng").fill(local(hours=2))
    page.get_by_role("button", name="Tạo đề").click()
    page.wait_for_url("**/blueprint")


def test_sums_follow_the_typing_and_a_cell_that_lacks_says_so(centre: Centre, seat: Seat) -> None:
    page = seat(centre.lecturer).page
    set_up(page, "Kiểm tra chuyên đề", "Kiểm tra thử ma trận")
    page.locator(centre.cell(0)).fill("3")
    page.locator(centre.cell(1, "apply", "practice")).fill("1")
    total = page.locator(".blueprint-sum")
    expect(total).to_contain_text("4 câu: lý luận 3 câu, thực tiễn 1 câu")
    expect(total).to_contain_text("Mỗi câu 2,5 điểm.")
    page.locator(centre.cell(1, "apply", "practice")).fill("5")
    expect(page.locator("td.is-short")).to_contain_text("thiếu 3")
    expect(page.locator('[data-sum-column="apply-practice"]')).to_have_text("5")
    page.get_by_label("Theo mức độ").check()
    expect(page.get_by_label("Nhận biết", exact=True)).to_be_visible()
    page.get_by_label("Chia đều 10 điểm").check()
    expect(page.get_by_label("Nhận biết", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Lưu ma trận").click()
    expect(page.get_by_text("còn thiếu 3 câu")).to_be_visible()
    expect(page.get_by_role("button", name="Gửi duyệt")).to_have_count(0)
    page.get_by_role("link", name="Xem câu của ô này trong ngân hàng").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_from_a_blueprint_to_a_learner_who_starts(centre: Centre, seat: Seat, phone: Seat) -> None:
    page = seat(centre.lecturer).page
    set_up(page, "Kiểm tra cuối khóa", "Kiểm tra do trình duyệt ra")
    page.locator(centre.cell(0)).fill("3")
    page.locator(centre.cell(1, "apply", "practice")).fill("2")
    page.get_by_role("button", name="Lưu ma trận").click()
    page.get_by_role("link", name="Xem thử một đề").click()
    expect(page.locator("li.sample")).to_have_count(5)
    expect(page.locator("li.is-key")).to_have_count(5)
    page.get_by_role("link", name="Kiểm tra do trình duyệt ra").click()
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Chờ lãnh đạo đồng ý phát hành")).to_be_visible()
    address = page.url

    leader = seat(centre.leader).page
    leader.goto("/papers?stage=waiting")
    leader.get_by_role("link", name="Kiểm tra do trình duyệt ra").click()
    leader.get_by_role("button", name="Đồng ý phát hành").click()
    leader.locator("dialog[open]").get_by_role("button", name="Phát hành").click()
    expect(leader.get_by_text("Gửi cho lớp", exact=True)).to_be_visible()
    code = leader.locator("img.share-code")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(leader.get_by_role("button", name="Chép tin gửi Zalo")).to_be_visible()

    learner = phone(centre.learner).page
    learner.goto(f"/assessments/{address.rsplit('/', 1)[-1]}")
    learner.get_by_role("button", name="Vào thi").click()
    expect(learner.locator("[data-slot]")).to_have_count(5)


def test_practice_the_quick_way_without_scripts_on_a_phone(centre: Centre, phone: Seat) -> None:
    person = phone(centre.lecturer, scripts=False)
    page = person.page
    set_up(page, "Luyện tập", "Ôn nhanh trên điện thoại")
    page.get_by_label("Số câu", exact=True).fill("4")
    page.get_by_role("button", name="Lấy câu hỏi").click()
    expect(page.get_by_text("Ngân hàng đủ câu cho ma trận")).to_be_visible()
    page.get_by_role("button", name="Phát hành").click()
    expect(page.get_by_text("Gửi cho lớp", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_hangs_over_the_edge(centre: Centre, seat: Seat, width: int) -> None:
    person = seat(centre.lecturer, size=(width, 800))
    page = person.page
    set_up(page, "Kiểm tra chuyên đề", f"Vừa màn hình {width}")
    page.locator(centre.cell(0)).fill("2")
    page.get_by_role("button", name="Lưu ma trận").click()
    shown = page.url
    for path in ("", "/edit", "/blueprint", "/preview", "/preview/print?answers=1"):
        page.goto(shown + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{path} is {over} px too wide"
    page.goto("/papers")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
