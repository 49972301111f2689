"""Opens the PIN room."""

from flask import Flask

import lms.auth.pins.jobs  # noqa: F401  (registers its duty)
from lms.auth.pins.views import blueprint


def register(app: Flask) -> None:
    """Its routes; the duty registers itself."""
    app.register_blueprint(blueprint)
