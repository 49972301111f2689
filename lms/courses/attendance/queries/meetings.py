"""The timetable: a class's half days, a lecturer's week, and what stands in the way of what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account, AccountState, RoleGrant
from lms.auth.units.models import Unit
from lms.auth.units.queries import lineage
from lms.core.actor import Role
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.vietnamese import search_key
from lms.courses.attendance.models import ClassMeeting, Half
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass

BY_TIME = (
    ClassMeeting.held_on,
    sa.case(*((ClassMeeting.half == half, place) for place, half in enumerate(Half)), else_=len(Half)),
    ClassMeeting.id,
)
"""Half days in the order in which they are held."""


def meetings(course_class: CourseClass) -> Sequence[ClassMeeting]:
    """The half days of the class in order, with module, lecturer and who called the roll; one statement."""
    return db.session.scalars(
        sa.select(ClassMeeting)
        .where(ClassMeeting.class_id == course_class.id)
        .options(
            joinedload(ClassMeeting.module),
            joinedload(ClassMeeting.lecturer),
            joinedload(ClassMeeting.called_by),
        )
        .order_by(*BY_TIME)
    ).all()


def meeting_in(course_class: CourseClass, key: str) -> ClassMeeting:
    """The half day of the class with this public id.

    Raises:
        NotFound: the class has none.
    """
    found = db.session.scalar(
        sa.select(ClassMeeting)
        .where(ClassMeeting.class_id == course_class.id, ClassMeeting.public_id == key)
        .options(joinedload(ClassMeeting.module), joinedload(ClassMeeting.lecturer))
    )
    if found is None:
        raise NotFound
    return found


def modules_of(course_class: CourseClass) -> Sequence[Module]:
    """The modules of the class's programme, in order."""
    return db.session.scalars(
        sa.select(Module)
        .where(Module.programme_id == course_class.programme_id)
        .order_by(Module.position, Module.id)
    ).all()


def lecturers_of(centre: Unit) -> Sequence[Account]:
    """Those who may sign in and lecture at the centre, by name in Vietnamese order."""
    lectures = sa.and_(RoleGrant.role == Role.LECTURER, RoleGrant.unit_id.in_(lineage(centre.path)))
    return db.session.scalars(
        sa.select(Account)
        .where(Account.state == AccountState.ACTIVE, Account.grants.any(lectures))
        .order_by(Account.sort_key, Account.id)
    ).all()


def week_of(account_id: int, monday: date) -> Sequence[ClassMeeting]:
    """The half days that a lecturer teaches in the week of ``monday``, with class and module; one statement."""
    return db.session.scalars(
        sa.select(ClassMeeting)
        .join(ClassMeeting.course_class)
        .where(
            ClassMeeting.lecturer_id == account_id,
            ClassMeeting.held_on >= monday,
            ClassMeeting.held_on < monday + timedelta(days=7),
        )
        .options(contains_eager(ClassMeeting.course_class), joinedload(ClassMeeting.module))
        .order_by(*BY_TIME)
    ).all()


def next_taught(account_id: int, today: date) -> ClassMeeting | None:
    """The first half day that a lecturer teaches within seven days from ``today``, with its class; one statement."""
    return db.session.scalar(
        sa.select(ClassMeeting)
        .join(ClassMeeting.course_class)
        .where(
            ClassMeeting.lecturer_id == account_id,
            ClassMeeting.held_on >= today,
            ClassMeeting.held_on < today + timedelta(days=7),
        )
        .options(contains_eager(ClassMeeting.course_class))
        .order_by(*BY_TIME)
        .limit(1)
    )


class Booked(Protocol):
    """What takes a lecturer and a room for a half day: a meeting, or one that is proposed."""

    @property
    def held_on(self) -> date:
        """Its day."""

    @property
    def half(self) -> Half:
        """Its half of the day."""

    @property
    def lecturer_id(self) -> int | None:
        """The lecturer's account."""

    @property
    def room(self) -> str:
        """The room's name as typed."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Another class that has the same lecturer or the same room; ``class_title`` is empty at another centre."""

    lecturer: bool
    class_title: str


Slot = tuple[date, Half]


def clashes(course_class: CourseClass, booked: Collection[Booked]) -> dict[Slot, list[Clash]]:
    """What stands in the way of each half day, the own class left out; one statement.

    Rooms are the same when they are written alike but for case, tones and spaces, and belong to the same centre.
    """
    if not booked:
        return {}
    wanted = {(one.held_on, one.half): one for one in booked}
    others = db.session.execute(
        sa.select(
            ClassMeeting.held_on,
            ClassMeeting.half,
            ClassMeeting.lecturer_id,
            ClassMeeting.room,
            CourseClass.unit_id,
            CourseClass.title,
        )
        .join(CourseClass, CourseClass.id == ClassMeeting.class_id)
        .where(
            ClassMeeting.class_id != course_class.id,
            ClassMeeting.held_on.between(
                min(one.held_on for one in booked), max(one.held_on for one in booked)
            ),
            sa.or_(
                sa.and_(CourseClass.unit_id == course_class.unit_id, ClassMeeting.room != ""),
                ClassMeeting.lecturer_id.in_({one.lecturer_id for one in booked if one.lecturer_id}),
            ),
        )
        .order_by(CourseClass.title, ClassMeeting.id)
    )
    found: dict[Slot, list[Clash]] = {}
    for held_on, half, lecturer_id, room, unit_id, title in others:
        own = wanted.get((held_on, half))
        if own is None:
            continue
        at_home = unit_id == course_class.unit_id
        if lecturer_id is not None and lecturer_id == own.lecturer_id:
            found.setdefault((held_on, half), []).append(Clash(True, title if at_home else ""))
        if at_home and room and search_key(room) == search_key(own.room):
            found.setdefault((held_on, half), []).append(Clash(False, title))
    return found
