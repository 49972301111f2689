"""Taking a person in, and correcting what is known."""

import unicodedata

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.accounts.models import Account, NameKind
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import db
from tests.auth.people import also_called
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre()


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre, "Giáo Vụ"))


@pytest.fixture
def admin(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.ADMIN, centre, "Quản Trị"))


def _form(where: Unit, **changes: str) -> dict[str, str]:
    return {
        "full_name": "Nguyễn Văn Mới",
        "born": "22/11/1979",
        "unit": where.public_id,
        "code": "HV-100",
        **changes,
    }


def _made() -> Account | None:
    return db.session.scalars(sa.select(Account).where(Account.full_name == "Nguyễn Văn Mới")).one_or_none()


def test_a_learner_is_taken_in(staff: Visitor, centre: Unit) -> None:
    answer = staff.post(
        "/accounts/new", _form(centre, phone="+84 912 345 678, 0987.654.321", email="Moi@Xa.vn")
    )
    account = _made()
    assert account is not None
    assert answer.headers["Location"] == f"/accounts/{account.public_id}"
    assert sorted(name.value for name in account.names) == ["0912345678", "0987654321", "hv-100", "moi@xa.vn"]
    assert account.born == "22/11/1979"
    assert [(grant.role, grant.unit_id) for grant in account.grants] == [(Role.LEARNER, centre.id)]
    assert account.password_hash == ""
    assert account.must_change_password
    [event] = trail("account", account.id)
    assert (event.action, event.actor_name) == ("account.created", "Giáo Vụ")
    assert "Chưa có mật khẩu" in staff.get("/accounts").get_data(as_text=True)


def test_fields_that_the_form_does_not_have_change_nothing(staff: Visitor, centre: Unit) -> None:
    planted = {
        "role": "admin",
        "is_admin": "1",
        "roles": "admin",
        "grants": "admin",
        "state": "suspended",
        "password_hash": "x",
        "must_change_password": "",
        "public_id": "chosen",
        "id": "1",
        "unit_id": "1",
    }
    staff.post("/accounts/new", _form(centre, **planted))
    account = _made()
    assert account is not None
    assert [grant.role for grant in account.grants] == [Role.LEARNER]
    assert (account.password_hash, account.state.value, account.must_change_password) == ("", "active", True)
    assert account.public_id != "chosen"
    staff.post(f"/accounts/{account.public_id}/edit", _form(centre, **planted))
    assert [grant.role for grant in account.grants] == [Role.LEARNER]
    assert (account.password_hash, account.state.value, account.must_change_password) == ("", "active", True)


def test_an_administrator_may_choose_the_role(admin: Visitor, centre: Unit) -> None:
    admin.post("/accounts/new", _form(centre, role="lecturer"))
    account = _made()
    assert account is not None
    assert [grant.role for grant in account.grants] == [Role.LECTURER]


def test_one_who_is_admin_elsewhere_is_only_staff_here(app: Flask, world: World, centre: Unit) -> None:
    other = world.centre("Trung tâm khác")
    both = Visitor(app).sign_in_as(world.account("Hai Nơi", centre, {Role.STAFF: centre, Role.ADMIN: other}))
    both.post("/accounts/new", _form(centre, role="lecturer"), 403)
    assert _made() is None
    both.post("/accounts/new", _form(other, role="lecturer"))
    assert _made() is not None


def test_nobody_is_put_into_a_foreign_unit(staff: Visitor, world: World, centre: Unit) -> None:
    foreign = world.centre("Trung tâm khác")
    staff.post("/accounts/new", _form(foreign), 422)
    assert _made() is None


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("full_name", "", "Hãy nhập họ và tên"),
        ("full_name", " \u200b ", "Hãy nhập họ và tên"),
        ("born", "31/02/1979", "Ngày sinh có dạng"),
        ("born", "hôm qua", "Ngày sinh có dạng"),
        ("born", "1850", "Ngày sinh có dạng"),
        ("born", "2999", "Ngày sinh có dạng"),
        ("code", "mã số", "Mã chỉ gồm"),
        ("code", "hv\u0430", "Mã chỉ gồm"),
        ("code", "", "Cần ít nhất một tên"),
        ("phone", "12", "Số điện thoại gồm"),
        ("email", "không có", "Thư điện tử có dạng"),
        ("unit", "", "Hãy chọn đơn vị"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    staff: Visitor, centre: Unit, field: str, value: str, problem: str
) -> None:
    page = staff.post("/accounts/new", _form(centre, **{field: value}), 422).get_data(as_text=True)
    assert problem in page
    assert _made() is None


@pytest.mark.parametrize("born", ["", "1985", "11/1979", "02/09/1945"])
def test_a_birth_date_stays_as_it_was_given(staff: Visitor, centre: Unit, born: str) -> None:
    staff.post("/accounts/new", _form(centre, born=born))
    account = _made()
    assert account is not None
    assert account.born == born


