"""A learner reads the own result once it is published."""

import pytest
from flask import Flask

from lms.quizzes.papers.models import ReviewRule
from tests.results.stories import ClassStory
from tests.visitor import Visitor
from tests.world import World


def words(visitor: Visitor, url: str) -> str:
    return " ".join(visitor.page(url).xpath("//body")[0].text_content().split())


def test_the_result_says_marks_and_topics(told: ClassStory) -> None:
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, 5, 2, blank=1)
    told.publish()
    visitor = told.visit(learner)
    text = words(visitor, f"/attempts/{attempt.public_id}/result")
    assert "Điểm bài làm 7,8 Bảy phẩy tám; thang điểm 10, đạt từ 5,0" in text
    assert "Phần lý luận 10,0" in text
    assert "Phần thực tiễn 5,0" in text
    assert "Đã trả lời 8 trên 9 câu" in text
    assert "Chủ đề 1" in text
    assert "Nên luyện thêm các câu tình huống thực tiễn" in text
    assert "Các lần làm khác" not in text


@pytest.mark.parametrize("rule", list(ReviewRule))
def test_what_may_be_looked_at_again(app: Flask, world: World, rule: ReviewRule) -> None:
    told = ClassStory(app, world, review_rule=rule)
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, 5, 2, blank=1)
    told.publish()
    told.close_window()
    text = words(told.visit(learner), f"/attempts/{attempt.public_id}/result")
    assert ("Xem lại bài làm" in text) is (rule is not ReviewRule.MARK_ONLY)
    assert ("Chưa trả lời" in text) is (rule is not ReviewRule.MARK_ONLY)
    assert ("Đáp án" in text) is (rule is ReviewRule.KEY_AND_EXPLANATION)
    assert ("CANARY-GIAI-THICH" in text) is (rule is ReviewRule.KEY_AND_EXPLANATION)


def test_answers_wait_until_nobody_can_sit_any_more(app: Flask, world: World) -> None:
    """Published early, the key would reach those who have yet to answer."""
    told = ClassStory(app, world, review_rule=ReviewRule.KEY_AND_EXPLANATION)
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, 5, 2)
    told.publish()
    visitor = told.visit(learner)
    text = words(visitor, f"/attempts/{attempt.public_id}/result")
    assert "7,8" in text
    assert "Xem lại từng câu được từ" in text
    assert "CANARY" not in text
    assert "Đáp án" not in text
    told.close_window()
    assert "CANARY" in words(visitor, f"/attempts/{attempt.public_id}/result")


def test_of_several_attempts_the_best_counts(app: Flask, world: World) -> None:
    told = ClassStory(app, world, attempts_allowed=3)
    learner = told.learner("Nguyễn Văn An")
    first = told.sits(learner, 1, 1)
    best = told.sits(learner, 5, 2)
    told.publish()
    visitor = told.visit(learner)
    text = words(visitor, f"/attempts/{first.public_id}/result")
    assert "Kết quả tính theo lần điểm cao nhất là lần 2: 7,8 điểm" in text
    page = visitor.page(f"/attempts/{best.public_id}/result")
    assert "được tính làm kết quả" in page.text_content()
    assert page.xpath(f"//a[@href='/attempts/{first.public_id}/result']")


def test_before_publication_only_that_it_is_not_out(told: ClassStory) -> None:
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner)
    text = words(told.visit(learner), f"/attempts/{attempt.public_id}/result")
    assert "Điểm chưa được công bố" in text
    assert "Đạt" not in text


def test_a_running_attempt_leads_back_to_the_paper(told: ClassStory) -> None:
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, hands_in=False)
    answer = told.visit(learner).get(f"/attempts/{attempt.public_id}/result", status=302)
    assert answer.headers["Location"].endswith(f"/attempts/{attempt.public_id}")


def test_a_stranger_may_not(told: ClassStory, stranger: Visitor) -> None:
    attempt = told.sits("Nguyễn Văn An")
    told.publish()
    url = f"/attempts/{attempt.public_id}/result"
    stranger.get(url, status=302)
    told.visit(told.learner("Trần Thị Bình")).get(url, status=404)
    told.visit(told.staff).get(url, status=404)
