"""Messages to a person."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Keyed, Model


class Notice(Keyed, Model):
    """A message in the page: a text's id with its parameters, and where it leads. Sent once per ``once`` key."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "once"),
        sa.Index("ix_notice_account_read", "account_id", "read_at"),
    )

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    url: Mapped[str] = mapped_column(sa.String(300), default="")
    once: Mapped[str] = mapped_column(sa.String(160))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
