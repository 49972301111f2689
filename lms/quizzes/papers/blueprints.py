"""Blueprints as people fill them in: a table of topics against levels and aspects.

A line says how many questions of one cell a paper takes. Marks are scaled to 10 in the end, so the weights of a paper
need not sum to 10 points; an even blueprint has one weight for all of its questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.quizzes.bank.models import Aspect, Level

FULL_SCALE = 1000
"""10 points, in hundredths."""
MOST_QUESTIONS = 300
MOST_WEIGHT = 10 * FULL_SCALE
ANY = "any"


@dataclass(frozen=True, slots=True)
class Column:
    """A level × aspect of the table; ``None`` means any."""

    level: Level | None
    aspect: Aspect | None

    @property
    def key(self) -> str:
        """Its name in a form: ``apply-practice``, ``any-any``."""
        return f"{self.level.value if self.level else ANY}-{self.aspect.value if self.aspect else ANY}"


@dataclass(frozen=True, slots=True)
class Line:
    """``count`` questions of a cell, each of ``weight`` hundredths of a point."""

    topic: int | None
    level: Level | None
    aspect: Aspect | None
    count: int
    weight: int = 100

    @property
    def column(self) -> Column:
        """Where in its row it stands."""
        return Column(self.level, self.aspect)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a blueprint. ``by_aspect`` has ``None`` for questions of either; ``points`` is in hundredths."""

    questions: int
    points: int
    by_topic: Mapping[int | None, int]
    by_column: Mapping[Column, int]
    by_aspect: Mapping[Aspect | None, int]


COLUMNS = (
    *(Column(level, aspect) for level in Level for aspect in Aspect),
    *(Column(None, aspect) for aspect in (*Aspect, None)),
)
"""What the editor always offers: each level × aspect, and any level of theory, of practice, of both."""


def columns_for(lines: Iterable[Line]) -> list[Column]:
    """The offered columns and, after them, those that a blueprint uses besides."""
    return list(dict.fromkeys([*COLUMNS, *(line.column for line in lines)]))


def totals(lines: Sequence[Line]) -> Totals:
    """The sums of a blueprint."""
    by_topic: dict[int | None, int] = {}
    by_column: dict[Column, int] = {}
    by_aspect: dict[Aspect | None, int] = {}
    for line in lines:
        by_topic[line.topic] = by_topic.get(line.topic, 0) + line.count
        by_column[line.column] = by_column.get(line.column, 0) + line.count
        by_aspect[line.aspect] = by_aspect.get(line.aspect, 0) + line.count
    return Totals(
        questions=sum(line.count for line in lines),
        points=sum(line.count * line.weight for line in lines),
        by_topic=by_topic,
        by_column=by_column,
        by_aspect=by_aspect,
    )


def even_weight(questions: int) -> int:
    """Hundredths of a point for each of so many questions that share 10 points; rounded, at least one."""
    return max(1, (2 * FULL_SCALE + questions) // (2 * questions)) if questions else FULL_SCALE


def is_even(lines: Sequence[Line]) -> bool:
    """Whether every question weighs the same."""
    return len({line.weight for line in lines}) <= 1


def weighted(lines: Sequence[Line], by_level: Mapping[Level | None, int] | None) -> list[Line]:
    """The lines with weights by level, or evenly out of 10 points where ``by_level`` is ``None``."""
    even = even_weight(sum(line.count for line in lines))
    return [
        Line(
            line.topic,
            line.level,
            line.aspect,
            line.count,
            even if by_level is None else by_level[line.level],
        )
        for line in lines
    ]


Available = Mapping[tuple[int, Level, Aspect], int]
"""How many approved questions the bank has, by topic id, level and aspect."""


def available(counts: Available, topic: int | None, column: Column) -> int:
    """How many questions of the bank fit a cell."""
    return sum(
        count
        for (its_topic, level, aspect), count in counts.items()
        if topic in (None, its_topic) and column.level in (None, level) and column.aspect in (None, aspect)
    )


def spread(questions: int, topics: Sequence[int | None], stock: Mapping[int | None, int]) -> list[Line]:
    """``questions`` shared out among topics as evenly as their stock allows.

    What the stock can't give is put on the topics alike, where the check will show it as missing.
    """
    shares = dict.fromkeys(topics, 0)
    for _ in range(questions):
        with_stock = [topic for topic in topics if shares[topic] < stock.get(topic, 0)]
        poorest = min(with_stock or topics, key=lambda topic: shares[topic])
        shares[poorest] += 1
    return [Line(topic, None, None, count) for topic, count in shares.items() if count]
