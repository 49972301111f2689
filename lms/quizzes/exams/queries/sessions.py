"""Exam sessions within a scope, and the assessments that one can be held on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.classes.models import CourseClass
from lms.quizzes.exams.models import Admission, Candidate, ExamSession
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState

_SITTING = (Admission.LISTED, Admission.ADMITTED)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in the list of a class; ``people`` are those with a seat, ``checked`` those whose card was ticked."""

    exam: ExamSession
    people: int
    checked: int

    @property
    def public_id(self) -> str:
        """The session's key."""
        return self.exam.public_id


def sessions_of(course_class: CourseClass) -> list[SessionRow]:
    """The sessions of a class, the latest first; two statements."""
    seated = sa.func.count(Candidate.id)
    rows = db.session.execute(
        sa.select(ExamSession, seated, sa.func.count(Candidate.card_checked_at))
        .outerjoin(
            Candidate, sa.and_(Candidate.session_id == ExamSession.id, Candidate.admission.in_(_SITTING))
        )
        .where(ExamSession.class_id == course_class.id)
        .group_by(ExamSession.id)
        .order_by(ExamSession.starts_at.desc(), ExamSession.id.desc())
        .options(selectinload(ExamSession.rooms))
    )
    return [SessionRow(exam, people, checked) for exam, people, checked in rows]


def session_in(scope: Scope, key: str) -> ExamSession:
    """The session of this public id with its class, centre, assessment and rooms; one statement.

    Raises:
        NotFound: there is none within the scope.
    """
    found = (
        db.session.scalars(
            sa.select(ExamSession)
            .join(ExamSession.course_class)
            .join(CourseClass.unit)
            .where(ExamSession.public_id == key, within(scope))
            .options(
                contains_eager(ExamSession.course_class)
                .contains_eager(CourseClass.unit)
                .joinedload(Unit.parent),
                contains_eager(ExamSession.course_class).joinedload(CourseClass.programme),
                joinedload(ExamSession.assessment),
                joinedload(ExamSession.rooms),
            )
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found


def held(exam_id: int) -> ExamSession:
    """The session, held so that one change after another is made to it, and read anew."""
    return db.session.scalars(
        sa.select(ExamSession)
        .where(ExamSession.id == exam_id)
        .with_for_update(of=ExamSession, key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def examinable(course_class: CourseClass, moment: datetime) -> Sequence[Assessment]:
    """The released graded assessments of a class whose window isn't over, the next one first."""
    return db.session.scalars(
        sa.select(Assessment)
        .where(
            Assessment.class_id == course_class.id,
            Assessment.state == AssessmentState.RELEASED,
            Assessment.kind != AssessmentKind.PRACTICE,
            sa.or_(Assessment.closes_at.is_(None), Assessment.closes_at > moment),
        )
        .order_by(Assessment.opens_at, Assessment.id)
    ).all()


def sessions_on(assessment_id: int) -> Sequence[ExamSession]:
    """Every session that is held on an assessment."""
    return db.session.scalars(
        sa.select(ExamSession).where(ExamSession.assessment_id == assessment_id).order_by(ExamSession.id)
    ).all()
