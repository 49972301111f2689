"""Opens the leader's pages."""

from flask import Flask

from lms.centre.leading import rules
from lms.centre.leading.views import blueprint
from lms.core.messages import N_
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Their routes and entries of the menu."""
    app.register_blueprint(blueprint)
    add_entry(app, Entry(N_("Tổng quan"), "leading.index", "graph-up", frozenset(rules.READERS), order=5))
    add_entry(app, Entry(N_("Ký duyệt"), "leading.signing", "pen", frozenset(rules.SIGNERS), order=6))
