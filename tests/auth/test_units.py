"""The tree of units: seen within the own scope, added to, renamed with the names of before kept, set up."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.units.models import Unit, UnitKind
from lms.auth.units.operations import add_unit
from lms.auth.units.queries import heading, name_at
from lms.core import clock
from lms.core.actor import Role, nobody
from lms.core.db import UnitOfWork, db
from lms.core.errors import NotAllowed
from tests.auth.statements import count_statements
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre("Trung tâm Chính trị A")


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre))


@pytest.fixture
def admin(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.ADMIN, centre))


def _tree(visitor: Visitor, query: str = "") -> list[str]:
    return [head.text_content().strip() for head in visitor.page(f"/units{query}").xpath("//tbody//th")]


def _called(name: str) -> Unit | None:
    return db.session.scalars(sa.select(Unit).where(Unit.name == name)).one_or_none()


def _new(**changes: str) -> dict[str, str]:
    return {"name": "Đảng bộ xã Mới", "short_name": "Xã Mới", "code": "M1", "kind": "party_org", **changes}


def test_the_tree_is_in_vietnamese_order_below_its_parents(
    world: World, centre: Unit, staff: Visitor
) -> None:
    second, first = world.unit("Xã Đông", parent=centre), world.unit("Xã Dương", parent=centre)
    world.unit("Chi bộ 10", parent=first)
    world.unit("Chi bộ 2", parent=first)
    world.unit("Chi bộ 1", parent=second)
    world.centre("Trung tâm khác")
    assert _tree(staff) == [
        "Trung tâm Chính trị A",
        "— Xã Dương",
        "— — Chi bộ 2",
        "— — Chi bộ 10",
        "— Xã Đông",
        "— — Chi bộ 1",
    ]
    assert _tree(staff, "?q=xa dong") == ["Xã Đông"]


def test_as_many_statements_for_one_as_for_thirty(world: World, centre: Unit, staff: Visitor) -> None:
    with count_statements() as few:
        _tree(staff)
    for number in range(30):
        world.unit(f"Xã {number}", parent=centre)
    with count_statements() as many:
        assert len(_tree(staff)) == 31
    assert len(many) <= len(few) <= 8


def test_a_unit_is_added_below_another(centre: Unit, staff: Visitor) -> None:
    staff.get(f"/units/{centre.public_id}/new")
    staff.post(f"/units/{centre.public_id}/new", _new())
    unit = _called("Đảng bộ xã Mới")
    assert unit is not None
    assert unit.path == f"{centre.path}{unit.id}/"
    assert (unit.kind, unit.code, unit.short_name) == (UnitKind.PARTY_ORG, "M1", "Xã Mới")
    assert [name.name for name in unit.names] == ["Đảng bộ xã Mới"]
    assert [event.action for event in trail("unit", unit.id)] == ["unit.added"]


@pytest.mark.parametrize(
    "changes", [{"name": "ĐẢNG BỘ XÃ CŨ"}, {"code": "c1"}, {"name": ""}, {"kind": "nonsense"}]
)
def test_a_double_or_empty_one_is_refused(
    world: World, centre: Unit, staff: Visitor, changes: dict[str, str]
) -> None:
    old = world.unit("Đảng bộ xã Cũ", parent=centre)
    with UnitOfWork():
        old.code = "C1"
    staff.post(f"/units/{centre.public_id}/new", _new(**changes), 422)
    assert len(_tree(staff)) == 2


def test_staff_add_no_centre_and_administrators_do(centre: Unit, staff: Visitor, admin: Visitor) -> None:
    staff.post(f"/units/{centre.public_id}/new", _new(kind="centre"), 422)
    assert _called("Đảng bộ xã Mới") is None
    admin.post(f"/units/{centre.public_id}/new", _new(kind="centre"))
    assert _called("Đảng bộ xã Mới") is not None


def test_fields_that_the_form_does_not_have_change_nothing(
    centre: Unit, world: World, staff: Visitor
) -> None:
    foreign = world.centre("Trung tâm khác")
    planted = {
        "parent_id": str(foreign.id),
        "path": foreign.path,
        "settings": '{"small_centre": true}',
        "id": "1",
    }
    staff.post(f"/units/{centre.public_id}/new", _new(**planted))
    unit = _called("Đảng bộ xã Mới")
    assert unit is not None
    assert unit.path.startswith(centre.path)
    assert unit.settings == {}


def test_a_renamed_unit_keeps_its_former_names(world: World, centre: Unit, staff: Visitor) -> None:
    unit = world.unit("Đảng bộ xã Cũ", parent=centre)
    url = f"/units/{unit.public_id}"
    staff.post(f"{url}/name", {"name": "Đảng bộ xã Hai", "short_name": "Xã Hai", "since": "2025-07-01"})
    staff.post(f"{url}/name", {"name": "Đảng bộ xã Ba", "short_name": "", "since": "2026-03-01"})
    assert unit.name == "Đảng bộ xã Ba"
    days = [date(2019, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [name_at(unit, day) for day in days] == [
        "Đảng bộ xã Cũ",
        "Đảng bộ xã Cũ",
        "Đảng bộ xã Hai",
        "Đảng bộ xã Hai",
        "Đảng bộ xã Ba",
    ]
    assert _tree(staff, "?q=xa ba") == ["Đảng bộ xã Ba"]
    page = staff.get(url).get_data(as_text=True)
    assert "Đảng bộ xã Cũ" in page
    assert [event.data["to"] for event in trail("unit", unit.id)] == ["Đảng bộ xã Ba", "Đảng bộ xã Hai"]


def test_the_present_name_of_one_that_never_was_renamed(world: World) -> None:
    assert name_at(world.unit("Xã A"), date(1990, 1, 1)) == "Xã A"


@pytest.mark.parametrize("since", ["2999-01-01", "2019-12-31", "2020-01-01", "", "hôm qua"])
def test_a_day_that_cannot_be_is_refused(world: World, centre: Unit, staff: Visitor, since: str) -> None:
    unit = world.unit("Đảng bộ xã Cũ", parent=centre)
    staff.post(f"/units/{unit.public_id}/name", {"name": "Đảng bộ xã Hai", "since": since}, 422)
    assert unit.name == "Đảng bộ xã Cũ"
    assert name_at(unit, date(2999, 1, 1)) == "Đảng bộ xã Cũ"


def test_a_renamed_centre_heads_the_pages_at_once(app: Flask, centre: Unit, admin: Visitor) -> None:
    assert "Trung tâm Chính trị A" in admin.get("/units").get_data(as_text=True)
    form = {"name": "Trung tâm Chính trị B", "short_name": "", "since": clock.now().date().isoformat()}
    admin.post(f"/units/{centre.public_id}/name", form)
    assert heading(None) == "Trung tâm Chính trị B"
    assert "Trung tâm Chính trị A" not in admin.page("/units").xpath("string(//header)")


def test_a_centre_is_set_up_by_its_administrator(centre: Unit, admin: Visitor, staff: Visitor) -> None:
    url = f"/units/{centre.public_id}/settings"
    with UnitOfWork():
        centre.settings = {"place": "Sơn Tây"}
    form = {"centre-superior": "  Đảng ủy xã  Tân Lập ", "centre-small_centre": "y"}
    staff.post(url, form, 403)
    assert centre.settings == {"place": "Sơn Tây"}
    admin.post(url, form)
    assert centre.settings == {"place": "Sơn Tây", "small_centre": True, "superior": "Đảng ủy xã Tân Lập"}
    page = admin.page(f"/units/{centre.public_id}")
    assert page.xpath("//input[@name='centre-small_centre']")[0].checked
    admin.post(url, {"centre-superior": ""})
    assert centre.settings["small_centre"] is False


def test_staff_do_not_rename_the_centre(centre: Unit, staff: Visitor) -> None:
    staff.post(f"/units/{centre.public_id}/name", {"name": "Khác", "since": "2026-01-01"}, 403)
    assert centre.name == "Trung tâm Chính trị A"


def test_only_a_centre_has_settings(world: World, centre: Unit, admin: Visitor) -> None:
    unit = world.unit("Xã A", parent=centre)
    admin.post(f"/units/{unit.public_id}/settings", {"centre-superior": "x"}, 422)


def test_units_of_others_are_not_found(world: World, staff: Visitor, admin: Visitor) -> None:
    foreign = world.unit("Xã Khác", parent=world.centre("Trung tâm khác"))
    for visitor in (staff, admin):
        visitor.get(f"/units/{foreign.public_id}", 404)
        visitor.get(f"/units/{foreign.public_id}/new", 404)
        visitor.post(f"/units/{foreign.public_id}/new", _new(), 404)
        visitor.post(f"/units/{foreign.public_id}/name", {"name": "x", "since": "2026-01-01"}, 404)
        visitor.post(f"/units/{foreign.public_id}/settings", {}, 404)


@pytest.mark.parametrize("role", [Role.LEARNER, Role.LECTURER, Role.UNIT, Role.OVERSEER, Role.LEADER])
def test_others_may_not(app: Flask, world: World, centre: Unit, role: Role) -> None:
    visitor = Visitor(app).sign_in_as(world.person(role, centre))
    visitor.get("/units", 403)
    visitor.post(f"/units/{centre.public_id}/new", _new(), 403)


def test_a_root_is_planted_from_the_terminal_only(world: World, centre: Unit) -> None:
    boss = world.actor(world.person(Role.ADMIN, centre))
    with pytest.raises(NotAllowed), UnitOfWork():
        add_unit(actor=boss, parent=None, kind=UnitKind.CENTRE, name="Cây mới")
    with UnitOfWork():
        root = add_unit(actor=nobody(), parent=None, kind=UnitKind.CENTRE, name="Cây mới")
    assert root.path == f"/{root.id}/"
