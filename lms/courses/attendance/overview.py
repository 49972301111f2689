"""The attendance of a class in one view: everybody with marks and standing, those in danger first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lms.core.vietnamese import search_key
from lms.courses.attendance import queries
from lms.courses.attendance.limits import absence_limit
from lms.courses.attendance.models import ClassMeeting, Leave
from lms.courses.attendance.standing import Standing, Verdict, verdict
from lms.courses.classes.models import CourseClass, Enrolment


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A learner: ``marks`` by meeting id, ``verdict`` under the class's limit."""

    enrolment: Enrolment
    standing: Standing
    marks: Mapping[int, Leave]
    verdict: Verdict
    margin: int

    @property
    def name(self) -> str:
        """The learner's name."""
        return self.enrolment.account.full_name

    @property
    def unit(self) -> str:
        """The unit that sent the learner."""
        return self.enrolment.unit.short_name if self.enrolment.unit else ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A class: its half days, its learners by name, the periods planned and held, and the limit."""

    meetings: Sequence[ClassMeeting]
    rows: Sequence[OverviewRow]
    total: int
    held: int
    limit: Fraction

    def counted(self, verdict: Verdict) -> int:
        """How many learners this verdict meets."""
        return sum(1 for row in self.rows if row.verdict is verdict)

    def endangered_first(self) -> list[OverviewRow]:
        """Those over the limit, then those nearest to it; those who missed equally much by name."""
        return sorted(self.rows, key=lambda row: -row.standing.missed)


def overview(course_class: CourseClass) -> Overview:
    """The class as it stands now; five statements and what the limit costs."""
    meetings = queries.meetings(course_class)
    standings = queries.standings(course_class)
    absences = queries.absences_in(course_class)
    limit = absence_limit(course_class.id)
    half_day = max((meeting.periods for meeting in meetings), default=0)
    rows = []
    for enrolment in queries.learners_of(course_class):
        standing = standings[enrolment.id]
        rows.append(
            OverviewRow(
                enrolment,
                standing,
                absences.get(enrolment.id, {}),
                verdict(standing, limit, half_day),
                standing.margin(limit),
            )
        )
    total = sum(meeting.periods for meeting in meetings)
    held = sum(meeting.periods for meeting in meetings if meeting.called_at is not None)
    return Overview(meetings, rows, total, held, limit)


def matching(rows: Sequence[OverviewRow], text: str) -> list[OverviewRow]:
    """The rows whose name or unit holds every word of ``text``, tones and marks left out."""
    words = search_key(text).split()
    return [row for row in rows if all(word in search_key(f"{row.name} {row.unit}") for word in words)]
