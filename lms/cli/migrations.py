"""Flask-Migrate, bound to the application where a command or a script migrates."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from lms.core.db import db

FOLDER = Path(__file__).parents[1] / "migrations"


def init_migrations(app: Flask) -> None:
    """Let ``flask db`` and ``flask_migrate.upgrade`` work on ``app``."""
    Migrate(app, db, directory=str(FOLDER), render_as_batch=app.config["LMS"].is_sqlite)
