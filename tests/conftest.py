"""One application a worker; a fresh copy of the database a test. PostgreSQL when DATABASE_URL says so."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from lms import create_app
from lms.auth.units.queries import forget_names
from lms.config import Mode, Settings
from lms.core.db import db
from lms.quizzes.delivery.queries import papers
from lms.quizzes.papers import versions
from tests import databases
from tests.visitor import Visitor
from tests.world import World

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
REDIS_DATABASES = 16
"""As many as a Redis server has unless told otherwise."""
PATIENCE = 30_000
"""Milliseconds that a page gets; a busy machine needs them."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker: two Playwrights in one process refuse each other."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.skip("Chromium is missing: browser tests are left out")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    instance = tmp_path_factory.mktemp("instance")
    url = os.environ.get("DATABASE_URL", "")
    if url:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"{sa.engine.make_url(url).database}_{worker}"
        url = _own_database(url.replace("postgresql://", "postgresql+psycopg://", 1), name)
    return Settings(
        mode=Mode.TESTING,
        instance=instance,
        database_url=url or f"sqlite:///{instance / 'lms.sqlite3'}",
        redis_url=_own_redis(os.environ.get("REDIS_URL", "")),
        secret_key="a key for tests only, of more than thirty-two characters",
        trusted_hosts=("localhost", "127.0.0.1"),
    )


def _own_redis(url: str) -> str:
    """A numbered database of this worker's own, counted down from the one given: tests empty theirs."""
    if not url:
        return ""
    parts = urlsplit(url)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = (int(parts.path.strip("/") or 0) - worker) % REDIS_DATABASES
    return parts._replace(path=f"/{number}").geturl()


def _own_database(url: str, name: str) -> str:
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
        connection.execute(sa.text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    admin.dispose()
    return sa.engine.make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def session_app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        if settings.is_sqlite:
            path = databases.path_of(settings.database_url)
            databases.copy(path, path.with_suffix(".template"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(session_app: Flask, settings: Settings) -> Iterator[Flask]:
    with session_app.app_context():
        _empty(settings)
    forget_names()
    papers.forget_all()
    versions.forget_all()
    with session_app.app_context():
        yield session_app
        db.session.rollback()


def _empty(settings: Settings) -> None:
    if settings.is_sqlite:
        db.session.remove()
        db.engine.dispose()
        path = databases.path_of(settings.database_url)
        databases.copy(path.with_suffix(".template"), path)
        return
    with db.engine.begin() as connection:
        databases.empty(connection)


@pytest.fixture
def world(app: Flask) -> World:
    """Makes the people and things a story needs."""
    return World()


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """A browser that nobody has signed in with."""
    return Visitor(app)
