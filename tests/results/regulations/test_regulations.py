"""Staff keep the centre's regulations; the leader confirms; a class keeps the version it began with."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.limits import DEFAULT, absence_limit
from lms.courses.classes.models import CourseClass
from lms.results.classification.regulation import SHORT_COURSE
from lms.results.regulations.models import ClassRegulation, ProgrammeRegulation, Regulation, RegulationVersion
from lms.results.regulations.queries import version_followed
from tests.counting import counted
from tests.visitor import Visitor
from tests.world import World


class Story:
    """A centre with staff, a leader, and one class that begins in 2026 and one that begins far ahead."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.centre: Unit = world.centre()
        self.staff = world.person(Role.STAFF, self.centre)
        self.leader = world.person(Role.LEADER, self.centre)
        self.begun = world.course_class(self.centre)
        self.coming = world.course_class(self.centre)
        with UnitOfWork():
            self.coming.programme_id = self.begun.programme_id
            self.coming.starts_on, self.coming.ends_on = date(2199, 1, 1), date(2199, 2, 1)

    def visit(self, account: Any) -> Visitor:
        return Visitor(self.app).sign_in_as(account)

    def found(self) -> str:
        """A short course's regulation, which the classes' programme points to; its address."""
        visitor = self.visit(self.staff)
        data = {"title": "Quy chế lớp ngắn ngày", "preset": "short", "unit": self.centre.public_id}
        url = visitor.post("/regulations/new", data).headers["Location"]
        visitor.post(f"{url}/programmes", {"programmes": [self.begun.programme.public_id]})
        return url


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return Story(app, world)


