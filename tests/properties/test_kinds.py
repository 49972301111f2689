"""What every question kind promises, for questions that it makes up itself."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes import kinds
from lms.quizzes.kinds import pinning
from lms.quizzes.kinds.documents import choice_content, options_of

every_kind = st.sampled_from([kinds.get(name) for name in kinds.names()])
seed_values = st.integers(0, 2**63 - 1)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=5),
    max_leaves=12,
)


@given(every_kind, seed_values)
def test_samples_are_sound_and_graded_as_told(kind: kinds.Kind, seed: int) -> None:
    sample = kind.samples(seed)
    assert kind.check(sample.content, sample.key) == []
    assert sample.right
    assert sample.wrong
    for answer in sample.right:
        assert kind.grade(sample.content, sample.key, kind.parse(answer, sample.content)) == 1
    for answer, share in sample.wrong:
        graded = kind.grade(sample.content, sample.key, kind.parse(answer, sample.content))
        assert graded == share < 1
        assert isinstance(graded, Fraction)


@given(every_kind, seed_values)
def test_malformed_samples_are_refused(kind: kinds.Kind, seed: int) -> None:
    sample = kind.samples(seed)
    assert sample.malformed
    for raw in sample.malformed:
        with pytest.raises(kinds.MalformedAnswer):
            kind.parse(raw)


@given(every_kind, seed_values, json_values)
def test_any_json_is_an_answer_or_refused(kind: kinds.Kind, seed: int, raw: object) -> None:
    sample = kind.samples(seed)
    try:
        answer = kind.parse(raw)
    except kinds.MalformedAnswer:
        return
    assert kind.parse(answer) == answer
    assert json.loads(json.dumps(answer)) == answer
    assert len(json.dumps(answer)) < 5000
    assert 0 <= kind.grade(sample.content, sample.key, answer) <= 1
    kind.describe_answer(sample.content, answer)
    if kind.is_empty(answer):
        assert kind.grade(sample.content, sample.key, answer) == 0
        assert kind.describe_answer(sample.content, answer) == ()


@given(every_kind, st.lists(st.text(max_size=20), max_size=5))
def test_any_form_post_is_an_answer_or_refused(kind: kinds.Kind, values: list[str]) -> None:
    try:
        answer = kind.from_form(values)
    except kinds.MalformedAnswer:
        return
    assert kind.parse(answer) == answer


@given(every_kind, seed_values)
def test_the_key_answers_itself(kind: kinds.Kind, seed: int) -> None:
    sample = kind.samples(seed)
    answer = kind.correct_answer(sample.content, sample.key)
    assert kind.grade(sample.content, sample.key, answer) == 1
    assert kind.describe_answer(sample.content, answer)
    chosen = {part.id for part in kind.describe_answer(sample.content, answer) if part.value is not False}
    assert set(kind.correct_options(sample.content, sample.key)) == chosen - {""}


@given(every_kind, seed_values, seed_values, st.booleans())
def test_presenting_keeps_every_option_and_is_repeatable(
    kind: kinds.Kind, seed: int, order: int, shuffle: bool
) -> None:
    sample = kind.samples(seed)
    shown = kind.present(sample.content, order, shuffle=shuffle)
    assert shown == kind.present(sample.content, order, shuffle=shuffle)
    assert shown.kind == kind.name
    assert shown.stem == sample.content["stem"]
    options = options_of(sample.content)
    if options:
        assert sorted(option.id for option in shown.options) == sorted(option.id for option in options)
        assert {option.id: option.text for option in shown.options} == {o.id: o.text for o in options}
        assert len({option.letter for option in shown.options}) == len(options)


@given(every_kind, seed_values)
def test_content_holds_nothing_of_the_key(kind: kinds.Kind, seed: int) -> None:
    sample = kind.samples(seed)
    assert not set(sample.content) & set(sample.key)
    options = sample.content.get("options", [])
    assert isinstance(options, list)
    assert all(set(option) == {"id", "text", "pinned"} for option in options)


@given(every_kind, json_values, json_values)
def test_checking_and_showing_survive_any_document(kind: kinds.Kind, left: object, right: object) -> None:
    content = (
        left if isinstance(left, dict) else {"stem": left, "options": [left, {"id": left, "text": right}]}
    )
    key = right if isinstance(right, dict) else {"correct": right, "accepted": right, "value": right}
    for problem in kind.check(content, key):
        assert str(problem.text)
    kind.present(content, 1, shuffle=True)
    assert kind.grade(content, key, None) == 0


PINNED = [
    "Tất cả các đáp án trên",
    "Không có đáp án nào",
    "Cả ba ý trên đều đúng",
    "All of the above",
    "None of these",
]
REFERRING = ["Cả A, B, C", "A và B đúng", "Both A and B", "Cả hai phương án A và C"]
words = st.sampled_from(
    ["Bác Hồ", "Đại hội VI", "Năm 1930", "Chi bộ", "Đảng ủy xã", "Đại hội XIII", "Nghị quyết"]
)


@given(st.lists(words | st.sampled_from(PINNED), min_size=2, max_size=8), seed_values)
def test_pinned_options_stay_and_nothing_passes_them(texts: list[str], seed: int) -> None:
    content = choice_content("Hỏi", texts)
    shown = kinds.get("single_choice").present(content, seed, shuffle=True).options
    for place, text in enumerate(texts):
        if text in PINNED:
            assert (shown[place].id, shown[place].text) == ("abcdefgh"[place], text)
            assert {option.id for option in shown[:place]} == set("abcdefgh"[:place])


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from(REFERRING), st.integers(0, 5), seed_values)
def test_naming_letters_freezes_the_whole_set(texts: list[str], referring: str, at: int, seed: int) -> None:
    texts.insert(at, referring)
    shown = kinds.get("multiple_response").present(choice_content("Hỏi", texts), seed, shuffle=True)
    assert [option.text for option in shown.options] == texts


@given(st.text())
def test_any_text_can_be_asked_for_pinning(text: str) -> None:
    assert pinning.is_pinned_text(text) in (True, False)
    assert not (pinning.refers_to_letters(text) and not pinning.is_pinned_text(text))
