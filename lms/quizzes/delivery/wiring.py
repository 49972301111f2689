"""Opens the delivery room."""

from flask import Flask

import lms.quizzes.delivery.jobs
import lms.quizzes.delivery.views.learner
import lms.quizzes.delivery.views.monitor
import lms.quizzes.delivery.views.pictures
import lms.quizzes.delivery.views.saving
import lms.quizzes.delivery.views.windows  # noqa: F401  (imported for its routes, like the lines above)
from lms.core.messages import N_
from lms.quizzes.delivery.queries.windows import attempts_begun
from lms.quizzes.delivery.rules import WATCHES
from lms.quizzes.delivery.views import blueprint
from lms.quizzes.papers.queries import plug_in_attempt_counter
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Routes, the duty at the deadline, the menu entry, what the papers room asks."""
    app.register_blueprint(blueprint)
    plug_in_attempt_counter(attempts_begun)
    add_entry(
        app,
        Entry(
            N_("Ca thi"), "delivery.sessions", "stopwatch", frozenset(WATCHES), order=40, prefix="delivery."
        ),
    )
