"""An essay in a browser: typed on a phone, saved by itself, handed in; marked beside its rubric at a desk."""

import pytest
from playwright.sync_api import Page, expect

from lms.core.db import UnitOfWork, db
from lms.quizzes.grading.models import EssayTask, Submission
from lms.quizzes.grading.operations import make_covers
from tests.browser.conftest import Seat, Site
from tests.browser.people import NO_NETWORK
from tests.quizzes.grading.stories import EssayStory, picture


@pytest.fixture
def told(site: Site) -> EssayStory:
    """A class made straight in the server's database."""
    return EssayStory(None, site.world)


@pytest.fixture
def task(told: EssayStory) -> EssayTask:
    return told.task()


def fits(page: Page) -> bool:
    """Nothing stands out to the right."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide


def stored(told: EssayStory, task: EssayTask) -> Submission:
    db.session.rollback()
    db.session.expire_all()
    return told.work_of(task)


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def test_a_learner_types_and_hands_in_and_a_lecturer_marks(
    told: EssayStory, task: EssayTask, phone: Seat, seat: Seat
) -> None:
    mine = phone(told.learner).page
    mine.goto(f"/my-essays/{task.public_id}")
    expect(mine.get_by_text("còn 1 ngày").or_(mine.get_by_text("còn 2 ngày"))).to_be_visible()
    mine.get_by_label("Bài làm").fill("Liên hệ ở xã tôi")
    expect(mine.locator("[data-save-state]")).to_have_attribute("data-state", "unsaved")
    expect(mine.get_by_text("5 chữ")).to_be_visible()
    saved(mine)
    expect(mine.get_by_text("Đã lưu lúc")).to_be_visible()
    assert stored(told, task).text == "Liên hệ ở xã tôi"
    assert fits(mine)
    mine.get_by_label("Bài làm").fill("Liên hệ ở xã tôi, có số liệu")
    mine.get_by_role("button", name="Nộp bài").click()
    expect(mine.get_by_text("Nộp rồi thì không sửa được nữa")).to_be_visible()
    assert fits(mine)
    mine.get_by_role("button", name="Nộp bài").click()
    expect(mine.get_by_text("Nộp lúc")).to_be_visible()
    assert stored(told, task).text == "Liên hệ ở xã tôi, có số liệu"
    desk = seat(told.lecturer).page
    desk.goto("/essays/marking")
    desk.get_by_role("button", name="Chấm bài tiếp").click()
    expect(desk.get_by_text("Liên hệ ở xã tôi, có số liệu")).to_be_visible()
    desk.get_by_label("Trình bày").fill("3,25")
    desk.get_by_label("Trình bày").press("Enter")
    desk.keyboard.type("1,5")
    desk.keyboard.press("Tab")
    desk.keyboard.type("2,75")
    expect(desk.get_by_text("Tổng: 7,5/10")).to_be_visible()
    assert fits(desk)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Đã chấm hết các bài đang chờ.")).to_be_visible()
    assert stored(told, task).mark == 750


def test_a_file_is_sent_as_soon_as_it_is_chosen(told: EssayStory, task: EssayTask, phone: Seat) -> None:
    page = phone(told.learner).page
    page.goto(f"/my-essays/{task.public_id}")
    page.get_by_label("Bài làm").fill("Bài chính ở trong ảnh")
    page.get_by_label("Thêm tệp").set_input_files(
        {"name": "bai.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(page.locator(".essay-files li")).to_contain_text("bai")
    expect(page.get_by_label("Bài làm")).to_have_value("Bài chính ở trong ảnh")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_text("Nộp rồi thì không sửa được nữa")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_text("Nộp lúc")).to_be_visible()
    assert len(stored(told, task).pages) == 1
    assert stored(told, task).text == "Bài chính ở trong ảnh"


def test_without_a_network_the_text_stays_and_goes_out_later(
    told: EssayStory, task: EssayTask, phone: Seat
) -> None:
    person = phone(told.learner).expects(NO_NETWORK)
    page = person.page
    page.goto(f"/my-essays/{task.public_id}")
    person.context.set_offline(True)
    page.get_by_label("Bài làm").fill("viết lúc mất mạng")
    page.get_by_label("Bài làm").blur()
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "offline")
    person.context.set_offline(False)
    saved(page)
    assert stored(told, task).text == "viết lúc mất mạng"


def test_what_could_not_be_saved_is_there_at_the_next_visit(
    told: EssayStory, task: EssayTask, phone: Seat
) -> None:
    person = phone(told.learner).expects(NO_NETWORK)
    page = person.page
    page.goto(f"/my-essays/{task.public_id}")
    page.route("**/save", lambda route: route.abort())
    page.get_by_label("Bài làm").fill("chưa kịp lưu")
    page.get_by_label("Bài làm").blur()
    page.goto("/my-essays")
    page.unroute("**/save")
    page.goto(f"/my-essays/{task.public_id}")
    expect(page.get_by_label("Bài làm")).to_have_value("chưa kịp lưu")
    saved(page)
    assert stored(told, task).text == "chưa kịp lưu"


def test_two_windows_show_both_texts(told: EssayStory, task: EssayTask, phone: Seat) -> None:
    person = phone(told.learner).expects("409")
    first, second = person.page, person.new_page()
    for page in (first, second):
        page.goto(f"/my-essays/{task.public_id}")
    first.get_by_label("Bài làm").fill("bản một")
    first.get_by_label("Bài làm").blur()
    saved(first)
    second.get_by_label("Bài làm").fill("bản hai")
    second.get_by_label("Bài làm").blur()
    expect(second.locator("[data-stored]")).to_have_text("bản một")
    second.get_by_role("button", name="Giữ bản trên máy này").click()
    saved(second)
    assert stored(told, task).text == "bản hai"


def test_without_scripts_a_button_saves(told: EssayStory, task: EssayTask, phone: Seat) -> None:
    page = phone(told.learner, scripts=False).page
    page.goto(f"/my-essays/{task.public_id}")
    page.get_by_label("Bài làm").fill("không có kịch bản")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    assert stored(told, task).text == "không có kịch bản"


def test_a_rubric_says_how_much_is_missing_while_it_is_typed(told: EssayStory, seat: Seat) -> None:
    page = seat(told.lecturer).page
    page.goto(f"/classes/{told.course_class.public_id}/essays/new")
    page.get_by_label("Điểm tối đa dòng 1").fill("6,5")
    expect(page.get_by_text("Cộng: 6,5/10, còn thiếu 3,5")).to_be_visible()
    page.get_by_label("Điểm tối đa dòng 2").fill("3,5")
    expect(page.get_by_text("Cộng: 10/10", exact=True)).to_be_visible()


def test_staff_photograph_one_page_after_another(told: EssayStory, phone: Seat) -> None:
    task = told.task(handwritten=True)
    with UnitOfWork():
        made = make_covers(actor=told.world.actor(told.staff), task=task)
    cover = next(one for one in made if one.account_id == told.learner.id)
    page = phone(told.staff).page
    page.goto(f"/essays/{task.public_id}/photos")
    photos = [picture(f"https://x.vn/essays/cover/{cover.public_id}"), picture(turned=True), picture()]
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": one} for n, one in enumerate(photos)]
    page.get_by_label("Chọn nhiều ảnh đã chụp").set_input_files(files)
    page.get_by_role("button", name="Gửi ảnh").click()
    expect(page.get_by_role("heading", name="2 trang")).to_be_visible()
    expect(page.get_by_role("heading", name="Nguyễn Văn Đức")).to_be_visible()
    assert fits(page)
    broken = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff broken"}
    page.get_by_label("Chọn nhiều ảnh đã chụp").set_input_files([broken, files[1]])
    page.get_by_role("button", name="Gửi ảnh").click()
    expect(page.get_by_text("Ảnh số 1: Ảnh “x.jpg” không mở được.")).to_be_visible()
    expect(page.get_by_text("Ảnh số 2 chưa biết của ai")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Xem các trang đã nhận").click()
    expect(page.get_by_role("heading", name="2 trang")).to_be_visible()
    page.get_by_role("button", name="Đủ trang").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Đủ trang").click()
    expect(page.get_by_text("Đã nộp bài của Nguyễn Văn Đức.")).to_be_visible()
