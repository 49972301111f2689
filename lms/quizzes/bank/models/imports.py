"""An import is a stored draft: it can be left and resumed, and nothing of it is in the bank before *Nhập*."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.core.db import Keyed, Model, choice
from lms.core.stored_file import StoredFile
from lms.quizzes.bank.models.questions import Aspect, Level, QuestionBank, Topic


class ImportState(StrEnum):
    """Reading by a job, a draft to mend, in the bank, given up, or a file that could not be read."""

    READING = "reading"
    DRAFT = "draft"
    IMPORTED = "imported"
    DISCARDED = "discarded"
    FAILED = "failed"


class ImportBatch(Keyed, Model):
    """One uploaded file on its way into a bank."""

    __tablename__ = "import_batch"

    bank_id: Mapped[int] = mapped_column(sa.ForeignKey("question_bank.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(sa.String(255))
    format: Mapped[str] = mapped_column(sa.String(20), default="")
    state: Mapped[ImportState] = mapped_column(choice(ImportState, "state"), default=ImportState.READING)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    imported_at: Mapped[datetime | None]

    bank: Mapped[QuestionBank] = relationship()
    author: Mapped[Account] = relationship()
    file: Mapped[StoredFile] = relationship()
    items: Mapped[list["ImportItem"]] = relationship(back_populates="batch", order_by="ImportItem.position")


class ImportItem(Keyed, Model):
    """One question of the file: ``document`` as it was read, ``mended`` as a person corrected it."""

    __tablename__ = "import_item"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "position"),
        sa.Index("ix_import_item_batch_status", "batch_id", "status"),
    )

    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(60), default="")
    status: Mapped[str] = mapped_column(sa.String(20))
    document: Mapped[dict[str, Any]]
    mended: Mapped[dict[str, Any] | None]
    accepted: Mapped[bool] = mapped_column(default=False)
    skipped: Mapped[bool] = mapped_column(default=False)
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"))
    level: Mapped[Level | None] = mapped_column(choice(Level, "level"))
    aspect: Mapped[Aspect | None] = mapped_column(choice(Aspect, "aspect"))
    question_id: Mapped[int | None] = mapped_column(sa.ForeignKey("question.id"))

    batch: Mapped[ImportBatch] = relationship(back_populates="items")
    topic: Mapped[Topic | None] = relationship()
