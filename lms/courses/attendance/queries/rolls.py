"""Rolls: who may call which, who is on it, what was marked, and what waits to be called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.attendance.queries.meetings import BY_TIME
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState


@dataclass(frozen=True, slots=True)
class RollRow:
    """A learner on the roll; ``leave`` is None for whoever is present."""

    enrolment_id: int
    key: str
    name: str
    unit: str
    leave: Leave | None
    note: str


@dataclass(frozen=True, slots=True)
class RollDue:
    """A half day whose roll nobody called yet; ``key`` is the public id that its page takes."""

    key: str
    class_key: str
    class_title: str
    held_on: date
    half: Half


@dataclass(frozen=True, slots=True)
class MonitoredRoll(RollDue):
    """A half day of a monitor's class that has come; ``absent`` counts who was away, None where no roll was called."""

    absent: int | None


def meeting_to_call(scope: Scope, account_id: int, key: str) -> tuple[ClassMeeting, bool]:
    """A half day whose roll the person may see, with class and centre, and whether the class lies within ``scope``.

    Without the scope only the monitor of the class sees it; one statement.

    Raises:
        NotFound: there is none, or the person is neither.
    """
    monitors = (
        sa.exists()
        .where(
            Enrolment.class_id == ClassMeeting.class_id,
            Enrolment.account_id == account_id,
            Enrolment.is_monitor,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .correlate(ClassMeeting)
    )
    found = db.session.scalar(
        sa.select(ClassMeeting)
        .join(ClassMeeting.course_class)
        .join(CourseClass.unit)
        .where(ClassMeeting.public_id == key, sa.or_(within(scope), monitors))
        .options(
            contains_eager(ClassMeeting.course_class).contains_eager(CourseClass.unit),
            contains_eager(ClassMeeting.course_class).joinedload(CourseClass.programme),
            joinedload(ClassMeeting.module),
            joinedload(ClassMeeting.lecturer),
            joinedload(ClassMeeting.called_by),
        )
    )
    if found is None:
        raise NotFound
    return found, scope.covers(found.course_class.unit.path)


def roll_of(meeting: ClassMeeting) -> list[RollRow]:
    """Everybody in the class, by name in Vietnamese order, with what is marked; one statement."""
    rows = db.session.execute(
        sa.select(
            Enrolment.id,
            Account.public_id,
            Account.full_name,
            sa.func.coalesce(Unit.short_name, ""),
            Absence.leave,
            sa.func.coalesce(Absence.note, ""),
        )
        .join(Account, Account.id == Enrolment.account_id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(Absence, sa.and_(Absence.enrolment_id == Enrolment.id, Absence.meeting_id == meeting.id))
        .where(Enrolment.class_id == meeting.class_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Account.sort_key, Account.id)
    )
    return [RollRow(*row) for row in rows]


def learners_of(course_class: CourseClass) -> Sequence[Enrolment]:
    """Those in the class, by name in Vietnamese order, with account and unit; one statement."""
    return db.session.scalars(
        sa.select(Enrolment)
        .join(Enrolment.account)
        .where(Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE)
        .options(contains_eager(Enrolment.account), joinedload(Enrolment.unit))
        .order_by(Account.sort_key, Account.id)
    ).all()


def account_ids_of(course_class: CourseClass) -> Sequence[int]:
    """The accounts of those in the class."""
    return db.session.scalars(
        sa.select(Enrolment.account_id).where(
            Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE
        )
    ).all()


def accounts_of(enrolment_ids: Collection[int]) -> dict[int, int]:
    """The account of each of these enrolments."""
    rows = db.session.execute(
        sa.select(Enrolment.id, Enrolment.account_id).where(Enrolment.id.in_(enrolment_ids))
    )
    return {enrolment_id: account_id for enrolment_id, account_id in rows}  # noqa: C416  (a result has keys(), so dict() would read it as a mapping)


def absences_in(course_class: CourseClass) -> dict[int, dict[int, Leave]]:
    """Every absence of the class: by enrolment id, by meeting id; one statement."""
    rows = db.session.execute(
        sa.select(Absence.enrolment_id, Absence.meeting_id, Absence.leave)
        .join(ClassMeeting, ClassMeeting.id == Absence.meeting_id)
        .where(ClassMeeting.class_id == course_class.id)
    )
    found: dict[int, dict[int, Leave]] = {}
    for enrolment_id, meeting_id, leave in rows:
        found.setdefault(enrolment_id, {})[meeting_id] = leave
    return found


def _half_days(*more: sa.ColumnElement[Any]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        ClassMeeting.public_id,
        CourseClass.public_id,
        CourseClass.title,
        ClassMeeting.held_on,
        ClassMeeting.half,
        *more,
    ).join(CourseClass, CourseClass.id == ClassMeeting.class_id)


def monitored_rolls(account_id: int, since: date, today: date) -> list[MonitoredRoll]:
    """The half days from ``since`` up to ``today`` of the classes whose monitor the person is, the latest first.

    One statement.
    """
    mine = sa.select(Enrolment.class_id).where(
        Enrolment.account_id == account_id, Enrolment.is_monitor, Enrolment.state == EnrolmentState.ACTIVE
    )
    away = (
        sa.select(sa.func.count())
        .select_from(Absence)
        .join(Enrolment, Enrolment.id == Absence.enrolment_id)
        .where(Absence.meeting_id == ClassMeeting.id, Enrolment.state == EnrolmentState.ACTIVE)
        .correlate(ClassMeeting)
        .scalar_subquery()
    )
    rows = db.session.execute(
        _half_days(sa.case((ClassMeeting.called_at.is_not(None), away)))
        .where(ClassMeeting.class_id.in_(mine), ClassMeeting.held_on.between(since, today))
        .order_by(*(one.desc() for one in BY_TIME))
    )
    return [MonitoredRoll(*row) for row in rows]


def rolls_missing(scope: Scope, today: date, *, most: int = 20) -> list[RollDue]:
    """Half days of the scope's classes up to ``today`` without a roll, the earliest first; one statement."""
    rows = db.session.execute(
        _half_days()
        .join(Unit, Unit.id == CourseClass.unit_id)
        .where(within(scope), ClassMeeting.called_at.is_(None), ClassMeeting.held_on <= today)
        .order_by(*BY_TIME)
        .limit(most)
    )
    return [RollDue(*row) for row in rows]
