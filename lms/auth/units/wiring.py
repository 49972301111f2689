"""Opens the units room."""

from flask import Flask

from lms.auth.units import rules
from lms.auth.units.views import blueprint
from lms.core.messages import N_
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its routes and its entry of the menu."""
    app.register_blueprint(blueprint)
    add_entry(
        app,
        Entry(
            N_("Các đơn vị"), "units.index", "building", frozenset(rules.KEEPERS), order=81, prefix="units."
        ),
    )
