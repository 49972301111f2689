"""The main job from end to end, each step done by the person who would do it, in a browser of their own.

A Word file comes in, a practice quiz and a timed assessment are made of it, a learner sits them on a phone, staff
publish, and a mark comes out.
"""

from pathlib import Path

import pytest

from lms.auth.accounts.models import Account
from lms.core.actor import Role
from tests.browser.conftest import Seat, Site
from tests.browser.line import ABSENT, LEARNER, Line, word_file
from tests.browser.people import Person
from tests.browser.sittings import PASSWORD, give_password


@pytest.fixture
def line(site: Site, seat: Seat, phone: Seat) -> Line:
    world = site.world
    centre = world.centre("Trung tâm Chính trị đi suốt đường")
    course_class = world.course_class(centre)
    unit = world.unit(parent=centre)
    bank = world.bank(centre)
    learner = world.learner(unit, course_class, LEARNER)
    world.learner(unit, course_class, ABSENT)

    def enter(account: Account, person: Person) -> Person:
        person.sign_in(give_password(account), PASSWORD)
        return person

    return Line(
        centre=centre,
        course_class=course_class,
        bank=bank,
        lecturer=enter(world.person(Role.LECTURER, centre, "Vũ Minh Giảng"), seat()),
        leader=enter(world.person(Role.LEADER, centre, "Đặng Thị Duyệt"), seat()),
        staff=enter(world.person(Role.STAFF, centre, "Ngô Văn Vụ"), seat()),
        learner=enter(learner, phone()),
    )


def test_a_word_file_goes_in_and_a_mark_comes_out(line: Line, tmp_path: Path) -> None:
    path = word_file(tmp_path / "on-tap.docx")
    line.takes_questions_from_word(path)
    line.mends_the_doubtful_question_and_imports()
    line.approves_in_one_click(path.name)
    line.composes_practice_and_releases_it()
    line.composes_an_assessment_by_blueprint()
    line.releases_the_assessment()
    line.practises()
    line.starts_the_one_thing_due()
    line.watches_and_gives_extra_time()
    line.answers_the_rest_and_hands_in()
    line.publishes()
    line.sees_the_mark()
    line.reads_the_table_and_takes_it_to_excel(tmp_path)
    line.reads_the_statistics(tmp_path)
