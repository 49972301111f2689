"""The list of a bank's questions: filters, search, sort, pages, export, and what it costs."""

import io

import openpyxl
import pytest
from flask import Flask

from lms.core.actor import Role
from lms.quizzes.bank.models import Aspect, Level, QuestionState
from lms.quizzes.bank.queries import cell_counts
from tests.quizzes.bank.stories import Story, statements, story
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


def titles(visitor: Visitor, told: Story, query: str = "") -> list[str]:
    page = visitor.page(f"/bank/{told.bank.public_id}{query}")
    return [cell.text_content().strip() for cell in page.xpath("//tbody/tr/th")]


def test_the_list_costs_the_same_with_one_row_and_with_thirty(told: Story, world: World) -> None:
    visitor = told.visit(told.leader)
    world.question(told.bank, told.lecturer)
    address = f"/bank/{told.bank.public_id}"
    visitor.get(address)
    with statements() as one:
        visitor.get(address)
    for n in range(34):
        author = told.lecturer if n % 2 else world.person(Role.LECTURER, told.centre, f"Người {n}")
        world.question(told.bank, author, topic=n % 2)
    with statements() as many:
        visitor.get(address)
    assert len(one) == len(many), many
    assert len(many) <= 8, many


def test_filters_narrow_and_are_shown(told: Story, world: World) -> None:
    world.question(told.bank, told.lecturer, stem="Một", topic=0, level=Level.APPLY, aspect=Aspect.PRACTICE)
    world.question(told.bank, told.lecturer, stem="Hai", topic=1)
    world.question(told.bank, told.lecturer, stem="Ba", topic=1, state=QuestionState.IN_REVIEW)
    visitor = told.visit(told.lecturer)
    topic = told.bank.topics[1].public_id
    assert titles(visitor, told) == ["Ba", "Hai", "Một"]
    assert titles(visitor, told, f"?topic={topic}") == ["Ba", "Hai"]
    assert titles(visitor, told, "?level=apply&aspect=practice") == ["Một"]
    assert titles(visitor, told, f"?topic={topic}&state=approved") == ["Hai"]
    assert titles(visitor, told, "?level=nonsense&state=nonsense&sort=nonsense&page=99") == [
        "Ba",
        "Hai",
        "Một",
    ]
    page = visitor.page(f"/bank/{told.bank.public_id}?topic={topic}&state=approved")
    chips = [chip.text_content() for chip in page.xpath('//a[@class="filter-chip"]')]
    assert ["Chủ đề 2" in chips[0], "Đã duyệt" in chips[1]] == [True, True]


@pytest.mark.parametrize("words", ["Đảng", "dang", "cuong linh dang", "CƯƠNG"])
def test_search_folds_tones(told: Story, world: World, words: str) -> None:
    world.question(told.bank, told.lecturer, stem="Cương lĩnh đầu tiên của Đảng?")
    world.question(told.bank, told.lecturer, stem="Câu khác 100%_")
    assert titles(told.visit(told.lecturer), told, f"?q={words}") == ["Cương lĩnh đầu tiên của Đảng?"]


def test_search_takes_signs_as_they_are(told: Story, world: World) -> None:
    world.question(told.bank, told.lecturer, stem="Tăng 100% hay không?")
    world.question(told.bank, told.lecturer, stem="Tăng 1000 hay không?")
    assert titles(told.visit(told.lecturer), told, "?q=100%25") == ["Tăng 100% hay không?"]


def test_columns_sort_both_ways(told: Story, world: World) -> None:
    for stem, level in (("B", Level.APPLY_HIGH), ("A", Level.RECOGNISE), ("C", Level.APPLY)):
        world.question(told.bank, told.lecturer, stem=stem, level=level)
    visitor = told.visit(told.lecturer)
    assert titles(visitor, told, "?sort=text") == ["A", "B", "C"]
    assert titles(visitor, told, "?sort=-text") == ["C", "B", "A"]
    assert titles(visitor, told, "?sort=level") == ["A", "C", "B"]
    for name in ("topic", "aspect", "state", "author", "version"):
        assert len(titles(visitor, told, f"?sort=-{name}")) == 3


