"""A slip in a learner's hand, on a phone 360 px wide: from its code to a PIN and in; with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from lms.auth.accounts.models import Account
from lms.auth.pins.operations import Invitation, invite
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from tests.browser.conftest import Seat, Site

PIN = "482915"


@pytest.fixture
def centre(site: Site) -> Unit:
    return site.world.centre("Trung tâm của những mã PIN")


@pytest.fixture
def account(site: Site, centre: Unit) -> Account:
    return site.world.learner(centre, name="Trần Thị Bình")


@pytest.fixture
def slip(site: Site, centre: Unit, account: Account) -> Invitation:
    staff = site.world.actor(site.world.person(Role.STAFF, centre))
    with UnitOfWork():
        [made] = invite(actor=staff, accounts=[account])
    return made


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_slip_to_a_pin_and_in(
    phone: Seat, account: Account, slip: Invitation, *, scripts: bool
) -> None:
    code = account.names[0].value
    person = phone(scripts=scripts).expects("422")
    page = person.page
    page.goto(f"/pin/{slip.token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặt mã PIN")
    expect(page.locator("main")).to_contain_text("Trần Thị Bình")
    field = page.get_by_label("Mã PIN mới")
    expect(field).to_have_attribute("inputmode", "numeric")
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        box = page.get_by_role("button", name="Đặt mã PIN").bounding_box()
        assert box is not None
        assert box["height"] >= 48
    field.fill("123456")
    page.get_by_role("button", name="Đặt mã PIN").click()
    expect(page.locator("p.form-error")).to_contain_text("dễ bị đoán")
    field.fill("482 915")
    page.get_by_role("button", name="Đặt mã PIN").click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("body")).to_contain_text("Trần Thị Bình")
    page.get_by_role("button", name="Xong, đưa máy cho người khác").click()
    page.wait_for_url(re.compile("/sign-in"))
    person.sign_in(code, PIN)
    expect(page.locator("body")).to_contain_text("Trần Thị Bình")


def test_who_cannot_scan_types_the_code_and_a_used_slip_says_so(phone: Seat, slip: Invitation) -> None:
    page = phone().expects("410").page
    page.goto("/pin")
    page.get_by_label("Mã trên phiếu").fill(slip.typed.upper())
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã PIN mới").fill(PIN)
    page.get_by_role("button", name="Đặt mã PIN").click()
    page.wait_for_url(re.compile(r"/$"))
    page.goto(f"/pin/{slip.token}")
    expect(page.locator("main")).to_contain_text("đã dùng rồi")
    expect(page.locator("main")).to_contain_text("xin giáo vụ in phiếu mới")


def test_a_sheet_fills_paper_without_cutting_a_slip(site: Site, seat: Seat, centre: Unit) -> None:
    """Two slips side by side are one block that no page parts, and each code can be seen by a camera."""
    staff = site.world.person(Role.STAFF, centre)
    for number in range(5):
        site.world.learner(centre, name=f"Học Viên {number}")
    page = seat(staff).page
    page.goto("/accounts?role=learner")
    for box in page.get_by_role("row", name="Học Viên").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="In phiếu đăng nhập").click()
    page.get_by_role("button", name="In phiếu", exact=True).click()
    expect(page.get_by_role("img", name="Mã QR")).to_have_count(5)
    assert page.get_by_role("img", name="Mã QR").first.evaluate("(image) => image.naturalWidth > 0")
    page.emulate_media(media="print")
    pairs = page.locator(".slip-pair")
    assert pairs.evaluate_all("(all) => all.map((one) => getComputedStyle(one).breakInside)") == ["avoid"] * 3
    expect(page.get_by_role("button", name="Chép tin gửi Zalo").first).to_be_hidden()