@pytest.mark.parametrize(
    "typed",
    [
        "HV-7",
        "hv-7 ",
        " h v-7",
        "ＨＶ-7",
        "hv\u200b-7",
        "\ufeffhv-7",
        unicodedata.normalize("NFD", "Hv-7"),
        "ℎv-7",
    ],
)
def test_a_name_like_somebody_elses_is_his(staff: Visitor, world: World, centre: Unit, typed: str) -> None:
    also_called(world.person(Role.LEARNER, centre, "Có Trước"), NameKind.CODE, "hv-7")
    page = staff.post("/accounts/new", _form(centre, code=typed), 422).get_data(as_text=True)
    assert "Đã có người khác đăng nhập bằng tên này" in page
    assert _made() is None


def test_a_code_or_address_cannot_be_taken_as_another_kind_either(
    staff: Visitor, world: World, centre: Unit
) -> None:
    first = world.person(Role.LEARNER, centre, "Có Trước")
    also_called(first, NameKind.PHONE, "0912345678")
    also_called(first, NameKind.CODE, "2026001234")
    staff.post("/accounts/new", _form(centre, code="0912 345 678"), 422)
    staff.post("/accounts/new", _form(centre, code="", phone="2026.001.234"), 422)
    assert _made() is None


def test_a_phone_may_be_shared_by_a_few(staff: Visitor, world: World, centre: Unit) -> None:
    for _ in range(4):
        also_called(world.person(Role.LEARNER, centre), NameKind.PHONE, "0912345678")
    staff.post("/accounts/new", _form(centre, code="", phone="0912345678"))
    answer = staff.post(
        "/accounts/new", _form(centre, full_name="Người Thứ Sáu", code="", phone="0912345678"), 422
    )
    assert "5 người dùng chung" in answer.get_data(as_text=True)


def test_data_are_corrected_and_the_role_moves_along(staff: Visitor, world: World, centre: Unit) -> None:
    first, second = world.unit("Xã A", parent=centre), world.unit("Xã B", parent=centre)
    account = world.person(Role.LEARNER, first, "Trần Thị Bình")
    url = f"/accounts/{account.public_id}/edit"
    shown = staff.page(f"/accounts/{account.public_id}")
    assert shown.xpath("string(//h1)").strip().startswith("Trần Thị Bình")
    assert account.names[0].value in shown.text_content()
    page = staff.page(url)
    assert page.xpath("//input[@name='full_name']")[0].value == "Trần Thị Bình"
    staff.post(url, _form(second, full_name="Trần Thị Bính", code="hv-8", born="1990"))
    assert (account.full_name, account.born, account.unit_id) == ("Trần Thị Bính", "1990", second.id)
    assert [grant.unit_id for grant in account.grants] == [second.id]
    assert [name.value for name in account.names] == ["hv-8"]
    [event] = trail("account", account.id)
    assert event.data["full_name"] == ["Trần Thị Bình", "Trần Thị Bính"]
    assert "Trần Thị Bình → Trần Thị Bính" in staff.get(f"/accounts/{account.public_id}").get_data(
        as_text=True
    )


def test_the_own_names_are_no_collision(staff: Visitor, world: World, centre: Unit) -> None:
    account = world.person(Role.LEARNER, centre)
    staff.post(f"/accounts/{account.public_id}/edit", _form(centre, code=account.names[0].value.upper()))
    assert account.full_name == "Nguyễn Văn Mới"


def test_a_name_may_change_its_kind(staff: Visitor, world: World, centre: Unit) -> None:
    account = also_called(world.person(Role.LEARNER, centre), NameKind.PHONE, "0912345678")
    staff.post(f"/accounts/{account.public_id}/edit", _form(centre, code="0912345678"))
    assert [(name.kind, name.value) for name in account.names] == [(NameKind.CODE, "0912345678")]


def test_people_of_other_centres_are_not_found(staff: Visitor, world: World, centre: Unit) -> None:
    foreign = world.person(Role.LEARNER, world.centre("Trung tâm khác"))
    url = f"/accounts/{foreign.public_id}"
    staff.get(f"{url}/edit", 404)
    staff.post(f"{url}/edit", _form(centre), 404)
    staff.post(f"{url}/suspend", {"reason-reason": "x"}, 404)
    staff.post(f"{url}/resume", {"reason-reason": "x"}, 404)
    staff.post(f"{url}/slip", status=404)
    staff.post("/accounts/slips", {"keys": foreign.public_id}, 404)
    assert foreign.full_name != "Nguyễn Văn Mới"


@pytest.mark.parametrize("role", [Role.LEARNER, Role.LECTURER, Role.UNIT, Role.OVERSEER, Role.LEADER])
def test_others_may_not(app: Flask, world: World, centre: Unit, role: Role) -> None:
    visitor = Visitor(app).sign_in_as(world.person(role, centre))
    visitor.get("/accounts/new", 403)
    visitor.post("/accounts/new", _form(centre), 403)
    assert _made() is None
