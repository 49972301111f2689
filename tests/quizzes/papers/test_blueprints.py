"""Sums, weights and shares of blueprints; what the page says is what the frozen pool has."""

from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.core.db import db
from lms.quizzes.bank.models import Aspect, Level
from lms.quizzes.bank.queries import cell_counts
from lms.quizzes.papers.blueprints import (
    COLUMNS,
    Column,
    Line,
    available,
    columns_for,
    even_weight,
    is_even,
    spread,
    totals,
    weighted,
)
from lms.quizzes.papers.checking import lines_of, shortfalls
from lms.quizzes.papers.forms import BlueprintInput, cell_name, hundredths
from lms.quizzes.papers.operations import set_blueprint
from lms.quizzes.papers.pool import draw_slots, freeze_pool
from tests.quizzes.papers.stories import Story, story
from tests.world import World

COUNTS = st.dictionaries(
    st.tuples(st.sampled_from([0, 1, None]), st.sampled_from(COLUMNS)), st.integers(0, 4)
)


def lines_from(wanted: dict[tuple[int | None, Column], int], ids: list[int]) -> list[Line]:
    return [
        Line(None if topic is None else ids[topic], column.level, column.aspect, count)
        for (topic, column), count in wanted.items()
        if count
    ]


@given(COUNTS)
def test_every_sum_is_the_whole(wanted: dict[tuple[int | None, Column], int]) -> None:
    found = totals(lines_from(wanted, [1, 2]))
    assert found.questions == sum(wanted.values())
    for part in (found.by_topic, found.by_column, found.by_aspect):
        assert sum(part.values()) == found.questions


@given(st.integers(1, 300))
def test_even_weights_come_to_ten_points_within_rounding(questions: int) -> None:
    weight = even_weight(questions)
    assert weight >= 1
    assert abs(Fraction(1000, questions) - weight) <= Fraction(1, 2)
    assert is_even(weighted([Line(None, None, None, questions)], None))


@given(st.integers(0, 60), st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_spreading_gives_all_and_fills_what_it_can(questions: int, stock: list[int]) -> None:
    topics: list[int | None] = list(range(len(stock)))
    shares = {line.topic: line.count for line in spread(questions, topics, dict(enumerate(stock)))}
    assert sum(shares.values()) == questions
    if questions <= sum(stock):
        assert all(count <= stock[topic or 0] for topic, count in shares.items())
        unfilled = [shares.get(topic, 0) for topic in topics if shares.get(topic, 0) < stock[topic or 0]]
        assert not unfilled or max(shares.values(), default=0) - min(unfilled) <= 1


@pytest.mark.parametrize(("text", "value"), [("5", 500), ("0,25", 25), ("0.5", 50), ("10", 1000)])
def test_marks_are_exact(app: Flask, text: str, value: int) -> None:
    with app.test_request_context():
        assert hundredths(text) == value


def test_a_column_used_besides_the_offered_ones_is_shown() -> None:
    besides = Line(1, Level.APPLY, None, 2)
    assert columns_for([besides])[len(COLUMNS) :] == [Column(Level.APPLY, None)]
    assert columns_for([]) == list(COLUMNS)


def test_only_known_fields_of_a_posted_table_are_read(app: Flask, world: World) -> None:
    told = story(app, world)
    topics = told.bank.topics
    with app.test_request_context():
        read = BlueprintInput(
            {cell_name(topics[0], COLUMNS[0]): " 3 ", "n-1-recognise-theory": "9", "n-any-magic-theory": "9"},
            topics,
        )
    assert read.lines == [Line(topics[0].id, Level.RECOGNISE, Aspect.THEORY, 3)]
    assert not read.errors


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=COUNTS)
def test_the_page_says_what_the_frozen_pool_has(
    told: Story, wanted: dict[tuple[int | None, Column], int]
) -> None:
    key = told.compose("practice", attempts_allowed="0")
    assessment = told.stored(key)
    lines = weighted(lines_from(wanted, [topic.id for topic in told.bank.topics]), None)
    actor = told.world.actor(told.lecturer)
    set_blueprint(actor=actor, assessment=assessment, lines=lines, revision=1)
    db.session.commit()
    page = told.visit(told.lecturer).page(f"/papers/{key}/blueprint")
    said = int(page.xpath("string(//tfoot//strong[@data-sum-all])"))
    rows = [int(one.text_content()) for one in page.xpath("//strong[@data-sum-row]")]
    columns = [int(one.text_content()) for one in page.xpath("//tfoot//strong[@data-sum-column]")]
    aspects = [int(one.text_content()) for one in page.xpath("//span[@data-sum-aspect]")]
    assessment = told.stored(key)
    pool = freeze_pool(assessment)
    frozen = sum(cell["count"] for cell in pool["cells"])
    assert said == sum(rows) == sum(columns) == sum(aspects) == frozen
    counts = cell_counts(assessment.bank_id)
    for line in lines_of(assessment):
        fitting = [
            item
            for item in pool["items"]
            if line.topic in (None, item[2])
            and line.level in (None, item[3])
            and line.aspect in (None, item[4])
        ]
        assert len(fitting) == available(counts, line.topic, line.column)
    if lines and not shortfalls(lines_of(assessment), assessment.bank_id):
        told.act(told.lecturer, key, "release")
        drawn = draw_slots(told.stored(key), 5)
        assert len(drawn) == said
        assert len({slot.question_id for slot in drawn}) == said
