"""The door, in a browser: a slip, the forced change, handing the machine on; with and without scripts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lms.auth.access.passwords import hash_password
from lms.auth.accounts.models import Account, NameKind, SignInName
from lms.auth.units.models import Unit
from lms.core import clock, seeds
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from tests.browser.conftest import Seat, Site

SLIP = "k7mpq-29xqd"
OWN = "thuyền nan chở nắng"

WRITE_QUEUE = """
(account) => new Promise((resolve, reject) => {
  const request = indexedDB.open("lms-exam", 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore("pending", { keyPath: "id" }).createIndex("scope", "scope");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const transaction = request.result.transaction("pending", "readwrite");
    transaction.objectStore("pending").put({ id: `lms-exam|${account}:gone|q`, scope: `${account}:gone`, entries: [{ slot: 1, revision: 1 }] });
    transaction.oncomplete = () => { request.result.close(); resolve(); };
  };
})
"""
READ_QUEUE = """
() => new Promise((resolve, reject) => {
  const request = indexedDB.open("lms-exam", 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("pending").objectStore("pending").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result.length); };
  };
})
"""


@pytest.fixture
def centre(site: Site) -> Unit:
    return site.world.centre("Trung tâm của cánh cửa")


def _with_slip(site: Site, centre: Unit, name: str = "Trần Thị Bình") -> tuple[Account, str]:
    account = site.world.person(Role.LEARNER, centre, name)
    code = f"cua-{seeds.token(8)}"
    with UnitOfWork():
        db.session.add(SignInName(account_id=account.id, kind=NameKind.CODE, value=code))
        account.password_hash = hash_password(SLIP)
        account.must_change_password = True
        account.one_time_expires_at = clock.now() + timedelta(days=1)
    return account, code


def _fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_slip_to_the_own_password(site: Site, phone: Seat, centre: Unit, *, scripts: bool) -> None:
    _, code = _with_slip(site, centre)
    person = phone(scripts=scripts).expects("422")
    page = person.page
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    person.sign_in(code.upper(), SLIP)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")
    if scripts:
        _fits(page)

    def change(new: str) -> None:
        page.get_by_label("Mật khẩu trên phiếu").fill(SLIP)
        page.get_by_label("Mật khẩu mới", exact=True).fill(new)
        page.get_by_label("Gõ lại mật khẩu mới").fill(new)
        page.get_by_role("button", name="Đổi mật khẩu").click()

    change("matkhau123")
    expect(page.locator("p.form-error")).to_contain_text("nhiều người hay dùng")
    change(OWN)
    page.wait_for_url(re.compile(r"/$"))
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Thị Bình")


def test_handing_the_machine_on_keeps_unsent_answers(site: Site, phone: Seat, centre: Unit) -> None:
    account = site.world.person(Role.LEARNER, centre, "Trần Thị Bình")
    page = phone(account).expects("404").page
    page.goto("/account")
    _fits(page)
    page.evaluate(WRITE_QUEUE, account.public_id)
    page.reload()
    page.get_by_role("button", name="Xong, đưa máy cho người khác").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("chưa gửi được")
    page.get_by_role("button", name="Vẫn đưa máy").click()
    page.wait_for_url(re.compile("/sign-in"))
    expect(page.locator("body")).not_to_contain_text("Trần Thị Bình")
    assert page.evaluate(READ_QUEUE) == 1
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


KEEP_SOMETHING = "localStorage.setItem('lms.note', 'x')"
LEFT = "localStorage.length"


def test_handing_the_machine_on_clears_everything_when_nothing_waits(
    site: Site, phone: Seat, centre: Unit
) -> None:
    page = phone(site.world.person(Role.LEARNER, centre, "Trần Thị Bình")).page
    page.goto("/learn")
    page.evaluate(KEEP_SOMETHING)
    page.get_by_role("button", name="Xong, đưa máy cho người khác").click()
    page.wait_for_url(re.compile("/sign-in"))
    assert page.evaluate(LEFT) == 0


def test_a_slip_is_shown_after_a_question(site: Site, seat: Seat, centre: Unit) -> None:
    account = site.world.person(Role.LECTURER, centre, "Trần Thị Bình")
    page = seat(site.world.person(Role.STAFF, centre)).page
    page.goto("/accounts")
    page.get_by_role("row", name=account.full_name).get_by_role("checkbox").check()
    page.get_by_role("button", name="In phiếu đăng nhập").click()
    page.get_by_role("button", name="In phiếu", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu đăng nhập")
    expect(page.locator("main")).to_contain_text(account.names[0].value)
    expect(page.locator("code")).to_have_text(re.compile(r"^[0-9a-z]{5}-[0-9a-z]{5}$"))
    assert page.get_by_role("img", name="Mã QR").evaluate("(image) => image.naturalWidth > 0")
