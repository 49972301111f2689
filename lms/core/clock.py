"""The only place that tells the time.

``now()`` is aware and in UTC. Where it comes from can be replaced: on PostgreSQL by the database's clock, in
tests by :func:`frozen`. A source is a callable that returns an aware datetime; it may be called from any thread.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Source = Callable[[], datetime]

DEFAULT_ZONE = "Asia/Ho_Chi_Minh"


def system_source() -> datetime:
    """The machine's own clock, in UTC."""
    return datetime.now(UTC)


class _Clock:
    """The sources in use; one object for the process."""

    def __init__(self) -> None:
        self.wall: Source = system_source
        self.monotonic: Callable[[], float] = time.monotonic


_clock = _Clock()


def now() -> datetime:
    """The present moment, aware, in UTC.

    Raises ``ValueError`` when the source in use gives a naive datetime.
    """
    value = _clock.wall()
    if value.tzinfo is None:
        msg = "a clock source must return aware datetimes"
        raise ValueError(msg)
    return value.astimezone(UTC)


def monotonic() -> float:
    """Seconds from an arbitrary point that never go backwards, whatever happens to the wall clock."""
    return _clock.monotonic()


def set_source(source: Source | None) -> Source:
    """Take the time from ``source`` from now on (``None``: the system's clock); return the previous source."""
    previous = _clock.wall
    _clock.wall = source or system_source
    return previous


def zone(name: str = DEFAULT_ZONE) -> ZoneInfo:
    """The named time zone; raises ``ZoneInfoNotFoundError`` (a ``KeyError``) when there is none."""
    return ZoneInfo(name)


def to_local(moment: datetime, tz: str = DEFAULT_ZONE) -> datetime:
    """``moment`` (aware) as the wall clock in ``tz`` shows it."""
    if moment.tzinfo is None:
        msg = "only aware datetimes have a local time"
        raise ValueError(msg)
    return moment.astimezone(zone(tz))


def from_local(wall: datetime, tz: str = DEFAULT_ZONE) -> datetime:
    """What a person typed as local time (naive) as an aware moment in UTC."""
    if wall.tzinfo is not None:
        msg = "a wall-clock time has no zone of its own"
        raise ValueError(msg)
    return wall.replace(tzinfo=zone(tz)).astimezone(UTC)


class Frozen:
    """A clock that stands until it is moved; what :func:`frozen` hands to a test."""

    def __init__(self, at: datetime) -> None:
        self._start = self._at = at

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self._at

    def elapsed(self) -> float:
        """Seconds the clock was moved since it was frozen; serves as the monotonic clock."""
        return (self._at - self._start).total_seconds()

    def tick(self, by: timedelta | float) -> None:
        """Move on by a timedelta or by seconds."""
        self._at += by if isinstance(by, timedelta) else timedelta(seconds=by)

    def move_to(self, at: datetime) -> None:
        """Set the hands to ``at`` (aware)."""
        self._at = at


@contextmanager
def frozen(at: datetime) -> Iterator[Frozen]:
    """Hold both clocks at ``at`` (aware) inside the block; the sources before are put back after it."""
    hands = Frozen(at)
    before = _clock.wall, _clock.monotonic
    _clock.wall, _clock.monotonic = hands, hands.elapsed
    try:
        yield hands
    finally:
        _clock.wall, _clock.monotonic = before
