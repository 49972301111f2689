"""Opens the accounts room."""

from flask import Flask

from lms.auth.accounts import rules
from lms.auth.accounts.views import blueprint
from lms.core.messages import N_
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its routes and its entry of the menu."""
    app.register_blueprint(blueprint)
    add_entry(
        app,
        Entry(
            N_("Tài khoản"),
            "accounts.index",
            "people",
            frozenset(rules.MANAGERS),
            order=80,
            prefix="accounts.",
        ),
    )
