"""Learning and assessment for a political training centre.

``create_app()`` is the application factory that Flask's tools expect here. The wiring itself stands in
``lms.app`` and is imported on call: parsers of uploaded files run in processes of their own that import
``lms.quizzes.interchange`` and must never load the web stack.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from lms.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return a ready application; settings come from the environment unless given."""
    from lms.app import build_app

    return build_app(settings)
