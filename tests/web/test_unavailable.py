"""The database is away, locked or slow: 503 and come again, never a false acknowledgement and nothing told."""

import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import replace

import pytest
import sqlalchemy as sa
import structlog
from flask import Flask

from lms.app import _logging
from lms.config import Settings
from lms.core.actor import Role
from lms.core.db import WRITE, db
from lms.quizzes.delivery.models import Attempt, Response
from lms.quizzes.papers.models import Assessment
from lms.web.answers import _headline
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def visitor(app: Flask, world: World) -> Visitor:
    centre = world.centre()
    course_class = world.course_class(centre)
    world.assessment(course_class, world.bank(centre), world.person(Role.LECTURER, centre))
    return Visitor(app).sign_in_as(world.learner(centre, course_class))


@pytest.fixture
def paper(visitor: Visitor, world: World) -> str:
    front = f"/assessments/{db.session.scalars(sa.select(Assessment.public_id)).one()}"
    location: str = visitor.post(f"{front}/start").headers["Location"]
    return location


def save(visitor: Visitor, paper: str) -> tuple[int, str | None]:
    body = {"slot": 1, "revision": 1, "base": 0, "key": "k", "client": "c", "answer": "b"}
    response = visitor.send("POST", f"{paper}/answers", json=body, headers={"X-CSRFToken": visitor.csrf})
    return response.status_code, response.headers.get("Retry-After")


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Response)) or 0


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """The driver refuses ``do_commit`` or ``do_execute``, as on a broken disk or without a server."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise db.engine.dialect.loaded_dbapi.OperationalError("server closed the connection")

    with monkeypatch.context() as patched:
        patched.setattr(db.engine.dialect, name, refuse)
        yield


def test_a_commit_that_fails_is_never_acknowledged(
    visitor: Visitor, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with failing(monkeypatch, "do_commit"):
        assert save(visitor, paper) == (503, "2")
    assert stored() == 0
    assert save(visitor, paper) == (200, None)


def test_without_its_database_the_site_says_so_in_a_page(
    visitor: Visitor, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with failing(monkeypatch, "do_execute"):
        assert visitor.get(paper, 503).headers["Retry-After"] == "2"
        visitor.get("/sign-in", 503)
        assert save(visitor, paper) == (503, "2")
        assert visitor.send("GET", "/readyz").status_code == 503
    assert save(visitor, paper) == (200, None)


def test_a_file_locked_by_another_program_holds_up_nobody_for_good(
    visitor: Visitor, paper: str, settings: Settings
) -> None:
    if not settings.is_sqlite:
        pytest.skip("says something about SQLite")
    sa.event.listen(db.engine, "checkout", _hurry)
    other = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert save(visitor, paper) == (503, "2")
        assert save(visitor, paper) == (503, "2")
    finally:
        other.execute("ROLLBACK")
        other.close()
        sa.event.remove(db.engine, "checkout", _hurry)
        db.session.remove()
        db.engine.dispose()
    assert save(visitor, paper) == (200, None)


def _hurry(connection: sqlite3.Connection, *_rest: object) -> None:
    connection.execute("PRAGMA busy_timeout=20")


def test_behind_a_writer_that_takes_too_long_a_save_is_told_to_come_again(
    visitor: Visitor, paper: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL lets writers run side by side")
    monkeypatch.setattr("lms.core.db.PATIENCE", 0.1)
    entered, done = threading.Event(), threading.Event()

    def write_long() -> None:
        with visitor.app.app_context(), db.engine.connect() as connection:
            connection.execution_options(**{WRITE: True})
            with connection.begin():
                entered.set()
                done.wait(20)

    writer = threading.Thread(target=Context().run, args=(write_long,))
    writer.start()
    assert entered.wait(10)
    try:
        assert save(visitor, paper) == (503, "2")
        visitor.get(paper)
    finally:
        done.set()
        writer.join()
    assert save(visitor, paper) == (200, None)


@pytest.mark.postgres
def test_a_connection_that_is_cut_while_a_save_waits_is_no_acknowledgement(
    visitor: Visitor, paper: str
) -> None:
    db.session.rollback()
    answers: list[tuple[int, str | None]] = []
    with db.engine.connect() as holder:
        holder.execute(sa.select(Attempt.id).with_for_update())
        saving = threading.Thread(target=Context().run, args=(lambda: _save_into(answers, visitor, paper),))
        saving.start()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as surgeon:
            cut = sa.text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            while not surgeon.scalar(cut):
                pass
        saving.join(20)
    assert answers == [(503, "2")]
    assert stored() == 0
    assert save(visitor, paper) == (200, None)


def _save_into(answers: list[tuple[int, str | None]], visitor: Visitor, paper: str) -> None:
    with visitor.app.app_context():
        answers.append(save(visitor, paper))


def test_the_log_has_the_headline_of_a_refusal_and_not_the_row() -> None:
    quoted = sqlite3.IntegrityError("duplicate key\nDETAIL:  Failing row contains (SECRET)")
    assert _headline(sa.exc.DBAPIError("INSERT", {}, quoted)) == "IntegrityError: duplicate key"


def test_the_values_of_a_statement_stay_out_of_its_error(app: Flask) -> None:
    with pytest.raises(sa.exc.DBAPIError) as caught:
        db.session.execute(sa.text("SELECT no_such_function(:value)"), {"value": "SECRET"})
    db.session.rollback()
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_trace_in_the_log_shows_the_line_and_no_values(
    settings: Settings, as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    _logging(replace(settings, log_json=as_json))
    try:
        event: object = {"event": "broken", "exc_info": _broken("SECRET")}
        for processor in structlog.get_config()["processors"]:
            event = processor(None, "error", event)
    finally:
        _logging(settings)
    assert "ZeroDivisionError" in str(event)
    assert "SECRET" not in str(event)


def _broken(key: str) -> object:
    try:
        1 / len(key[:0])
    except ZeroDivisionError:
        return sys.exc_info()
    raise AssertionError
