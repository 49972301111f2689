"""Opens the room. Handlers and duties register themselves when their rooms' ``jobs`` are imported."""

from datetime import timedelta

from flask import Flask

from lms.core import files
from lms.jobs.registry import duty
from lms.jobs.views import blueprint


def register(app: Flask) -> None:
    """Routes, and the duty of the floor below, which can't know this one."""
    app.register_blueprint(blueprint)
    duty("files.sweep", timedelta(days=1))(files.sweep)
