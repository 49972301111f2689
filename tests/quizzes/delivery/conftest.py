"""A class with one released assessment, and somebody who sits it."""

from dataclasses import dataclass

import pytest
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import QuestionBank
from lms.quizzes.papers.models import Assessment
from tests.visitor import Visitor
from tests.world import World


@dataclass
class Sitting:
    app: Flask
    world: World
    centre: Unit
    course_class: CourseClass
    bank: QuestionBank
    lecturer: Account
    learner: Account
    assessment: Assessment

    @property
    def front(self) -> str:
        return f"/assessments/{self.assessment.public_id}"

    def visitor(self, account: Account | None = None) -> Visitor:
        return Visitor(self.app).sign_in_as(account or self.learner)

    def start(self, visitor: Visitor) -> str:
        """The address of the paper, begun now."""
        location: str = visitor.post(f"{self.front}/start").headers["Location"]
        return location


def save(
    slot: int = 1, revision: int = 1, answer: object = "b", key: str = "", **more: object
) -> dict[str, object]:
    """A save as the exam page sends it."""
    return {
        "slot": slot,
        "revision": revision,
        "base": revision - 1,
        "key": key or f"{slot}-{revision}-{answer}",
        "client": "tab-1",
        "answer": answer,
        "flagged": False,
        **more,
    }


@pytest.fixture
def sitting(app: Flask, world: World) -> Sitting:
    centre = world.centre()
    course_class = world.course_class(centre)
    bank = world.bank(centre)
    lecturer = world.person(Role.LECTURER, centre)
    assessment = world.assessment(course_class, bank, lecturer)
    learner = world.learner(world.unit(parent=centre), course_class)
    return Sitting(app, world, centre, course_class, bank, lecturer, learner, assessment)
