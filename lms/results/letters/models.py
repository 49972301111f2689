"""Letters to the units that sent learners."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.units.models import Unit
from lms.core.db import Keyed, Model, choice
from lms.core.stored_file import StoredFile
from lms.courses.classes.models import CourseClass


class LetterState(StrEnum):
    """A letter is made, sent (the unit sees it), and answered."""

    MADE = "made"
    SENT = "sent"
    ANSWERED = "answered"


class UnitLetter(Keyed, Model):
    """The report on a class to one unit. ``content`` is what it said when it was made; ``number`` is entered later."""

    __tablename__ = "unit_letter"
    __table_args__ = (
        sa.UniqueConstraint("class_id", "unit_id"),
        sa.CheckConstraint("state <> 'answered' OR replied_at IS NOT NULL", name="answered_whole"),
    )

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    state: Mapped[LetterState] = mapped_column(choice(LetterState, "state"), default=LetterState.MADE)
    content: Mapped[dict[str, Any]]
    recommendation: Mapped[str] = mapped_column(sa.Text, default="")
    pdf_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    docx_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    dated: Mapped[date | None]
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(sa.Text, default="")
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    course_class: Mapped[CourseClass] = relationship()
    unit: Mapped[Unit] = relationship()
    pdf: Mapped[StoredFile | None] = relationship(foreign_keys=[pdf_id])
    docx: Mapped[StoredFile | None] = relationship(foreign_keys=[docx_id])
    scan: Mapped[StoredFile | None] = relationship(foreign_keys=[scan_id])
