"""Up, down and up again, empty and with the full world in the tables, on the engine of this run."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from lms import create_app
from lms.cli.migrations import init_migrations
from lms.config import Settings
from lms.core import clock, files
from lms.core.db import db
from lms.quizzes.delivery.queries import papers
from lms.quizzes.papers import versions
from tests.conftest import _own_database
from tests.site.fullworld import build
from tests.site.house import fingerprint

NOTHING = hashlib.sha256(repr([]).encode()).hexdigest()
"""The fingerprint of a table without rows."""


@pytest.fixture
def migrated(settings: Settings, session_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An application over an empty database of its own."""
    if settings.is_sqlite:
        url = f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = sa.engine.make_url(settings.database_url).database
        url = _own_database(settings.database_url, f"{name}_migrations_{worker}")
    source = clock.set_source(None)
    app = create_app(replace(settings, instance=tmp_path, database_url=url))
    init_migrations(app)
    papers.forget_all()
    versions.forget_all()
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    clock.set_source(source)
    files.configure(root=settings.instance / "files", in_database=not settings.is_sqlite)
    papers.forget_all()
    versions.forget_all()


def _tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names())


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        found: list[object] = compare_metadata(
            MigrationContext.configure(connection, opts=options), db.metadata
        )
    return found


def test_migrations_lead_to_the_models(migrated: Flask) -> None:
    upgrade()
    assert _tables() == {table.name for table in db.metadata.sorted_tables} | {"alembic_version"}
    assert _differences() == []


def test_named_checks_and_partial_indexes_are_there(migrated: Flask) -> None:
    """What Alembic's comparison does not look at: the constraints that make wrong states impossible."""
    upgrade()
    inspector = sa.inspect(db.engine)
    for table in db.metadata.sorted_tables:
        expected = {
            str(one.name) for one in table.constraints if isinstance(one, sa.CheckConstraint) and one.name
        }
        found = {str(one["name"]) for one in inspector.get_check_constraints(table.name)}
        assert expected <= found, f"{table.name}: {expected - found}"
        partial = {
            str(index.name)
            for index in table.indexes
            if index.dialect_options["sqlite"].get("where") is not None and index.unique
        }
        unique = {str(one["name"]) for one in inspector.get_indexes(table.name) if one["unique"]}
        assert partial <= unique, f"{table.name}: {partial - unique}"


def test_down_to_nothing_and_up_again(migrated: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert _tables() <= {"alembic_version"}
    upgrade()
    assert _differences() == []


def test_down_and_up_with_data(migrated: Flask) -> None:
    """Going down with every table filled drops them in an order that foreign keys allow; up again, they can be filled."""
    upgrade()
    build()
    filled = {name for name, digest in fingerprint().items() if digest != NOTHING}
    assert len(filled) > 20
    upgrade()
    assert {name for name, digest in fingerprint().items() if digest != NOTHING} == filled
    db.session.remove()
    downgrade(revision="base")
    upgrade()
    assert all(digest == NOTHING for digest in fingerprint().values())
    build()
