from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes import kinds
from lms.quizzes.kinds.documents import choice_content
from lms.quizzes.marking import MarkedVersion, MarkingSlot, mark_attempt

CONTENT = choice_content("?", ["một", "hai", "ba"])


def version(topic: str, aspect: str, key: dict[str, object], kind: str = "single_choice") -> MarkedVersion:
    return MarkedVersion(kind, CONTENT, key, topic, aspect)


VERSIONS = {
    10: version("Đảng", "theory", {"correct": ["a"]}),
    11: version("Đảng", "practice", {"correct": ["a", "b", "c"], "policy": "partial"}, "multiple_response"),
    12: version("Luật", "theory", {"correct": ["c"]}),
}
SLOTS = [MarkingSlot(1, 10, 100), MarkingSlot(2, 11, 200), MarkingSlot(3, 12, 100)]


def test_parts_are_summed_exactly_and_rounded_once() -> None:
    marks = mark_attempt(SLOTS, {1: "a", 2: ["a"], 3: "b"}, VERSIONS)
    assert [item.share for item in marks.items] == [1, Fraction(1, 3), 0]
    assert marks.total.earned == 100 + Fraction(200, 3)
    assert (marks.total.maximum, marks.total.items) == (400, 3)
    assert marks.total_hundredths == 420
    assert (marks.theory.hundredths, marks.practice.hundredths) == (500, 330)
    assert {topic: part.hundredths for topic, part in marks.topics.items()} == {"Đảng": 560, "Luật": 0}


def test_an_empty_part_has_no_mark() -> None:
    marks = mark_attempt(SLOTS[:1], {}, VERSIONS)
    assert marks.practice.hundredths is None
    assert marks.total_hundredths == 0
    assert not marks.items[0].answered
    assert mark_attempt([], {}, {}).total_hundredths == 0


def test_an_unreadable_answer_earns_nothing_and_is_flagged() -> None:
    marks = mark_attempt(SLOTS, {1: ["a"], 2: ["a", "b", "c"]}, VERSIONS)
    assert [(item.share, item.answered, item.readable) for item in marks.items] == [
        (Fraction(0), True, False),
        (Fraction(1), True, True),
        (Fraction(0), False, True),
    ]


def test_a_missing_version_or_kind_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(KeyError):
        mark_attempt(SLOTS, {}, {})
    with pytest.raises(KeyError):
        mark_attempt([MarkingSlot(1, 1, 100)], {}, {1: version("Đảng", "theory", {}, "essay")})


@st.composite
def attempts(
    draw: st.DrawFn,
) -> tuple[list[MarkingSlot], dict[int, kinds.Answer], dict[int, MarkedVersion], list[Fraction]]:
    slots, answers, versions, shares = [], {}, {}, []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        kind = kinds.get(draw(st.sampled_from(kinds.names())))
        sample = kind.samples(draw(st.integers(0, 1000)))
        answer, share = draw(
            st.sampled_from([*((right, Fraction(1)) for right in sample.right), *sample.wrong])
        )
        topic, aspect = draw(st.sampled_from("xyz")), draw(st.sampled_from(["theory", "practice"]))
        versions[number + 100] = MarkedVersion(kind.name, sample.content, sample.key, topic, aspect)
        slots.append(MarkingSlot(number, number + 100, draw(st.integers(1, 500))))
        answers[number] = answer
        shares.append(share)
    return slots, answers, versions, shares


@given(attempts())
def test_parts_add_up(
    attempt: tuple[list[MarkingSlot], dict[int, kinds.Answer], dict[int, MarkedVersion], list[Fraction]],
) -> None:
    slots, answers, versions, shares = attempt
    marks = mark_attempt(slots, answers, versions)
    assert [item.share for item in marks.items] == shares
    assert marks.total.earned == sum(share * slot.weight for share, slot in zip(shares, slots, strict=True))
    for parts in ([marks.theory, marks.practice], list(marks.topics.values())):
        assert sum(part.earned for part in parts) == marks.total.earned
        assert sum(part.maximum for part in parts) == marks.total.maximum
        assert sum(part.items for part in parts) == len(slots)
    assert 0 <= marks.total_hundredths <= 1000
    assert abs(Fraction(marks.total_hundredths, 1000) - marks.total.earned / marks.total.maximum) <= Fraction(
        1, 200
    )
