"""What is arranged for a class: place, due date, lecturers, quotas, monitor; and a large class at few statements."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import ClassQuota, CourseClass, Enrolment
from tests.counting import counted
from tests.visitor import Visitor
from tests.world import World

LEARNERS, MODULES, STATEMENTS = 120, 18, 10


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre()


@pytest.fixture
def course_class(world: World, centre: Unit) -> CourseClass:
    return world.course_class(centre)


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre))


def _typed(course_class: CourseClass, **changes: object) -> dict[str, object]:
    return {
        "title": course_class.title,
        "code": course_class.code,
        "programme": course_class.programme.public_id,
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-05",
        **changes,
    }


def test_place_due_date_and_lecturers_are_set(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    first, second = (world.person(Role.LECTURER, centre, name) for name in ("Lê Giảng", "Võ Dạy"))
    url = f"/classes/{course_class.public_id}/edit"
    both = _typed(
        course_class,
        place="Hội trường",
        nominate_by="2026-11-25",
        lecturers=[first.public_id, second.public_id],
    )
    staff.post(url, both)
    assert (course_class.place, course_class.nominate_by) == ("Hội trường", date(2026, 11, 25))
    assert {one.account_id for one in course_class.lecturers} == {first.id, second.id}
    assert "Võ Dạy, Lê Giảng" in staff.get(f"/classes/{course_class.public_id}").text
    staff.post(url, _typed(course_class, lecturers=[second.public_id]))
    assert [one.account_id for one in course_class.lecturers] == [second.id]
    assert course_class.nominate_by is None
    staff.post(url, _typed(course_class, nominate_by="2027-01-01"), 422)
    foreign = world.person(Role.LECTURER, world.centre("Trung tâm khác"))
    staff.post(url, _typed(course_class, lecturers=[foreign.public_id]), 422)


def test_quotas_are_set_changed_and_removed(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    unit, foreign = world.unit(parent=centre), world.unit(parent=world.centre("Trung tâm khác"))
    url = f"/classes/{course_class.public_id}/quotas"
    for places in (10, 12):
        staff.post(url, {"unit": unit.public_id, "places": str(places)})
        assert db.session.scalars(sa.select(ClassQuota.places)).all() == [places]
    for wrong in ({"places": "-1"}, {"places": "nhiều"}, {"unit": foreign.public_id}):
        staff.post(url, {"unit": unit.public_id, "places": "5", **wrong}, 422)
    assert unit.name in staff.get(url).text
    staff.post(f"{url}/{unit.public_id}/remove")
    assert not db.session.scalars(sa.select(ClassQuota)).all()


def test_places_within_a_units_own_are_counted_once(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    unit = world.unit(parent=centre)
    url = f"/classes/{course_class.public_id}/quotas"
    for one, places in ((unit, 10), (world.unit(parent=unit), 4), (world.unit(parent=centre), 3)):
        staff.post(url, {"unit": one.public_id, "places": str(places)})
    assert "Cả lớp: 13 chỗ" in staff.get(url).text


def _monitors() -> set[int]:
    return set(db.session.scalars(sa.select(Enrolment.account_id).where(Enrolment.is_monitor)))


def test_a_learner_becomes_monitor_until_withdrawn(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    learner: Account = world.learner(centre, course_class)
    url = f"/classes/{course_class.public_id}/learners/{learner.public_id}"
    staff.post(f"{url}/monitor", {"monitor": "1"})
    assert _monitors() == {learner.id}
    assert "Lớp trưởng" in staff.get(f"/classes/{course_class.public_id}").text
    staff.post(f"{url}/monitor", {"monitor": "0"})
    assert not _monitors()
    staff.post(f"{url}/monitor", {"monitor": "1"})
    staff.post(f"{url}/withdraw")
    assert not _monitors()
    staff.post(f"{url}/monitor", {"monitor": "1"}, 409)


def test_a_lecturer_and_another_centre_may_not(
    app: Flask, world: World, centre: Unit, course_class: CourseClass
) -> None:
    learner = world.learner(centre, course_class)
    lecturer = Visitor(app).sign_in_as(world.person(Role.LECTURER, centre))
    stranger = Visitor(app).sign_in_as(world.person(Role.STAFF, world.centre("Trung tâm khác")))
    for visitor, status in ((lecturer, 403), (stranger, 404)):
        visitor.get(f"/classes/{course_class.public_id}/quotas", status)
        url = f"/classes/{course_class.public_id}/learners/{learner.public_id}/monitor"
        visitor.post(url, {"monitor": "1"}, status)
    assert not _monitors()


def test_a_large_class_is_one_page_of_few_statements(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    units = [world.unit(parent=centre) for _ in range(6)]
    for number in range(LEARNERS):
        world.learner(units[number % 6], course_class, f"Học viên {number}")
    with UnitOfWork():
        for position in range(MODULES):
            programme_id = course_class.programme_id
            db.session.add(Module(programme_id=programme_id, position=position, title=f"Bài {position}"))
    url = f"/classes/{course_class.public_id}"
    staff.get(url)
    with counted() as statements:
        page = staff.page(url)
    assert len(page.xpath("//tbody/tr")) == LEARNERS
    assert len(statements) <= STATEMENTS, statements
