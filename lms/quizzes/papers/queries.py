"""Assessments within a scope, what can be chosen for a new one, and how many learners have begun."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.units.queries import within
from lms.core import vietnamese
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.paging import PER_PAGE, Page, nearest
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.bank.models import QuestionBank
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState, BlueprintCell


class Stage(StrEnum):
    """Where an assessment stands at a moment: its state, parted by submission and window."""

    DRAFT = "draft"
    WAITING = "waiting"
    UPCOMING = "upcoming"
    OPEN = "open"
    ENDED = "ended"
    ARCHIVED = "archived"


def stage(assessment: Assessment, moment: datetime) -> Stage:
    """The stage at ``moment``."""
    if assessment.state is AssessmentState.ARCHIVED:
        return Stage.ARCHIVED
    if assessment.state is AssessmentState.DRAFT:
        return Stage.WAITING if assessment.submitted_at else Stage.DRAFT
    if assessment.opens_at is not None and assessment.opens_at > moment:
        return Stage.UPCOMING
    if assessment.closes_at is not None and assessment.closes_at <= moment:
        return Stage.ENDED
    return Stage.OPEN


def _at_stage(wanted: Stage, moment: datetime) -> sa.ColumnElement[bool]:
    """:func:`stage` as a condition."""
    draft, released = Assessment.state == AssessmentState.DRAFT, Assessment.state == AssessmentState.RELEASED
    begun = sa.or_(Assessment.opens_at.is_(None), Assessment.opens_at <= moment)
    ended = sa.and_(Assessment.closes_at.is_not(None), Assessment.closes_at <= moment)
    return {
        Stage.DRAFT: sa.and_(draft, Assessment.submitted_at.is_(None)),
        Stage.WAITING: sa.and_(draft, Assessment.submitted_at.is_not(None)),
        Stage.UPCOMING: sa.and_(released, sa.not_(begun)),
        Stage.OPEN: sa.and_(released, begun, sa.not_(ended)),
        Stage.ENDED: sa.and_(released, begun, ended),
        Stage.ARCHIVED: Assessment.state == AssessmentState.ARCHIVED,
    }[wanted]


@dataclass(frozen=True)
class AssessmentFilter:
    """What the list is narrowed to; ``sort`` is a name of ``SORTS``, with ``-`` before it descending."""

    text: str = ""
    kind: AssessmentKind | None = None
    stage: Stage | None = None
    course_class: str = ""
    sort: str = ""


@dataclass(frozen=True)
class AssessmentRow:
    """An assessment in the list, with the number of questions on its paper."""

    assessment: Assessment
    questions: int

    @property
    def public_id(self) -> str:
        """The assessment's key."""
        return self.assessment.public_id


_QUESTIONS = (
    sa.select(sa.func.coalesce(sa.func.sum(BlueprintCell.count), 0))
    .where(BlueprintCell.assessment_id == Assessment.id)
    .scalar_subquery()
)
SORTS: dict[str, Any] = {
    "title": Assessment.search_key,
    "class": CourseClass.title,
    "opens": Assessment.opens_at,
    "questions": _QUESTIONS,
}


def assessments(
    scope: Scope, wanted: AssessmentFilter, moment: datetime, page: int = 1
) -> Page[AssessmentRow]:
    """One page of the scope's assessments, the newest first; two statements."""
    chosen = (
        sa.select(Assessment, _QUESTIONS)
        .join(Assessment.unit)
        .join(Assessment.course_class)
        .where(within(scope))
        .options(contains_eager(Assessment.course_class), joinedload(Assessment.author))
    )
    if wanted.kind is not None:
        chosen = chosen.where(Assessment.kind == wanted.kind)
    if wanted.stage is not None:
        chosen = chosen.where(_at_stage(wanted.stage, moment))
    if wanted.course_class:
        chosen = chosen.where(CourseClass.public_id == wanted.course_class)
    for word in vietnamese.search_key(wanted.text).split():
        chosen = chosen.where(Assessment.search_key.contains(word, autoescape=True))
    plain = chosen.with_only_columns(Assessment.id).options().order_by(None)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(plain.subquery())) or 0
    page = nearest(page, total)
    column = SORTS.get(wanted.sort.removeprefix("-"))
    if column is not None:
        chosen = chosen.order_by(column.desc() if wanted.sort.startswith("-") else column.asc())
    rows = db.session.execute(
        chosen.order_by(Assessment.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    return Page([AssessmentRow(found, questions) for found, questions in rows], page, total)


def assessment(public_id: str, scope: Scope) -> Assessment:
    """The assessment with its unit, class, bank and blueprint; ``NotFound`` outside of the scope."""
    found = db.session.scalar(
        sa.select(Assessment)
        .join(Assessment.unit)
        .where(Assessment.public_id == public_id, within(scope))
        .options(
            contains_eager(Assessment.unit),
            joinedload(Assessment.course_class).joinedload(CourseClass.unit),
            joinedload(Assessment.bank).joinedload(QuestionBank.unit),
            joinedload(Assessment.author),
            selectinload(Assessment.cells).joinedload(BlueprintCell.topic),
        )
    )
    if found is None:
        raise NotFound
    return found


def lock(assessment_id: int) -> None:
    """Let nobody else change the row, nor a learner begin, until this transaction ends; rereads it.

    Rows that only refer to it may come meanwhile, as the result of an attempt that closes: who waited for that
    attempt here would otherwise wait for itself.
    """
    db.session.execute(
        sa.select(Assessment)
        .where(Assessment.id == assessment_id)
        .with_for_update(of=Assessment, key_share=True)
        .execution_options(populate_existing=True)
    )


def classes_in(scope: Scope) -> Sequence[CourseClass]:
    """The scope's classes with their units, the latest first."""
    return db.session.scalars(
        sa.select(CourseClass)
        .join(CourseClass.unit)
        .where(within(scope))
        .options(contains_eager(CourseClass.unit))
        .order_by(CourseClass.starts_on.desc(), CourseClass.title, CourseClass.id)
    ).all()


AttemptCounter = Callable[[int], int]
"""Given an assessment's id: how many attempts have begun."""

_counters: list[AttemptCounter] = []


def plug_in_attempt_counter(counter: AttemptCounter) -> None:
    """The delivery room tells here how many have begun, since papers can't know attempts."""
    _counters[:] = [counter]


def attempts_begun(assessment_id: int) -> int:
    """How many attempts at the assessment have begun; nobody may suppose none where nobody counts."""
    if not _counters:
        raise RuntimeError("the delivery room has not said how attempts are counted")
    return sum(counter(assessment_id) for counter in _counters)


def learners_of(assessment: Assessment) -> Sequence[int]:
    """The account ids of those who are in the assessment's class now."""
    return db.session.scalars(
        sa.select(Enrolment.account_id).where(
            Enrolment.class_id == assessment.class_id, Enrolment.state == EnrolmentState.ACTIVE
        )
    ).all()
