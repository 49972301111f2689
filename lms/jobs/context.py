"""What a running job holds in its hands."""

from collections.abc import Mapping
from threading import Event
from typing import Any, NoReturn

from lms.core import clock
from lms.core.db import is_writing
from lms.core.messages import Message
from lms.jobs import leases
from lms.jobs.leases import Claim

THROTTLE = 0.5
"""Seconds between two notes of progress, and between two looks for a request to stop."""


class JobEndedError(Exception):
    """Base of what ends a handler from inside ``context``; a handler lets it pass."""


class StoppedError(JobEndedError):
    """The handler obeyed a request to stop."""


class InterruptedByShutdownError(JobEndedError):
    """The runner is shutting down; the job goes back to the queue."""


class LeaseLostError(JobEndedError):
    """Another runner took the job up; nothing more may be written for it here."""


class JobContext:
    """A handler's view of its job; to be used from the handler's own thread."""

    def __init__(self, claimed: Claim, stopping: Event) -> None:
        self._claimed = claimed
        self._stopping = stopping
        self._noted_at = self._looked_at = -THROTTLE
        self._cancelled = False
        self.lost = Event()

    @property
    def payload(self) -> Mapping[str, Any]:
        """What was given to ``enqueue``."""
        return self._claimed.payload

    @property
    def actor_id(self) -> int | None:
        """Who asked for the job."""
        return self._claimed.actor_id

    @property
    def public_id(self) -> str:
        """The job's key."""
        return self._claimed.public_id

    def progress(self, done: int, total: int, message: Message | str = "") -> None:
        """Tell that ``done`` of ``total`` steps are behind; free to call often, written twice a second.

        Inside a write transaction nothing is written. Raises to end the handler when the runner shuts down or the
        job was taken over.
        """
        self._check()
        now = clock.monotonic()
        if is_writing() or (done < total and now - self._noted_at < THROTTLE):
            return
        self._noted_at = now
        if not leases.note_progress(self._claimed, done, total, message):
            raise LeaseLostError

    def cancelled(self) -> bool:
        """Whether somebody asked to stop; a handler that obeys calls :meth:`stop`."""
        self._check()
        now = clock.monotonic()
        if not self._cancelled and now - self._looked_at >= THROTTLE:
            self._looked_at = now
            self._cancelled = leases.is_cancel_requested(self._claimed)
        return self._cancelled

    def stop(self) -> NoReturn:
        """End the job as cancelled; what is uncommitted is rolled back."""
        raise StoppedError

    def _check(self) -> None:
        if self.lost.is_set():
            raise LeaseLostError
        if self._stopping.is_set():
            raise InterruptedByShutdownError
