"""Staff keep programmes: made, renamed, their modules put in order; what is in use is not deleted."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Module, Prerequisite, Programme
from tests.courses.study.stories import lesson_in, module_of
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre("Trung tâm Chính trị A")


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre))


@pytest.fixture
def programme(world: World, centre: Unit) -> Programme:
    return world.course_class(centre).programme


def _titles(programme: Programme) -> list[str]:
    return list(
        db.session.scalars(
            sa.select(Module.title).where(Module.programme_id == programme.id).order_by(Module.position)
        )
    )


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER])
def test_a_programme_is_made_with_its_modules(app: Flask, world: World, centre: Unit, role: Role) -> None:
    keeper = Visitor(app).sign_in_as(world.person(role, centre))
    keeper.post("/programmes/new", {"title": "Sơ cấp lý luận", "code": "SC", "module_word": "Bài"})
    made = db.session.scalars(sa.select(Programme).where(Programme.code == "SC")).one()
    assert made.module_word == "bài"
    for title in ("Triết học", "Kinh tế chính trị", "Xây dựng Đảng"):
        keeper.post(f"/programmes/{made.public_id}/modules", {"title": title, "periods": "5"})
    assert _titles(made) == ["Triết học", "Kinh tế chính trị", "Xây dựng Đảng"]
    page = keeper.page(f"/programmes/{made.public_id}")
    assert "Nội dung (bài)" in page.text_content()
    assert "15" in page.text_content()
    assert {one.action for one in trail("programme", made.id)} == {"programme.made", "programme.module_added"}


def test_modules_change_places_and_keep_positions_without_a_gap(staff: Visitor, programme: Programme) -> None:
    modules = [module_of(programme, title) for title in ("Một", "Hai", "Ba")]
    at = f"/programmes/{programme.public_id}/modules"
    staff.post(f"{at}/{modules[2].public_id}/move?to=up")
    assert _titles(programme) == ["Một", "Ba", "Hai"]
    staff.post(f"{at}/{modules[0].public_id}/move?to=up")
    assert _titles(programme) == ["Một", "Ba", "Hai"]
    staff.post(f"{at}/{modules[0].public_id}/delete")
    assert _titles(programme) == ["Ba", "Hai"]
    positions = (
        sa.select(Module.position).where(Module.programme_id == programme.id).order_by(Module.position)
    )
    assert list(db.session.scalars(positions)) == [1, 2]


def test_a_module_is_renamed(staff: Visitor, programme: Programme) -> None:
    module = module_of(programme, "Tên cũ")
    url = f"/programmes/{programme.public_id}/modules/{module.public_id}"
    staff.get(url)
    staff.post(url, {"title": "  Tên   mới ", "periods": "8"})
    changed = db.session.get_one(Module, module.id)
    assert (changed.title, changed.periods) == ("Tên mới", 8)
    assert "nguyên" in staff.post(url, {"title": "Tên mới", "periods": "nhiều"}, 422).get_data(as_text=True)


def test_a_module_with_lessons_is_not_deleted(
    staff: Visitor, programme: Programme, world: World, centre: Unit
) -> None:
    module = module_of(programme, "Đang dùng")
    lesson_in(module, world.person(Role.LECTURER, centre))
    url = f"/programmes/{programme.public_id}/modules/{module.public_id}/delete"
    answer = staff.post(url, status=409).get_data(as_text=True)
    assert "chưa xóa được" in answer
    assert _titles(programme) == ["Đang dùng"]


def test_a_programme_asks_for_another_but_not_in_a_circle(staff: Visitor, world: World, centre: Unit) -> None:
    first, second = world.course_class(centre).programme, world.course_class(centre).programme
    with UnitOfWork():
        second.title = "Sơ cấp lý luận chính trị"
    data = {"title": "Đảng viên mới", "code": "DVM"}
    staff.post(f"/programmes/{first.public_id}/edit", {**data, "required": second.public_id})
    assert db.session.scalars(sa.select(Prerequisite.required_id)).all() == [second.id]
    circle = {"title": second.title, "code": second.code, "required": first.public_id}
    answer = staff.post(f"/programmes/{second.public_id}/edit", circle, 422).get_data(as_text=True)
    assert "không thể là điều kiện của nhau" in answer
    staff.post(f"/programmes/{first.public_id}/edit", data)
    assert db.session.scalars(sa.select(Prerequisite.required_id)).all() == []


def test_codes_and_titles_come_once(staff: Visitor, programme: Programme) -> None:
    taken = {"title": programme.title, "code": programme.code.lower()}
    text = staff.post("/programmes/new", taken, 422).get_data(as_text=True)
    assert "mang mã này" in text
    assert "mang tên này" in text


def test_an_empty_centre_is_told_the_first_step(staff: Visitor) -> None:
    assert "Chưa có chương trình nào" in staff.get("/programmes").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.LECTURER, Role.OVERSEER])
def test_who_only_reads_changes_nothing(
    app: Flask, world: World, centre: Unit, programme: Programme, role: Role
) -> None:
    reader = Visitor(app).sign_in_as(world.person(role, centre))
    page = reader.page(f"/programmes/{programme.public_id}")
    assert not page.xpath("//main//form")
    reader.get(f"/programmes/{programme.public_id}/edit", 403)
    reader.post(f"/programmes/{programme.public_id}/modules", {"title": "X", "periods": "1"}, 403)


def test_a_stranger_may_not(app: Flask, world: World, programme: Programme, stranger: Visitor) -> None:
    stranger.get(f"/programmes/{programme.public_id}", 302)
    elsewhere = Visitor(app).sign_in_as(world.person(Role.STAFF, world.centre("Trung tâm B")))
    elsewhere.get(f"/programmes/{programme.public_id}", 404)
    elsewhere.post(f"/programmes/{programme.public_id}/modules", {"title": "X", "periods": "1"}, 404)
    assert "Bồi dưỡng" not in elsewhere.get("/programmes").get_data(as_text=True)