def test_pages_say_the_total(told: Story, world: World) -> None:
    for _ in range(31):
        world.question(told.bank, told.lecturer)
    visitor = told.visit(told.lecturer)
    assert len(titles(visitor, told)) == 30
    assert len(titles(visitor, told, "?page=2")) == 1
    assert "31–31 trong 31 câu hỏi" in visitor.page(f"/bank/{told.bank.public_id}?page=2").text_content()


def test_the_export_holds_what_is_filtered_as_text(told: Story, world: World) -> None:
    world.question(told.bank, told.lecturer, stem='=HYPERLINK("http://evil.example")', correct="c")
    world.question(told.bank, told.lecturer, stem="+1", topic=1)
    response = told.visit(told.lecturer).get(
        f"/bank/{told.bank.public_id}/export.xlsx?topic={told.bank.topics[0].public_id}"
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(response.get_data())).active.iter_rows())
    assert len(rows) == 2
    cells = {head.value: cell for head, cell in zip(rows[0], rows[1], strict=True)}
    assert cells["Câu hỏi"].value == '=HYPERLINK("http://evil.example")'
    assert cells["Câu hỏi"].data_type == "s"
    assert (cells["Đáp án"].value, cells["Chủ đề"].value, cells["Mức độ"].value) == (
        "C",
        "Chủ đề 1",
        "Nhận biết",
    )


def test_an_export_is_read_back_by_the_import(told: Story, world: World) -> None:
    world.question(told.bank, told.lecturer, correct="c", level=Level.APPLY, aspect=Aspect.PRACTICE, topic=1)
    visitor = told.visit(told.lecturer)
    book = visitor.get(f"/bank/{told.bank.public_id}/export.xlsx").get_data()
    key = told.upload(visitor, book, "cau-hoi.xlsx")
    item = told.batch(key).items[0]
    assert (item.status, item.document["key"], item.document["kind"]) == (
        "understood",
        ["C"],
        "single_choice",
    )
    assert (item.level, item.aspect, item.topic_id) == (Level.APPLY, Aspect.PRACTICE, told.bank.topics[1].id)


def test_the_matrix_counts_what_papers_can_draw(told: Story, world: World) -> None:
    for _ in range(3):
        world.question(told.bank, told.lecturer, level=Level.APPLY, aspect=Aspect.PRACTICE)
    world.question(told.bank, told.lecturer, level=Level.APPLY, state=QuestionState.IN_REVIEW)
    assert cell_counts(told.bank.id) == {(told.bank.topics[0].id, Level.APPLY, Aspect.PRACTICE): 3}
    page = told.visit(told.lecturer).page(f"/bank/{told.bank.public_id}/counts")
    numbers = [cell.text_content().strip() for cell in page.xpath("//tbody/tr[1]/td")]
    assert numbers == ["0", "0", "0", "0", "0", "3", "0", "0", "3"]


PAGES = ("", "/counts", "/topics", "/export.xlsx")


def test_everybody_of_the_centre_reads(told: Story, world: World) -> None:
    world.question(told.bank, told.lecturer)
    for role in (Role.LECTURER, Role.STAFF, Role.LEADER, Role.OVERSEER):
        visitor = told.visit(world.person(role, told.centre))
        assert told.bank.title in visitor.page("/bank").text_content()
        for page in PAGES:
            visitor.get(f"/bank/{told.bank.public_id}{page}")


def test_a_stranger_and_a_learner_may_not(told: Story, world: World, stranger: Visitor) -> None:
    learner = told.visit(world.learner(told.centre))
    for page in PAGES:
        stranger.get(f"/bank/{told.bank.public_id}{page}", 302)
        learner.get(f"/bank/{told.bank.public_id}{page}", 403)


def test_another_centre_sees_nothing_of_it(told: Story, world: World) -> None:
    world.question(told.bank, told.lecturer)
    other = told.visit(world.person(Role.LECTURER, world.centre("Khác")))
    assert told.bank.title not in other.page("/bank").text_content()
    for page in PAGES:
        other.get(f"/bank/{told.bank.public_id}{page}", 404)
