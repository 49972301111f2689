"""A lecturer sets up an assessment and fills its blueprint."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.accounts.models import RoleGrant
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState, BlueprintCell, ReviewRule
from tests.quizzes.papers.stories import story
from tests.visitor import Visitor
from tests.world import World


def test_a_graded_assessment_is_stored_as_typed(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose(pass_mark="6,5", opens_at="2099-11-27T08:00", closes_at="2099-11-27T17:30")
    stored = told.stored(key)
    assert stored.kind is AssessmentKind.FINAL_TEST
    assert stored.state is AssessmentState.DRAFT
    assert (stored.pass_mark, stored.time_limit, stored.attempts_allowed) == (650, 45 * 60, 1)
    assert stored.opens_at is not None
    assert stored.opens_at.isoformat() == "2099-11-27T01:00:00+00:00"
    assert stored.author_id == told.lecturer.id
    assert stored.unit_id == told.centre.id
    assert [event.action for event in trail("assessment", stored.id)] == ["assessment.created"]


def test_practice_begins_open_and_explained(app: Flask, world: World) -> None:
    told = story(app, world)
    page = told.visit(told.lecturer).page("/papers/new?kind=practice")
    assert page.xpath('string(//input[@name="attempts_allowed"]/@value)') == "0"
    assert (
        page.xpath('string(//select[@name="review_rule"]/option[@selected]/@value)') == "key_and_explanation"
    )
    assert not page.xpath('//*[@name="time_limit" or @name="pass_mark"]')
    key = told.compose(
        "practice", attempts_allowed="0", opens_at="", closes_at="", review_rule="key_and_explanation"
    )
    stored = told.stored(key)
    assert (stored.time_limit, stored.attempts_allowed) == (None, 0)
    assert stored.review_rule is ReviewRule.KEY_AND_EXPLANATION


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_at": "2099-11-27T17:00", "closes_at": "2099-11-27T08:00"}, "closes_at"),
        ({"opens_at": "2020-01-01T08:00", "closes_at": "2020-01-02T08:00"}, "closes_at"),
        ({"opens_at": "2099-11-27T08:00", "closes_at": "2099-11-27T08:30"}, "time_limit"),
        ({"time_limit": "0"}, "time_limit"),
        ({"time_limit": "-5"}, "time_limit"),
        ({"time_limit": "nửa giờ"}, "time_limit"),
        ({"attempts_allowed": "0"}, "attempts_allowed"),
        ({"attempts_allowed": "1000"}, "attempts_allowed"),
        ({"pass_mark": "mười"}, "pass_mark"),
        ({"pass_mark": "11"}, "pass_mark"),
        ({"pass_mark": "5,005"}, "pass_mark"),
        ({"title": "   "}, "title"),
        ({"title": "x" * 251}, "title"),
        ({"opens_at": "mai"}, "opens_at"),
        ({"course_class": "khong-co"}, "course_class"),
        ({"bank": "khong-co"}, "bank"),
        ({"review_rule": "everything"}, "review_rule"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_stored(
    app: Flask, world: World, changes: dict[str, str], field: str
) -> None:
    told = story(app, world)
    answer = told.visit(told.lecturer).post("/papers/new?kind=final_test", told.fields(**changes), status=422)
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count(Assessment.id))) == 0


@pytest.mark.parametrize("typed", ["5", "5,0", "5.0", " 5,00 "])
def test_a_pass_mark_is_read_as_people_write_it(app: Flask, world: World, typed: str) -> None:
    told = story(app, world)
    assert told.stored(told.compose(pass_mark=typed)).pass_mark == 500


def test_the_form_sets_nothing_else(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose(
        state="released", author_id=str(told.leader.id), unit_id="999", pool="{}", released_at="2020-01-01"
    )
    stored = told.stored(key)
    assert (stored.state, stored.author_id, stored.unit_id) == (
        AssessmentState.DRAFT,
        told.lecturer.id,
        told.centre.id,
    )
    assert stored.pool is None


def test_a_blueprint_is_stored_and_shown(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 3, told.cell(0, "apply", "practice"): 1, told.cell(None, "any", "any"): 1})
    cells = [
        (cell.topic_id, cell.level, cell.aspect, cell.count, cell.weight) for cell in told.stored(key).cells
    ]
    topic = told.bank.topics[0].id
    assert cells == [
        (topic, "recognise", "theory", 3, 200),
        (topic, "apply", "practice", 1, 200),
        (None, None, None, 1, 200),
    ]
    page = told.visit(told.lecturer).page(f"/papers/{key}/blueprint")
    assert page.xpath("string(//tfoot//strong[@data-sum-all])") == "5"
    assert page.xpath('string(//strong[@data-sum-column="recognise-theory"])') == "3"
    assert page.xpath('string(//span[@data-sum-aspect="practice"])') == "1"
    have = page.xpath(f'string(//span[@id="{told.cell()}-have"])')
    assert have == "/4"


def test_weights_by_level(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    weights = {
        "w-recognise": "0,25",
        "w-understand": "0,5",
        "w-apply": "1",
        "w-apply_high": "1,5",
        "w-any": "1",
    }
    told.fill(key, {told.cell(): 2, told.cell(0, "apply", "practice"): 1}, weights="levels", **weights)
    assert [cell.weight for cell in told.stored(key).cells] == [25, 100]
    told.fill(key, {told.cell(): 2}, 422, weights="levels", **{**weights, "w-recognise": "0"})
    assert [cell.weight for cell in told.stored(key).cells] == [25, 100]


@pytest.mark.parametrize("typed", ["-1", "1,5", "hai", "301", "99999", "１"])
def test_a_wrong_number_keeps_the_blueprint_as_it_was(app: Flask, world: World, typed: str) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2})
    told.fill(key, {told.cell(): 1, told.cell(1): typed}, 422)
    assert [cell.count for cell in told.stored(key).cells] == [2]


def test_a_blueprint_takes_no_topic_of_another_bank(app: Flask, world: World) -> None:
    told = story(app, world)
    other = world.bank(told.centre)
    key = told.compose()
    told.fill(key, {f"n-{other.topics[0].public_id}-recognise-theory": 5, told.cell(): 1})
    assert [cell.count for cell in told.stored(key).cells] == [1]


def test_practice_the_quick_way(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose("practice", attempts_allowed="0")
    data = {"revision": "1", "questions": "6", "topics": [topic.public_id for topic in told.bank.topics]}
    told.visit(told.lecturer).post(f"/papers/{key}/blueprint/quick", data, status=303)
    topics = told.bank.topics
    assert [(cell.topic_id, cell.level, cell.count) for cell in told.stored(key).cells] == [
        (topics[0].id, None, 4),
        (topics[1].id, None, 2),
    ]
    told.visit(told.lecturer).post(
        f"/papers/{key}/blueprint/quick", {"revision": "2", "questions": "6"}, status=422
    )


def test_two_tabs_do_not_overwrite_each_other(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2})
    data = {"revision": "1", "weights": "even", told.cell(): "4"}
    told.visit(told.lecturer).post(f"/papers/{key}/blueprint", data, status=409)
    told.visit(told.lecturer).post(f"/papers/{key}/edit", told.fields(revision="1", title="Khác"), status=409)
    assert [cell.count for cell in told.stored(key).cells] == [2]


def test_another_bank_empties_the_blueprint(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2})
    other = world.bank(told.centre)
    told.visit(told.lecturer).post(
        f"/papers/{key}/edit", told.fields(revision="2", bank=other.public_id), status=303
    )
    assert told.stored(key).cells == []
    assert db.session.scalar(sa.select(sa.func.count(BlueprintCell.id))) == 0


def test_a_stranger_and_a_learner_may_not(app: Flask, world: World, stranger: Visitor) -> None:
    told = story(app, world)
    key = told.compose()
    learner = told.visit(world.learner(told.centre, told.course_class))
    for path in (
        "/papers",
        "/papers/new",
        f"/papers/{key}",
        f"/papers/{key}/edit",
        f"/papers/{key}/blueprint",
    ):
        assert "/sign-in" in stranger.get(path, 302).headers["Location"]
        learner.get(path, 403)
    learner.post("/papers/new?kind=practice", told.fields(), status=403)
    stranger.post(f"/papers/{key}/blueprint", {"revision": "1"}, status=302)


def test_staff_read_and_write_nothing(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    staff = told.visit(told.staff)
    assert not staff.page(f"/papers/{key}").xpath(f'//a[contains(@href, "/papers/{key}/edit")]')
    staff.get(f"/papers/{key}/edit", 403)
    staff.post(f"/papers/{key}/blueprint", {"revision": "1", told.cell(): "1"}, status=403)


def test_a_colleague_reads_and_does_not_edit(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    colleague = told.visit(world.person(Role.LECTURER, told.centre))
    colleague.get(f"/papers/{key}")
    colleague.get(f"/papers/{key}/edit", 403)
    colleague.post(f"/papers/{key}/blueprint", {"revision": "1", told.cell(): "1"}, status=403)
    colleague.post(f"/papers/{key}/delete", status=403)


def test_another_centre_finds_nothing(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    elsewhere = world.centre("Trung tâm khác")
    other = told.visit(
        world.account("Người khác", elsewhere, {Role.LECTURER: elsewhere, Role.LEADER: elsewhere})
    )
    assert key not in other.get("/papers").get_data(as_text=True)
    for path in ("", "/edit", "/blueprint", "/preview", "/preview/print"):
        other.get(f"/papers/{key}{path}", 404)
    for verb in (
        "edit",
        "blueprint",
        "blueprint/quick",
        "submit",
        "return",
        "release",
        "withdraw",
        "archive",
        "duplicate",
        "delete",
    ):
        other.post(f"/papers/{key}/{verb}", {"revision": "1"}, status=404)
    answer = other.post("/papers/new?kind=final_test", told.fields(), status=422).get_data(as_text=True)
    assert 'id="course_class-error"' in answer
    assert 'id="bank-error"' in answer


def test_a_bank_of_another_centre_is_refused_even_to_who_teaches_at_both(app: Flask, world: World) -> None:
    told = story(app, world)
    elsewhere = world.centre("Trung tâm khác")
    both = world.account("Hai nơi", told.centre, {Role.LECTURER: told.centre})
    other_bank = world.bank(elsewhere)
    with UnitOfWork():
        db.session.add(RoleGrant(account_id=both.id, role=Role.LECTURER, unit_id=elsewhere.id))
    answer = told.visit(both).post(
        "/papers/new?kind=final_test", told.fields(bank=other_bank.public_id), status=422
    )
    assert 'id="bank-error"' in answer.get_data(as_text=True)


def test_a_copy_belongs_to_who_made_it(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    colleague = world.person(Role.LECTURER, told.centre)
    answer = told.visit(colleague).post(f"/papers/{key}/duplicate", status=303)
    copy = told.stored(answer.headers["Location"].split("/")[-2])
    assert (copy.state, copy.author_id, copy.opens_at, copy.pool) == (
        AssessmentState.DRAFT,
        colleague.id,
        None,
        None,
    )
    assert [(cell.topic_id, cell.count) for cell in copy.cells] == [
        (cell.topic_id, cell.count) for cell in told.stored(key).cells
    ]
    told.visit(told.staff).post(f"/papers/{key}/duplicate", status=403)


def test_a_draft_can_be_deleted_and_a_released_one_cannot(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2})
    number = told.stored(key).id
    told.visit(told.lecturer).post(f"/papers/{key}/delete", status=303)
    told.visit(told.lecturer).get(f"/papers/{key}", 404)
    assert trail("assessment", number)[0].action == "assessment.deleted"
    released = told.released()
    told.visit(told.lecturer).post(f"/papers/{released}/delete", status=403)
