"""Drafts, documents and stored questions say the same thing in three ways."""

from typing import Any

import pytest

from lms.quizzes import kinds
from lms.quizzes.bank import conversion, editing
from lms.quizzes.bank.drafts import Draft, from_json
from lms.quizzes.bank.models import Aspect, Level
from lms.quizzes.bank.words import aspect_of, level_of


def question(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": "single_choice", "stem": "Câu?", "options": ["Một", "Hai"], "key": ["B"]}
    return {**plain, **changes}


@pytest.mark.parametrize("name", kinds.names())
@pytest.mark.parametrize("seed", range(8))
def test_a_stored_question_survives_the_draft(name: str, seed: int) -> None:
    sample = kinds.get(name).samples(seed)
    draft = conversion.draft_of(name, sample.content, sample.key, "<p>Vì sao</p>")
    built = conversion.build(from_json(draft.to_json()))
    kind = kinds.get(name)
    assert built.problems == ()
    assert built.content == sample.content
    assert kind.grade(built.content, built.key, sample.right[0]) == 1
    assert all(kind.grade(built.content, built.key, answer) == share for answer, share in sample.wrong)
    assert built.explanation == "<p>Vì sao</p>"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, {"correct": ["b"]}),
        ({"kind": "multiple_response", "key": ["B", "A"]}, {"correct": ["a", "b"]}),
        ({"kind": "true_false", "options": [], "key": ["T"]}, {"correct": True}),
        ({"kind": "true_false", "options": ["Đúng", "Sai"], "key": ["B"]}, {"correct": False}),
        (
            {"kind": "true_false_group", "key": ["T", "F"]},
            {"correct": {"a": True, "b": False}, "policy": "proportional"},
        ),
        ({"kind": "short_answer", "options": [], "key": ["Huế"]}, {"accepted": ["Huế"], "compare": "case"}),
        ({"kind": "numerical", "options": [], "key": ["8,5"]}, {"value": "8.5", "tolerance": "0"}),
    ],
)
def test_a_document_becomes_a_question_of_its_kind(changes: dict[str, Any], key: dict[str, Any]) -> None:
    built = conversion.build(conversion.from_document(question(**changes)))
    assert (built.key, built.problems) == (key, ())


@pytest.mark.parametrize("kind", ["matching", "ordering", "gap_fill", "essay"])
def test_a_kind_that_is_only_read_is_shown_and_not_taken(kind: str) -> None:
    draft = conversion.from_document(question(kind=kind))
    assert draft.stem == "Câu?"
    assert [problem.code for problem in conversion.build(draft).problems] == ["kind_unknown"]


@pytest.mark.parametrize("key", [[], ["Z"], ["AB"], ["T"], ["<script>"]])
def test_a_key_that_means_nothing_is_a_problem(key: list[str]) -> None:
    draft = conversion.from_document(question(key=key))
    assert conversion.build(draft).problems
    for kind in kinds.names():
        assert conversion.build(editing.as_kind(draft, kind)).problems


def test_html_of_a_reader_is_not_trusted() -> None:
    draft = conversion.from_document(
        question(
            stem_html="<b>Câu</b><script>x</script><img src=x>", option_html=["<i onclick=x>Một</i>", "Hai"]
        )
    )
    assert draft.stem == "<b>Câu</b>"
    assert draft.options == ("<i>Một</i>", "Hai")


def test_pictures_take_the_place_of_their_names() -> None:
    media = [{"name": "p1.png", "file": "abc123"}, {"name": "p2.png", "file": None}]
    draft = conversion.from_document(question(stem_html="Xem ⟦p1.png⟧ ⟦p2.png⟧ ⟦p3.png⟧", media=media))
    assert draft.stem == 'Xem <img src="/files/abc123" alt="Hình">'
    assert editing.images_of(draft.stem) == ("abc123",)
    assert editing.editable(draft.stem) == "Xem ⟦abc123⟧"


def test_a_shared_passage_stands_before_the_stem() -> None:
    assert conversion.from_document(question(stimulus="Đọc < đoạn")).stem == "<p>Đọc &lt; đoạn</p><p>Câu?</p>"


def test_a_field_left_alone_keeps_its_formatting() -> None:
    before = "<p>Một <b>hai</b></p><p>ba</p>"
    assert editing.edited("Một hai\r\nba", before, ()) == before
    assert editing.edited("Một hai\nbốn", before, ()) == "Một hai<br>bốn"


def test_equal_questions_have_equal_search_keys() -> None:
    first = conversion.build(Draft("single_choice", "<p>Đảng  là gì?</p>", ("<b>Một</b>", "Hai")))
    second = conversion.build(Draft("single_choice", "dang là GÌ?", ("một", "hai")))
    third = conversion.build(Draft("single_choice", "dang là GÌ?", ("một", "ba")))
    assert first.search_key == second.search_key != third.search_key


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Nhận biết", Level.RECOGNISE), ("TH", Level.UNDERSTAND), ("Mức độ: vận dụng", Level.APPLY),
        ("Vận dụng cao", Level.APPLY_HIGH), ("vdc.", Level.APPLY_HIGH), ("apply", Level.APPLY), ("khó", None), (None, None),
    ],
)  # fmt: skip
def test_levels_by_the_names_files_use(words: str | None, level: Level | None) -> None:
    assert level_of(words) is level


@pytest.mark.parametrize(
    ("words", "aspect"),
    [
        ("Lý luận", Aspect.THEORY),
        ("thực tiễn", Aspect.PRACTICE),
        ("practice", Aspect.PRACTICE),
        ("", None),
        (None, None),
    ],
)
def test_aspects_by_the_names_files_use(words: str | None, aspect: Aspect | None) -> None:
    assert aspect_of(words) is aspect
