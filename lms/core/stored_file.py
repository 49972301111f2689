"""The row of a stored file; its bytes stand behind ``lms.core.files``."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Keyed, Model


class StoredFile(Keyed, Model):
    """What is known of stored bytes: their SHA-256, size in bytes, media type and the name they came with."""

    __tablename__ = "stored_file"
    __table_args__ = (sa.CheckConstraint("size >= 0", name="size_not_negative"),)

    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(sa.String(100))
    name: Mapped[str] = mapped_column(sa.String(255))
    created_at: Mapped[datetime]


class StoredBytes(Model):
    """Bytes kept in the database, where several machines share no disk."""

    __tablename__ = "stored_bytes"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)
