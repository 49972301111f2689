"""What a class came to, from its rows: counts, mean, median, bands, topics, theory against practice. Pure and exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lms.core.messages import N_
from lms.core.rounding import distribution, scaled
from lms.core.vietnamese import text_sort_key
from lms.results.gradebook.table import Outcome, ResultRow

BANDS: tuple[tuple[int, str, str], ...] = (
    (900, N_("Xuất sắc"), N_("từ 9 điểm")),
    (800, N_("Giỏi"), N_("từ 8 đến dưới 9")),
    (700, N_("Khá"), N_("từ 7 đến dưới 8")),
    (500, N_("Trung bình"), N_("từ 5 đến dưới 7")),
    (0, N_("Dưới trung bình"), N_("dưới 5")),
)
"""Lower border in hundredths, belonging to the band; the centre's own regulation decides classes of a whole course."""


@dataclass(frozen=True, slots=True)
class BandShare:
    """How many marks lie in a band; the percentages of all bands sum to exactly 100."""

    name: str
    range: str
    count: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class TopicMean:
    """A topic's mean mark in hundredths over the learners who had questions on it."""

    title: str
    mean: int
    lowest: int
    learners: int
    questions: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Theory against practice over the learners who had both: who reached the pass mark in which part."""

    both: int
    theory_only: int
    practice_only: int
    neither: int

    @property
    def learners(self) -> int:
        """All who had both parts."""
        return self.both + self.theory_only + self.practice_only + self.neither


@dataclass(frozen=True, slots=True)
class Summary:
    """The class at a glance; marks in hundredths, ``None`` where nobody has one."""

    learners: int
    sat: int
    passed: int
    failed: int
    writing: int
    not_sat: int
    mean: int | None
    median: int | None
    theory_mean: int | None
    practice_mean: int | None
    bands: Sequence[BandShare]
    topics: Sequence[TopicMean]
    gap: Gap


def mean_of(marks: Sequence[int]) -> int | None:
    """Mean of marks in hundredths, rounded half up; ``None`` of none."""
    return scaled(Fraction(sum(marks), len(marks)), 1) if marks else None


def median_of(marks: Sequence[int]) -> int | None:
    """The middle mark, or the mean of the two in the middle; ``None`` of none."""
    ordered = sorted(marks)
    middle = len(ordered) // 2
    return mean_of(
        ordered[middle : middle + 1] if len(ordered) % 2 else ordered[max(middle - 1, 0) : middle + 1]
    )


def summarise(rows: Sequence[ResultRow], pass_mark: int) -> Summary:
    """The summary of ``rows``; ``pass_mark`` in hundredths parts theory and practice too."""
    counts = {outcome: sum(row.outcome is outcome for row in rows) for outcome in Outcome}
    totals = [row.total for row in rows if row.total is not None]
    return Summary(
        learners=len(rows),
        sat=len(totals),
        passed=counts[Outcome.PASSED],
        failed=counts[Outcome.FAILED],
        writing=sum(row.writing for row in rows),
        not_sat=counts[Outcome.NOT_SAT],
        mean=mean_of(totals),
        median=median_of(totals),
        theory_mean=mean_of([row.theory for row in rows if row.theory is not None]),
        practice_mean=mean_of([row.practice for row in rows if row.practice is not None]),
        bands=bands(totals),
        topics=topic_means(rows),
        gap=gap(rows, pass_mark),
    )


def bands(totals: Sequence[int]) -> list[BandShare]:
    """How the marks spread over the bands, best first."""
    placed = [next(place for place, band in enumerate(BANDS) if total >= band[0]) for total in totals]
    counts = [placed.count(place) for place in range(len(BANDS))]
    return [
        BandShare(name, reach, count, percent)
        for (_, name, reach), count, percent in zip(BANDS, counts, distribution(counts), strict=True)
    ]


def topic_means(rows: Sequence[ResultRow]) -> list[TopicMean]:
    """The mean of each topic, weakest first; a topic is known by its id, its title is the latest one met."""
    marks: dict[object, list[int]] = {}
    titles: dict[object, str] = {}
    asked: dict[object, int] = {}
    for row in rows:
        for topic in row.topics:
            if topic["mark"] is None:
                continue
            marks.setdefault(topic["topic"], []).append(topic["mark"])
            titles[topic["topic"]] = topic["title"]
            asked[topic["topic"]] = asked.get(topic["topic"], 0) + topic["questions"]
    means = [
        TopicMean(titles[key], mean_of(values) or 0, min(values), len(values), asked[key])
        for key, values in marks.items()
    ]
    return sorted(means, key=lambda topic: (topic.mean, text_sort_key(topic.title)))


def gap(rows: Sequence[ResultRow], pass_mark: int) -> Gap:
    """Who knows and who can apply."""
    pairs = [
        (row.theory >= pass_mark, row.practice >= pass_mark)
        for row in rows
        if row.theory is not None and row.practice is not None
    ]
    return Gap(
        both=pairs.count((True, True)),
        theory_only=pairs.count((True, False)),
        practice_only=pairs.count((False, True)),
        neither=pairs.count((False, False)),
    )
