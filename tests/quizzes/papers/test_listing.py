"""The list of assessments: filters, order, paging, and what it costs."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState
from lms.quizzes.papers.queries import Stage
from tests.quizzes.papers.stories import Story, story
from tests.visitor import Visitor
from tests.world import World

MOST_STATEMENTS = 8


def titles(visitor: Visitor, query: str = "") -> list[str]:
    return [link.text_content() for link in visitor.page(f"/papers{query}").xpath("//tbody//th/a")]


def made(told: Story, world: World, title: str, **fields: object) -> None:
    world.assessment(told.course_class, told.bank, told.lecturer, questions=1, title=title, **fields)


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    told = story(app, world)
    now = clock.now()
    made(told, world, "Đang mở")
    made(told, world, "Sắp mở", opens_at=now + timedelta(hours=1))
    made(told, world, "Đã đóng", opens_at=now - timedelta(hours=2), closes_at=now - timedelta(hours=1))
    made(told, world, "Đang soạn", released=False)
    made(told, world, "Chờ duyệt", released=False, submitted_at=now)
    made(told, world, "Luyện tập", kind=AssessmentKind.PRACTICE)
    with UnitOfWork():
        last = db.session.scalars(sa.select(Assessment).order_by(Assessment.id.desc())).first()
        assert last is not None
        last.state = AssessmentState.ARCHIVED
    return told


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?stage=open", ["Đang mở"]),
        ("?stage=upcoming", ["Sắp mở"]),
        ("?stage=ended", ["Đã đóng"]),
        ("?stage=draft", ["Đang soạn"]),
        ("?stage=waiting", ["Chờ duyệt"]),
        ("?stage=archived", ["Luyện tập"]),
        ("?kind=practice", ["Luyện tập"]),
        ("?q=dang+mo", ["Đang mở"]),
        ("?q=ĐANG", ["Đang soạn", "Đang mở"]),
        ("?class=khong-co", []),
        ("?stage=nonsense&kind=nonsense&sort=nonsense&page=99&q=dang+mo", ["Đang mở"]),
    ],
)
def test_filters(told: Story, query: str, found: list[str]) -> None:
    assert titles(told.visit(told.staff), query) == found


def test_the_stages_part_everything(told: Story) -> None:
    staff = told.visit(told.staff)
    parts = [title for stage in Stage for title in titles(staff, f"?stage={stage.value}")]
    assert sorted(parts) == sorted(titles(staff))


def test_sorting(told: Story) -> None:
    staff = told.visit(told.staff)
    assert titles(staff, "?sort=title") == titles(staff, "?sort=-title")[::-1]
    assert len(titles(staff, "?sort=opens")) == 6


def count_statements(visitor: Visitor, url: str) -> int:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        visitor.get(url)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(
        [one for one in seen if one.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    )


def test_the_list_costs_the_same_at_one_row_and_at_thirty(app: Flask, world: World) -> None:
    told = story(app, world)
    made(told, world, "Một")
    staff = told.visit(told.staff)
    staff.get("/papers")
    one = count_statements(staff, "/papers")
    for number in range(40):
        made(told, world, f"Đề {number}")
    assert count_statements(staff, "/papers") == one
    assert one <= MOST_STATEMENTS
    assert len(titles(staff)) == 30
    assert len(titles(staff, "?page=2")) == 11


def test_an_assessment_costs_the_same_with_few_cells_and_many(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    lecturer = told.visit(told.lecturer)
    told.fill(key, {told.cell(): 1})
    lecturer.get(f"/papers/{key}")
    few = [
        count_statements(lecturer, f"/papers/{key}{path}") for path in ("", "/blueprint", "/preview?seed=1")
    ]
    told.fill(
        key,
        {
            told.cell(): 1,
            told.cell(1): 1,
            told.cell(0, "apply", "practice"): 1,
            told.cell(None, "any", "any"): 1,
        },
    )
    many = [
        count_statements(lecturer, f"/papers/{key}{path}") for path in ("", "/blueprint", "/preview?seed=1")
    ]
    assert many == few
    assert max(many) <= 12


def test_a_stranger_and_another_centre(told: Story, world: World, stranger: Visitor) -> None:
    stranger.get("/papers", 302)
    elsewhere = world.centre("Trung tâm khác")
    assert titles(told.visit(world.person(Role.LEADER, elsewhere))) == []


def test_an_empty_list_offers_the_first_step(app: Flask, world: World) -> None:
    told = story(app, world)
    assert "/papers/new" in told.visit(told.lecturer).get("/papers").get_data(as_text=True)
    assert "/papers/new" not in told.visit(told.staff).get("/papers").get_data(as_text=True)
