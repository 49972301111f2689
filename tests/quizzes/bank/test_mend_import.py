"""A lecturer corrects what the reader understood, one small step after another."""

import io
from typing import Any

import pytest
import xlsxwriter
from flask import Flask

from tests.quizzes.bank.stories import Story, statements, story
from tests.visitor import Visitor
from tests.world import World

MANY = """Câu 1: Chọn các số chẵn.
A. Hai
B. Ba
C. Bốn
Đáp án: A, C
"""


def workbook(rows: list[tuple[str | None, ...]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


class Desk:
    """A lecturer before an import's first question."""

    def __init__(self, told: Story, text: str | None = None) -> None:
        self.told, self.visitor = told, told.visit(told.lecturer)
        self.key = told.upload(self.visitor, **({"data": text} if text else {}), **told.placed())
        self.address = f"/bank/import/{self.key}/items/{told.items(self.key)[0]}"

    def do(self, status: int = 303, **fields: str) -> str:
        return self.visitor.post(self.address, fields, status=status).get_data(as_text=True)

    @property
    def mended(self) -> dict[str, Any] | None:
        return self.told.batch(self.key).items[0].mended

    def fields(self, **changes: str) -> dict[str, str]:
        """What the editor shows, as a browser would send it back."""
        item = self.address.rsplit("/", 1)[-1]
        page = self.visitor.page(f"/bank/import/{self.key}?item={item}")
        form = next(form for form in page.forms if form.xpath('.//*[@name="option-A"]'))
        values = {name: value for name, value in form.form_values() if name != "csrf_token"}
        return {**values, "do": "save", **changes}


@pytest.fixture
def desk(app: Flask, world: World) -> Desk:
    return Desk(story(app, world))


def test_a_key_is_set_at_once(desk: Desk) -> None:
    desk.do(key="D")
    assert desk.mended["draft"]["key"] == ["D"]


def test_setting_the_key_that_was_read_is_no_correction(desk: Desk) -> None:
    desk.do(key="D")
    desk.do(key="B")
    assert desk.mended is None


@pytest.mark.parametrize("pressed", ["E", "", "BB", "é", "a:T", "T"])
def test_a_key_that_the_question_does_not_have_changes_nothing(desk: Desk, pressed: str) -> None:
    desk.do(key=pressed)
    assert desk.mended is None


def test_saving_untouched_changes_nothing(desk: Desk) -> None:
    desk.do(**desk.fields())
    assert desk.mended is None


def test_stem_and_options_are_mended(desk: Desk) -> None:
    desk.do(**desk.fields(stem="Cờ màu gì?\nChọn một.", **{"option-E": "Trắng", "option-A": "Xanh < lá"}))
    assert desk.mended["draft"]["stem"] == "Cờ màu gì?<br>Chọn một."
    assert desk.mended["draft"]["options"] == ["Xanh &lt; lá", "Đỏ", "Vàng", "Tím", "Trắng"]
    assert desk.mended["draft"]["key"] == ["B"]


def test_an_emptied_option_goes_and_the_key_follows(desk: Desk) -> None:
    desk.do(**desk.fields(**{"option-A": " "}))
    assert desk.mended["draft"]["options"] == ["Đỏ", "Vàng", "Tím"]
    assert desk.mended["draft"]["key"] == ["A"]


def test_the_key_goes_with_its_option(desk: Desk) -> None:
    desk.do(**desk.fields(**{"option-B": ""}))
    assert desk.mended["draft"]["key"] == []
    assert "Chưa chọn đáp án đúng." in desk.do(status=422, do="accept")


def test_another_kind_keeps_what_still_means_something(desk: Desk) -> None:
    desk.do(**desk.fields(kind="true_false_group"))
    assert desk.mended["draft"]["kind"] == "true_false_group"
    assert desk.mended["draft"]["key"] == ["F", "T", "F", "F"]
    desk.do(key="A:T")
    assert desk.mended["draft"]["key"] == ["T", "T", "F", "F"]
    desk.do(**desk.fields(kind="multiple_response"))
    assert desk.mended["draft"]["key"] == ["A", "B"]


def test_a_kind_nobody_knows_is_not_taken(desk: Desk) -> None:
    desk.do(**desk.fields(kind="<script>"))
    assert desk.mended is None


def test_several_right_answers_are_toggled(app: Flask, world: World) -> None:
    desk = Desk(story(app, world), MANY)
    desk.do(key="B")
    assert desk.mended["draft"]["kind"] == "multiple_response"
    assert desk.mended["draft"]["key"] == ["A", "B", "C"]
    desk.do(key="A")
    assert desk.mended["draft"]["key"] == ["B", "C"]


def test_a_correction_is_taken_back(desk: Desk) -> None:
    desk.do(key="D")
    desk.do(do="restore")
    assert desk.mended is None


def test_a_skipped_question_stays_out_and_comes_back(desk: Desk) -> None:
    desk.do(do="skip")
    assert "Nhập 1 câu" in desk.visitor.get(f"/bank/import/{desk.key}").get_data(as_text=True)
    desk.do(do="unskip")
    assert "Nhập 2 câu" in desk.visitor.get(f"/bank/import/{desk.key}").get_data(as_text=True)


def test_accepting_leads_to_the_next_question_to_look_at(desk: Desk) -> None:
    response = desk.visitor.post(desk.address, {"do": "accept"}, status=303)
    assert response.headers["Location"].endswith(desk.told.items(desk.key)[2])


def test_topic_level_and_aspect_of_one_question(desk: Desk) -> None:
    topic = desk.told.bank.topics[1]
    desk.do(
        **{"do": "place", "place-topic": topic.public_id, "place-level": "apply", "place-aspect": "practice"}
    )
    item = desk.told.batch(desk.key).items[0]
    assert (item.topic_id, item.level.value, item.aspect.value) == (topic.id, "apply", "practice")


def test_topics_of_the_file_are_added_and_given(app: Flask, world: World) -> None:
    told = story(app, world)
    visitor = told.visit(told.lecturer)
    rows: list[tuple[str | None, ...]] = [
        ("Câu hỏi", "A", "B", "Đáp án", "Chủ đề"),
        ("Một?", "x", "y", "A", "Bài 9"),
        ("Hai?", "x", "y", "B", "CHU DE 1"),
    ]
    rows += [("Ba?", "x", "y", "B", "bài 9"), ("Bốn?", "x", "y", "B", None)]
    key = told.upload(visitor, workbook(rows), "de.xlsx")
    assert "Bài 9" in visitor.page(f"/bank/import/{key}").xpath('//div[@id="import-top"]')[0].text_content()
    visitor.post(f"/bank/import/{key}/topics", status=303)
    titles = [item.topic.title if item.topic else None for item in told.batch(key).items]
    assert titles == ["Bài 9", "Chủ đề 1", "Bài 9", None]
    assert [topic.title for topic in told.bank.topics] == ["Chủ đề 1", "Chủ đề 2", "Bài 9"]


def test_an_unknown_step_is_refused(desk: Desk) -> None:
    desk.do(status=404, do="delete")


def test_another_imports_question_is_not_found(desk: Desk) -> None:
    other = Desk(desk.told)
    foreign = desk.told.items(other.key)[0]
    desk.visitor.post(f"/bank/import/{desk.key}/items/{foreign}", {"key": "D"}, status=404)


def test_a_stranger_may_not(desk: Desk, stranger: Visitor) -> None:
    stranger.post(desk.address, {"key": "D"}, status=302)
    assert desk.mended is None


def test_the_preview_costs_the_same_with_one_question_and_with_thirty(app: Flask, world: World) -> None:
    told = story(app, world)
    visitor = told.visit(told.lecturer)
    costs = []
    for count in (1, 30):
        text = "\n".join(
            f"Câu {n}: Số {n} là gì?\nA. Chẵn {n}\nB. Lẻ {n}\nĐáp án: A\n" for n in range(1, count + 1)
        )
        key = told.upload(visitor, text)
        visitor.get(f"/bank/import/{key}")
        with statements() as seen:
            visitor.get(f"/bank/import/{key}")
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8
