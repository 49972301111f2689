"""What the analysis reads: marks, answers and versions of closed attempts, a statement each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.quizzes.analysis.reports import AttemptSet, Observation, Question
from lms.quizzes.bank.models import Question as BankQuestion
from lms.quizzes.bank.models import QuestionBank, QuestionVersion, Topic
from lms.quizzes.delivery.models import Attempt, AttemptState, ItemMark, Response
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState


def assessment_in(scope: Scope, public_id: str) -> Assessment | None:
    """A graded assessment within the scope that was released."""
    return db.session.scalars(
        sa.select(Assessment)
        .join(Unit, Unit.id == Assessment.unit_id)
        .options(sa.orm.joinedload(Assessment.course_class))
        .where(
            Assessment.public_id == public_id,
            Assessment.state != AssessmentState.DRAFT,
            Assessment.kind != AssessmentKind.PRACTICE,
            within(scope),
        )
    ).one_or_none()


def observations(assessment_id: int, chosen: AttemptSet = AttemptSet.FIRST) -> list[Observation]:
    """Every marked slot of the chosen closed attempts, by the newest round of marks; two statements."""
    marks = _marks(assessment_id)
    wanted = _chosen(marks, chosen)
    answers = _answers(assessment_id)
    return [
        Observation(
            attempt_id=row.attempt_id,
            slot=row.slot,
            version_id=row.version_id,
            share=Fraction(row.share_numerator, row.share_denominator),
            weight=row.weight,
            answer=answers.get((row.attempt_id, row.slot)),
        )
        for row in marks
        if row.attempt_id in wanted
    ]


def _marks(assessment_id: int) -> Sequence[Any]:
    newer = sa.orm.aliased(ItemMark)
    return db.session.execute(
        sa.select(
            Attempt.account_id,
            Attempt.number,
            ItemMark.attempt_id,
            ItemMark.slot,
            ItemMark.version_id,
            ItemMark.share_numerator,
            ItemMark.share_denominator,
            ItemMark.weight,
        )
        .join(Attempt, Attempt.id == ItemMark.attempt_id)
        .where(
            Attempt.assessment_id == assessment_id,
            Attempt.state == AttemptState.CLOSED,
            ~sa.exists().where(
                newer.attempt_id == ItemMark.attempt_id,
                newer.slot == ItemMark.slot,
                newer.round > ItemMark.round,
            ),
        )
        .order_by(ItemMark.attempt_id, ItemMark.slot)
    ).all()


def _chosen(marks: Iterable[Any], chosen: AttemptSet) -> set[int]:
    """Ids of the attempts that count: of each learner the first, last or best, or all of them."""
    totals: dict[int, Fraction] = {}
    of_learner: dict[int, dict[int, int]] = {}
    for row in marks:
        earned = Fraction(row.share_numerator * row.weight, row.share_denominator)
        totals[row.attempt_id] = totals.get(row.attempt_id, Fraction(0)) + earned
        of_learner.setdefault(row.account_id, {})[row.attempt_id] = row.number
    if chosen is AttemptSet.ALL:
        return set(totals)
    if chosen is AttemptSet.HIGHEST:
        return {max(own, key=lambda one: (totals[one], -own[one])) for own in of_learner.values()}
    pick = min if chosen is AttemptSet.FIRST else max
    return {pick(own, key=own.__getitem__) for own in of_learner.values()}


def _answers(assessment_id: int) -> dict[tuple[int, int], Any]:
    """The answers that stand, by attempt and slot."""
    newest = (
        sa.select(Response.attempt_id, Response.slot, sa.func.max(Response.revision).label("revision"))
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.assessment_id == assessment_id, Attempt.state == AttemptState.CLOSED)
        .group_by(Response.attempt_id, Response.slot)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Response.attempt_id, Response.slot, Response.answer).join(
            newest,
            (newest.c.attempt_id == Response.attempt_id)
            & (newest.c.slot == Response.slot)
            & (newest.c.revision == Response.revision),
        )
    )
    return {(row.attempt_id, row.slot): row.answer for row in rows}


def questions_asked(version_ids: Iterable[int]) -> dict[int, Question]:
    """The versions with these ids as the report shows them; one statement."""
    rows = db.session.execute(
        sa.select(
            QuestionVersion.id,
            QuestionVersion.number,
            BankQuestion.public_id,
            QuestionBank.public_id,
            QuestionVersion.kind,
            QuestionVersion.content,
            QuestionVersion.key,
            QuestionVersion.plain,
            Topic.title,
            QuestionVersion.level,
            QuestionVersion.aspect,
        )
        .join(BankQuestion, BankQuestion.id == QuestionVersion.question_id)
        .join(QuestionBank, QuestionBank.id == BankQuestion.bank_id)
        .join(Topic, Topic.id == QuestionVersion.topic_id)
        .where(QuestionVersion.id.in_(set(version_ids)))
        .order_by(QuestionVersion.id)
    )
    return {row[0]: Question(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Performance:
    """How a question did in one assessment, over all its versions and closed attempts."""

    title: str
    assessment_id: str
    right: int
    seen: int


def performance_of(question_id: int, scope: Scope) -> list[Performance]:
    """Where within the scope the question was asked and how often it was answered rightly; one statement."""
    newer = sa.orm.aliased(ItemMark)
    right = sa.case((ItemMark.share_numerator == ItemMark.share_denominator, 1), else_=0)
    rows = db.session.execute(
        sa.select(Assessment.title, Assessment.public_id, sa.func.sum(right), sa.func.count())
        .select_from(ItemMark)
        .join(QuestionVersion, QuestionVersion.id == ItemMark.version_id)
        .join(Attempt, Attempt.id == ItemMark.attempt_id)
        .join(Assessment, Assessment.id == Attempt.assessment_id)
        .join(Unit, Unit.id == Assessment.unit_id)
        .where(
            QuestionVersion.question_id == question_id,
            Assessment.kind != AssessmentKind.PRACTICE,
            within(scope),
            ~sa.exists().where(
                newer.attempt_id == ItemMark.attempt_id,
                newer.slot == ItemMark.slot,
                newer.round > ItemMark.round,
            ),
        )
        .group_by(Assessment.id, Assessment.title, Assessment.public_id, Assessment.opens_at)
        .order_by(Assessment.opens_at.desc(), Assessment.id.desc())
    )
    return [Performance(row[0], row[1], int(row[2]), row[3]) for row in rows]
