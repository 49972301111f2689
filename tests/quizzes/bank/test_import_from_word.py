"""A lecturer brings a file of questions into the bank."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.models import AuditEvent
from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.bank.models import ImportState, Question, QuestionState
from tests.quizzes.bank.stories import TEXT, Story, story
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


def count() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Question.id))) or 0


def test_a_file_becomes_questions_in_review(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, **told.placed())
    page = lecturer.page(f"/bank/import/{key}")
    numbers = [item.text_content().split()[0] for item in page.xpath('//nav[@id="import-list"]//li')]
    assert numbers == ["3", "1", "2"]
    batch = told.batch(key)
    assert batch.state is ImportState.DRAFT
    assert count() == 0
    third = told.items(key)[2]
    lecturer.post(f"/bank/import/{key}/items/{third}", {"key": "A"}, status=303)
    lecturer.post(f"/bank/import/{key}/items/{third}", {"do": "accept"}, status=303)
    lecturer.post(f"/bank/import/{key}/import", status=303)
    questions = db.session.scalars(sa.select(Question).order_by(Question.id)).all()
    assert [question.latest.key["correct"] for question in questions] == [["b"], ["c"], ["a"]]
    assert [question.latest.content["options"][1]["text"] for question in questions] == [
        "Đỏ",
        "Sáu ngày",
        "Tây",
    ]
    assert {question.state for question in questions} == {QuestionState.IN_REVIEW}
    assert told.batch(key).state is ImportState.IMPORTED
    actions = set(db.session.scalars(sa.select(AuditEvent.action)))
    assert {"import.uploaded", "import.mended", "import.accepted", "import.brought_in"} <= actions


def test_the_page_that_waits_goes_on_by_itself(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, read=False)
    page = lecturer.page(f"/bank/import/{key}")
    address = page.xpath("//@data-poll-url")[0]
    assert lecturer.get(address).get_json()["state"] == "running"
    told.read()
    news = lecturer.get(address).get_json()
    assert (news["state"], news["next_url"]) == ("finished", f"/bank/import/{key}")


def test_reading_twice_changes_nothing(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, **told.placed())
    told.read_again(key)
    assert len(told.items(key)) == 3


def test_what_is_understood_is_shown_with_its_key_and_evidence(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer)
    first = told.items(key)[0]
    page = lecturer.page(f"/bank/import/{key}?item={first}")
    assert "Đáp án B · theo dòng đáp án" in " ".join(page.text_content().split())
    marked = page.xpath('//li[contains(@class, "is-key")]')
    assert [option.xpath('.//div[@class="look-text"]')[0].text_content().strip() for option in marked] == [
        "Đỏ"
    ]
    assert page.xpath('//details[@class="import-source"]//pre')


def test_a_second_import_button_does_nothing(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, **told.placed())
    lecturer.post(f"/bank/import/{key}/import", status=303)
    assert count() == 2
    lecturer.post(f"/bank/import/{key}/import", status=303)
    assert count() == 2


def test_questions_without_a_place_are_named_and_nothing_is_imported(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, level="recognise")
    page = lecturer.post(f"/bank/import/{key}/import", status=422).get_data(as_text=True)
    assert "Chưa có chủ đề: câu 1, 2." in page
    assert "Chưa chọn lý luận hay thực tiễn: câu 1, 2." in page
    assert "Chưa có mức độ" not in page
    assert count() == 0
    assert told.batch(key).state is ImportState.DRAFT
    lecturer.post(
        f"/bank/import/{key}/fill",
        {"fill-topic": told.bank.topics[1].public_id, "fill-level": "apply", "fill-aspect": "practice"},
        status=303,
    )
    lecturer.post(f"/bank/import/{key}/import", status=303)
    versions = [question.latest for question in db.session.scalars(sa.select(Question))]
    assert {(one.topic.title, one.level.value, one.aspect.value) for one in versions} == {
        ("Chủ đề 2", "recognise", "practice")
    }


def test_doubtful_questions_stay_out_until_somebody_accepts_them(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, **told.placed())
    page = lecturer.post(f"/bank/import/{key}/items/{told.items(key)[2]}", {"do": "accept"}, status=422)
    assert "Chưa chọn đáp án đúng." in page.get_data(as_text=True)
    lecturer.post(f"/bank/import/{key}/import", status=303)
    assert count() == 2


def test_a_question_the_bank_already_has_is_flagged_and_not_taken_by_itself(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    lecturer.post(f"/bank/import/{told.upload(lecturer, **told.placed())}/import", status=303)
    again = told.upload(lecturer, TEXT.upper().replace("ĐÁP ÁN", "Đáp án"), **told.placed())
    first = told.items(again)[0]
    page = lecturer.page(f"/bank/import/{again}?item={first}").text_content()
    assert "Câu này đã có trong ngân hàng." in page
    lecturer.post(f"/bank/import/{again}/import", status=422)
    assert count() == 2
    lecturer.post(f"/bank/import/{again}/items/{first}", {"do": "accept"}, status=303)
    lecturer.post(f"/bank/import/{again}/import", status=303)
    assert count() == 3


def test_a_draft_can_be_left_and_found_again(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, name="Đề cương <b>.txt")
    page = lecturer.page(f"/bank/{told.bank.public_id}")
    assert page.xpath(f'//a[@href="/bank/import/{key}"]')
    assert "Đang nhập dở" in page.text_content()


def test_a_draft_can_be_given_up(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, **told.placed())
    lecturer.post(f"/bank/import/{key}/discard", status=303)
    assert told.batch(key).state is ImportState.DISCARDED
    lecturer.post(f"/bank/import/{key}/import", status=409)
    assert count() == 0


def test_an_import_in_the_bank_cannot_be_given_up(told: Story) -> None:
    lecturer = told.visit(told.lecturer)
    key = told.upload(lecturer, **told.placed())
    lecturer.post(f"/bank/import/{key}/import", status=303)
    lecturer.post(f"/bank/import/{key}/discard", status=409)
    assert told.batch(key).state is ImportState.IMPORTED


def routes(told: Story, key: str) -> list[tuple[str, str]]:
    item = told.items(key)[0]
    return [
        ("get", f"/bank/{told.bank.public_id}/import"),
        ("post", f"/bank/{told.bank.public_id}/import"),
        ("get", f"/bank/import/{key}"),
        ("get", f"/bank/import/{key}/progress"),
        ("post", f"/bank/import/{key}/items/{item}"),
        ("post", f"/bank/import/{key}/fill"),
        ("post", f"/bank/import/{key}/topics"),
        ("post", f"/bank/import/{key}/import"),
        ("post", f"/bank/import/{key}/discard"),
    ]


def test_a_stranger_may_not(told: Story, stranger: Visitor) -> None:
    key = told.upload(told.visit(told.lecturer), **told.placed())
    for method, address in routes(told, key):
        getattr(stranger, method)(address, status=302)
    assert told.batch(key).state is ImportState.DRAFT


def test_a_learner_a_leader_and_a_clerk_may_not(told: Story, world: World) -> None:
    key = told.upload(told.visit(told.lecturer), **told.placed())
    for role in (Role.LEARNER, Role.STAFF, Role.OVERSEER, Role.LEADER):
        visitor = told.visit(world.person(role, told.centre))
        for method, address in routes(told, key):
            getattr(visitor, method)(address, status=403)


def test_another_centre_does_not_find_it(told: Story, world: World) -> None:
    key = told.upload(told.visit(told.lecturer), **told.placed())
    other = told.visit(world.person(Role.LECTURER, world.centre("Trung tâm khác")))
    for method, address in routes(told, key):
        getattr(other, method)(address, status=404)
    assert told.batch(key).state is ImportState.DRAFT


def test_a_colleague_does_not_find_the_draft(told: Story, world: World) -> None:
    key = told.upload(told.visit(told.lecturer), **told.placed())
    colleague = told.visit(world.person(Role.LECTURER, told.centre, "Đồng nghiệp"))
    for method, address in routes(told, key)[2:]:
        getattr(colleague, method)(address, status=404)


def test_another_banks_topic_is_refused(told: Story, world: World) -> None:
    foreign = world.bank(told.centre).topics[0].public_id
    visitor = told.visit(told.lecturer)
    key = told.upload(visitor)
    item = told.items(key)[0]
    visitor.post(
        f"/bank/import/{key}/items/{item}",
        {"do": "place", "place-topic": foreign, "place-level": "apply", "place-aspect": "theory"},
        status=303,
    )
    assert told.batch(key).items[0].topic_id is None
