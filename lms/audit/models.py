"""The audit trail: append-only, chained per subject."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Model


class AuditEvent(Model):
    """Who did what to which subject. ``digest`` covers this row and the digest before it on the same subject."""

    __tablename__ = "audit_event"
    __table_args__ = (sa.UniqueConstraint("subject_type", "subject_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    position: Mapped[int]
    action: Mapped[str] = mapped_column(sa.String(60))
    actor_id: Mapped[int | None] = mapped_column(sa.Integer, index=True)
    actor_name: Mapped[str] = mapped_column(sa.String(120), default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))


class AuditSeal(Model):
    """The head of a day: a digest over all digests of that day (UTC), written the day after."""

    __tablename__ = "audit_seal"

    day: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    sealed_at: Mapped[datetime]
