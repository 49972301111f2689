"""What a unit feedback report says, from plain rows. Pure and exact: integers, fractions, percentages as decimals.

A group of fewer than :data:`FEWEST` learners is never compared with its class, nor one that leaves fewer than that
outside: the figures would speak of persons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lms.core.rounding import distribution, percentage, scaled
from lms.core.vietnamese import text_sort_key

FEWEST = 3
"""Learners that a group needs to be compared, and that the rest of its class needs."""
NOTABLE = 50
"""Hundredths of a point by which a topic's mean must differ from the class's to be called strong or weak."""
NO_BAND = ""


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A learner's mark in a topic of one assessment, in hundredths, over so many questions."""

    topic: int
    title: str
    mark: int
    questions: int


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner of the class; marks in hundredths, periods as counted by the roll."""

    name: str
    born: str = ""
    unit_id: int | None = None
    periods: int = 0
    missed: int = 0
    excused: int = 0
    theory: int | None = None
    practice: int | None = None
    mark: int | None = None
    band: str = NO_BAND
    band_title: str = ""
    passed: bool = False
    remark: str = ""
    withdrawn: bool = False
    topics: tuple[TopicMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of the whole class. ``bands`` are codes and titles, best first; ``pass_mark`` in hundredths."""

    title: str
    code: str
    programme: str
    starts_on: date
    ends_on: date
    place: str = ""
    bands: tuple[tuple[str, str], ...] = ()
    pass_mark: int = 500


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many of the group got a class of result; the percentages of all of them sum to exactly 100,00."""

    title: str
    count: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class TopicShare:
    """A topic's mean in hundredths for the group and for the class; ``verdict`` strong, weak or even."""

    title: str
    group: int
    whole: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Topics against the class, the strongest first; ``why`` says why there are none: few, alone or nothing."""

    why: str = ""
    topics: Sequence[TopicShare] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Gap:
    """Who reached the pass mark in which part, of those who have both."""

    both: int
    theory_only: int
    practice_only: int
    neither: int

    @property
    def learners(self) -> int:
        """All who have both parts."""
        return self.both + self.theory_only + self.practice_only + self.neither


def band_counts(learners: Sequence[LearnerRow], bands: Sequence[tuple[str, str]]) -> list[BandCount]:
    """The whole distribution: each band of the regulation, others that occur, and those without one."""
    titles = dict(bands)
    for one in learners:
        titles.setdefault(one.band, one.band_title)
    titles = {code: title for code, title in titles.items() if code != NO_BAND}
    counts = [sum(one.band == code for one in learners) for code in titles]
    without = sum(one.band == NO_BAND for one in learners)
    names = list(titles.values())
    if without:
        names, counts = [*names, NO_BAND], [*counts, without]
    return [
        BandCount(title, count, share)
        for title, count, share in zip(names, counts, distribution(counts), strict=True)
    ]


def topic_means(learners: Sequence[LearnerRow]) -> dict[int, tuple[Fraction, int]]:
    """The exact mean of each topic over the learners, in hundredths, with how many they are.

    A learner's own mark is the mean over the assessments, each weighing as many questions as it asked.
    """
    marks: dict[int, list[Fraction]] = {}
    for learner in learners:
        for topic, own in _own_topics(learner).items():
            marks.setdefault(topic, []).append(own)
    return {topic: (sum(found, Fraction(0)) / len(found), len(found)) for topic, found in marks.items()}


def _own_topics(learner: LearnerRow) -> dict[int, Fraction]:
    sums: dict[int, tuple[int, int]] = {}
    for one in learner.topics:
        if one.questions > 0:
            marks, asked = sums.get(one.topic, (0, 0))
            sums[one.topic] = marks + one.mark * one.questions, asked + one.questions
    return {topic: Fraction(marks, asked) for topic, (marks, asked) in sums.items()}


Means = Mapping[int, tuple[Fraction, int]]


def compare(
    group: Sequence[LearnerRow], whole: Sequence[LearnerRow], theirs: Means | None = None
) -> Comparison:
    """Topics of the group against the whole class, the group included.

    ``theirs`` are the class's :func:`topic_means` where they are known already, since every unit asks for them.
    """
    if len(group) < FEWEST:
        return Comparison("few")
    if len(whole) - len(group) < FEWEST:
        return Comparison("alone")
    titles = {one.topic: one.title for learner in whole for one in learner.topics}
    theirs = topic_means(whole) if theirs is None else theirs
    found = [
        (mean - theirs[topic][0], titles[topic], mean, theirs[topic][0])
        for topic, (mean, count) in topic_means(group).items()
        if count >= FEWEST and theirs[topic][1] - count >= FEWEST
    ]
    if not found:
        return Comparison("nothing")
    found.sort(key=lambda one: (-one[0], text_sort_key(one[1])))
    return Comparison(
        "",
        [
            TopicShare(title, scaled(mean, 1), scaled(their, 1), _verdict(difference))
            for difference, title, mean, their in found
        ],
    )


def _verdict(difference: Fraction) -> str:
    if difference >= NOTABLE:
        return "strong"
    return "weak" if difference <= -NOTABLE else "even"


def gap(learners: Sequence[LearnerRow], pass_mark: int) -> Gap:
    """Who knows and who can apply."""
    pairs = [
        (one.theory >= pass_mark, one.practice >= pass_mark)
        for one in learners
        if one.theory is not None and one.practice is not None
    ]
    return Gap(*(pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))))


def report(
    facts: Facts,
    unit: str,
    group: Sequence[LearnerRow],
    whole: Sequence[LearnerRow],
    theirs: Means | None = None,
) -> dict[str, Any]:
    """The report on ``group`` (the learners a unit sent) within ``whole`` (the class), as plain JSON values.

    Who withdrew is named but counted nowhere.
    """
    stayed = [one for one in group if not one.withdrawn]
    everybody = [one for one in whole if not one.withdrawn]
    periods = sum(one.periods for one in stayed)
    attended = periods - sum(one.missed for one in stayed)
    return {
        "form": 1,
        "class": {
            "title": facts.title,
            "code": facts.code,
            "programme": facts.programme,
            "starts_on": facts.starts_on.isoformat(),
            "ends_on": facts.ends_on.isoformat(),
            "place": facts.place,
            "learners": len(everybody),
        },
        "unit": unit,
        "pass_mark": facts.pass_mark,
        "learners": [_person(one) for one in stayed],
        "withdrawn": [one.name for one in group if one.withdrawn],
        "passed": sum(one.passed for one in stayed),
        "attendance": {
            "periods": periods,
            "attended": attended,
            "percent": str(percentage(attended, periods)),
            "unexcused": sum(one.missed > one.excused for one in stayed),
        },
        "bands": [
            {"title": one.title, "count": one.count, "percent": str(one.percent)}
            for one in band_counts(stayed, facts.bands)
        ],
        "comparison": asdict(compare(stayed, everybody, theirs)),
        "gap": asdict(gap(stayed, facts.pass_mark)),
    }


def _person(one: LearnerRow) -> dict[str, Any]:
    attended = one.periods - one.missed
    return {
        "name": one.name,
        "born": one.born,
        "periods": one.periods,
        "attended": attended,
        "percent": str(percentage(attended, one.periods)),
        "theory": one.theory,
        "practice": one.practice,
        "mark": one.mark,
        "band": one.band_title,
        "passed": one.passed,
        "remark": one.remark,
    }


def gap_of(content: Mapping[str, Any]) -> Gap:
    """The gap that a stored report holds."""
    return Gap(**content["gap"])
