"""Classes of a programme and who is enrolled in them."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import Keyed, Model, choice
from lms.courses.catalogue.models import Programme


class CourseClass(Keyed, Model):
    """A class (*lớp*) of a programme, held by a centre."""

    __tablename__ = "course_class"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "code"),
        sa.CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    code: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(250))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    nominate_by: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    programme: Mapped[Programme] = relationship()
    enrolments: Mapped[list["Enrolment"]] = relationship(back_populates="course_class")
    quotas: Mapped[list["ClassQuota"]] = relationship(
        back_populates="course_class", cascade="all, delete-orphan"
    )
    lecturers: Mapped[list["ClassLecturer"]] = relationship(
        back_populates="course_class", cascade="all, delete-orphan"
    )


class ClassQuota(Model):
    """How many learners a unit, with those below it, may send to a class."""

    __tablename__ = "class_quota"
    __table_args__ = (sa.CheckConstraint("places >= 0", name="places_not_negative"),)

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True, index=True)
    places: Mapped[int]

    course_class: Mapped[CourseClass] = relationship(back_populates="quotas")
    unit: Mapped[Unit] = relationship()


class ClassLecturer(Model):
    """A lecturer of a class."""

    __tablename__ = "class_lecturer"

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)

    course_class: Mapped[CourseClass] = relationship(back_populates="lecturers")
    account: Mapped[Account] = relationship()


class EnrolmentState(StrEnum):
    """Whether a learner is still in the class."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Enrolment(Model):
    """A learner in a class, with the unit that sent and the post held, as of then. A monitor calls the roll."""

    __tablename__ = "enrolment"
    __table_args__ = (sa.UniqueConstraint("class_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    state: Mapped[EnrolmentState] = mapped_column(
        choice(EnrolmentState, "state"), default=EnrolmentState.ACTIVE
    )
    enrolled_at: Mapped[datetime]
    is_monitor: Mapped[bool] = mapped_column(default=False)
    post: Mapped[str] = mapped_column(sa.String(200), default="")

    course_class: Mapped[CourseClass] = relationship(back_populates="enrolments")
    account: Mapped[Account] = relationship()
    unit: Mapped[Unit | None] = relationship()
