"""Attempts and the answers given in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.core.db import Json, Keyed, Model, choice
from lms.quizzes.papers.models import Assessment


class AttemptState(StrEnum):
    """An attempt is in progress or closed; closing and marking are one transaction."""

    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


class ClosedBy(StrEnum):
    """Who closed an attempt."""

    LEARNER = "learner"
    DEADLINE = "deadline"
    STAFF = "staff"


class Attempt(Keyed, Model):
    """One sitting. ``slots`` is the paper as drawn: one ``{"version": id, "weight": 1/100 point}`` a slot, in order.

    ``deadline_at`` is the learner's own (time limit, window and extra time together); None is without end.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "account_id", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (closed_by IS NOT NULL)",
            name="closed_whole",
        ),
        sa.Index(
            "uq_attempt_one_in_progress",
            "assessment_id",
            "account_id",
            unique=True,
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        ),
        sa.Index(
            "ix_attempt_due",
            "deadline_at",
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        ),
    )

    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    number: Mapped[int]
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    slots: Mapped[list[Any]]
    state: Mapped[AttemptState] = mapped_column(
        choice(AttemptState, "state"), default=AttemptState.IN_PROGRESS
    )
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[ClosedBy | None] = mapped_column(choice(ClosedBy, "closed_by"))

    assessment: Mapped[Assessment] = relationship()
    account: Mapped[Account] = relationship()


class Response(Model):
    """One acknowledged save. The history is the save log: rows are added, never changed.

    The answer of a slot is the row with its highest ``revision``. ``idempotency_key`` makes a repeated send
    recognisable, ``client`` names the page load that sent it.
    """

    __tablename__ = "response"
    __table_args__ = (
        sa.CheckConstraint("revision > 0", name="revision_positive"),
        sa.CheckConstraint("slot > 0", name="slot_positive"),
    )

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[Any] = mapped_column(Json)
    flagged: Mapped[bool] = mapped_column(default=False)
    idempotency_key: Mapped[str] = mapped_column(sa.String(64))
    client: Mapped[str] = mapped_column(sa.String(64), default="")
    saved_at: Mapped[datetime]


class ExtraTime(Model):
    """Time given to one person by staff, with who and why; append-only, seconds."""

    __tablename__ = "extra_time"
    __table_args__ = (sa.CheckConstraint("seconds > 0", name="seconds_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    seconds: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.String(300))
    granted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    granted_at: Mapped[datetime]


class ItemMark(Model):
    """The mark of one slot: an exact share of its weight (1/100 point). ``round`` counts regrades, 1 is the first."""

    __tablename__ = "item_mark"
    __table_args__ = (
        sa.CheckConstraint(
            "share_denominator > 0 AND share_numerator BETWEEN 0 AND share_denominator", name="share"
        ),
        sa.Index("ix_item_mark_version", "version_id"),
    )

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, default=1)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("question_version.id"))
    share_numerator: Mapped[int]
    share_denominator: Mapped[int]
    weight: Mapped[int]
    answered: Mapped[bool]
