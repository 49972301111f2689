"""Who plans half days, who calls a roll and when, and who reads them."""

from datetime import date, timedelta

from lms.core.actor import Actor, Scope
from lms.courses.attendance.models import ClassMeeting
from lms.courses.classes import rules as classes

KEEPERS = classes.KEEPERS
READERS = classes.READERS
MONITOR_DAYS = 1
"""A class monitor calls the roll on the day itself and this many days after."""


def seen_scope(actor: Actor) -> Scope:
    """The units whose timetables and rolls the actor reads."""
    return classes.seen_scope(actor)


def kept_scope(actor: Actor) -> Scope:
    """The units whose timetables and rolls the actor keeps."""
    return classes.kept_scope(actor)


def may_keep(actor: Actor, unit_path: str) -> bool:
    """Plan half days, call any roll, name the class monitor."""
    return classes.may_keep(actor, unit_path)


def has_come(meeting: ClassMeeting, today: date) -> bool:
    """Whether the half day's date is reached: no roll is called before its day."""
    return meeting.held_on <= today


def monitors_first_day(today: date) -> date:
    """The first day whose rolls a class monitor may still call or correct."""
    return today - timedelta(days=MONITOR_DAYS)


def in_monitors_time(meeting: ClassMeeting, today: date) -> bool:
    """Whether the class monitor may still call or correct this roll."""
    return monitors_first_day(today) <= meeting.held_on <= today


def may_call(meeting: ClassMeeting, today: date, *, keeps: bool) -> bool:
    """Whether the roll takes marks now from somebody who ``keeps`` the class, or else from its monitor."""
    return has_come(meeting, today) if keeps else in_monitors_time(meeting, today)
