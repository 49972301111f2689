"""Who may not sit, and why: by default the attendance and the module tests of the class decide."""

import sqlalchemy as sa

from lms.core import clock
from lms.core.db import db
from lms.core.messages import N_, Message
from lms.core.numbers import format_percent
from lms.core.rounding import percentage
from lms.courses.attendance.limits import absence_limit
from lms.courses.attendance.queries import standings
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState

ABSENT = N_("Vắng %(missed)s/%(total)s tiết (%(share)s), quá %(limit)s số tiết cho phép")
UNTESTED = N_("Chưa làm bài kiểm tra chuyên đề: %(titles)s")
REASON_LENGTH = 300


def bars(course_class: CourseClass, assessment: Assessment) -> dict[int, Message]:
    """Why learners of the class may not sit the assessment, by enrolment id; who may is left out. A few statements.

    Absence over the limit of the class bars from every graded assessment, a missed module test from the final one.
    """
    limit = absence_limit(course_class.id)
    found = {
        enrolment_id: Message(
            ABSENT,
            {
                "missed": standing.missed,
                "total": standing.total,
                "share": format_percent(percentage(standing.missed, standing.total)),
                "limit": format_percent(percentage(limit.numerator, limit.denominator)),
            },
        )
        for enrolment_id, standing in standings(course_class).items()
        if not standing.within(limit)
    }
    if assessment.kind is AssessmentKind.FINAL_TEST:
        for enrolment_id, titles in _untested(assessment).items():
            found.setdefault(enrolment_id, Message(UNTESTED, {"titles": ", ".join(titles)}))
    return found


def _untested(assessment: Assessment) -> dict[int, list[str]]:
    """Titles of the module tests that are over and were never begun, by enrolment id; one statement."""
    rows = db.session.execute(
        sa.select(Enrolment.id, Assessment.title)
        .select_from(Enrolment)
        .join(Assessment, Assessment.class_id == Enrolment.class_id)
        .outerjoin(
            Attempt,
            sa.and_(Attempt.assessment_id == Assessment.id, Attempt.account_id == Enrolment.account_id),
        )
        .where(
            Enrolment.class_id == assessment.class_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Assessment.kind == AssessmentKind.MODULE_TEST,
            Assessment.state != AssessmentState.DRAFT,
            Assessment.closes_at <= clock.now(),
            Attempt.id.is_(None),
        )
        .order_by(Assessment.closes_at, Assessment.id)
    )
    found: dict[int, list[str]] = {}
    for enrolment_id, title in rows:
        found.setdefault(enrolment_id, []).append(title)
    return found
