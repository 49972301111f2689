"""A learner's own attendance, and the rolls of whoever is the monitor of the class."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.actor import Role
from lms.core.errors import NotFound
from lms.courses.attendance import queries, words
from lms.courses.attendance.limits import absence_limit
from lms.courses.attendance.queries import MonitoredRoll
from lms.courses.attendance.rules import monitors_first_day
from lms.courses.attendance.standing import allowance, verdict
from lms.courses.attendance.views import limit_words, roll_pages
from lms.courses.attendance.views import today as today_
from lms.courses.classes.models import Enrolment
from lms.web.guard import require_actor, roles

LEARNERS = roles(Role.LEARNER)


@roll_pages.route("/my-attendance", access=LEARNERS)
def mine() -> ResponseReturnValue:
    """The class that runs now, or else the latest one."""
    enrolments, today = queries.own_enrolments(require_actor().id), today_()
    running = [one for one in enrolments if one.course_class.starts_on <= today <= one.course_class.ends_on]
    return _page(list(enrolments), next(iter([*running, *enrolments]), None))


@roll_pages.route("/my-attendance/<key>", access=LEARNERS)
def mine_in(key: str) -> ResponseReturnValue:
    """One of the own classes."""
    enrolments = list(queries.own_enrolments(require_actor().id))
    chosen = next((one for one in enrolments if one.course_class.public_id == key), None)
    if chosen is None:
        raise NotFound
    return _page(enrolments, chosen)


def _page(enrolments: list[Enrolment], chosen: Enrolment | None) -> ResponseReturnValue:
    if chosen is None:
        return render_template("attendance/mine_empty.html")
    today, limit = today_(), absence_limit(chosen.class_id)
    standing = queries.standings(chosen.course_class)[chosen.id]
    coming = queries.upcoming(chosen.class_id, today)
    half_day = max((one.periods for one in coming), default=0)
    return render_template(
        "attendance/mine.html",
        course_class=chosen.course_class,
        others=[one.course_class for one in enrolments if one is not chosen],
        standing=standing,
        limit=limit_words(limit),
        allowed=allowance(standing.total, limit),
        margin=standing.margin(limit),
        verdict=verdict(standing, limit, half_day).value,
        absences=queries.own_absences(chosen),
        coming=coming,
        rolls=_rolls(chosen, today) if chosen.is_monitor else [],
        open_from=monitors_first_day(today),
        words=words,
        today=today,
    )


def _rolls(chosen: Enrolment, today: date) -> list[MonitoredRoll]:
    found = queries.monitored_rolls(chosen.account_id, date.min, today)
    return [one for one in found if one.class_key == chosen.course_class.public_id]
