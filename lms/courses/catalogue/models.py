"""Programmes, their modules, and the register of source documents they cite."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Keyed, Model


class Programme(Keyed, Model):
    """A programme of study. ``module_word`` is what its modules are called (*bài*, *chuyên đề*)."""

    __tablename__ = "programme"
    __table_args__ = (sa.UniqueConstraint("unit_id", "code"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(250))
    module_word: Mapped[str] = mapped_column(sa.String(40), default="chuyên đề")

    modules: Mapped[list["Module"]] = relationship(back_populates="programme", order_by="Module.position")
    prerequisites: Mapped[list["Prerequisite"]] = relationship(
        back_populates="programme", foreign_keys="Prerequisite.programme_id", cascade="all, delete-orphan"
    )


class Prerequisite(Model):
    """A programme that has to be passed before another."""

    __tablename__ = "prerequisite"
    __table_args__ = (sa.CheckConstraint("programme_id <> required_id", name="not_itself"),)

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), primary_key=True)
    required_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), primary_key=True)

    programme: Mapped[Programme] = relationship(back_populates="prerequisites", foreign_keys=[programme_id])
    required: Mapped[Programme] = relationship(foreign_keys=[required_id])


class Module(Keyed, Model):
    """One part of a programme; ``periods`` are teaching periods (*tiết*)."""

    __tablename__ = "module"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "position"),
        sa.CheckConstraint("periods >= 0", name="periods_not_negative"),
    )

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(300))
    periods: Mapped[int] = mapped_column(default=0)

    programme: Mapped[Programme] = relationship(back_populates="modules")


class SourceDocument(Keyed, Model):
    """A document that lessons and questions cite: number, issuer, dates, and what replaced it.

    ``issued`` is as exact as is known: ``2011-01-19``, ``1947-10`` or ``1927``.
    """

    __tablename__ = "source_document"
    __table_args__ = (sa.UniqueConstraint("unit_id", "code"),)

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[str] = mapped_column(sa.String(80), default="")
    title: Mapped[str] = mapped_column(sa.String(400))
    issuer: Mapped[str] = mapped_column(sa.String(200), default="")
    issued: Mapped[str] = mapped_column(sa.String(10), default="")
    in_force_from: Mapped[date | None]
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("source_document.id"))

    @property
    def called(self) -> str:
        """What people call it: the title, and its number where it has one. The code is for files, not for readers."""
        return f"{self.title} ({self.number})" if self.number else self.title

    @property
    def short(self) -> str:
        """The number, or the title where there is none."""
        return self.number or self.title
