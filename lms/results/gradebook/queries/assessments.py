"""Graded assessments as the gradebook finds them."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState
from lms.results.gradebook.models import Publication, Result


def publication_of(assessment_id: int) -> Publication | None:
    """When and by whom the results were published, if they were."""
    return db.session.scalars(
        sa.select(Publication)
        .options(sa.orm.joinedload(Publication.published_by))
        .where(Publication.assessment_id == assessment_id)
    ).one_or_none()


def assessment_in(scope: Scope, public_id: str) -> Assessment | None:
    """A graded assessment within the scope that was released."""
    return db.session.scalars(
        sa.select(Assessment)
        .join(Unit, Unit.id == Assessment.unit_id)
        .options(sa.orm.joinedload(Assessment.course_class), sa.orm.joinedload(Assessment.unit))
        .where(
            Assessment.public_id == public_id,
            Assessment.state != AssessmentState.DRAFT,
            Assessment.kind != AssessmentKind.PRACTICE,
            within(scope),
        )
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """An assessment with how far it has come: people of the class, and how many have a result."""

    assessment: Assessment
    class_title: str
    learners: int
    results: int
    published: bool

    @property
    def public_id(self) -> str:
        """Key of the row."""
        return self.assessment.public_id


def released_in(scope: Scope) -> list[ReleasedRow]:
    """Graded assessments within the scope that were released, newest first; one statement."""
    learners = (
        sa.select(sa.func.count())
        .select_from(Enrolment)
        .where(Enrolment.class_id == Assessment.class_id, Enrolment.state == EnrolmentState.ACTIVE)
        .scalar_subquery()
    )
    results = (
        sa.select(sa.func.count(sa.distinct(Result.account_id)))
        .where(Result.assessment_id == Assessment.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Assessment, CourseClass.title, learners, results, Publication.assessment_id.is_not(None))
        .join(Unit, Unit.id == Assessment.unit_id)
        .join(CourseClass, CourseClass.id == Assessment.class_id)
        .outerjoin(Publication, Publication.assessment_id == Assessment.id)
        .where(
            Assessment.state != AssessmentState.DRAFT,
            Assessment.kind != AssessmentKind.PRACTICE,
            within(scope),
        )
        .order_by(Assessment.opens_at.desc(), Assessment.id.desc())
    )
    return [ReleasedRow(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


def writing_count(assessment_id: int) -> int:
    """How many attempts are still in progress."""
    found: int | None = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Attempt)
        .where(Attempt.assessment_id == assessment_id, Attempt.state == AttemptState.IN_PROGRESS)
    )
    return found or 0
