"""The process that works in the background: jobs one after another, duties beside them.

Three kinds of threads: the caller's does jobs; the keeper renews leases and says when duties are due; a few do the
duties, so that closing attempts at their deadline never waits for a long job.
"""

import os
import socket
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock, Thread

import structlog
from flask import Flask, has_app_context

from lms.core import clock, seeds
from lms.core.db import db, is_writing
from lms.jobs import leases, registry
from lms.jobs.context import JobContext
from lms.jobs.leases import Claim
from lms.jobs.registry import Duty
from lms.jobs.working import do_duty, do_job, new_context

log = structlog.get_logger("lms.jobs")
AFTER_ERROR = 5.0
"""Seconds until a broken duty has its next turn, and until a loop without its database tries again."""


@dataclass(frozen=True)
class Pace:
    """How often the loops look, in seconds, and how long a lease lasts."""

    poll: float = 0.5
    beat: float = 0.25
    lease: timedelta = timedelta(seconds=30)


class Keeper:
    """Holds the leases of this process and starts its duties."""

    def __init__(self, app: Flask, owner: str, pace: Pace) -> None:
        self._app = app
        self._owner = owner
        self._pace = pace
        self._renew_every = pace.lease.total_seconds() / 3
        self._lock = Lock()
        self._job: tuple[Claim, JobContext] | None = None
        self._held: set[str] = set()
        self._held_until = 0.0
        self._renewed_at = float("-inf")
        self._next_turn: dict[str, float] = {}
        self._running: dict[str, Future[bool]] = {}

    def watch(self, claimed: Claim, context: JobContext) -> None:
        """Renew this job's lease from now on."""
        with self._lock:
            self._job = claimed, context

    def unwatch(self) -> None:
        """The job has ended."""
        with self._lock:
            self._job = None

    def run(self, stop: Event) -> None:
        """Beat until ``stop``; then wait for duties in progress and let the leases go."""
        with ThreadPoolExecutor(max(1, len(registry.duties)), thread_name_prefix="duty") as pool:
            while not stop.wait(self._pace.beat):
                try:
                    self.beat(pool)
                except Exception as error:  # noqa: BLE001  (a database that is away comes back)
                    log.warning("leases_not_renewed", error=repr(error))
                    stop.wait(min(AFTER_ERROR, self._renew_every))
        try:
            with self._app.app_context():
                leases.release_duties(self._owner)
        except Exception as error:  # noqa: BLE001  (they run out by themselves)
            log.warning("leases_not_released", error=repr(error))

    def beat(self, pool: ThreadPoolExecutor) -> None:
        """Renew what has to be renewed and start the duties whose turn it is."""
        now = clock.monotonic()
        if now - self._renewed_at >= self._renew_every:
            with self._app.app_context():
                self._renew(now)
        if now >= self._held_until:
            return
        for duty in [duty for name, duty in registry.duties.items() if name in self._held]:
            self._take_turn(duty, now, pool)

    def _renew(self, now: float) -> None:
        with self._lock:
            job = self._job
        if job is not None and not leases.renew(job[0], self._pace.lease):
            job[1].lost.set()
        if registry.duties:
            self._held = leases.hold_duties(registry.duties, self._owner, self._pace.lease)
            self._held_until = now + self._pace.lease.total_seconds()
        self._renewed_at = now

    def _take_turn(self, duty: Duty, now: float, pool: ThreadPoolExecutor) -> None:
        running = self._running.get(duty.name)
        if running is not None:
            if not running.done():
                return
            del self._running[duty.name]
            if not running.result():
                self._next_turn[duty.name] = max(self._next_turn[duty.name], now + AFTER_ERROR)
        if now >= self._next_turn.get(duty.name, now):
            self._next_turn[duty.name] = now + duty.every.total_seconds()
            self._running[duty.name] = pool.submit(do_duty, self._app, duty)


def run_forever(app: Flask, stop: Event, pace: Pace | None = None) -> None:
    """Do jobs and duties until ``stop`` is set; a job in progress is asked to go back to the queue."""
    pace = pace or Pace()
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{seeds.token(8)}"
    keeper = Keeper(app, owner, pace)
    thread = Thread(target=keeper.run, args=(stop,), name="keeper")
    thread.start()
    log.info("runner_started", owner=owner, jobs=len(registry.handlers), duties=len(registry.duties))
    try:
        while not stop.is_set():
            try:
                busy = _do_next(app, owner, keeper, stop, pace)
            except Exception as error:  # noqa: BLE001  (a database that is away comes back)
                log.warning("jobs_not_read", error=repr(error))
                stop.wait(AFTER_ERROR)
                continue
            if not busy:
                stop.wait(pace.poll)
    finally:
        stop.set()
        thread.join()
        log.info("runner_stopped", owner=owner)


def _do_next(app: Flask, owner: str, keeper: Keeper, stop: Event, pace: Pace) -> bool:
    with app.app_context():
        claimed = leases.claim(owner, pace.lease)
    if claimed is None:
        return False
    context = new_context(claimed, stop)
    keeper.watch(claimed, context)
    try:
        do_job(app, claimed, context)
    finally:
        keeper.unwatch()
    return True


def run_pending(app: Flask, *, duties: bool = True, reraise: bool = True) -> int:
    """For tests and commands: do every job that is due and each duty once, here and now; how many jobs.

    With ``reraise`` an unexpected error of a handler comes out, after the job was put back. What the caller's
    session has loaded is read anew afterwards; it must not be in a write transaction.
    """
    if has_app_context():
        if is_writing():
            raise RuntimeError("commit before jobs are run; they would wait for this transaction")
        db.session.rollback()
    owner = f"inline:{os.getpid()}:{seeds.token(8)}"
    count = 0
    while (claimed := _claim(app, owner)) is not None:
        do_job(app, claimed, new_context(claimed), reraise=reraise)
        count += 1
    if duties:
        for duty in list(registry.duties.values()):
            do_duty(app, duty)
    return count


def _claim(app: Flask, owner: str) -> Claim | None:
    with app.app_context():
        return leases.claim(owner, Pace.lease)
