"""Where each learner of a class stands."""

from collections.abc import Collection

import sqlalchemy as sa

from lms.core.db import db
from lms.courses.attendance.models import Absence, ClassMeeting, Leave
from lms.courses.attendance.standing import Standing
from lms.courses.classes.models import CourseClass, Enrolment


def standings(course_class: CourseClass) -> dict[int, Standing]:
    """Where everybody who is or was in the class stands, by enrolment id; two statements."""
    return standings_in([course_class.id])


def standings_in(class_ids: Collection[int]) -> dict[int, Standing]:
    """The same for several classes at once; two statements whatever their number."""
    periods = {
        class_id: (int(total), int(held or 0))
        for class_id, total, held in db.session.execute(
            sa.select(
                ClassMeeting.class_id,
                sa.func.sum(ClassMeeting.periods),
                sa.func.sum(ClassMeeting.periods).filter(ClassMeeting.called_at.is_not(None)),
            )
            .where(ClassMeeting.class_id.in_(class_ids))
            .group_by(ClassMeeting.class_id)
        )
    }
    missed = sa.func.coalesce(sa.func.sum(ClassMeeting.periods), 0)
    excused = sa.func.sum(ClassMeeting.periods).filter(Absence.leave == Leave.EXCUSED)
    rows = db.session.execute(
        sa.select(Enrolment.id, Enrolment.class_id, missed, sa.func.coalesce(excused, 0))
        .outerjoin(Absence, Absence.enrolment_id == Enrolment.id)
        .outerjoin(ClassMeeting, ClassMeeting.id == Absence.meeting_id)
        .where(Enrolment.class_id.in_(class_ids))
        .group_by(Enrolment.id, Enrolment.class_id)
    )
    return {
        enrolment_id: Standing(*periods.get(class_id, (0, 0)), int(away), int(with_leave))
        for enrolment_id, class_id, away, with_leave in rows
    }
