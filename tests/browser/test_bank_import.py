"""Step one of the line, in a browser: upload, preview, mend by keys, *Nhập*, a leader's *Đồng ý*."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.bank.models import Question, QuestionBank, QuestionState
from tests.browser.conftest import Seat, Site
from tests.quizzes.bank.stories import TEXT


@pytest.fixture
def centre(site: Site) -> Unit:
    return site.world.centre()


@pytest.fixture
def bank(site: Site, centre: Unit) -> QuestionBank:
    return site.world.bank(centre)


@pytest.fixture
def lecturer(site: Site, centre: Unit) -> Account:
    return site.world.person(Role.LECTURER, centre)


def take(page: Page, bank: QuestionBank, path: Path) -> None:
    """Upload the file and wait until the runner has read it."""
    page.goto(f"/bank/{bank.public_id}")
    page.get_by_role("link", name="Lấy từ Word").first.click()
    page.set_input_files("input[type=file]", str(path))
    page.get_by_label("Chủ đề").select_option(label="Chủ đề 1")
    page.get_by_label("Mức độ").select_option(label="Nhận biết")
    page.get_by_label("Lý luận / thực tiễn").select_option(label="Lý luận")
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", level=1, name="Xem lại trước khi nhập")).to_be_visible()


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    path = tmp_path / "cau-hoi.txt"
    path.write_text(TEXT)
    return path


def states(bank: QuestionBank) -> list[QuestionState]:
    db.session.rollback()
    wanted = sa.select(Question.state).where(Question.bank_id == bank.id).order_by(Question.id)
    return list(db.session.scalars(wanted))


def test_from_a_file_to_approved_questions_by_keys(
    site: Site, seat: Seat, bank: QuestionBank, lecturer: Account, upload: Path
) -> None:
    page = seat(lecturer).page
    take(page, bank, upload)
    page.wait_for_selector("[data-import-preview]")
    item = page.locator("#import-item")
    expect(item.locator("h2")).to_contain_text("Câu 3")
    expect(item).to_contain_text("Chưa thấy đáp án")
    page.evaluate("window.stayed = true")
    page.keyboard.press("a")
    expect(item.locator(".is-key")).to_contain_text("Đông")
    page.keyboard.press("Enter")
    expect(item.locator("h2")).to_contain_text("Câu 1")
    page.keyboard.press("j")
    expect(item.locator("h2")).to_contain_text("Câu 2")
    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(page.locator("#edit-stem")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" (đã sửa)")
    item.get_by_role("link", name="Câu tiếp").click()
    expect(item.locator("h2")).to_contain_text("Câu 2")
    expect(page.locator("#import-list")).to_contain_text("(đã sửa)")
    assert page.evaluate("window.stayed") is True
    page.get_by_role("button", name="Nhập 3 câu").click()
    page.wait_for_url(f"**/bank/{bank.public_id}**")
    assert states(bank) == [QuestionState.IN_REVIEW] * 3
    page = seat(site.world.person(Role.LEADER, bank.unit)).page
    page.goto(f"/bank/{bank.public_id}")
    page.get_by_role("link", name="cau-hoi.txt").click()
    page.get_by_role("button", name="Đồng ý cả 3 câu").click()
    page.wait_for_url(f"**/bank/{bank.public_id}")
    assert states(bank) == [QuestionState.APPROVED] * 3


def test_it_works_on_a_phone_without_scripts(
    phone: Seat, bank: QuestionBank, lecturer: Account, upload: Path
) -> None:
    page = phone(lecturer, scripts=False).page
    take(page, bank, upload)
    page.reload()
    item = page.locator("#import-item")
    item.get_by_role("button", name="Chọn A làm đáp án").click()
    expect(item.locator(".is-key")).to_contain_text("Đông")
    item.get_by_role("button", name="Được, câu tiếp").click()
    page.get_by_role("button", name="Nhập 3 câu").click()
    page.wait_for_url(f"**/bank/{bank.public_id}**")
    assert states(bank) == [QuestionState.IN_REVIEW] * 3
