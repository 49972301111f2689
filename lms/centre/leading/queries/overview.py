"""Classes, results and letters of a scope, for the leader; a fixed number of statements whatever the number of rows."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.centre.leading.figures import (
    ClassOutcome,
    ClassStand,
    Gap,
    Learner,
    Marks,
    Month,
    bands,
    not_started,
)
from lms.core import clock
from lms.core.actor import Scope
from lms.core.db import db
from lms.courses.attendance.models import Absence, ClassMeeting
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.study.models import Lesson, LessonProgress
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers.models import Assessment
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.letters.models import UnitLetter


def overview(scope: Scope, begins: date, ends: date) -> Month:
    """The days from ``begins`` to ``ends``, both included, in the zone of the installation; nine statements."""
    classes = _classes(scope, begins, ends)
    learners = _learners(classes)
    since, until = _moment(begins), _moment(ends + timedelta(days=1))
    marks, published = _published(scope, since, until)
    sent, answered = _letters(scope, since, until)
    return Month(
        begins=begins,
        ends=ends,
        running=_stands(classes, learners),
        outcomes=_outcomes(published, marks),
        bands=bands(marks),
        gap=Gap.of(marks),
        enrolled=_enrolled(scope, since, until),
        letters_sent=sent,
        letters_answered=answered,
        late=not_started(learners),
    )


def _moment(day: date) -> datetime:
    return clock.from_local(datetime.combine(day, time()))


def _classes(scope: Scope, begins: date, ends: date) -> Sequence[CourseClass]:
    return db.session.scalars(
        sa.select(CourseClass)
        .join(Unit, Unit.id == CourseClass.unit_id)
        .where(within(scope), CourseClass.starts_on <= ends, CourseClass.ends_on >= begins)
        .order_by(CourseClass.starts_on, CourseClass.id)
    ).all()


def _learners(classes: Sequence[CourseClass]) -> list[Learner]:
    """Who is in these classes; whoever opened a lesson of the programme or began a paper of the class has started."""
    ids = [one.id for one in classes]
    tried = (
        sa.exists()
        .where(Attempt.account_id == Enrolment.account_id, Assessment.class_id == Enrolment.class_id)
        .where(Attempt.assessment_id == Assessment.id)
    )
    read = sa.exists().where(
        LessonProgress.account_id == Enrolment.account_id,
        LessonProgress.lesson_id == Lesson.id,
        Lesson.module.has(programme_id=CourseClass.programme_id),
    )
    rows = db.session.execute(
        sa.select(Enrolment.class_id, Enrolment.unit_id, sa.func.coalesce(Unit.name, ""), sa.or_(tried, read))
        .join(CourseClass, CourseClass.id == Enrolment.class_id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id.in_(ids), Enrolment.state == EnrolmentState.ACTIVE)
    )
    return [Learner(class_id, unit_id, name, bool(started)) for class_id, unit_id, name, started in rows]


def _stands(classes: Sequence[CourseClass], learners: Collection[Learner]) -> list[ClassStand]:
    ids = [one.id for one in classes]
    called = ClassMeeting.called_at.is_not(None)
    meetings = {
        class_id: (count, rolls or 0, held or 0)
        for class_id, count, rolls, held in db.session.execute(
            sa.select(
                ClassMeeting.class_id,
                sa.func.count(),
                sa.func.sum(sa.case((called, 1), else_=0)),
                sa.func.sum(sa.case((called, ClassMeeting.periods), else_=0)),
            )
            .where(ClassMeeting.class_id.in_(ids))
            .group_by(ClassMeeting.class_id)
        )
    }
    missed: dict[int, int] = {
        class_id: int(periods)
        for class_id, periods in db.session.execute(
            sa.select(ClassMeeting.class_id, sa.func.sum(ClassMeeting.periods))
            .join(Absence, Absence.meeting_id == ClassMeeting.id)
            .join(Enrolment, Enrolment.id == Absence.enrolment_id)
            .where(ClassMeeting.class_id.in_(ids), called, Enrolment.state == EnrolmentState.ACTIVE)
            .group_by(ClassMeeting.class_id)
        )
    }
    whole: dict[int, int] = defaultdict(int)
    begun: dict[int, int] = defaultdict(int)
    for one in learners:
        whole[one.class_id] += 1
        begun[one.class_id] += one.started
    return [
        ClassStand(
            id=one.id,
            public_id=one.public_id,
            code=one.code,
            title=one.title,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            learners=whole[one.id],
            started=begun[one.id],
            meetings=meetings.get(one.id, (0, 0, 0))[0],
            called=int(meetings.get(one.id, (0, 0, 0))[1]),
            held_periods=int(meetings.get(one.id, (0, 0, 0))[2]),
            missed_periods=int(missed.get(one.id, 0)),
        )
        for one in classes
    ]


def _published(
    scope: Scope, since: datetime, until: datetime
) -> tuple[list[Marks], dict[int, tuple[str, str, str]]]:
    """Every published learner result of the time, and the classes they belong to; one statement."""
    rows = db.session.execute(
        sa.select(
            CourseClass.id,
            CourseClass.public_id,
            CourseClass.code,
            CourseClass.title,
            LearnerResult.mark,
            LearnerResult.theory,
            LearnerResult.practice,
            LearnerResult.band_title,
            LearnerResult.passed,
        )
        .join(ClassResult, ClassResult.class_id == CourseClass.id)
        .join(LearnerResult, LearnerResult.class_result_id == ClassResult.id)
        .join(Unit, Unit.id == CourseClass.unit_id)
        .where(
            within(scope),
            ClassResult.state == ResultState.PUBLISHED,
            ClassResult.published_at >= since,
            ClassResult.published_at < until,
        )
        .order_by(ClassResult.published_at, CourseClass.id)
    ).all()
    marks = [Marks(row.id, row.mark, row.theory, row.practice, row.band_title, row.passed) for row in rows]
    return marks, {row.id: (row.public_id, row.code, row.title) for row in rows}


def _outcomes(published: dict[int, tuple[str, str, str]], marks: list[Marks]) -> list[ClassOutcome]:
    of: dict[int, list[Marks]] = defaultdict(list)
    for one in marks:
        of[one.class_id].append(one)
    return [
        ClassOutcome(
            public_id=public_id,
            code=code,
            title=title,
            learners=len(of[class_id]),
            passed=sum(one.passed for one in of[class_id]),
            gap=Gap.of(of[class_id]),
        )
        for class_id, (public_id, code, title) in published.items()
    ]


def _letters(scope: Scope, since: datetime, until: datetime) -> tuple[int, int]:
    def between(column: sa.SQLColumnExpression[datetime | None]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(
            sa.func.sum(sa.case((sa.and_(column >= since, column < until), 1), else_=0)), 0
        )

    sent, answered = db.session.execute(
        sa.select(between(UnitLetter.sent_at), between(UnitLetter.replied_at))
        .join(CourseClass, CourseClass.id == UnitLetter.class_id)
        .join(Unit, Unit.id == CourseClass.unit_id)
        .where(within(scope))
    ).one()
    return int(sent), int(answered)


def _enrolled(scope: Scope, since: datetime, until: datetime) -> int:
    return int(
        db.session.scalar(
            sa.select(sa.func.count(Enrolment.id))
            .join(CourseClass, CourseClass.id == Enrolment.class_id)
            .join(Unit, Unit.id == CourseClass.unit_id)
            .where(within(scope), Enrolment.enrolled_at >= since, Enrolment.enrolled_at < until)
        )
        or 0
    )