def typed(based_on: int = 1, **changes: str) -> dict[str, str]:
    """The short course's regulation as the form sends it."""
    data = {
        "title": "Quy chế lớp ngắn ngày",
        "based_on": str(based_on),
        "component_rounding": "exact",
        "final_rounding": "tenths",
        "absence_limit": "20",
        "every_module_test": "y",
        "lowest": "",
        "unmet": "not_eligible",
    }
    for place, one in enumerate(SHORT_COURSE.components):
        row = {"code": one.code, "title": one.title, "kind": one.kind.value, "weight": str(one.weight // 100)}
        data |= {f"components-{place}-{key}": value for key, value in row.items()}
        data[f"components-{place}-required"] = "y"
    for place, band in enumerate(SHORT_COURSE.bands):
        row = {"code": band.code, "title": band.title, "lower": str(band.lower // 100)}
        data |= {f"bands-{place}-{key}": value for key, value in row.items()}
        data |= {f"bands-{place}-passes": "y"} if band.passes else {}
    return {**data, **changes}


def newest() -> RegulationVersion:
    return db.session.scalars(sa.select(RegulationVersion).order_by(RegulationVersion.number.desc())).first()  # type: ignore[return-value]


def test_a_regulation_begins_from_a_preset_that_nobody_compared(told: Story) -> None:
    staff = told.visit(told.staff)
    assert "Chưa có quy chế nào" in staff.page("/regulations").text_content()
    url = told.found()
    page = staff.page(url).text_content()
    assert "Chưa đối chiếu" in page
    assert "60\u00a0%" in page
    assert newest().content == SHORT_COURSE.to_json()
    assert "Chưa đối chiếu" in staff.page("/regulations").text_content()


def test_two_of_one_name_are_refused(told: Story) -> None:
    told.found()
    data = {"title": " quy chế  LỚP ngắn ngày ", "preset": "elementary", "unit": told.centre.public_id}
    refused = told.visit(told.staff).post("/regulations/new", data, status=422)
    assert "đã có quy chế mang tên này" in refused.get_data(as_text=True)


def test_the_leader_confirms_and_names_the_text(told: Story) -> None:
    url = told.found()
    version = f"{url}/versions/{newest().public_id}"
    leader = told.visit(told.leader)
    refused = leader.post(f"{version}/confirm", {"source": "  "}, status=422)
    assert "Hãy ghi số, ngày" in refused.get_data(as_text=True)
    leader.post(f"{version}/confirm", {"source": "Quyết định 12-QĐ/TTCT ngày 3/1/2026"})
    page = leader.page(url).text_content()
    assert "Đã đối chiếu với Quyết định 12-QĐ/TTCT" in page
    leader.post(f"{version}/confirm", {"source": "Lần nữa"}, status=409)
    told.visit(told.staff).post(f"{version}/confirm", {"source": "Tôi"}, status=403)


def test_weights_that_do_not_sum_to_100_say_by_how_much_and_keep_what_was_typed(told: Story) -> None:
    url = told.found()
    staff = told.visit(told.staff)
    refused = staff.post(f"{url}/edit", typed(**{"components-3-weight": "55"}), status=422).get_data(
        as_text=True
    )
    assert "còn thiếu 5\u00a0%" in refused
    assert 'value="55"' in refused
    nonsense = staff.post(f"{url}/edit", typed(**{"components-3-weight": "nhiều"}), status=422)
    assert "Viết bằng số từ 0 đến 100" in nonsense.get_data(as_text=True)
    empty = staff.post(f"{url}/edit", {"title": "X"}, status=422).get_data(as_text=True)
    assert "Chưa có thành phần điểm nào" in empty
    assert newest().number == 1


def test_a_new_version_keeps_codes_drops_empty_rows_and_takes_new_ones(told: Story) -> None:
    url = told.found()
    staff = told.visit(told.staff)
    changes = {
        "components-1-title": "", "components-1-weight": "",
        "components-4-title": "Kiểm tra chuyên đề", "components-4-kind": "module_test",
        "components-4-weight": "10", "components-4-minimum": "3,5", "components-4-required": "y",
    }  # fmt: skip
    staff.post(f"{url}/edit", typed(**changes))
    version = newest()
    assert version.number == 2
    assert [(one["code"], one["weight"], one["minimum"]) for one in version.content["components"]] == [
        ("attendance", 1000, None), ("essay", 2000, None), ("final", 6000, None), ("module_test", 1000, 350),
    ]  # fmt: skip
    assert version.confirmed_at is None
    staff.post(f"{url}/edit", typed(based_on=1, absence_limit="10"), status=302)
    assert newest().number == 2, "an older page must not overwrite a newer version"
    assert staff.page(f"{url}/edit").xpath("//input[@name='components-3-minimum']/@value") == ["3,5"]


def test_a_class_that_has_begun_keeps_its_version(told: Story) -> None:
    url = told.found()
    begun, coming = told.begun.id, told.coming.id
    told.visit(told.staff).post(f"{url}/edit", typed(absence_limit="10"))
    kept, new = version_followed(begun), version_followed(coming)
    assert kept is not None
    assert new is not None
    assert (kept.number, new.number) == (1, 2)
    assert absence_limit(begun) == Fraction(1, 5)
    assert absence_limit(coming) == Fraction(1, 10)
    settled = db.session.scalars(sa.select(ClassRegulation)).all()
    assert [one.class_id for one in settled] == [begun]


def test_the_limit_is_one_statement_and_falls_back(told: Story) -> None:
    other: CourseClass = told.world.course_class(told.centre)
    assert absence_limit(other.id) == DEFAULT
    told.found()
    absence_limit(told.begun.id)
    number = told.begun.id
    with counted() as statements:
        assert absence_limit(number) == Fraction(1, 5)
    assert len(statements) == 1


def test_without_a_limit_all_may_be_missed(told: Story) -> None:
    url = told.found()
    told.visit(told.staff).post(f"{url}/edit", typed(absence_limit=""))
    assert absence_limit(told.coming.id) == 1


def test_a_programme_taken_away_leaves_begun_classes_alone(told: Story) -> None:
    url = told.found()
    begun, coming = told.begun.id, told.coming.id
    told.visit(told.staff).post(f"{url}/programmes", {})
    assert db.session.scalars(sa.select(ProgrammeRegulation)).all() == []
    assert version_followed(begun) is not None
    assert version_followed(coming) is None


def test_a_stranger_may_not(told: Story, stranger: Visitor) -> None:
    url = told.found()
    version = newest().public_id
    stranger.get("/regulations", status=302)
    for role in (Role.LEARNER, Role.LECTURER, Role.OVERSEER, Role.UNIT):
        visitor = told.visit(told.world.person(role, told.centre))
        visitor.get("/regulations", status=403)
        visitor.get(url, status=403)
        visitor.post(f"{url}/edit", typed(), status=403)
    other = told.world.centre("Trung tâm khác")
    for role in (Role.STAFF, Role.LEADER):
        visitor = told.visit(told.world.person(role, other))
        assert "Quy chế lớp ngắn ngày" not in visitor.page("/regulations").text_content()
        for path in (url, f"{url}/edit", f"{url}/versions/{version}"):
            visitor.get(path, status=404)
        visitor.post(f"{url}/edit", typed(absence_limit="9"), status=404)
        visitor.post(f"{url}/programmes", {}, status=404)
    told.visit(told.world.person(Role.LEADER, other)).post(
        f"{url}/versions/{version}/confirm", {"source": "x"}, status=404
    )
    foreign = told.world.course_class(other).programme.public_id
    told.visit(told.staff).post(f"{url}/programmes", {"programmes": [foreign]}, status=404)
    assert db.session.scalars(sa.select(Regulation)).one().title == "Quy chế lớp ngắn ngày"
