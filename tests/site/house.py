"""The whole site as tests see it: two centres, a browser for each person, and a way back to the beginning."""

import hashlib
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
        return {
            table.name: hashlib.sha256(repr(sorted(map(repr, _rows(connection, table)))).encode()).hexdigest()
            for table in db.metadata.sorted_tables
            if table.name not in besides
        }


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
    """The database as it was when this was made: a file's copy on SQLite, the rows of every table elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self._file = databases.path_of(settings.database_url) if settings.is_sqlite else None
        db.session.remove()
        if self._file is not None:
            databases.copy(self._file, self._file.with_suffix(".full"))
            return
        with db.engine.connect() as connection:
            self._rows = {
                table: [dict(row._mapping) for row in _rows(connection, table)]
                for table in db.metadata.sorted_tables
            }

    def put_back(self) -> None:
        if self._file is None:
            self._insert()
            return
        db.engine.dispose()
        databases.copy(self._file.with_suffix(".full"), self._file)

    def _insert(self) -> None:
        with db.engine.begin() as connection:
            databases.empty(connection)
            for table, rows in self._rows.items():
                if rows:
                    later = dict.fromkeys(_filled_in_later(table))
                    connection.execute(table.insert(), [{**row, **later} for row in rows])
            for table, rows in self._rows.items():
                waiting = _filled_in_later(table)
                for row in rows:
                    values = {name: row[name] for name in waiting if row[name] is not None}
                    if values:
                        connection.execute(table.update().where(table.c.id == row["id"]).values(values))
            counters = [
                sa.func.setval(
                    sa.func.pg_get_serial_sequence(table.name, "id"), max(row["id"] for row in rows)
                )
                for table, rows in self._rows.items()
                if "id" in table.c and rows
            ]
            connection.execute(sa.select(*counters))
