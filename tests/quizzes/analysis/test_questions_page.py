"""Lecturer and staff see how each question did."""

import io

import lxml.html
import openpyxl
import pytest
from flask import Flask

from lms.core.actor import Role
from lms.quizzes.analysis.queries import observations
from lms.quizzes.analysis.reports import AttemptSet
from tests.counting import counted
from tests.results.stories import ClassStory
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> ClassStory:
    return ClassStory(app, world)


def url(told: ClassStory) -> str:
    return f"{told.url}/questions"


def rows(page: lxml.html.HtmlElement) -> list[str]:
    return [" ".join(row.text_content().split()) for row in page.xpath("//main//table[1]/tbody/tr")]


def test_share_right_and_options_chosen(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An", 5, 4)
    told.sits("Nguyễn Văn Bình", 5, 0, wrong="c")
    told.sits("Nguyễn Văn Chi", 0, 0, wrong="d", blank=9)
    page = told.visit(told.lecturer).page(url(told))
    texts = [text.replace("\xa0", " ") for text in rows(page)]
    assert len(texts) == 9
    assert sum("2/3 (66,67 %)" in text for text in texts) == 5
    assert sum("1/3 (33,33 %)" in text for text in texts) == 4
    practice = next(text for text in texts if "1/3 (33,33 %)" in text)
    assert "A 0 · B 1 ✓ · C 1 · D 0 · trống 1" in practice
    assert "đáp án – 1 (33,34 %)" in practice or "đáp án – 1 (33,33 %)" in practice
    assert "Ít người làm, chưa kết luận được" in practice
    assert page.xpath("//main//tbody/tr/th/a[starts-with(@href, '/bank/')]")
    told.visit(told.lecturer).get(page.xpath("//main//tbody/tr/th/a/@href")[0])


def test_doubtful_questions_come_first_and_can_be_picked(told: ClassStory) -> None:
    for number in range(6):
        told.sits(f"Nguyễn Văn An {number}", 5, 0)
    visitor = told.visit(told.staff)
    texts = rows(visitor.page(url(told)))
    assert all("Phương án sai được chọn nhiều hơn đáp án" in text for text in texts[:4])
    assert all("Quá dễ" in text for text in texts[4:])
    assert len(rows(visitor.page(f"{url(told)}?show=flagged"))) == 9
    told.sits("Nguyễn Văn Bình", 0, 4)
    page = visitor.page(f"{url(told)}?show=flagged")
    assert len(rows(page)) == 4
    assert "Nên xem lại" in page.xpath("//*[contains(@class, 'filter-chip')]")[0].text_content()


def test_discrimination_is_said_in_words_once_ten_have_answered(told: ClassStory) -> None:
    for number in range(5):
        told.sits(f"Nguyễn Văn Giỏi {number}", 5, 4)
        told.sits(f"Nguyễn Văn Kém {number}", 0, 0)
    page = told.visit(told.staff).page(url(told))
    assert all("Phân biệt tốt (1,00)" in text for text in rows(page))
    text = " ".join(page.text_content().split())
    assert "Độ tin cậy của đề Tốt hệ số alpha 1,00" in text
    assert "Ít người làm" not in text


def test_which_attempts_count(app: Flask, world: World) -> None:
    told = ClassStory(app, world, attempts_allowed=3)
    learner = told.learner("Nguyễn Văn An")
    for right in (1, 5, 2):
        told.sits(learner, right, 0)
    told.sits("Nguyễn Văn Bình", 3, 0)
    earned = {
        chosen: sorted(
            sum(one.share for one in observations(told.assessment.id, chosen) if one.attempt_id == attempt)
            for attempt in {one.attempt_id for one in observations(told.assessment.id, chosen)}
        )
        for chosen in AttemptSet
    }
    assert earned == {
        AttemptSet.FIRST: [1, 3],
        AttemptSet.LAST: [2, 3],
        AttemptSet.HIGHEST: [3, 5],
        AttemptSet.ALL: [1, 2, 3, 5],
    }
    page = told.visit(told.staff).page(f"{url(told)}?attempts=all")
    assert all("/4 (" in text for text in rows(page))


def test_running_attempts_do_not_count(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An", hands_in=False)
    text = told.visit(told.staff).page(url(told)).text_content()
    assert "Chưa có bài nào nộp" in text


def test_the_workbook_has_every_figure(told: ClassStory) -> None:
    for number in range(6):
        told.sits(f"Nguyễn Văn Giỏi {number}", 5, 4)
        told.sits(f"Nguyễn Văn Kém {number}", 1, 0)
    response = told.visit(told.staff).get(f"{url(told)}/export")
    book = openpyxl.load_workbook(io.BytesIO(response.get_data()))
    head, *data = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    table = [dict(zip(head, row, strict=True)) for row in data]
    assert len(table) == 9
    for row in table:
        assert row["Số người làm"] == 12
        assert row["Độ khó"] == pytest.approx(100 * row["Trả lời đúng"] / 12)
        assert row["Trọng số dự kiến"] == pytest.approx(100 / 9)
        assert row["Điểm đoán mò"] == 25
    assert sum(float(str(row["Trọng số thực tế"] or 0)) for row in table) == pytest.approx(100)
    options = list(book.worksheets[1].iter_rows(min_row=5, values_only=True))
    assert len(options) == 9 * 5
    assert all(isinstance(row[5], int) for row in options)


def test_the_bank_shows_how_a_question_did(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An", 5, 4)
    told.sits("Nguyễn Văn Bình", 0, 0)
    visitor = told.visit(told.lecturer)
    link = visitor.page(url(told)).xpath("//main//tbody/tr/th/a/@href")[0]
    page = visitor.page(link)
    assert "Kiểm tra cuối khóa: 1/2 (50,00\xa0%) trả lời đúng" in page.text_content()
    assert page.xpath(f"//a[@href='{url(told)}']")


def test_statements_do_not_grow_with_the_class(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    visitor = told.visit(told.staff)
    counts: list[int] = []
    for _round in range(2):
        visitor.get(url(told))
        with counted() as seen:
            visitor.get(url(told))
        counts.append(len(seen))
        for number in range(29):
            told.sits(f"Nguyễn Văn Bình {number}", number % 6, number % 5)
    assert counts[0] == counts[1] <= 8


def test_a_stranger_may_not(told: ClassStory, stranger: Visitor) -> None:
    learner = told.learner("Nguyễn Văn An")
    told.sits(learner)
    other = told.world.centre("Trung tâm khác")
    for address in (url(told), f"{url(told)}/export"):
        stranger.get(address, status=302)
        told.visit(learner).get(address, status=403)
        told.visit(told.world.person(Role.UNIT, told.centre)).get(address, status=403)
        for role in (Role.STAFF, Role.LEADER, Role.LECTURER, Role.OVERSEER):
            told.visit(told.world.person(role, other)).get(address, status=404)
    for account in (told.staff, told.leader, told.lecturer, told.overseer):
        told.visit(account).get(url(told))
