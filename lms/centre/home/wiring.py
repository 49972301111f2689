"""Opens the home."""

from flask import Flask

from lms.centre.home.views import blueprint
from lms.core.actor import Role
from lms.core.messages import N_
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its routes and the first entry of the menu."""
    app.register_blueprint(blueprint)
    everybody_else = frozenset(Role) - {Role.LEARNER}
    add_entry(app, Entry(N_("Bàn làm việc"), "home.index", "house-door", everybody_else, order=0))
