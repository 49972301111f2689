"""What changes a timetable and a roll."""

from lms.courses.attendance.operations.access import note_taken
from lms.courses.attendance.operations.rolls import Difference, Mark, RollConflict, call_roll, cancel_roll
from lms.courses.attendance.operations.timetable import (
    MeetingData,
    Telling,
    add_meeting,
    delete_meeting,
    edit_meeting,
    fill,
    proposal_for,
)

__all__ = [
    "Difference",
    "Mark",
    "MeetingData",
    "RollConflict",
    "Telling",
    "add_meeting",
    "call_roll",
    "cancel_roll",
    "delete_meeting",
    "edit_meeting",
    "fill",
    "note_taken",
    "proposal_for",
]
