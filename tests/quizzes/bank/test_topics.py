"""Banks are opened, topics are added, renamed and put in order."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.bank.models import QuestionBank
from tests.quizzes.bank.stories import Story, story
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


def titles(told: Story) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [topic.title for topic in told.bank.topics]


def address(told: Story) -> str:
    return f"/bank/{told.bank.public_id}/topics"


def test_a_topic_is_added_at_the_end(told: Story) -> None:
    told.visit(told.lecturer).post(address(told), {"title": "  Xây dựng   Đảng "}, status=303)
    assert titles(told) == ["Chủ đề 1", "Chủ đề 2", "Xây dựng Đảng"]


@pytest.mark.parametrize("title", ["", " ", "x" * 201, "chủ đề 1", "CHỦ ĐỀ 1"])
def test_an_empty_a_long_and_a_repeated_title_are_refused(told: Story, title: str) -> None:
    told.visit(told.lecturer).post(address(told), {"title": title}, status=422)
    assert titles(told) == ["Chủ đề 1", "Chủ đề 2"]


def test_a_topic_is_renamed(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    first = f"{address(told)}/{told.bank.topics[0].public_id}"
    visitor.post(first, {"do": "rename", "title": "Bài 1 <b>"}, status=303)
    visitor.post(first, {"do": "rename", "title": "Chủ đề 2"}, status=422)
    assert titles(told) == ["Bài 1 <b>", "Chủ đề 2"]
    assert "Bài 1 <b>" in [field.get("value") for field in visitor.page(address(told)).xpath("//input")]


def test_topics_change_places(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    first, second = (f"{address(told)}/{topic.public_id}" for topic in told.bank.topics)
    visitor.post(second, {"do": "up"}, status=303)
    assert titles(told) == ["Chủ đề 2", "Chủ đề 1"]
    visitor.post(second, {"do": "up"}, status=303)
    visitor.post(first, {"do": "down"}, status=303)
    assert titles(told) == ["Chủ đề 2", "Chủ đề 1"]


def test_another_banks_topic_is_not_found(told: Story, world: World) -> None:
    foreign = world.bank(told.centre).topics[0].public_id
    told.visit(told.lecturer).post(f"{address(told)}/{foreign}", {"do": "rename", "title": "Lạ"}, status=404)


def test_a_bank_is_opened_for_a_centre_of_ones_own(told: Story, world: World) -> None:
    elsewhere = world.centre("Khác")
    visitor = told.visit(told.leader)
    visitor.post("/bank", {"title": "Của nơi khác", "unit": elsewhere.public_id}, status=422)
    visitor.post("/bank", {"title": "Ngân hàng mới", "unit": told.centre.public_id}, status=303)
    db.session.rollback()
    assert db.session.scalars(sa.select(QuestionBank.title).order_by(QuestionBank.id)).all()[1:] == [
        "Ngân hàng mới"
    ]


def test_a_stranger_and_readers_may_not(told: Story, world: World, stranger: Visitor) -> None:
    topic = f"{address(told)}/{told.bank.topics[0].public_id}"
    for where in (address(told), topic, "/bank"):
        stranger.post(where, {"title": "Lạ", "do": "rename"}, status=302)
        told.visit(world.person(Role.STAFF, told.centre)).post(
            where, {"title": "Lạ", "do": "rename"}, status=403
        )
    other = told.visit(world.person(Role.LECTURER, world.centre("Khác")))
    other.post(address(told), {"title": "Lạ"}, status=404)
    other.post(topic, {"title": "Lạ", "do": "rename"}, status=404)
    assert titles(told) == ["Chủ đề 1", "Chủ đề 2"]
