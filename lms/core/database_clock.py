"""The database's clock as the clock of every machine, so that no host's clock moves a deadline.

The offset is measured through a short connection of its own, at first use and then every half minute. Between two
measurements time runs by the monotonic clock, which no administrator and no time server sets.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from structlog import get_logger

from lms.core import clock

MEASURE_EVERY = 30.0
"""Seconds of monotonic time between two measurements; also the pause after one that failed."""
JUMP = 1.0
"""A host's clock that moved by more seconds than this against the monotonic clock is told to the log."""

log = get_logger("lms.clock")


@dataclass(frozen=True, slots=True)
class Reading:
    """The database's ``moment`` when the monotonic clock stood at ``at`` and the host's own at ``host``."""

    moment: datetime
    at: float
    host: datetime

    def now(self, monotonic: float) -> datetime:
        """The moment at another reading of the monotonic clock."""
        return self.moment + timedelta(seconds=monotonic - self.at)


class DatabaseClock:
    """A source for :func:`lms.core.clock.set_source`; may be called from any thread.

    ``ask`` returns the database's aware present and may raise: then the last reading goes on, and before the first
    one the host's own clock stands in.
    """

    def __init__(
        self,
        ask: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        host: Callable[[], datetime] = clock.system_source,
    ) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._host = host
        self._reading: Reading | None = None
        self._tried_at = float("-inf")
        self._measuring = Lock()

    def __call__(self) -> datetime:
        """The present by the database's clock, aware, in UTC."""
        reading = self._reading
        if self._monotonic() - self._tried_at >= MEASURE_EVERY:
            # One thread measures; the others go on with what is known, but wait for the very first reading.
            if self._measuring.acquire(blocking=reading is None):
                try:
                    self._measure()
                finally:
                    self._measuring.release()
            reading = self._reading
        if reading is None:
            return self._host()
        return reading.now(self._monotonic())

    def _measure(self) -> None:
        before = self._monotonic()
        if before - self._tried_at < MEASURE_EVERY:  # another thread was faster
            return
        try:
            moment = self._ask()
        except Exception as error:  # noqa: BLE001  (whatever the driver raises, time must go on)
            log.warning("database_clock_unreachable", error=type(error).__name__)
            self._tried_at = self._monotonic()
            return
        after = self._monotonic()
        reading = Reading(moment, (before + after) / 2, self._host())
        self._tell_jump(reading)
        self._reading = reading
        self._tried_at = after

    def _tell_jump(self, new: Reading) -> None:
        """Log a host's clock that was set since the last reading; nothing but the log depends on it."""
        old = self._reading
        if old is None:
            offset = (new.host - new.moment).total_seconds()
            if abs(offset) > JUMP:
                log.warning("host_clock_differs", seconds=round(offset, 3))
            return
        jump = (new.host - old.host).total_seconds() - (new.at - old.at)
        if abs(jump) > JUMP:
            log.warning("host_clock_jumped", seconds=round(jump, 3))


def asking(engine: Engine) -> Callable[[], datetime]:
    """Ask ``engine``'s database for its present, on a connection that is never one of the pool's."""
    lonely = sa.create_engine(
        engine.url,
        poolclass=sa.pool.NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 3},
    )

    def ask() -> datetime:
        with lonely.connect() as connection:
            moment: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)

    return ask


def tell_time_by(engine: Engine) -> None:
    """Take the time from ``engine``'s database from now on."""
    clock.set_source(DatabaseClock(asking(engine)))
