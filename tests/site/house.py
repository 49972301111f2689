"""The whole site as tests see it: two centres, a browser for each person, and a way back to the beginning."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Row

from lms.auth.access.queries import session_key
from lms.auth.access.sessions import PLAIN_NAME, token_hash
from lms.auth.accounts.models import Account
from lms.auth.units.queries import forget_names
from lms.config import Settings
from lms.core.db import db
from lms.quizzes.delivery.queries import papers
from lms.quizzes.papers import versions
from lms.web.limits import KEY as LIMITER
from tests import databases
from tests.site.fullworld import ROLES, House, build
from tests.visitor import CSRF_RAW, Visitor

FIRST, SECOND = 0, 1


@dataclass(frozen=True)
class Door:
    """A person of one of the centres."""

    house: int
    role: str

    def __str__(self) -> str:
        return f"{self.role} of centre {self.house + 1}"


class Site:
    """The application over the full world."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._forget()
        self.houses: tuple[House, House] = build()
        self.stranger = Visitor(app)
        self.visitors = {
            Door(number, role): Visitor(app).sign_in_as(self.houses[number].people[role])
            for number in (FIRST, SECOND)
            for role in ROLES
        }
        self._tokens = {
            door: visitor.client.get_cookie(PLAIN_NAME).value for door, visitor in self.visitors.items()
        }
        for door, token in self._tokens.items():
            self.houses[door.house].ids[f"browser.{door.role}"] = session_key(token_hash(token))
        self._kept = _Copy(settings)

    def visitor(self, role: str, house: int = FIRST) -> Visitor:
        """The browser of a person."""
        return self.visitors[Door(house, role)]

    def account(self, role: str, house: int = FIRST) -> Account:
        """A person's row, loaded now."""
        key = self.houses[house][f"account.{role}"]
        return db.session.scalars(sa.select(Account).where(Account.public_id == key)).one()

    def restore(self) -> None:
        """Put every table and every browser back to the beginning."""
        db.session.remove()
        self._kept.put_back()
        self._forget()
        for door, visitor in self.visitors.items():
            visitor.client.set_cookie(PLAIN_NAME, self._tokens[door], domain="localhost")
        for visitor in (self.stranger, *self.visitors.values()):
            with visitor.client.session_transaction() as session:
                session.clear()
                session["csrf_token"] = CSRF_RAW

    def _forget(self) -> None:
        forget_names()
        papers.forget_all()
        versions.forget_all()
        self.app.extensions[LIMITER].storage.reset()

    def forget_limits(self) -> None:
        """Nobody has asked for anything costly yet."""
        self.app.extensions[LIMITER].storage.reset()


def fingerprint(*, besides: tuple[str, ...] = ()) -> dict[str, str]:
    """A digest of each table's rows, to tell whether anything changed and where."""
    with db.engine.connect() as connection:
        cursor = connection.connection.cursor()  # as the driver gives them: this is done some thousand times
        return {name: _digest(cursor, name) for name in db.metadata.tables if name not in besides}


def _digest(cursor: Any, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (our own table names)
    return hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()


def _rows(connection: sa.Connection, table: sa.Table) -> list[Row[Any]]:
    return list(connection.execute(sa.select(table)))


def _filled_in_later(table: sa.Table) -> set[str]:
    """Columns that may name a row not there yet: of the same table (a unit its parent), or of one that names it back."""
    return {
        key.parent.name
        for key in table.foreign_keys
        if key.constraint.use_alter or (key.column.table is table and key.parent.nullable)
    }


class _Copy:
    """The database as it was when this was made: a file's copy on SQLite, tables in a schema of their own elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self._file = databases.path_of(settings.database_url) if settings.is_sqlite else None
        db.session.remove()
        if self._file is not None:
            databases.copy(self._file, self._file.with_suffix(".full"))
            return
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
            filled = [table for table in db.metadata.sorted_tables if _rows(connection, table)]
            for table in filled:
                connection.exec_driver_sql(f'CREATE TABLE kept."{table.name}" AS TABLE "{table.name}"')
        self._back = "; ".join(_statements(filled))

    def put_back(self) -> None:
        if self._file is None:
            with db.engine.begin() as connection:
                databases.empty(connection)
                connection.exec_driver_sql(self._back)
            return
        db.engine.dispose()
        databases.copy(self._file.with_suffix(".full"), self._file)


def _statements(tables: list[sa.Table]) -> Iterator[str]:
    """What brings PostgreSQL's tables back from the copies, in one round trip."""
    for table in tables:
        later = _filled_in_later(table)
        names = ", ".join(f'"{column.name}"' for column in table.c)
        values = ", ".join("NULL" if column.name in later else f'"{column.name}"' for column in table.c)
        yield f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM kept."{table.name}"'  # noqa: S608
    for table in tables:
        for name in _filled_in_later(table):
            yield (
                f'UPDATE "{table.name}" SET "{name}" = kept."{name}" FROM kept."{table.name}" AS kept '  # noqa: S608
                f'WHERE kept.id = "{table.name}".id AND kept."{name}" IS NOT NULL'
            )
        if "id" in table.c:
            yield (
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM \"{table.name}\""  # noqa: S608
            )
