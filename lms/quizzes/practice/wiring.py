"""Opens the practice room."""

from flask import Flask

from lms.courses.study.registry import plug_in
from lms.quizzes.practice.activities import GRADED, PRACTICE
from lms.quizzes.practice.views import blueprint


def register(app: Flask) -> None:
    """Its routes, and what modules of a class can hold."""
    app.register_blueprint(blueprint)
    plug_in(PRACTICE)
    plug_in(GRADED)
