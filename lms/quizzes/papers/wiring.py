"""Opens the papers room."""

from flask import Flask

from lms.core.messages import N_
from lms.quizzes.papers import rules
from lms.quizzes.papers.views import blueprint
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its pages and the menu entry."""
    app.register_blueprint(blueprint)
    add_entry(
        app,
        Entry(N_("Ra đề"), "papers.index", "files", frozenset(rules.READERS), order=30, prefix="papers."),
    )
