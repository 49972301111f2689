"""Classes: opened and corrected by staff and leaders, filled by codes or whole units, seen within the own centre."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.accounts.models import Account, AccountState, NameKind
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from tests.auth.people import also_called, code_of
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
def course_class(world: World, centre: Unit) -> CourseClass:
    return world.course_class(centre)


def _new(**changes: str) -> dict[str, str]:
    return {
        "title": "Lớp đảng viên mới khóa 8",
        "code": "DVM-08",
        "new_programme": "Bồi dưỡng đảng viên mới",
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-05",
        **changes,
    }


def _address(course_class: CourseClass, rest: str = "") -> str:
    return f"/classes/{course_class.public_id}{rest}"


def _coded(code: str) -> CourseClass | None:
    return db.session.scalars(sa.select(CourseClass).where(CourseClass.code == code)).one_or_none()


def _count(model: type[CourseClass | Programme | Enrolment]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _names(visitor: Visitor, url: str) -> list[str]:
    return [head.text_content().strip() for head in visitor.page(url).xpath("//tbody//th")]


def _states(course_class: CourseClass) -> dict[int, EnrolmentState]:
    rows = db.session.scalars(sa.select(Enrolment).where(Enrolment.class_id == course_class.id))
    return {one.account_id: one.state for one in rows}


def _paste(visitor: Visitor, course_class: CourseClass, text: str, status: int = 302) -> str:
    answer = visitor.post(_address(course_class, "/learners"), {"paste-codes": text}, status)
    return answer.get_data(as_text=True)


def _actions(course_class: CourseClass) -> list[str]:
    return [event.action for event in trail("course_class", course_class.id)]


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER])
def test_a_class_is_opened_with_a_new_programme(app: Flask, world: World, centre: Unit, role: Role) -> None:
    keeper = Visitor(app).sign_in_as(world.person(role, centre))
    keeper.get("/classes/new")
    answer = keeper.post("/classes/new", _new())
    made = _coded("DVM-08")
    assert made is not None
    assert answer.headers["Location"] == _address(made)
    assert (made.unit_id, made.title) == (centre.id, "Lớp đảng viên mới khóa 8")
    assert (made.starts_on, made.ends_on) == (date(2026, 12, 1), date(2026, 12, 5))
    assert (made.programme.unit_id, made.programme.title) == (centre.id, "Bồi dưỡng đảng viên mới")
    assert _actions(made) == ["class.opened"]
    assert "Lớp chưa có học viên" in keeper.get(_address(made)).text


def test_a_programme_is_chosen_and_the_same_title_makes_no_second_one(staff: Visitor) -> None:
    staff.post("/classes/new", _new())
    first = _coded("DVM-08")
    assert first is not None
    staff.post("/classes/new", _new(code="DVM-09", programme=first.programme.public_id, new_programme=""))
    staff.post("/classes/new", _new(code="DVM-10", new_programme="BỒI DƯỠNG đảng viên mới"))
    staff.post("/classes/new", _new(code="DVM-11", new_programme="Sơ cấp lý luận chính trị"))
    assert _count(CourseClass) == 4
    assert sorted(db.session.scalars(sa.select(Programme.code))) == ["CT1", "CT2"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2026-11-30"}, "ends_on"),
        ({"ends_on": "nonsense"}, "ends_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"code": "dvm-01"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "\u200b"}, "code"),
        ({"title": ""}, "title"),
        ({"new_programme": ""}, "programme"),
        ({"programme": "nonsense"}, "programme"),
    ],
)
def test_what_is_wrong_stands_at_its_field(staff: Visitor, changes: dict[str, str], field: str) -> None:
    staff.post("/classes/new", _new(code="DVM-01"))
    answer = staff.post("/classes/new", _new(**changes), 422)
    assert f'href="#{field}"' in answer.text
    assert (_count(CourseClass), _count(Programme)) == (1, 1)


def test_the_one_day_class_and_the_code_of_another_centre_are_right(
    world: World, centre: Unit, staff: Visitor
) -> None:
    foreign = world.course_class(world.centre("Trung tâm khác"))
    staff.post("/classes/new", _new(code=foreign.code, ends_on="2026-12-01"))
    codes = sa.select(CourseClass.unit_id).where(CourseClass.code == foreign.code)
    assert set(db.session.scalars(codes)) == {centre.id, foreign.unit_id}


def test_a_class_is_corrected(staff: Visitor, course_class: CourseClass) -> None:
    page = staff.page(_address(course_class, "/edit"))
    assert page.xpath("string(//select[@name='programme']/option[@selected]/@value)") == (
        course_class.programme.public_id
    )
    changed = _new(code=course_class.code, new_programme="", programme=course_class.programme.public_id)
    staff.post(_address(course_class, "/edit"), changed)
    assert (course_class.title, course_class.ends_on) == ("Lớp đảng viên mới khóa 8", date(2026, 12, 5))
    staff.post(_address(course_class, "/edit"), changed)
    assert _actions(course_class) == ["class.edited"]
    staff.post(_address(course_class, "/edit"), {**changed, "ends_on": "2020-01-01"}, 422)


def test_a_programme_of_another_centre_is_not_taken(
    app: Flask, world: World, course_class: CourseClass
) -> None:
    other = world.centre("Trung tâm B")
    both = world.account("Người hai nơi", other, {Role.STAFF: other, Role.LEADER: course_class.unit})
    visitor = Visitor(app).sign_in_as(both)
    data = _new(unit=other.public_id, new_programme="", programme=course_class.programme.public_id)
    assert "của trung tâm khác" in visitor.post("/classes/new", data, 422).text
    visitor.post("/classes/new", _new(unit=other.public_id))
    made = _coded("DVM-08")
    assert made is not None
    assert made.unit_id == other.id


def test_codes_are_enrolled_however_they_were_typed(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    unit = world.unit("Đảng bộ xã Tân Lập", parent=centre)
    people = [world.learner(unit, name=name) for name in ("Lê Văn Ước", "Đỗ Thị Ánh", "Trần Văn An")]
    first, second, third = map(code_of, people)
    _paste(staff, course_class, f" {first.upper()},{second}\r\n\r\n{third} ; {first}")
    assert _names(staff, _address(course_class)) == ["Trần Văn An", "Đỗ Thị Ánh", "Lê Văn Ước"]
    assert {one.unit_id for one in db.session.scalars(sa.select(Enrolment))} == {unit.id}
    event = trail("course_class", course_class.id)[0]
    assert (event.action, sorted(event.data["accounts"])) == (
        "class.enrolled",
        sorted(person.public_id for person in people),
    )
    _paste(staff, course_class, first)
    assert _count(Enrolment) == 3
    assert _actions(course_class) == ["class.enrolled"]


def _suspended(world: World, centre: Unit) -> Account:
    account = world.learner(centre)
    with UnitOfWork():
        account.state = AccountState.SUSPENDED
    return account


def _wrong_code(world: World, centre: Unit, kind: str) -> str:
    if kind == "suspended":
        return code_of(_suspended(world, centre))
    if kind == "foreign":
        return code_of(world.learner(world.centre("Trung tâm khác")))
    return code_of(world.person(Role.LECTURER, centre)) if kind == "lecturer" else "hv-khong-co"


@pytest.mark.parametrize("kind", ["unknown", "suspended", "foreign", "lecturer"])
def test_one_wrong_code_enrols_nobody_and_is_named(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass, kind: str
) -> None:
    wrong = _wrong_code(world, centre, kind).upper()
    good = code_of(world.learner(centre))
    text = _paste(staff, course_class, f"{good}\n{wrong}", 422)
    assert f"ở trung tâm: {wrong}" in text
    assert _count(Enrolment) == 0
    assert _actions(course_class) == []


def test_a_shared_number_means_nobody_and_an_empty_paste_is_refused(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    for _ in range(2):
        also_called(world.learner(centre), NameKind.PHONE, "0912345678")
    also_called(world.learner(centre), NameKind.PHONE, "0987654321")
    assert "0912345678" in _paste(staff, course_class, "0912345678", 422)
    _paste(staff, course_class, " , ;\n", 422)
    _paste(staff, course_class, " ".join(f"ma-{number}" for number in range(501)), 422)
    assert _count(Enrolment) == 0
    _paste(staff, course_class, "+84987654321")
    assert _count(Enrolment) == 1


def test_all_learners_of_a_unit_and_those_below_it(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    unit, empty = world.unit("Xã Một", parent=centre), world.unit("Xã Hai", parent=centre)
    inside = {world.learner(unit).id, world.learner(world.unit("Chi bộ 1", parent=unit)).id}
    world.learner(centre)
    _suspended(world, unit)
    world.person(Role.LECTURER, unit)
    address = _address(course_class, "/learners/unit")
    staff.post(address, {"sent-unit": ""}, 422)
    staff.post(address, {"sent-unit": unit.public_id})
    assert set(_states(course_class)) == inside
    staff.post(address, {"sent-unit": unit.public_id})
    assert "chưa có học viên nào" in staff.post(address, {"sent-unit": empty.public_id}, 422).text
    staff.post(address, {"sent-unit": world.centre("Trung tâm khác").public_id}, 422)
    assert set(_states(course_class)) == inside


def test_a_learner_withdraws_and_comes_back(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    learner = world.learner(centre, course_class)
    address = _address(course_class, f"/learners/{learner.public_id}/withdraw")
    staff.post(address)
    assert _states(course_class) == {learner.id: EnrolmentState.WITHDRAWN}
    page = staff.get(_address(course_class)).text
    assert "Đã rút khỏi lớp" in page
    assert "Cho rút" not in page
    staff.post(address, status=409)
    _paste(staff, course_class, code_of(learner))
    assert _states(course_class) == {learner.id: EnrolmentState.ACTIVE}
    assert _actions(course_class) == ["class.enrolled", "class.withdrawn"]


def test_who_never_was_in_the_class_can_not_withdraw(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    learner = world.learner(centre)
    staff.post(_address(course_class, f"/learners/{learner.public_id}/withdraw"), status=404)


@pytest.mark.parametrize("role", [Role.LECTURER, Role.OVERSEER])
def test_readers_look_and_change_nothing(
    app: Flask, world: World, centre: Unit, course_class: CourseClass, role: Role
) -> None:
    learner = world.learner(centre, course_class)
    reader = Visitor(app).sign_in_as(world.person(role, centre))
    assert _names(reader, "/classes") == [course_class.title]
    assert _names(reader, _address(course_class)) == [learner.full_name]
    assert not reader.page(_address(course_class)).xpath("//main//form")
    reader.get("/classes/new", 403)
    reader.post("/classes/new", _new(), 403)
    reader.post(_address(course_class, "/edit"), _new(), 403)
    _paste(reader, course_class, code_of(learner), 403)
    reader.post(_address(course_class, f"/learners/{learner.public_id}/withdraw"), status=403)
    assert _states(course_class) == {learner.id: EnrolmentState.ACTIVE}


@pytest.mark.parametrize("role", [Role.LEARNER, Role.UNIT, Role.ADMIN])
def test_other_roles_see_no_classes(
    app: Flask, world: World, centre: Unit, course_class: CourseClass, role: Role
) -> None:
    visitor = Visitor(app).sign_in_as(world.person(role, centre))
    visitor.get("/classes", 403)
    visitor.get(_address(course_class), 403)


def test_strangers_sign_in_first(stranger: Visitor, course_class: CourseClass) -> None:
    for address in ("/classes", _address(course_class)):
        assert "/sign-in" in stranger.get(address, 302).headers["Location"]


def test_another_centres_class_is_not_there(world: World, staff: Visitor, course_class: CourseClass) -> None:
    other = world.centre("Trung tâm khác")
    foreign = world.course_class(other)
    learner = world.learner(other, foreign)
    assert _names(staff, "/classes") == [course_class.title]
    staff.get(_address(foreign), 404)
    staff.get(_address(foreign, "/edit"), 404)
    staff.post(_address(foreign, "/edit"), _new(), 404)
    _paste(staff, foreign, code_of(learner), 404)
    staff.post(_address(foreign, "/learners/unit"), {"sent-unit": other.public_id}, 404)
    staff.post(_address(foreign, f"/learners/{learner.public_id}/withdraw"), status=404)
    assert _states(foreign) == {learner.id: EnrolmentState.ACTIVE}


def test_the_list_is_searched_without_tones_and_counts_who_is_in(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    world.learner(centre, course_class)
    gone = world.learner(centre, course_class)
    staff.post(_address(course_class, f"/learners/{gone.public_id}/withdraw"))
    staff.post("/classes/new", _new(title="Lớp cán bộ Mặt trận"))
    assert _names(staff, "/classes") == ["Lớp cán bộ Mặt trận", course_class.title]
    assert _names(staff, "/classes?q=mat tran") == ["Lớp cán bộ Mặt trận"]
    page = staff.page(f"/classes?q={course_class.code}")
    assert page.xpath("//tbody//td[@data-label='Học viên']/text()") == ["1"]


def test_as_many_statements_for_one_class_as_for_forty(world: World, centre: Unit, staff: Visitor) -> None:
    world.course_class(centre)
    with count_statements() as few:
        staff.get("/classes")
    for _ in range(39):
        world.learner(centre, world.course_class(centre))
    with count_statements() as many:
        assert len(_names(staff, "/classes")) == 30
    assert len(many) <= len(few) <= 10
    assert len(_names(staff, "/classes?page=2")) == 10
    assert "40" in staff.page("/classes").xpath("string(//main//header)")


def test_as_many_statements_for_one_learner_as_for_thirty(
    world: World, centre: Unit, staff: Visitor, course_class: CourseClass
) -> None:
    world.learner(world.unit(parent=centre), course_class)
    with count_statements() as few:
        staff.get(_address(course_class))
    for _ in range(29):
        world.learner(centre, course_class)
    with count_statements() as many:
        assert len(_names(staff, _address(course_class))) == 30
    assert len(many) <= len(few) <= 10
