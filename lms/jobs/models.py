"""Background work: the table is the truth, whoever runs it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Keyed, Model, choice


class JobState(StrEnum):
    """Where a job stands; a running one whose lease ran out is taken up again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Keyed, Model):
    """One piece of background work; ``progress`` of ``total`` steps."""

    __tablename__ = "job"
    __table_args__ = (
        sa.UniqueConstraint("idempotency_key"),
        sa.Index("ix_job_state_due", "state", "due_at"),
        sa.CheckConstraint("progress >= 0 AND total >= 0", name="progress_not_negative"),
    )

    kind: Mapped[str] = mapped_column(sa.String(60))
    state: Mapped[JobState] = mapped_column(choice(JobState, "state"), default=JobState.QUEUED)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    idempotency_key: Mapped[str] = mapped_column(sa.String(120))
    tries: Mapped[int] = mapped_column(default=0)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    lease_owner: Mapped[str] = mapped_column(sa.String(80), default="")
    lease_until: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(sa.Integer)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody may still wait for it: it is queued or runs."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}


class Lease(Model):
    """A duty that one process holds at a time, such as closing attempts at their deadline."""

    __tablename__ = "lease"

    duty: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(sa.String(80))
    until: Mapped[datetime]
