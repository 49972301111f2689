"""Doing one job or one duty: where an error becomes a state of the row and a line of the log."""

import traceback
from threading import Event

import structlog
from flask import Flask

from lms.core import seeds
from lms.core.db import UnitOfWork, db, is_writing
from lms.core.errors import DomainError
from lms.core.messages import N_, Message
from lms.jobs import leases
from lms.jobs.context import InterruptedByShutdownError, JobContext, LeaseLostError, StoppedError
from lms.jobs.leases import BACKOFF, MAX_TRIES, Claim
from lms.jobs.models import JobState
from lms.jobs.registry import Duty, handlers

log = structlog.get_logger("lms.jobs")
FAILED = N_("Việc này dừng lại vì một lỗi của phần mềm. Hãy báo quản trị mã lỗi %(reference)s.")
STOPPED = N_("Đã dừng theo yêu cầu.")


def do_job(app: Flask, claimed: Claim, context: JobContext, *, reraise: bool = False) -> None:
    """Run the handler and write how it ended. Only with ``reraise`` does a handler's unexpected error come out."""
    with app.app_context():
        try:
            _handle(claimed, context)
        except StoppedError:
            db.session.rollback()
            leases.end(claimed, JobState.CANCELLED, {}, Message(STOPPED))
        except InterruptedByShutdownError:
            db.session.rollback()
            leases.put_back(claimed, count_try=False)
        except LeaseLostError:
            db.session.rollback()
            log.warning("job_taken_over", job=claimed.public_id, kind=claimed.kind)
        except DomainError as error:
            db.session.rollback()
            leases.end(claimed, JobState.FAILED, {"code": error.code}, error.message)
        except Exception as error:
            db.session.rollback()
            _broke(claimed, error)
            if reraise:
                raise


def _handle(claimed: Claim, context: JobContext) -> None:
    handler = handlers.get(claimed.kind)
    if handler is None:
        raise LookupError(f"no handler for jobs of kind {claimed.kind!r}")
    result = handler(context) or {}
    with UnitOfWork():
        if not leases.end_in_session(claimed, result):
            raise LeaseLostError


def _broke(claimed: Claim, error: Exception) -> None:
    reference = seeds.token(8)
    log.error(
        "job_failed",
        reference=reference,
        job=claimed.public_id,
        kind=claimed.kind,
        tries=claimed.tries,
        trace="".join(traceback.format_exception(error)),
    )
    if claimed.tries < MAX_TRIES:
        leases.put_back(claimed, after=BACKOFF[claimed.tries - 1])
    else:
        message = Message(FAILED, {"reference": reference})
        leases.end(claimed, JobState.FAILED, {"reference": reference}, message)


def do_duty(app: Flask, duty: Duty) -> bool:
    """Run the duty once and commit; False when it broke, which the log tells."""
    with app.app_context():
        try:
            duty.run()
            if is_writing():
                db.session.commit()
        except Exception as error:  # noqa: BLE001  (whatever breaks, the loop goes on)
            db.session.rollback()
            log.error(  # noqa: TRY400  (structlog renders the trace as one field)
                "duty_failed",
                reference=seeds.token(8),
                duty=duty.name,
                trace="".join(traceback.format_exception(error)),
            )
            return False
    return True


def new_context(claimed: Claim, stopping: Event | None = None) -> JobContext:
    """A context for a claim; without ``stopping`` nothing shuts it down."""
    return JobContext(claimed, stopping or Event())
