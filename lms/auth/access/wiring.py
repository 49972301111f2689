"""Opens the access room."""

from flask import Flask

import lms.auth.access.jobs  # noqa: F401  (registers its duty)
from lms.auth.access.views import blueprint


def register(app: Flask) -> None:
    """Its routes; the duty registers itself."""
    app.register_blueprint(blueprint)
