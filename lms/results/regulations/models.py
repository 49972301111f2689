"""Regulations and their immutable versions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.units.models import Unit
from lms.core.db import Keyed, Model
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass


class Regulation(Keyed, Model):
    """A centre's regulation on assessment and classification."""

    __tablename__ = "regulation"
    __table_args__ = (sa.UniqueConstraint("unit_id", "title"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(sa.String(250))
    created_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship()
    versions: Mapped[list["RegulationVersion"]] = relationship(
        back_populates="regulation", order_by="RegulationVersion.number"
    )


class RegulationVersion(Keyed, Model):
    """One state of a regulation, never changed once a class follows it.

    ``content`` is the document of :mod:`lms.results.classification`; ``confirmed_at`` says that the centre compared it
    with its own text, until then it is shown as *chưa đối chiếu*.
    """

    __tablename__ = "regulation_version"
    __table_args__ = (
        sa.UniqueConstraint("regulation_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
    )

    regulation_id: Mapped[int] = mapped_column(sa.ForeignKey("regulation.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]

    regulation: Mapped[Regulation] = relationship(back_populates="versions")


class ProgrammeRegulation(Model):
    """The regulation a programme points to; its classes begin with the newest version."""

    __tablename__ = "programme_regulation"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), primary_key=True)
    regulation_id: Mapped[int] = mapped_column(sa.ForeignKey("regulation.id"), index=True)

    programme: Mapped[Programme] = relationship()
    regulation: Mapped[Regulation] = relationship()


class ClassRegulation(Model):
    """The version a class began with and keeps; ``reason`` says why it was changed, where it was."""

    __tablename__ = "class_regulation"

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("regulation_version.id"), index=True)
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.String(300), default="")

    course_class: Mapped[CourseClass] = relationship()
    version: Mapped[RegulationVersion] = relationship()
