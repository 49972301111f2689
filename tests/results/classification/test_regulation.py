"""A regulation as data: it survives JSON, and says what is wrong with it, where, and how to mend it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.results.classification.checking import problems
from lms.results.classification.regulation import (
    DEFAULT_BANDS,
    ELEMENTARY,
    PRESETS,
    SHORT_COURSE,
    WHOLE,
    Band,
    Component,
    ComponentKind,
    Regulation,
    Rounding,
)


def said(regulation: Regulation) -> dict[str, str]:
    return {one.where: str(one.text) for one in problems(regulation)}


def weighing(*weights: int) -> Regulation:
    parts = tuple(
        Component(f"c{n}", f"Phần {n}", ComponentKind.ESSAY, weight) for n, weight in enumerate(weights)
    )
    return replace(SHORT_COURSE, components=parts)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_makes_sense_and_survives_json(name: str) -> None:
    regulation = PRESETS[name][1]
    assert problems(regulation) == []
    assert Regulation.from_json(json.loads(json.dumps(regulation.to_json()))) == regulation


def test_weights_that_do_not_sum_to_100_say_by_how_much() -> None:
    short = said(weighing(6000, 3000))["components"]
    assert "90\u00a0%" in short
    assert "còn thiếu 10\u00a0%" in short
    over = said(weighing(6000, 4050))["components"]
    assert "100,5\u00a0%" in over
    assert "thừa 0,5\u00a0%" in over


@given(st.lists(st.integers(0, WHOLE), min_size=1, max_size=8))
def test_weights_are_right_exactly_when_they_sum_to_the_whole(weights: list[int]) -> None:
    assert ("components" in said(weighing(*weights))) == (sum(weights) != WHOLE)


def test_what_cannot_be_applied_is_named() -> None:
    assert "components" in said(replace(SHORT_COURSE, components=()))
    assert "bands" in said(replace(SHORT_COURSE, bands=()))
    assert "final_rounding" in said(replace(SHORT_COURSE, final_rounding=Rounding.EXACT))
    assert "absence_limit" in said(replace(SHORT_COURSE, absence_limit=10_001))
    assert "lowest" in said(replace(SHORT_COURSE, lowest=1_001))
    optional = replace(SHORT_COURSE.components[0], weight=WHOLE, required=False)
    assert "components" in said(replace(SHORT_COURSE, components=(optional,)))
    twin = replace(SHORT_COURSE.components[0], code="twin")
    assert "components-4-title" in said(
        replace(SHORT_COURSE, components=(*SHORT_COURSE.components, replace(twin, weight=0)))
    )


def test_bands_go_down_to_zero_and_pass_from_the_top() -> None:
    excellent, good, *_rest, failed = DEFAULT_BANDS
    assert "bands-0-lower" in said(replace(SHORT_COURSE, bands=(excellent,)))
    assert "bands-1-lower" in said(replace(SHORT_COURSE, bands=(good, excellent, failed)))
    assert "bands-1-passes" in said(
        replace(SHORT_COURSE, bands=(replace(excellent, passes=False), replace(good, lower=0)))
    )
    assert "bands-0-passes" in said(replace(SHORT_COURSE, bands=(Band("none", "Không", 0, passes=False),)))
    assert "bands" in said(replace(SHORT_COURSE, bands=(excellent, replace(excellent, lower=0))))


@pytest.mark.parametrize(
    "content", [{}, {"components": None}, {**ELEMENTARY.to_json(), "final_rounding": "whole"}]
)
def test_what_is_no_regulation_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"regulation|Rounding"):
        Regulation.from_json(content)
