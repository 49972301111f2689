"""What a learner sees of a practice attempt: questions answered so far and their feedback."""

from dataclasses import dataclass
from fractions import Fraction

import sqlalchemy as sa

from lms.core.db import db
from lms.courses.catalogue.models import SourceDocument
from lms.quizzes.bank.models import QuestionVersion
from lms.quizzes.delivery.queries.attempts import Standing
from lms.quizzes.delivery.queries.papers import Paper, kind_at


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said after an answer: its exact share, the right options, why, and the document that says so."""

    share: Fraction
    correct: frozenset[str]
    chosen: frozenset[str]
    explanation: str
    source: str

    @property
    def is_right(self) -> bool:
        """Everything that could be earned."""
        return self.share == 1


def share_of(paper: Paper, slot: int, standing: Standing) -> Fraction:
    """How much of its weight a stored answer earns."""
    kind, version = kind_at(paper, slot)
    return kind.grade(version.content, version.key, standing.answer)


def feedback(paper: Paper, slot: int, standing: Standing) -> Feedback:
    """Feedback on an answered question; one statement for the source document."""
    kind, version = kind_at(paper, slot)
    row = db.session.execute(
        sa.select(QuestionVersion.source_place, SourceDocument.title, SourceDocument.number)
        .outerjoin(SourceDocument, SourceDocument.id == QuestionVersion.source_id)
        .where(QuestionVersion.id == version.id)
    ).one()
    source = ", ".join(part for part in (row.source_place, row.title, row.number) if part)
    return Feedback(
        share=share_of(paper, slot, standing),
        correct=frozenset(kind.correct_options(version.content, version.key)),
        chosen=frozenset(kind.option_ids(standing.answer)),
        explanation=version.explanation,
        source=source,
    )
