"""Opens the gradebook."""

from typing import Any

from flask import Flask

import lms.results.gradebook.views.formats
import lms.results.gradebook.views.learner
import lms.results.gradebook.views.sitting
import lms.results.gradebook.views.staff  # noqa: F401  (imported for its routes, like the lines above)
from lms.core.messages import N_
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.delivery.signals import attempt_closed
from lms.results.gradebook.operations import record_result
from lms.results.gradebook.rules import READS
from lms.results.gradebook.views import blueprint
from lms.web.navigation import Entry, add_entry


def record_closed(attempt: Attempt, **news: Any) -> None:
    """Receiver of ``attempt_closed``: the result joins the transaction that closes the attempt."""
    record_result(attempt=attempt, marks=news["marks"])


def register(app: Flask) -> None:
    """Routes, the menu entry, and a result for every attempt that closes."""
    app.register_blueprint(blueprint)
    attempt_closed.connect(record_closed)
    add_entry(
        app,
        Entry(N_("Kết quả"), "gradebook.index", "bar-chart", frozenset(READS), order=50, prefix="gradebook."),
    )
