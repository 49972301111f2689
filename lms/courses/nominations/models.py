"""Nomination lists and their rows; a list is a stored draft until it is taken in."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import Keyed, Model, choice
from lms.core.stored_file import StoredFile
from lms.courses.classes.models import CourseClass


class ListState(StrEnum):
    """Where a nomination list stands."""

    READING = "reading"
    FAILED = "failed"
    DRAFT = "draft"
    SENT = "sent"
    TAKEN_IN = "taken_in"
    DISCARDED = "discarded"


class NominationList(Keyed, Model):
    """A list for a class: a file that staff or a unit uploaded, or rows that the unit typed.

    ``unit_id`` is the unit that sends; None where a file of the centre names a unit in each row.
    """

    __tablename__ = "nomination_list"
    __table_args__ = (sa.Index("ix_nomination_list_class_state", "class_id", "state"),)

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    state: Mapped[ListState] = mapped_column(choice(ListState, "state"))
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(sa.String(200), default="")
    problems: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    course_class: Mapped[CourseClass] = relationship()
    unit: Mapped[Unit | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    created_by: Mapped[Account] = relationship(foreign_keys=[created_by_id])
    rows: Mapped[list["NominationRow"]] = relationship(
        back_populates="nomination_list", order_by="NominationRow.position", cascade="all, delete-orphan"
    )


class UnitEvidence(StrEnum):
    """How a row's unit was found."""

    SENDER = "sender"
    RECOGNISED = "recognised"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    UNKNOWN = "unknown"


class MatchKind(StrEnum):
    """Whether somebody known is the person of a row: by name, birth date and unit."""

    NONE = "none"
    SAME = "same"
    SIMILAR = "similar"
    CHOSEN = "chosen"
    NEW = "new"


class Severity(IntEnum):
    """How much a row needs somebody's eye."""

    UNDECIDED = 0
    WARNED = 1
    FINE = 2
    SKIPPED = 3


class NominationRow(Keyed, Model):
    """A person of a list. ``given`` is what the file says, cell by cell; the other columns what was understood.

    ``match`` says whether ``account_id`` is surely (``same``, ``chosen``) or only perhaps (``similar``) this person;
    ``new`` is somebody's word that it is another. ``severity`` orders the preview: what must be decided before the list is
    taken in comes first; ``accepted`` is somebody's word that what is odd about the row is right.
    """

    __tablename__ = "nomination_row"
    __table_args__ = (
        sa.UniqueConstraint("list_id", "position"),
        sa.Index("ix_nomination_row_list_severity", "list_id", "severity"),
        sa.CheckConstraint("severity BETWEEN 0 AND 3", name="known_severity"),
    )

    list_id: Mapped[int] = mapped_column(sa.ForeignKey("nomination_list.id"))
    position: Mapped[int]
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    full_name: Mapped[str] = mapped_column(sa.String(120), default="")
    born: Mapped[str] = mapped_column(sa.String(10), default="")
    gender: Mapped[str] = mapped_column(sa.String(10), default="")
    post: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str] = mapped_column(sa.String(30), default="")
    email: Mapped[str] = mapped_column(sa.String(120), default="")
    code: Mapped[str] = mapped_column(sa.String(60), default="")
    unit_text: Mapped[str] = mapped_column(sa.String(250), default="")
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    unit_evidence: Mapped[UnitEvidence] = mapped_column(
        choice(UnitEvidence, "unit_evidence"), default=UnitEvidence.UNKNOWN
    )
    match: Mapped[MatchKind] = mapped_column(choice(MatchKind, "match"), default=MatchKind.NONE)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    problems: Mapped[list[Any]] = mapped_column(default=list)
    skipped: Mapped[bool] = mapped_column(default=False)
    accepted: Mapped[bool] = mapped_column(default=False)
    severity: Mapped[int] = mapped_column(default=Severity.FINE.value)
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    nomination_list: Mapped[NominationList] = relationship(back_populates="rows")
    unit: Mapped[Unit | None] = relationship()
    account: Mapped[Account | None] = relationship()
