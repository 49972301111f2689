"""Banks, topics, questions and their immutable versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import Keyed, Model, choice
from lms.courses.catalogue.models import SourceDocument


class Level(StrEnum):
    """Cognitive levels: nhận biết, thông hiểu, vận dụng, vận dụng cao."""

    RECOGNISE = "recognise"
    UNDERSTAND = "understand"
    APPLY = "apply"
    APPLY_HIGH = "apply_high"


class Aspect(StrEnum):
    """Theory (lý luận) or practice (thực tiễn)."""

    THEORY = "theory"
    PRACTICE = "practice"


class QuestionState(StrEnum):
    """Where the latest version of a question stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class Decision(StrEnum):
    """What a reviewer said."""

    APPROVED = "approved"
    RETURNED = "returned"
    RETIRED = "retired"


class QuestionBank(Keyed, Model):
    """A bank of a centre."""

    __tablename__ = "question_bank"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(250))

    unit: Mapped[Unit] = relationship()
    topics: Mapped[list["Topic"]] = relationship(back_populates="bank", order_by="Topic.position")


class Topic(Keyed, Model):
    """What a question is about (nội dung); blueprints count by it."""

    __tablename__ = "topic"
    __table_args__ = (sa.UniqueConstraint("bank_id", "title"),)

    bank_id: Mapped[int] = mapped_column(sa.ForeignKey("question_bank.id"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(sa.String(200))

    bank: Mapped[QuestionBank] = relationship(back_populates="topics")


class BankMedia(Model):
    """A stored picture that the bank's questions may show: what tells who may see the file."""

    __tablename__ = "bank_media"

    bank_id: Mapped[int] = mapped_column(sa.ForeignKey("question_bank.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"), primary_key=True, index=True)


class Question(Keyed, Model):
    """A question; what it says stands in its versions.

    ``latest_version_id`` is what authors see, ``approved_version_id`` what new papers draw.
    """

    __tablename__ = "question"
    __table_args__ = (
        sa.CheckConstraint(
            "state <> 'approved' OR approved_version_id = latest_version_id", name="approved_is_latest"
        ),
        sa.Index("ix_question_bank_state", "bank_id", "state"),
    )

    bank_id: Mapped[int] = mapped_column(sa.ForeignKey("question_bank.id"))
    state: Mapped[QuestionState] = mapped_column(choice(QuestionState, "state"), default=QuestionState.DRAFT)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    latest_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("question_version.id", use_alter=True, name="fk_question_latest_version")
    )
    approved_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("question_version.id", use_alter=True, name="fk_question_approved_version"), index=True
    )
    created_at: Mapped[datetime]

    bank: Mapped[QuestionBank] = relationship()
    author: Mapped[Account] = relationship()
    latest: Mapped["QuestionVersion | None"] = relationship(
        foreign_keys=[latest_version_id], post_update=True
    )
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question",
        foreign_keys="QuestionVersion.question_id",
        order_by="QuestionVersion.number",
    )


class QuestionVersion(Keyed, Model):
    """What a question said at one time: never changed, never deleted.

    ``content`` is what a learner may see; ``key`` never leaves the server before release.
    """

    __tablename__ = "question_version"
    __table_args__ = (
        sa.UniqueConstraint("question_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.Index("ix_question_version_cell", "topic_id", "level", "aspect"),
    )

    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    content: Mapped[dict[str, Any]]
    key: Mapped[dict[str, Any]]
    explanation: Mapped[str] = mapped_column(sa.Text, default="")
    plain: Mapped[str] = mapped_column(sa.Text, default="")
    search_key: Mapped[str] = mapped_column(sa.Text, default="")
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"))
    level: Mapped[Level] = mapped_column(choice(Level, "level"))
    aspect: Mapped[Aspect] = mapped_column(choice(Aspect, "aspect"))
    source_id: Mapped[int | None] = mapped_column(sa.ForeignKey("source_document.id"), index=True)
    source_place: Mapped[str] = mapped_column(sa.String(200), default="")
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]

    question: Mapped[Question] = relationship(back_populates="versions", foreign_keys=[question_id])
    topic: Mapped[Topic] = relationship()
    source: Mapped[SourceDocument | None] = relationship()
    author: Mapped[Account] = relationship()


class ReviewDecision(Model):
    """A reviewer's word on a version; append-only."""

    __tablename__ = "review_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("question_version.id"), index=True)
    reviewer_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    decision: Mapped[Decision] = mapped_column(choice(Decision, "decision"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime]
