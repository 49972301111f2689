"""Half days of a class and who was absent."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.core.db import Keyed, Model, choice
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass, Enrolment


class Half(StrEnum):
    """A half day (*buổi*)."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class ClassMeeting(Keyed, Model):
    """One half day of a class; ``periods`` are its teaching periods (*tiết*). ``called_at`` says the roll was called."""

    __tablename__ = "class_meeting"
    __table_args__ = (
        sa.UniqueConstraint("class_id", "held_on", "half"),
        sa.CheckConstraint("periods > 0", name="periods_positive"),
        sa.CheckConstraint("(called_at IS NULL) = (called_by_id IS NULL)", name="called_whole"),
    )

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    held_on: Mapped[date]
    half: Mapped[Half] = mapped_column(choice(Half, "half"))
    periods: Mapped[int] = mapped_column(default=4)
    module_id: Mapped[int | None] = mapped_column(sa.ForeignKey("module.id"))
    lecturer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    guest: Mapped[str] = mapped_column(sa.String(120), default="")
    room: Mapped[str] = mapped_column(sa.String(120), default="")
    called_at: Mapped[datetime | None]
    called_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    revision: Mapped[int] = mapped_column(default=1)

    course_class: Mapped[CourseClass] = relationship()
    module: Mapped[Module | None] = relationship()
    lecturer: Mapped[Account | None] = relationship(foreign_keys=[lecturer_id])
    called_by: Mapped[Account | None] = relationship(foreign_keys=[called_by_id])
    absences: Mapped[list["Absence"]] = relationship(back_populates="meeting", cascade="all, delete-orphan")


class Leave(StrEnum):
    """With leave (*có phép*) or without (*không phép*)."""

    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


class Absence(Model):
    """A learner who was absent from a half day."""

    __tablename__ = "absence"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("class_meeting.id"), primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), primary_key=True, index=True)
    leave: Mapped[Leave] = mapped_column(choice(Leave, "leave"))
    note: Mapped[str] = mapped_column(sa.String(200), default="")

    meeting: Mapped[ClassMeeting] = relationship(back_populates="absences")
    enrolment: Mapped[Enrolment] = relationship()
