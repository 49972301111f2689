"""A centre with a class, its module, and the people of the stories."""

from dataclasses import dataclass

import pytest
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from tests.courses.study.stories import module_of
from tests.visitor import Visitor
from tests.world import World


@dataclass
class School:
    """Where the stories happen."""

    app: Flask
    world: World
    centre: Unit
    course_class: CourseClass
    module: Module
    lecturer: Account
    staff: Account
    learner: Account

    def visit(self, account: Account) -> Visitor:
        """The person's browser."""
        return Visitor(self.app).sign_in_as(account)

    @property
    def learn(self) -> str:
        """The class's address for learners."""
        return f"/learn/{self.course_class.public_id}"

    @property
    def study(self) -> str:
        """The class's address for who keeps it."""
        return f"/classes/{self.course_class.public_id}/study"


@pytest.fixture
def school(app: Flask, world: World) -> School:
    centre = world.centre("Trung tâm Chính trị A")
    course_class = world.course_class(centre)
    return School(
        app,
        world,
        centre,
        course_class,
        module_of(course_class.programme, "Chuyên đề một"),
        world.person(Role.LECTURER, centre),
        world.person(Role.STAFF, centre),
        world.learner(centre, course_class),
    )
