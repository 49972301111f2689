"""The list of people: Vietnamese order, search without marks, filters, pages, and nobody of another centre."""

import lxml.html
import pytest
from flask import Flask

from lms.auth.accounts.models import AccountState, NameKind
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from tests.auth.people import also_called
from tests.auth.statements import count_statements
from tests.visitor import Visitor
from tests.world import World


def _names(visitor: Visitor, query: str = "") -> list[str]:
    page: lxml.html.HtmlElement = visitor.page(f"/accounts{query}")
    return [link.text for link in page.xpath("//tbody//th/a")]


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre()


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre, "Đỗ Thị Giáo Vụ"))


def test_by_given_name_in_vietnamese_order(world: World, centre: Unit, staff: Visitor) -> None:
    for name in ("Trần Đức", "Lê Ân", "Phạm An", "Nguyễn Bình", "Bùi Ánh", "Vũ Dung"):
        world.person(Role.LEARNER, centre, name)
    wanted = ["Phạm An", "Bùi Ánh", "Lê Ân", "Nguyễn Bình", "Vũ Dung", "Trần Đức", "Đỗ Thị Giáo Vụ"]
    assert _names(staff) == wanted
    assert _names(staff, "?sort=-name") == wanted[::-1]


def test_found_without_marks_and_by_name_to_sign_in(world: World, centre: Unit, staff: Visitor) -> None:
    found = world.person(Role.LEARNER, centre, "Nguyễn Văn Đức")
    also_called(found, NameKind.PHONE, "0912345678")
    world.person(Role.LEARNER, centre, "Trần Thị Bình")
    for query in ("nguyen van duc", "DUC", "Đức nguyễn", "0912.345", "+84912345678"):
        assert _names(staff, f"?q={query.replace('+', '%2B')}") == ["Nguyễn Văn Đức"], query
    assert _names(staff, "?q=khong co ai") == []
    assert _names(staff, "?q=%25") == []


def test_narrowed_by_role_unit_and_state(world: World, centre: Unit, staff: Visitor) -> None:
    commune = world.unit("Đảng bộ xã A", parent=centre)
    below = world.unit("Chi bộ thôn 1", parent=commune)
    learner = world.person(Role.LEARNER, below, "Hà Học Viên")
    world.person(Role.LECTURER, centre, "Lý Giảng Viên")
    with UnitOfWork():
        learner.state = AccountState.SUSPENDED
    assert _names(staff, "?role=lecturer") == ["Lý Giảng Viên"]
    assert _names(staff, f"?unit={commune.public_id}") == ["Hà Học Viên"]
    assert _names(staff, "?state=suspended") == ["Hà Học Viên"]
    assert "Hà Học Viên" not in _names(staff, "?state=active")
    assert len(_names(staff, "?role=nonsense&unit=nonsense&state=nonsense&page=nonsense&sort=nonsense")) == 3


def test_pages_say_how_many_there_are(world: World, centre: Unit, staff: Visitor) -> None:
    for number in range(60):
        world.person(Role.LEARNER, centre, f"Học Viên {number:02d}")
    first, second = _names(staff), _names(staff, "?page=2")
    assert len(first) == 50
    assert len(second) == 11
    assert not set(first) & set(second)
    assert "61 người" in staff.get("/accounts").get_data(as_text=True)


def test_as_many_statements_for_one_as_for_thirty(world: World, centre: Unit, staff: Visitor) -> None:
    with count_statements() as few:
        _names(staff)
    for number in range(30):
        world.person(Role.LEARNER, world.unit(f"Đơn vị {number}", parent=centre), f"Học Viên {number:02d}")
    with count_statements() as many:
        assert len(_names(staff)) == 31
    assert len(many) <= len(few)
    assert len(few) <= 9, few


def test_nobody_of_another_centre(world: World, centre: Unit, staff: Visitor) -> None:
    other = world.centre("Trung tâm khác")
    foreign = world.person(Role.LEARNER, other, "Người Nơi Khác")
    assert "Người Nơi Khác" not in _names(staff)
    assert _names(staff, f"?unit={other.public_id}") == _names(staff)
    staff.get(f"/accounts/{foreign.public_id}", 404)


def test_an_invited_lecturer_is_seen_with_the_role_held_here_only(
    app: Flask, world: World, centre: Unit, staff: Visitor
) -> None:
    other = world.centre("Trung tâm khác")
    world.account("Lê Mời Giảng", other, {Role.LECTURER: centre, Role.ADMIN: other})
    page = staff.page("/accounts?q=moi giang")
    row = page.xpath("//tbody/tr")[0].text_content()
    assert "Giảng viên" in row
    assert "Quản trị" not in row


@pytest.mark.parametrize("role", [Role.LEARNER, Role.LECTURER, Role.UNIT, Role.OVERSEER, Role.LEADER])
def test_others_may_not(app: Flask, world: World, centre: Unit, role: Role) -> None:
    Visitor(app).sign_in_as(world.person(role, centre)).get("/accounts", 403)


def test_a_stranger_may_not(stranger: Visitor, world: World) -> None:
    assert stranger.get("/accounts", 302).headers["Location"].startswith("/sign-in")
