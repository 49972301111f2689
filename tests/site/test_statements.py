"""How often a page asks the database: the same with thirty times as many rows, and never more than a dozen times."""

from collections.abc import Iterator
from typing import Any

import pytest

from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import ImportBatch, ImportState, QuestionBank, QuestionState
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.papers.models import Assessment
from tests.counting import counted
from tests.site.addresses import ROWS
from tests.site.house import Site
from tests.site.rows import Endpoint
from tests.site.test_routes import address_of, right_roles
from tests.world import World

READS = sorted(one for one in ROWS if one[1] == "GET")
MORE, MOST = 30, 12


def _row(site: Site, model: type[Any], name: str) -> Any:
    return db.session.query(model).filter_by(public_id=site.houses[0][name]).one()


def grow(site: Site) -> None:
    """Thirty more of what lists show, in the first centre."""
    world = World()
    world._numbers = iter(range(1000, 100_000))  # type: ignore[assignment]  # beyond the numbers that are taken
    centre, unit = _row(site, Unit, "centre"), _row(site, Unit, "unit")
    bank, course_class = _row(site, QuestionBank, "bank"), _row(site, CourseClass, "class")
    ready = _row(site, Assessment, "assessment.ready")
    lecturer = site.account("lecturer")
    batch = _row(site, ImportBatch, "batch.imported")
    for number in range(MORE):
        world.unit(parent=centre)
        learner = world.learner(unit, course_class, f"Học viên {number}")
        question = world.question(bank, lecturer, state=list(QuestionState)[number % 4]).question
        with UnitOfWork():
            question.batch_id = batch.id
        with UnitOfWork():
            start_attempt(actor=world.actor(learner), assessment_id=ready.public_id)
    for number in range(MORE // 3):
        world.bank(centre)
        other = world.course_class(centre)
        world.enrol(site.account("learner"), other)
        world.assessment(other, bank, lecturer, questions=1, released=number % 2 == 0)
        world.person(list(Role)[number % 7], centre)
        with UnitOfWork():
            db.session.add(
                ImportBatch(
                    bank_id=bank.id,
                    author_id=lecturer.id,
                    file_id=batch.file_id,
                    file_name="tep.txt",
                    state=ImportState.DRAFT,
                    created_at=batch.created_at,
                )
            )


def _counts(site: Site) -> Iterator[tuple[tuple[Endpoint, str], int]]:
    """Statements of every page, asked twice, since the first may fill a cache of what never changes."""
    for endpoint in READS:
        url = address_of(site, endpoint, ROWS[endpoint])
        for role in right_roles(site, endpoint):
            site.forget_limits()
            site.visitor(role).send("GET", url)
            with counted() as statements:
                site.visitor(role).send("GET", url)
            yield (endpoint, role), len(statements)


@pytest.mark.slow
def test_pages_ask_as_often_with_many_rows_as_with_few(site: Site) -> None:
    few = dict(_counts(site))
    grow(site)
    many = dict(_counts(site))
    site.restore()
    grown = [
        f"{one[0][0]} as {one[1]}: {few[one]} statements, then {many[one]}"
        for one in few
        if many[one] > few[one]
    ]
    assert not grown, "\n".join(grown)
    busy = [f"{one[0][0]} as {one[1]}: {count} statements" for one, count in many.items() if count > MOST]
    assert not busy, "\n".join(busy)
