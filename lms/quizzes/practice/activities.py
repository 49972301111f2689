"""Practice quizzes and graded assessments as activities that a module of a class can hold."""

from collections.abc import Collection

import sqlalchemy as sa

from lms.core import clock
from lms.core.db import db
from lms.core.messages import N_
from lms.courses.classes.models import CourseClass
from lms.courses.study.registry import ActivityKind, Target
from lms.quizzes.delivery.models import Attempt, AttemptState, Response
from lms.quizzes.delivery.rules import is_open
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState, BlueprintCell


def _target(assessment: Assessment) -> Target:
    return Target(
        key=assessment.public_id,
        title=assessment.title,
        endpoint="delivery.assessment",
        arguments={"assessment_id": assessment.public_id},
        open=is_open(assessment, clock.now()),
    )


def _choices(course_class: CourseClass, *, practice: bool) -> list[Target]:
    kind = Assessment.kind == AssessmentKind.PRACTICE
    found = db.session.scalars(
        sa.select(Assessment)
        .where(
            Assessment.class_id == course_class.id,
            Assessment.state == AssessmentState.RELEASED,
            kind if practice else sa.not_(kind),
        )
        .options(sa.orm.defer(Assessment.pool))
        .order_by(Assessment.id)
    )
    return [_target(one) for one in found]


def practice_choices(course_class: CourseClass) -> list[Target]:
    """The released practice quizzes of a class; one statement."""
    return _choices(course_class, practice=True)


def graded_choices(course_class: CourseClass) -> list[Target]:
    """The released graded assessments of a class; one statement."""
    return _choices(course_class, practice=False)


def targets(keys: Collection[str]) -> list[Target]:
    """The assessments of these public ids that learners find; one taken back to a draft is none. One statement."""
    found = db.session.scalars(
        sa.select(Assessment)
        .where(Assessment.public_id.in_(keys), Assessment.state != AssessmentState.DRAFT)
        .options(sa.orm.defer(Assessment.pool))
    )
    return [_target(one) for one in found]


def done(keys: Collection[str], account_ids: Collection[int]) -> set[tuple[str, int]]:
    """Who is done with which assessment, in one statement.

    Of a practice quiz every question was answered, right or wrong, in one attempt; a graded assessment was handed in.
    """
    questions = (
        sa.select(sa.func.sum(BlueprintCell.count))
        .where(BlueprintCell.assessment_id == Attempt.assessment_id)
        .scalar_subquery()
    )
    is_practice = Assessment.kind == AssessmentKind.PRACTICE
    answered = sa.func.count(sa.distinct(Response.slot))
    rows = db.session.execute(
        sa.select(Assessment.public_id, Attempt.account_id)
        .join(Attempt, Attempt.assessment_id == Assessment.id)
        .outerjoin(Response, sa.and_(Response.attempt_id == Attempt.id, is_practice))
        .where(
            Assessment.public_id.in_(keys),
            Attempt.account_id.in_(account_ids),
            sa.or_(is_practice, Attempt.state == AttemptState.CLOSED),
        )
        .group_by(
            Attempt.id, Assessment.public_id, Assessment.kind, Attempt.account_id, Attempt.assessment_id
        )
        .having(sa.or_(sa.not_(is_practice), answered >= questions))
    )
    return {(row[0], row[1]) for row in rows}


PRACTICE = ActivityKind(
    kind="practice_quiz",
    label=N_("Bài luyện tập"),
    done_words=N_("Trả lời hết các câu một lượt"),
    icon="list-check",
    choices=practice_choices,
    targets=targets,
    done=done,
)
GRADED = ActivityKind(
    kind="assessment",
    label=N_("Bài kiểm tra"),
    done_words=N_("Làm và nộp bài"),
    icon="file-earmark-text",
    choices=graded_choices,
    targets=targets,
    done=done,
)
