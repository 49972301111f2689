"""An example paper: what a learner would get, with its key; on the screen and on paper."""

import re

from flask import Flask

from lms.quizzes.bank.models import Aspect, Level
from tests.quizzes.papers.stories import story
from tests.world import World


def test_a_seed_always_draws_the_same_paper(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2, told.cell(1): 1})
    lecturer = told.visit(told.lecturer)
    assert "seed=" in lecturer.get(f"/papers/{key}/preview", 302).headers["Location"]
    papers = [lecturer.page(f"/papers/{key}/preview?seed={seed}") for seed in (1, 1, 2, 3, 4, 5)]
    stems = [
        tuple(stem.text_content() for stem in paper.xpath('//div[@class="sample-stem"]')) for paper in papers
    ]
    assert stems[0] == stems[1]
    assert len(set(stems)) > 1
    assert len(stems[0]) == 3
    assert papers[0].xpath('count(//li[contains(@class, "is-key")])') == 3


def test_what_was_drawn_is_counted(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2, told.cell(0, "apply", "practice"): 1})
    page = told.visit(told.lecturer).page(f"/papers/{key}/preview?seed=7")
    table = page.xpath('//table[.//caption[contains(., "mức độ")]]')[0]
    rows = [[cell.text_content().strip() for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]
    expected = {level: ["0", "0"] for level in Level}
    expected[Level.RECOGNISE] = ["2", "0"]
    expected[Level.APPLY] = ["0", "1"]
    assert rows == [expected[level] for level in Level]
    assert list(Aspect) == [Aspect.THEORY, Aspect.PRACTICE]


def test_printed_without_the_key_there_is_none(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 2})
    lecturer = told.visit(told.lecturer)
    plain = lecturer.get(f"/papers/{key}/preview/print?seed=1").get_data(as_text=True)
    assert "CANARY-GIAI-THICH" not in plain
    assert "is-key" not in plain
    assert "Đáp án" not in plain
    keyed = lecturer.get(f"/papers/{key}/preview/print?seed=1&answers=1").get_data(as_text=True)
    assert keyed.count("is-key") == 2
    assert "CANARY-GIAI-THICH" in keyed


def without_tokens(page: str) -> str:
    """The page less its CSRF tokens, which tell the second they were made in."""
    return re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", page)


def test_a_released_paper_is_drawn_from_its_pool(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose("practice", attempts_allowed="0")
    told.fill(key, {told.cell(1): 2})
    told.act(told.lecturer, key, "release")
    lecturer = told.visit(told.lecturer)
    lecturer.get(f"/papers/{key}")  # what was flashed is read there
    before = without_tokens(lecturer.get(f"/papers/{key}/preview?seed=3").get_data(as_text=True))
    world.question(told.bank, told.lecturer, topic=1, stem="Câu mới duyệt sau khi phát hành?")
    after = without_tokens(lecturer.get(f"/papers/{key}/preview?seed=3").get_data(as_text=True))
    assert after == before


def test_what_lacks_stands_where_the_paper_would(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    told.fill(key, {told.cell(): 9})
    page = told.visit(told.lecturer).get(f"/papers/{key}/preview?seed=1").get_data(as_text=True)
    assert "còn thiếu 5 câu" in page
    told.visit(told.lecturer).get(f"/papers/{key}/preview/print?seed=1")
    told.visit(told.lecturer).get(f"/papers/{key}/preview?seed=mot", 302)
    told.visit(told.lecturer).get(f"/papers/{key}/preview?seed=-1", 302)


def test_a_learner_may_not(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    learner = told.visit(world.learner(told.centre, told.course_class))
    for path in ("/preview?seed=1", "/preview/print?seed=1&answers=1"):
        learner.get(f"/papers/{key}{path}", 403)
