"""A leader approves, returns and retires; nobody approves his own, except in a small centre."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.models import AuditEvent
from lms.auth.units.models import Unit, UnitKind
from lms.auth.units.queries import is_small_centre
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.bank.models import Decision, Question, QuestionState, ReviewDecision
from lms.quizzes.bank.queries import approved_pool
from tests.quizzes.bank.stories import Story, story
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


def imported(told: Story, author: Visitor) -> str:
    key = told.upload(author, **told.placed())
    author.post(f"/bank/import/{key}/import", status=303)
    return key


def states() -> list[str]:
    db.session.rollback()
    return [state.value for state in db.session.scalars(sa.select(Question.state).order_by(Question.id))]


def address(told: Story, question: Question, step: str) -> str:
    return f"/bank/{told.bank.public_id}/questions/{question.public_id}/{step}"


def waiting(told: Story, world: World) -> Question:
    version = world.question(told.bank, told.lecturer, state=QuestionState.IN_REVIEW)
    return version.question


def test_a_leader_approves_an_import_in_one_click(told: Story) -> None:
    key = imported(told, told.visit(told.lecturer))
    leader = told.visit(told.leader)
    page = leader.page(f"/bank/{told.bank.public_id}")
    assert page.xpath(f'//a[@href="/bank/import/{key}/approve"]')
    assert "Đồng ý cả 2 câu" in leader.page(f"/bank/import/{key}/approve").text_content()
    leader.post(f"/bank/import/{key}/approve", status=303)
    assert states() == ["approved", "approved"]
    assert len(approved_pool(told.bank.id)) == 2
    decisions = db.session.scalars(sa.select(ReviewDecision)).all()
    assert {one.reviewer_id for one in decisions} == {told.leader.id}
    assert len(decisions) == 2
    assert "import.approved" in set(db.session.scalars(sa.select(AuditEvent.action)))


def test_questions_already_decided_stay(told: Story) -> None:
    key = imported(told, told.visit(told.lecturer))
    leader = told.visit(told.leader)
    first = db.session.scalars(sa.select(Question).order_by(Question.id)).first()
    leader.post(address(told, first, "return"), {"version": "1", "reason": "Sai đáp án"}, status=303)
    leader.post(f"/bank/import/{key}/approve", status=303)
    assert states() == ["draft", "approved"]
    leader.post(f"/bank/import/{key}/approve", status=303)
    assert states() == ["draft", "approved"]


def test_an_author_cannot_approve_his_own_import(told: Story, world: World) -> None:
    both = world.account(
        "Vừa dạy vừa duyệt", told.centre, {Role.LECTURER: told.centre, Role.LEADER: told.centre}
    )
    visitor = told.visit(both)
    key = imported(told, visitor)
    page = visitor.page(f"/bank/import/{key}/approve").text_content()
    assert "cần một lãnh đạo khác duyệt" in page
    assert "Đồng ý cả" not in page
    visitor.post(f"/bank/import/{key}/approve", status=403)
    first = db.session.scalars(sa.select(Question).order_by(Question.id)).first()
    visitor.post(address(told, first, "approve"), {"version": "1"}, status=403)
    keys = db.session.scalars(sa.select(Question.public_id)).all()
    visitor.post(f"/bank/{told.bank.public_id}/bulk", {"do": "approve", "keys": keys}, status=403)
    assert states() == ["in_review", "in_review"]


def test_in_a_small_centre_the_director_approves_his_own(app: Flask, world: World) -> None:
    told = story(app, world, small_centre=True)
    both = world.account("Giám đốc", told.centre, {Role.LECTURER: told.centre, Role.LEADER: told.centre})
    visitor = told.visit(both)
    key = imported(told, visitor)
    visitor.post(f"/bank/import/{key}/approve", status=303)
    assert states() == ["approved", "approved"]


def test_a_small_centres_lecturer_still_needs_the_director(app: Flask, world: World) -> None:
    told = story(app, world, small_centre=True)
    visitor = told.visit(told.lecturer)
    visitor.post(f"/bank/import/{imported(told, visitor)}/approve", status=403)
    assert states() == ["in_review", "in_review"]


def test_the_setting_is_inherited_down_the_tree(world: World) -> None:
    def make(parent: Unit | None, **settings: object) -> Unit:
        unit = world.unit(parent=parent, kind=UnitKind.CENTRE)
        with UnitOfWork():
            unit.settings = settings
        return unit

    province = make(None, small_centre=True)
    assert is_small_centre(make(province))
    assert not is_small_centre(make(province, small_centre=False))
    assert not is_small_centre(make(None))


def test_one_question_is_approved_as_it_was_seen(told: Story, world: World) -> None:
    question = waiting(told, world)
    leader = told.visit(told.leader)
    leader.post(address(told, question, "approve"), {"version": "7"}, status=409)
    leader.post(address(told, question, "approve"), {"version": "1"}, status=303)
    assert states() == ["approved"]
    leader.post(address(told, question, "approve"), {"version": "1"}, status=409)


def test_returning_needs_a_reason_and_the_author_reads_it(told: Story, world: World) -> None:
    question = waiting(told, world)
    leader = told.visit(told.leader)
    refused = leader.post(address(told, question, "return"), {"version": "1", "reason": " "}, status=422)
    assert "Hãy ghi lý do." in refused.get_data(as_text=True)
    leader.post(address(told, question, "return"), {"version": "1", "reason": "Nêu rõ <văn bản>"}, status=303)
    assert states() == ["draft"]
    page = told.visit(told.lecturer).page(f"/bank/{told.bank.public_id}/questions/{question.public_id}")
    assert "Nêu rõ <văn bản>" in page.text_content()


def test_a_retired_question_leaves_the_pool_and_keeps_its_history(told: Story, world: World) -> None:
    version = world.question(told.bank, told.lecturer)
    assert len(approved_pool(told.bank.id)) == 1
    leader = told.visit(told.leader)
    leader.post(address(told, version.question, "retire"), {"reason": "Văn bản đã thay thế"}, status=303)
    assert states() == ["retired"]
    assert approved_pool(told.bank.id) == []
    assert db.session.scalars(sa.select(ReviewDecision.decision)).all() == [Decision.RETIRED]


def test_chosen_questions_are_submitted_and_approved_together(told: Story, world: World) -> None:
    versions = [world.question(told.bank, told.lecturer, state=QuestionState.DRAFT) for _ in range(3)]
    keys = [version.question.public_id for version in versions]
    lecturer = told.visit(told.lecturer)
    lecturer.post(f"/bank/{told.bank.public_id}/bulk", {"do": "submit", "keys": keys[:2]}, status=303)
    assert states() == ["in_review", "in_review", "draft"]
    lecturer.post(f"/bank/{told.bank.public_id}/bulk", {"do": "approve", "keys": keys}, status=403)
    told.visit(told.leader).post(
        f"/bank/{told.bank.public_id}/bulk", {"do": "approve", "keys": keys}, status=303
    )
    assert states() == ["approved", "approved", "draft"]


def test_another_banks_questions_are_left_alone(told: Story, world: World) -> None:
    elsewhere = story(told.app, world)
    foreign = waiting(elsewhere, world)
    told.visit(told.leader).post(
        f"/bank/{told.bank.public_id}/bulk", {"do": "approve", "keys": [foreign.public_id]}, status=303
    )
    assert states() == ["in_review"]


@pytest.mark.parametrize("step", ["approve", "return", "retire"])
def test_a_stranger_and_a_lecturer_may_not(told: Story, world: World, stranger: Visitor, step: str) -> None:
    question = waiting(told, world)
    fields = {"version": "1", "reason": "Lý do"}
    stranger.post(address(told, question, step), fields, status=302)
    told.visit(told.lecturer).post(address(told, question, step), fields, status=403)
    told.visit(world.person(Role.STAFF, told.centre)).post(address(told, question, step), fields, status=403)
    assert states() == ["in_review"]


@pytest.mark.parametrize("step", ["approve", "return", "retire"])
def test_another_centres_leader_does_not_find_it(told: Story, world: World, step: str) -> None:
    question = waiting(told, world)
    other = told.visit(world.person(Role.LEADER, world.centre("Trung tâm khác")))
    other.post(address(told, question, step), {"version": "1", "reason": "Lý do"}, status=404)
    assert states() == ["in_review"]


def test_a_leader_here_who_only_reads_there_may_not(told: Story, world: World) -> None:
    question = waiting(told, world)
    elsewhere = world.centre("Trung tâm khác")
    reader = world.account("Kiêm nhiệm", elsewhere, {Role.LEADER: elsewhere, Role.STAFF: told.centre})
    told.visit(reader).post(address(told, question, "approve"), {"version": "1"}, status=403)
    assert states() == ["in_review"]
