"""The database floor: declarative base, column types, and transactions.

Reads begin deferred. A change begins with ``begin_write`` — every ``operation`` does it — which ends the read,
expires what was loaded and, on SQLite, waits its turn in the writers' queue before ``BEGIN IMMEDIATE``.
Whoever runs the operation (a request, a command, a job) commits once.
"""

import fcntl
import functools
import inspect
import os
import threading
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ParamSpec, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

from lms.core import seeds

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WRITE = "lms_write"
PUBLIC_ID_LENGTH = 16
PATIENCE = 10.0
"""Seconds that a writer waits for its turn; below the 15 s after which an exam page asks again by itself."""

P = ParamSpec("P")
R = TypeVar("R")

Json = sa.JSON().with_variant(JSONB(), "postgresql")
"""Any JSON value; None is JSON's null, a value of its own."""
JsonOrNull = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON document, or SQL's NULL where there is none."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, stored in UTC; naive values are refused."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """``timestamptz`` where the engine has it."""
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn into UTC; SQLite stores it without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (SQLAlchemy's signature)
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum], name: str) -> sa.Enum:
    """A column of one of ``kind``'s values, held by a named CHECK."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Base of every table; explicit names, typed columns."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime(),
            dict[str, Any]: JsonOrNull,
            list[Any]: JsonOrNull,
        },
    )


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Keyed:
    """A row with a counter inside and a random key outside."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(
        sa.String(32), unique=True, default=lambda: seeds.token(PUBLIC_ID_LENGTH)
    )


class WritersQueue:
    """First come, first served among the writers of one SQLite file: threads by a lock, processes by ``flock``.

    SQLite's own busy handler sleeps in growing steps, so that under load a few writers wait very long. Behind a
    writer that takes too long only one thread of a process stays in line; the others give up after ``PATIENCE``
    seconds, so that the process goes on answering whoever only reads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._forget()
        forget = weakref.WeakMethod(self._forget)
        os.register_at_fork(after_in_child=lambda: (method := forget()) and method())

    def _forget(self) -> None:
        """Begin anew; after a fork, since a lock file opened before it would be shared with the parent."""
        self._turn = threading.Lock()
        self._file: IO[bytes] | None = None
        self._holder = 0

    def enter(self) -> None:
        """Wait for the turn; a thread that has it already gets ``RuntimeError`` instead of waiting for itself.

        Raises:
            TimeoutError: SQLAlchemy's, when the turn did not come in time; nothing has been written.
        """
        if self._holder == threading.get_ident():
            raise RuntimeError("this thread is in a write transaction already; it would wait for itself")
        if not self._turn.acquire(timeout=PATIENCE):
            raise sa.exc.TimeoutError(f"no turn to write within {PATIENCE:g} s")
        try:
            if self._file is None:
                self._file = self._path.open("wb")
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._turn.release()
            raise
        self._holder = threading.get_ident()

    def leave(self) -> None:
        """Let the next one in."""
        if self._file is None:
            raise RuntimeError("the writers' queue was never entered")
        self._holder = 0
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._turn.release()

    def close(self) -> None:
        """Close the lock file unless somebody has the turn; a later ``enter`` opens it again."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            if self._file is not None:
                self._file.close()
                self._file = None
        finally:
            self._turn.release()


def prepare_sqlite(engine: Engine, lock_path: Path) -> None:
    """Give the embedded database its durability, its foreign keys and its queue of writers."""
    queue = WritersQueue(lock_path)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "cache_size=-16000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(WRITE):
            connection.exec_driver_sql("BEGIN")
            return
        queue.enter()
        connection.connection.info["in_queue"] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _leave(record: Any) -> None:
        if record is not None and record.info.pop("in_queue", False):
            queue.leave()

    @event.listens_for(engine, "checkin")
    def _on_checkin(connection: Any, record: Any) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
        _leave(record)

    @event.listens_for(engine, "invalidate")
    def _on_invalidate(connection: Any, record: Any, exception: Any) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
        _leave(record)

    @event.listens_for(engine, "engine_disposed")
    def _on_disposed(engine: Engine) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
        queue.close()


def is_writing() -> bool:
    """Whether the current session is inside a write transaction."""
    session = db.session()
    return session.in_transaction() and bool(session.connection().get_execution_options().get(WRITE))


def begin_write() -> None:
    """Start the write transaction unless one runs; what was loaded before is read anew when it is next used."""
    if is_writing():
        return
    session = db.session()
    session.rollback()
    session.connection(execution_options={WRITE: True})


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a verb that changes things: keyword-only, and always inside a write transaction."""
    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
    if kinds - {inspect.Parameter.KEYWORD_ONLY}:
        raise TypeError(f"{function.__qualname__}: an operation takes keyword arguments only")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        begin_write()
        return function(*args, **kwargs)

    return run


class UnitOfWork(AbstractContextManager[None]):
    """One commit around operations called by a command, a job or a request of its own; rolls back on any error."""

    def __enter__(self) -> None:
        begin_write()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            db.session.commit()
        else:
            db.session.rollback()


@event.listens_for(Session, "before_flush")
def _refuse_silent_writes(session: Session, context: object, instances: object) -> None:  # noqa: ARG001  (SQLAlchemy's signature)
    if (
        session.new or session.dirty or session.deleted
    ) and not session.connection().get_execution_options().get(WRITE):
        raise RuntimeError("rows change only inside an operation; call one, or begin_write() first")
