"""A learner's own attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.db import db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.attendance.queries.meetings import BY_TIME
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True)
class AwayFrom:
    """A half day that was missed; ``module`` is empty where none was planned for it."""

    held_on: date
    half: Half
    periods: int
    module: str
    leave: Leave
    note: str


def own_enrolments(account_id: int) -> Sequence[Enrolment]:
    """The classes that the person is in, the latest first; one statement."""
    return db.session.scalars(
        sa.select(Enrolment)
        .join(Enrolment.course_class)
        .where(Enrolment.account_id == account_id, Enrolment.state == EnrolmentState.ACTIVE)
        .options(contains_eager(Enrolment.course_class))
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())
    ).all()


def own_absences(enrolment: Enrolment) -> list[AwayFrom]:
    """What the learner missed in this class, in order; one statement."""
    rows = db.session.scalars(
        sa.select(Absence)
        .join(Absence.meeting)
        .where(Absence.enrolment_id == enrolment.id)
        .options(contains_eager(Absence.meeting).joinedload(ClassMeeting.module))
        .order_by(*BY_TIME)
    )
    return [
        AwayFrom(
            one.meeting.held_on,
            one.meeting.half,
            one.meeting.periods,
            one.meeting.module.title if one.meeting.module else "",
            one.leave,
            one.note,
        )
        for one in rows
    ]


def upcoming(class_id: int, today: date, *, most: int = 6) -> Sequence[ClassMeeting]:
    """The next half days of a class from ``today`` on, with module and lecturer; one statement."""
    return db.session.scalars(
        sa.select(ClassMeeting)
        .where(ClassMeeting.class_id == class_id, ClassMeeting.held_on >= today)
        .options(joinedload(ClassMeeting.module), joinedload(ClassMeeting.lecturer))
        .order_by(*BY_TIME)
        .limit(most)
    ).all()
