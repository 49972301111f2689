"""A learner practises: an answer, what it is worth and why, the next question, as often as wanted."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.delivery.models import Attempt, AttemptState, Response
from lms.quizzes.papers.models import Assessment, AssessmentKind
from lms.results.gradebook.models import Result
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def practice(world: World) -> Assessment:
    centre = world.centre()
    course_class = world.course_class(centre)
    lecturer = world.person(Role.LECTURER, centre)
    return world.assessment(
        course_class,
        world.bank(centre),
        lecturer,
        kind=AssessmentKind.PRACTICE,
        questions=2,
        attempts_allowed=0,
        minutes=None,
    )


@pytest.fixture
def visitor(app: Flask, world: World, practice: Assessment) -> Visitor:
    return Visitor(app).sign_in_as(world.learner(practice.unit, practice.course_class))


def start(visitor: Visitor, practice: Assessment) -> str:
    location: str = visitor.post(f"/assessments/{practice.public_id}/start").headers["Location"]
    return location.rsplit("/", 1)[0]


def test_nothing_is_told_before_the_answer_and_all_after_it(visitor: Visitor, practice: Assessment) -> None:
    address = start(visitor, practice)
    before = visitor.get(f"{address}/1").get_data(as_text=True)
    assert "CANARY" not in before
    assert "Đáp án đúng" not in before
    visitor.post(f"{address}/1", {"answer-1": "a"})
    after = visitor.get(f"{address}/1").get_data(as_text=True)
    assert "Chưa đúng" in after
    assert "CANARY-GIAI-THICH" in after
    assert "Đáp án đúng" in after


def test_a_right_answer_is_praised_plainly(visitor: Visitor, practice: Assessment) -> None:
    address = start(visitor, practice)
    visitor.post(f"{address}/1", {"answer-1": "b"})
    assert "Đúng rồi" in visitor.get(f"{address}/1").get_data(as_text=True)


def test_the_endpoints_of_a_graded_paper_do_not_change_the_first_answer(
    visitor: Visitor, practice: Assessment
) -> None:
    address = start(visitor, practice)
    paper = address.replace("/practice/", "/attempts/")
    visitor.post(f"{address}/1", {"answer-1": "a"})
    again = {"slot": 1, "revision": 2, "base": 1, "key": "k", "client": "practice", "answer": "b"}
    visitor.post_json(f"{paper}/answers", again, 422)
    visitor.post_json(f"{paper}/answers", {**again, "revision": 1, "base": 0}, 409)
    visitor.post(f"{paper}/finish", {"base-1": "1", "answer-1": "b"}, 422)
    assert db.session.scalars(sa.select(Response.answer)).all() == ["a"]


def test_the_first_answer_counts(visitor: Visitor, practice: Assessment) -> None:
    address = start(visitor, practice)
    visitor.post(f"{address}/1", {"answer-1": "a"})
    visitor.post(f"{address}/1", {"answer-1": "b"}, status=409)


def test_an_empty_answer_asks_again(visitor: Visitor, practice: Assessment) -> None:
    address = start(visitor, practice)
    page = visitor.post(f"{address}/1", {}, status=422).get_data(as_text=True)
    assert "Hãy chọn câu trả lời trước" in page
    visitor.post(f"{address}/1", {"answer-1": "x"}, status=422)
    visitor.get(f"{address}/3", 404)
    visitor.get(f"{address}/0", 404)


def test_the_summary_and_once_more(visitor: Visitor, practice: Assessment) -> None:
    address = start(visitor, practice)
    visitor.post(f"{address}/1", {"answer-1": "a"})
    visitor.post(f"{address}/2", {"answer-2": "b"})
    visitor.post(f"{address}/finish")
    assert "1/2" in visitor.get(address).get_data(as_text=True)
    assert start(visitor, practice) != address
    db.session.rollback()
    states = [one.state for one in db.session.scalars(sa.select(Attempt).order_by(Attempt.number))]
    assert states == [AttemptState.CLOSED, AttemptState.IN_PROGRESS]
    assert db.session.scalars(sa.select(Result)).all() == []


def test_a_stranger_may_not(app: Flask, world: World, visitor: Visitor, practice: Assessment) -> None:
    address = start(visitor, practice)
    classmate = Visitor(app).sign_in_as(world.learner(practice.unit, practice.course_class))
    classmate.get(f"{address}/1", 404)
    classmate.post(f"{address}/1", {"answer-1": "a"}, status=404)
    classmate.post(f"{address}/finish", status=404)
    classmate.get(address, 404)
