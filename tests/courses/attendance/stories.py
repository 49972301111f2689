"""A class with learners, a monitor, staff and a lecturer, and what they do."""

from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass, Enrolment
from tests.visitor import Visitor
from tests.world import World

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY, YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 24)
LONG_AGO = date(2026, 11, 16)


class RollStory:
    """``an``, ``binh``, ``duc`` and the monitor ``hoa`` are in the class."""

    def __init__(self, app: Flask | None, world: World) -> None:
        self.app, self.world = app, world
        self.centre: Unit = world.centre("Trung tâm Chính trị A")
        self.unit = world.unit(parent=self.centre)
        self.course_class: CourseClass = world.course_class(self.centre)
        self.an, self.binh, self.duc, self.hoa = (
            world.learner(self.unit, self.course_class, name)
            for name in ("Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Đức", "Phạm Thị Hòa")
        )
        self.name_monitor(self.hoa)
        self.clerk = world.person(Role.STAFF, self.centre, "Vũ Giáo Vụ")

    @cached_property
    def staff(self) -> Visitor:
        return self.visitor(self.clerk)

    def visitor(self, account: Account) -> Visitor:
        assert self.app is not None
        return Visitor(self.app).sign_in_as(account)

    def name_monitor(self, account: Account) -> None:
        with UnitOfWork():
            self.enrolment(account).is_monitor = True

    def enrolment(self, account: Account, course_class: CourseClass | None = None) -> Enrolment:
        class_id = (course_class or self.course_class).id
        return db.session.scalars(
            sa.select(Enrolment).where(Enrolment.account_id == account.id, Enrolment.class_id == class_id)
        ).one()

    def meeting(self, day: date = TODAY, half: Half = Half.MORNING, **fields: Any) -> ClassMeeting:
        with UnitOfWork():
            made = ClassMeeting(**{"class_id": self.course_class.id, "held_on": day, "half": half, **fields})
            db.session.add(made)
        return made

    def called(self, day: date, half: Half, absent: dict[int, Leave], periods: int = 4) -> ClassMeeting:
        """A half day whose roll was called; ``absent`` by account id."""
        meeting = self.meeting(day, half, periods=periods)
        with UnitOfWork():
            meeting.called_at, meeting.called_by_id = clock.now(), self.hoa.id
            for account_id, leave in absent.items():
                enrolment = db.session.scalars(
                    sa.select(Enrolment).where(
                        Enrolment.account_id == account_id, Enrolment.class_id == meeting.class_id
                    )
                ).one()
                db.session.add(Absence(meeting_id=meeting.id, enrolment_id=enrolment.id, leave=leave))
        return meeting

    def module(self, position: int, periods: int, title: str = "") -> Module:
        with UnitOfWork():
            made = Module(
                programme_id=self.course_class.programme_id,
                position=position,
                title=title or f"Chuyên đề {position}",
                periods=periods,
            )
            db.session.add(made)
        return made

    def meetings(self) -> list[ClassMeeting]:
        """The class's half days in order."""
        found = db.session.scalars(
            sa.select(ClassMeeting).where(ClassMeeting.class_id == self.course_class.id)
        ).all()
        return sorted(found, key=lambda one: (one.held_on, list(Half).index(one.half)))

    def absent(self, meeting: ClassMeeting) -> dict[str, Leave]:
        """Who is marked absent, by name."""
        rows = db.session.execute(
            sa.select(Account.full_name, Absence.leave)
            .join(Enrolment, Enrolment.id == Absence.enrolment_id)
            .join(Account, Account.id == Enrolment.account_id)
            .where(Absence.meeting_id == meeting.id)
        )
        return {name: leave for name, leave in rows}  # noqa: C416  (a result has keys(), so dict() would read it as a mapping)

    def url(self, rest: str = "") -> str:
        return f"/classes/{self.course_class.public_id}{rest}"


def roll(*marks: tuple[Account, str], revision: int = 1) -> dict[str, Any]:
    """What the roll's form sends."""
    return {"revision": revision, **{f"roll-{account.public_id}": value for account, value in marks}}
