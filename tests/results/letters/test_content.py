"""What a letter says: exact figures, distributions that sum to 100, no comparison that would speak of persons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.rounding import percentage, scaled
from lms.results.letters import content, wording
from lms.results.letters.content import Facts, LearnerRow, TopicMark

BANDS = (("excellent", "Xuất sắc"), ("good", "Giỏi"), ("failed", "Không đạt"))
FACTS = Facts("Lớp thử", "L1", "Chương trình", date(2026, 1, 5), date(2026, 1, 9), bands=BANDS)
HEAD = {"style": "party", "superior": "Đảng ủy xã", "issuer": "Trung tâm", "code": "TTCT", "place": "Tân Lập",
        "signer_role": "K/T GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "signer_name": "Lê Văn"}  # fmt: skip

topic_marks = st.builds(
    TopicMark, st.integers(1, 4), st.sampled_from(["A", "B"]), st.integers(0, 1000), st.integers(0, 9)
)
learners = st.builds(
    LearnerRow,
    name=st.just("Nguyễn Văn An"),
    unit_id=st.sampled_from([1, 2]),
    periods=st.just(40),
    missed=st.integers(0, 40),
    theory=st.none() | st.integers(0, 1000),
    practice=st.none() | st.integers(0, 1000),
    mark=st.none() | st.integers(0, 1000),
    band=st.sampled_from(["", "excellent", "good", "failed", "not_eligible"]),
    band_title=st.just("Tên"),
    passed=st.booleans(),
    withdrawn=st.booleans(),
    topics=st.lists(topic_marks, max_size=4).map(tuple),
)
groups = st.lists(learners, max_size=30)


@given(groups)
def test_every_distribution_sums_to_exactly_one_hundred(group: list[LearnerRow]) -> None:
    found = content.report(FACTS, "Đơn vị", [one for one in group if one.unit_id == 1], group)
    stayed = [one for one in group if one.unit_id == 1 and not one.withdrawn]
    assert sum(one["count"] for one in found["bands"]) == len(stayed) == len(found["learners"])
    shares = [Decimal(one["percent"]) for one in found["bands"]]
    assert sum(shares) == (100 if stayed else 0)
    for one, share in zip(found["bands"], shares, strict=True):
        exact = Fraction(100 * one["count"], len(stayed)) if stayed else Fraction(0)
        assert abs(Fraction(share) - exact) < Fraction(1, 100)


@given(groups)
def test_lone_figures_are_plainly_rounded(group: list[LearnerRow]) -> None:
    found = content.report(FACTS, "Đơn vị", group, group)
    presence = found["attendance"]
    assert Decimal(presence["percent"]) == percentage(presence["attended"], presence["periods"])
    assert found["passed"] == sum(one.passed and not one.withdrawn for one in group)


@given(groups, groups)
def test_topics_agree_with_a_plain_reckoning(group: list[LearnerRow], rest: list[LearnerRow]) -> None:
    whole = group + rest
    found = content.compare(group, whole)
    assert bool(found.why) == (not found.topics)
    if len(group) < content.FEWEST:
        assert found.why == "few"
    elif len(rest) < content.FEWEST:
        assert found.why == "alone"
    means = {}
    for name, people in (("group", group), ("whole", whole)):
        for topic in range(1, 5):
            own = []
            for person in people:
                asked = [
                    (one.mark, one.questions) for one in person.topics if one.topic == topic and one.questions
                ]
                if asked:
                    own.append(Fraction(sum(m * q for m, q in asked), sum(q for _, q in asked)))
            means[name, topic] = own
    for share in found.topics:
        assert any(
            (share.group, share.whole)
            == tuple(
                scaled(sum(means[name, number]) / len(means[name, number]), 1) for name in ("group", "whole")
            )
            for number in range(1, 5)
            if means["group", number]
        )
    shown = sum(
        len(means["group", n]) >= 3 and len(means["whole", n]) - len(means["group", n]) >= 3
        for n in range(1, 5)
    )
    assert len(found.topics) == (0 if found.why in {"few", "alone"} else shown)


@given(groups)
def test_the_gap_counts_everybody_who_has_both_parts(group: list[LearnerRow]) -> None:
    found = content.gap(group, 500)
    assert found.learners == sum(one.theory is not None and one.practice is not None for one in group)


@given(groups, st.sampled_from(["party", "state"]), st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_any_report_can_be_worded(group: list[LearnerRow], style: str, dated: date | None) -> None:
    found = content.report(FACTS, "Đơn vị", group, group)
    letter = wording.whole_letter(
        found,
        {**HEAD, "style": style},
        recommendation=wording.proposed(found),
        made_on=date(2026, 1, 9),
        dated=dated,
    )
    for block in letter["blocks"]:
        if block["kind"] == "table":
            assert {len(row) for row in block["rows"]} <= {len(block["columns"])}


def row(theory: int, practice: int, topic: int = 700) -> LearnerRow:
    return LearnerRow(
        "Nguyễn Văn An",
        theory=theory,
        practice=practice,
        mark=(theory + practice) // 2,
        band="good",
        band_title="Giỏi",
        passed=True,
        topics=(TopicMark(1, "Sự lãnh đạo của Đảng", topic, 4),),
    )


def said(group: list[LearnerRow], whole: list[LearnerRow]) -> str:
    found = content.report(FACTS, "Đảng ủy xã Tân Lập", group, whole)
    letter = wording.whole_letter(found, HEAD, recommendation="", made_on=date(2026, 11, 9))
    return "\n".join(block.get("text", "") for block in letter["blocks"])


def test_two_learners_are_not_compared_and_the_letter_says_so() -> None:
    whole = [row(800, 400)] * 20
    assert "cử ít hơn 3 học viên nên không so sánh" in said(whole[:2], whole)
    assert "không so sánh" not in said(whole[:3], whole)


def test_a_group_that_is_nearly_the_class_is_not_compared() -> None:
    whole = [row(800, 400)] * 20
    assert "Gần như cả lớp là học viên của đơn vị" in said(whole[:18], whole)


@pytest.mark.parametrize(("mark", "words"), [(900, "Mạnh hơn cả lớp: Sự lãnh đạo"), (300, "Yếu hơn cả lớp: Sự lãnh đạo"), (700, "Không có nội dung nào")])  # fmt: skip
def test_strong_and_weak_topics(mark: int, words: str) -> None:
    group = [row(800, 800, mark)] * 3
    assert words in said(group, group + [row(800, 800)] * 9)


def test_who_knows_but_cannot_apply_is_said_in_plain_words() -> None:
    whole = [row(800, 400)] * 12 + [row(800, 700)] * 18
    assert "12/30 (40,00\u00a0%) biết nhưng chưa vận dụng được" in said(whole, whole)
    assert "18/30 (60,00\u00a0%) đạt cả lý luận và thực tiễn" in said(whole, whole)


def test_who_withdrew_is_named_and_not_counted() -> None:
    whole = [row(800, 800)] * 3 + [replace(row(0, 0), name="Lê Rút Lui", withdrawn=True)]
    found = content.report(FACTS, "Đơn vị", whole, whole)
    assert found["withdrawn"] == ["Lê Rút Lui"]
    assert len(found["learners"]) == 3
    assert "Lê Rút Lui (1 người)" in said(whole, whole)


@pytest.mark.parametrize(
    ("style", "number", "words"),
    [
        ("party", "", f"Số {wording.GAP}-TB/TTCT"),
        ("party", "12", "Số 12-TB/TTCT"),
        ("state", "", f"Số: {wording.GAP}/TB-TTCT"),
        ("state", "12", "Số: 12/TB-TTCT"),
    ],
)
def test_the_number_stays_open_until_it_is_known(style: str, number: str, words: str) -> None:
    assert wording.number_words({**HEAD, "style": style}, number) == words


def test_small_days_and_months_get_a_zero() -> None:
    made = date(2026, 11, 9)
    assert wording.place_and_date("Tân Lập", date(2026, 2, 5), made) == "Tân Lập, ngày 05 tháng 02 năm 2026"
    assert wording.place_and_date("Tân Lập", date(2026, 3, 15), made) == "Tân Lập, ngày 15 tháng 3 năm 2026"
    assert wording.place_and_date("", None, made) == f"Ngày {wording.GAP} tháng 11 năm 2026"
    assert wording.role_words({**HEAD, "style": "state"}) == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
