"""Sign-in sessions and the counters that slow down guessing."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.core.db import Model


class SignInSession(Model):
    """A signed-in browser. The cookie holds the token; only its SHA-256 is stored."""

    __tablename__ = "sign_in_session"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    browser: Mapped[str] = mapped_column(sa.String(200), default="")

    account: Mapped[Account] = relationship()


class SignInFailure(Model):
    """Failed sign-ins of one name or one address within a window; ``subject`` is a keyed hash, never the name."""

    __tablename__ = "sign_in_failure"

    subject: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    window_started_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
