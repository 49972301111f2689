"""The half days of a class, their rolls, and where each learner stands."""

from lms.courses.attendance.queries.meetings import (
    Clash,
    clashes,
    lecturers_of,
    meeting_in,
    meetings,
    modules_of,
    next_taught,
    week_of,
)
from lms.courses.attendance.queries.own import AwayFrom, own_absences, own_enrolments, upcoming
from lms.courses.attendance.queries.rolls import (
    MonitoredRoll,
    RollDue,
    RollRow,
    absences_in,
    account_ids_of,
    accounts_of,
    learners_of,
    meeting_to_call,
    monitored_rolls,
    roll_of,
    rolls_missing,
)
from lms.courses.attendance.queries.standings import standings, standings_in

__all__ = [
    "AwayFrom",
    "Clash",
    "MonitoredRoll",
    "RollDue",
    "RollRow",
    "absences_in",
    "account_ids_of",
    "accounts_of",
    "clashes",
    "learners_of",
    "lecturers_of",
    "meeting_in",
    "meeting_to_call",
    "meetings",
    "modules_of",
    "monitored_rolls",
    "next_taught",
    "own_absences",
    "own_enrolments",
    "roll_of",
    "rolls_missing",
    "standings",
    "standings_in",
    "upcoming",
    "week_of",
]
