"""Words, times and the heading of official papers."""

from datetime import datetime
from typing import Any

from lms.auth.units.letterhead import letterhead
from lms.core import clock
from lms.core.messages import N_, Message, Param
from lms.quizzes.exams.models import ExamSession
from lms.web.i18n import vndate, zone_name


def text(message_id: str, **params: Param) -> str:
    """A Vietnamese text with its parameters."""
    return str(Message(message_id, params))


def day(moment: datetime) -> str:
    """``22/11/2026``."""
    return vndate(moment)


def clock_time(moment: datetime) -> str:
    """``08:00``."""
    return clock.to_local(moment, zone_name()).strftime("%H:%M")


def head_of(exam: ExamSession) -> dict[str, Any]:
    """The centre's heading, dated on the day of the session."""
    head = letterhead(exam.course_class.unit)
    local = clock.to_local(exam.starts_at, zone_name())
    dated = text(
        N_("ngày %(day)s tháng %(month)s năm %(year)s"),
        day=f"{local.day:02d}",
        month=f"{local.month:02d}" if local.month < 3 else str(local.month),  # noqa: PLR2004  (as officials write)
        year=local.year,
    )
    return head.heading(f"{head.place}, {dated}" if head.place else dated)
