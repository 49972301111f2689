"""A lecturer writes and revises questions; every change is a new version."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import SourceDocument
from lms.quizzes import kinds
from lms.quizzes.bank.models import Question, QuestionState, QuestionVersion
from lms.quizzes.bank.queries import approved_pool
from tests.quizzes.bank.stories import Story, story
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


def new(told: Story) -> str:
    return f"/bank/{told.bank.public_id}/questions/new"


def edit(told: Story, question: Question) -> str:
    return f"/bank/{told.bank.public_id}/questions/{question.public_id}/edit"


def latest() -> QuestionVersion:
    db.session.rollback()
    newest = sa.select(QuestionVersion).order_by(QuestionVersion.id.desc()).limit(1)
    return db.session.scalars(newest).one()


def none_is_written() -> bool:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(QuestionVersion)) == 0


KINDS: dict[str, tuple[dict[str, Any], object]] = {
    "single_choice": (
        {"option-A": "Một", "option-B": "Hai", "key": "B"},
        {"correct": ["b"]},
    ),
    "multiple_response": (
        {"option-A": "Một", "option-B": "Hai", "option-C": "Ba", "key": ["A", "C"], "policy": "partial"},
        {"correct": ["a", "c"], "policy": "partial"},
    ),
    "true_false": ({"key": "F"}, {"correct": False}),
    "true_false_group": (
        {"option-A": "Một", "truth-A": "T", "option-B": "Hai", "truth-B": "F"},
        {"correct": {"a": True, "b": False}, "policy": "proportional"},
    ),
    "short_answer": (
        {"key": "Hà Nội\n\nThủ đô Hà Nội", "compare": "search"},
        {"accepted": ["Hà Nội", "Thủ đô Hà Nội"], "compare": "search"},
    ),
    "numerical": (
        {"key": "8,5", "tolerance": "0,1", "unit": "km"},
        {"value": "8.5", "tolerance": "0.1"},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_and_shown(told: Story, kind: str) -> None:
    fields, key = KINDS[kind]
    visitor = told.visit(told.lecturer)
    visitor.get(f"{new(told)}?kind={kind}")
    visitor.post(
        new(told),
        {"do": "save", "shown_kind": kind, "kind": kind, "stem": "Câu hỏi?", **told.placed(), **fields},
        status=303,
    )
    version = latest()
    assert (version.kind, version.key, version.number) == (kind, key, 1)
    assert kinds.get(kind).check(version.content, version.key) == []
    assert version.question.state is QuestionState.DRAFT
    page = visitor.page(f"/bank/{told.bank.public_id}/questions/{version.question.public_id}")
    assert "Câu hỏi?" in page.text_content()
    visitor.get(edit(told, version.question))


def test_every_kind_that_exists_is_written_above() -> None:
    assert set(KINDS) == set(kinds.names())


def test_a_question_that_is_not_fit_is_shown_again_with_what_is_wrong(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    fields = {"do": "save", "shown_kind": "single_choice", "stem": "Giữ lại", "option-A": "Một"}
    page = visitor.post(new(told), {**fields, **told.placed()}, status=422).get_data(as_text=True)
    assert "Cần ít nhất 2 phương án." in page
    assert "Chưa chọn đáp án đúng." in page
    assert "Giữ lại" in page
    page = visitor.post(new(told), fields, status=422).get_data(as_text=True)
    assert "Chọn chủ đề." in page
    assert none_is_written()


def test_one_more_row_keeps_what_was_typed(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    options = {f"option-{letter}": letter * 3 for letter in "ABCD"}
    fields = {"do": "row", "shown_kind": "single_choice", "stem": "Giữ lại", **options}
    page = visitor.post(new(told), fields, status=200).get_data(as_text=True)
    assert 'name="option-E"' in page
    assert "DDD" in page


def test_an_edit_is_a_new_version_and_papers_keep_the_approved_one(told: Story, world: World) -> None:
    version = world.question(told.bank, told.lecturer)
    visitor = told.visit(told.lecturer)
    page = visitor.page(edit(told, version.question))
    form = next(form for form in page.forms if form.xpath('.//*[@name="option-A"]'))
    fields = {**dict(form.form_values()), "stem": "Câu đã sửa?", "do": "save", "kind": "single_choice"}
    fields.pop("csrf_token")
    visitor.post(edit(told, version.question), fields, status=303)
    second = latest()
    assert (second.number, second.plain.split("\n")[0]) == (2, "Câu đã sửa?")
    assert second.content["options"] == version.content["options"]
    assert second.question.state is QuestionState.DRAFT
    assert [row.version_id for row in approved_pool(told.bank.id)] == [version.id]
    shown = visitor.page(f"/bank/{told.bank.public_id}/questions/{version.question.public_id}?version=1")
    assert "Đang xem bản 1" in shown.text_content()
    visitor.post(edit(told, version.question), {**fields, "stem": "Cũ"}, status=409)
    assert latest().number == 2


def test_a_source_document_is_cited(told: Story, world: World) -> None:
    other = world.centre("Khác")
    with UnitOfWork():
        source = SourceDocument(unit_id=told.centre.id, code="DL", number="Điều lệ", title="Điều lệ mẫu")
        elsewhere = SourceDocument(unit_id=other.id, code="X", number="X", title="Của nơi khác")
        db.session.add_all([source, elsewhere])
    visitor = told.visit(told.lecturer)
    fields, _ = KINDS["true_false"]
    wanted = {"do": "save", "shown_kind": "true_false", "stem": "Câu?", **told.placed(), **fields}
    visitor.post(new(told), {**wanted, "source": elsewhere.public_id}, status=422)
    visitor.post(new(told), {**wanted, "source": source.public_id, "source_place": "Điều 1"}, status=303)
    assert (latest().source_id, latest().source_place) == (source.id, "Điều 1")


def test_extra_fields_are_ignored(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    fields, _ = KINDS["true_false"]
    extra = {"state": "approved", "author_id": "1", "approved_version_id": "1", "number": "9"}
    wanted = {"do": "save", "shown_kind": "true_false", "stem": "Câu?", **told.placed(), **fields, **extra}
    visitor.post(new(told), wanted, status=303)
    assert latest().question.state is QuestionState.DRAFT
    assert latest().author_id == told.lecturer.id
    assert latest().question.approved_version_id is None


def test_another_banks_topic_is_refused(told: Story, world: World) -> None:
    foreign = world.bank(told.centre).topics[0].public_id
    fields, _ = KINDS["true_false"]
    wanted = {
        "do": "save",
        "shown_kind": "true_false",
        "stem": "Câu?",
        **told.placed(),
        **fields,
        "topic": foreign,
    }
    told.visit(told.lecturer).post(new(told), wanted, status=422)
    assert none_is_written()


def test_a_draft_is_submitted_once(told: Story, world: World) -> None:
    question = world.question(told.bank, told.lecturer, state=QuestionState.DRAFT).question
    visitor = told.visit(told.lecturer)
    submit = edit(told, question).removesuffix("edit") + "submit"
    visitor.post(submit, status=303)
    visitor.post(submit, status=409)
    db.session.rollback()
    assert db.session.scalars(sa.select(Question.state)).all() == [QuestionState.IN_REVIEW]


def test_a_stranger_and_readers_may_not(told: Story, world: World, stranger: Visitor) -> None:
    question = world.question(told.bank, told.lecturer).question
    for address in (new(told), edit(told, question)):
        stranger.get(address, 302)
        stranger.post(address, status=302)
        for role in (Role.STAFF, Role.LEADER, Role.OVERSEER, Role.LEARNER):
            told.visit(world.person(role, told.centre)).get(address, 403)
    assert latest().number == 1


def test_another_centre_does_not_find_it(told: Story, world: World) -> None:
    question = world.question(told.bank, told.lecturer).question
    other = told.visit(world.person(Role.LECTURER, world.centre("Khác")))
    for address in (new(told), edit(told, question), edit(told, question).removesuffix("/edit")):
        other.get(address, 404)


def test_a_question_is_not_found_under_another_bank(told: Story, world: World) -> None:
    question = world.question(told.bank, told.lecturer).question
    second = world.bank(told.centre)
    told.visit(told.lecturer).get(f"/bank/{second.public_id}/questions/{question.public_id}", 404)
