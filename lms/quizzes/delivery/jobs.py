"""The server closes attempts by itself at their deadline, whether or not a browser is there."""

from datetime import timedelta

import structlog
from flask import current_app

from lms.core import clock
from lms.core.db import UnitOfWork, db
from lms.jobs.registry import duty
from lms.quizzes.delivery.operations.closing import close_overdue
from lms.quizzes.delivery.queries.attempts import attempts_due

log = structlog.get_logger("lms.delivery")


@duty("delivery.close_overdue", timedelta(seconds=1))
def close_due_attempts() -> int:
    """Close and mark every attempt whose deadline plus transport grace has passed; returns how many.

    One transaction each, so that one that fails does not hold up the others.
    """
    grace = timedelta(seconds=current_app.config["LMS"].transport_grace_seconds)
    due = attempts_due(clock.now() - grace)
    db.session.rollback()
    closed = 0
    for attempt_id in due:
        try:
            with UnitOfWork():
                closed += close_overdue(attempt_id=attempt_id, grace=grace)
        except Exception:
            log.exception("attempt_not_closed", attempt=attempt_id)
    return closed
