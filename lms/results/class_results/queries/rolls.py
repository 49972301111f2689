"""Half days whose roll nobody called: what a leader has to know before signing."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.db import db
from lms.core.messages import N_, Message
from lms.courses.attendance.models import ClassMeeting


@dataclass(frozen=True, slots=True)
class MissingRolls:
    """So many half days of a class's timetable have no roll."""

    missing: int
    meetings: int

    @property
    def words(self) -> Message:
        """As a sentence that stands alone."""
        return Message(
            N_("Còn %(missing)s/%(meetings)s buổi chưa điểm danh."),
            {"missing": self.missing, "meetings": self.meetings},
        )


def missing_rolls(class_ids: Collection[int]) -> dict[int, MissingRolls]:
    """What is missing, by class id; a class whose every roll was called is left out. One statement."""
    if not class_ids:
        return {}
    called = sa.func.count(ClassMeeting.called_at)
    every = sa.func.count(ClassMeeting.id)
    rows = db.session.execute(
        sa.select(ClassMeeting.class_id, every, called)
        .where(ClassMeeting.class_id.in_(class_ids))
        .group_by(ClassMeeting.class_id)
        .having(called < every)
    )
    return {class_id: MissingRolls(meetings - held, meetings) for class_id, meetings, held in rows}
