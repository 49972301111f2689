"""The end of the line, in a browser: staff publish, the learner reads the mark on a phone, the lecturer the questions."""

import pytest
from playwright.sync_api import Page, expect

from lms.auth.accounts.models import Account
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.delivery.signals import attempt_closed
from lms.results.gradebook.wiring import record_closed
from tests.browser.conftest import Seat, Site
from tests.results.stories import ClassStory


@pytest.fixture
def told(site: Site) -> ClassStory:
    """A class made straight in the server's database; results are recorded here as they are there.

    The receiver stays: it is the application's own, which other tests of this process rely on.
    """
    attempt_closed.connect(record_closed)
    return ClassStory(None, site.world)


@pytest.fixture
def learner(told: ClassStory) -> Account:
    return told.learner("Nguyễn Văn Đức", born="1979")


@pytest.fixture
def attempt(told: ClassStory, learner: Account) -> Attempt:
    told.sits("Trần Thị Ân", 0, 1)
    told.learner("Lê Văn Bình")
    return told.sits(learner, 5, 2)


def fits(page: Page) -> bool:
    """Nothing stands out to the right."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide


def names(page: Page) -> list[str]:
    return page.locator("main table").first.locator("tbody th").all_inner_texts()


def test_from_the_table_to_the_learners_phone(
    told: ClassStory, learner: Account, attempt: Attempt, seat: Seat, phone: Seat
) -> None:
    mine, staff = phone(learner).page, seat(told.staff).page
    mine.goto(f"/attempts/{attempt.public_id}/result")
    expect(mine.get_by_text("Điểm chưa được công bố")).to_be_visible()
    staff.goto(told.url)
    staff.get_by_role("button", name="Công bố điểm").click()
    dialog = staff.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Công bố điểm của 2 người?")
    dialog.get_by_role("button", name="Công bố điểm").click()
    expect(staff.get_by_text("Phạm Thị Vụ công bố lúc")).to_be_visible()
    mine.reload()
    expect(mine.get_by_text("7,8", exact=True)).to_be_visible()
    assert fits(mine)
    staff.get_by_role("link", name="Thu lại công bố").click()
    staff.get_by_label("Lý do thu lại").fill("Đáp án câu 5 sai, đang chấm lại")
    staff.get_by_role("button", name="Thu lại").click()
    expect(staff.get_by_role("button", name="Công bố điểm")).to_be_visible()
    mine.reload()
    expect(mine.get_by_text("Điểm chưa được công bố")).to_be_visible()


def test_sorting_filtering_and_taking_along(told: ClassStory, attempt: Attempt, seat: Seat) -> None:
    page = seat(told.staff).page
    page.goto(told.url)
    assert names(page) == ["Trần Thị Ân", "Lê Văn Bình", "Nguyễn Văn Đức"]
    page.get_by_role("columnheader", name="Tổng").get_by_role("link").click()
    page.wait_for_url("**sort=total*")
    assert names(page) == ["Trần Thị Ân", "Nguyễn Văn Đức", "Lê Văn Bình"]
    page.get_by_label("Tìm theo tên").fill("nguyen van duc")
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_url("**q=nguyen*")
    assert names(page) == ["Nguyễn Văn Đức"]
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải Excel").click()
    assert taken.value.suggested_filename.startswith("Kết quả Kiểm tra cuối khóa")
    page.locator(".filter-chip").click()
    expect(page.get_by_text("3 người")).to_be_visible()
    page.get_by_role("link", name="Nguyễn Văn Đức").click()
    expect(page.get_by_role("heading", name="Nhật ký lưu bài")).to_be_visible()
    expect(page.get_by_text("9 lần máy chủ xác nhận đã lưu")).to_be_visible()


def test_every_page_fits_a_phone(told: ClassStory, learner: Account, attempt: Attempt, phone: Seat) -> None:
    told.publish()
    page = phone(told.lecturer).page
    for url in ("/results", told.url, f"{told.url}/questions", f"{told.url}/attempts/{attempt.public_id}"):
        page.goto(url)
        for fold in page.locator("details:visible > summary").all()[:2]:
            if fold.is_visible() and "Phương án" in fold.inner_text():
                fold.click()
        assert fits(page), url
    mine = phone(learner).page
    mine.goto(f"/attempts/{attempt.public_id}/result")
    assert fits(mine)


def test_the_options_of_a_question_unfold(told: ClassStory, attempt: Attempt, seat: Seat) -> None:
    page = seat(told.lecturer).page
    page.goto(told.url)
    page.get_by_role("link", name="Từng câu hỏi").click()
    fold = page.locator("main details").first
    fold.locator("summary").click()
    expect(fold.get_by_text("Phương án b của câu")).to_be_visible()
    expect(fold.get_by_text("đáp án", exact=True)).to_be_visible()
