"""Keeping the tests' SQLite database as it is, and putting it back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from lms.core.db import db

PATIENCE = 30
"""Seconds to wait for somebody who still writes."""


def path_of(url: str) -> Path:
    """Where the database of a ``sqlite:///`` address lies."""
    return Path(url.removeprefix("sqlite:///"))


def copy(source: Path, target: Path) -> None:
    """Make ``target`` hold what ``source`` holds.

    SQLite does it itself, under its own locks: swapping files under a connection that is still open corrupts them.
    """
    with (
        closing(sqlite3.connect(source)) as read,
        closing(sqlite3.connect(target, timeout=PATIENCE)) as written,
    ):
        written.execute("PRAGMA synchronous=OFF")
        read.backup(written)


def empty(connection: sa.Connection) -> None:
    """Take every row out of a PostgreSQL database, in one round trip.

    DELETE beats TRUNCATE on small tables by far. Questions and their versions point at each other.
    """
    deletes = [f'DELETE FROM "{table.name}"' for table in reversed(db.metadata.sorted_tables)]  # noqa: S608  (our own table names)
    untie = "UPDATE question SET state = 'draft', latest_version_id = NULL, approved_version_id = NULL"
    connection.exec_driver_sql("; ".join([untie, *deletes]))
