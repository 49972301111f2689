"""Verbs of the exams room."""

from lms.quizzes.exams.operations.door import admit, check_card, note_unlisted, refuse, uncheck_card
from lms.quizzes.exams.operations.listing import renew_list
from lms.quizzes.exams.operations.minutes import (
    correct_minutes,
    lock_minutes,
    note_incident,
    note_taken_in,
    save_minutes,
)
from lms.quizzes.exams.operations.places import Telling
from lms.quizzes.exams.operations.plan import Clashing
from lms.quizzes.exams.operations.planning import (
    SessionData,
    call_off,
    edit_session,
    open_session,
)
from lms.quizzes.exams.operations.running import end_session, start_session

__all__ = [
    "Clashing",
    "SessionData",
    "Telling",
    "admit",
    "call_off",
    "check_card",
    "correct_minutes",
    "edit_session",
    "end_session",
    "lock_minutes",
    "note_incident",
    "note_taken_in",
    "note_unlisted",
    "open_session",
    "refuse",
    "renew_list",
    "save_minutes",
    "start_session",
    "uncheck_card",
]
