"""A lecturer's own week."""

from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.core.actor import Role
from lms.courses.attendance import queries, words
from lms.courses.attendance.views import timetable_pages
from lms.courses.attendance.views import today as today_
from lms.web.guard import require_actor, roles

WEEK = timedelta(days=7)
FIRST, LAST = date(2000, 1, 3), date(2100, 1, 4)


def monday_of(text: str, today: date) -> date:
    """The Monday of the week that holds the day ``text``; of this week where it is none, or out of all reason."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if not FIRST <= day <= LAST:
        day = today
    return day - timedelta(days=day.weekday())


@timetable_pages.route("/my-week", access=roles(Role.LECTURER))
def my_week() -> ResponseReturnValue:
    """Where and when the reader teaches this week, or the one that holds ``?day=``."""
    today = today_()
    monday = monday_of(request.args.get("day", ""), today)
    rows = queries.week_of(require_actor().id, monday)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    return render_template(
        "attendance/week.html",
        monday=monday,
        sunday=monday + WEEK - timedelta(days=1),
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
        is_this_week=monday <= today < monday + WEEK,
        days=[(day, [row for row in rows if row.held_on == day]) for day in days],
        rows=rows,
        periods=sum(row.periods for row in rows),
        halves=words.HALVES,
        today=today,
    )
