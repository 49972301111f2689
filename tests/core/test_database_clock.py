"""Time by the database's clock: set clocks of the host, a database that is away, many threads."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from lms.core import clock
from lms.core.database_clock import MEASURE_EVERY, DatabaseClock, asking
from lms.core.db import db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Machine:
    """A host whose clocks the test moves, and the database beside it."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.error = timedelta(0)
        self.away = False
        self.asked = 0

    def monotonic(self) -> float:
        return self.seconds

    def true_time(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds - 1000)

    def host(self) -> datetime:
        return self.true_time() + self.error

    def ask(self) -> datetime:
        self.asked += 1
        if self.away:
            raise OSError("no database")
        return self.true_time()

    def clock(self) -> DatabaseClock:
        return DatabaseClock(self.ask, monotonic=self.monotonic, host=self.host)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_host_with_a_wrong_clock_tells_the_databases_time(machine: Machine, hours: int) -> None:
    machine.error = timedelta(hours=hours)
    assert machine.clock()() == NOON


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_set_while_running_moves_nothing_and_is_logged(machine: Machine, hours: int) -> None:
    now = machine.clock()
    assert now() == NOON
    machine.seconds += 10
    machine.error = timedelta(hours=hours)
    assert now() == NOON + timedelta(seconds=10)
    machine.seconds += MEASURE_EVERY
    with capture_logs() as logs:
        assert now() == NOON + timedelta(seconds=10 + MEASURE_EVERY)
    assert [(one["event"], one["seconds"]) for one in logs] == [("host_clock_jumped", hours * 3600)]


def test_small_corrections_are_not_logged(machine: Machine) -> None:
    now = machine.clock()
    now()
    machine.seconds += MEASURE_EVERY
    machine.error = timedelta(seconds=0.9)
    with capture_logs() as logs:
        now()
    assert logs == []


def test_the_database_is_asked_once_in_half_a_minute(machine: Machine) -> None:
    now = machine.clock()
    for _ in range(300):
        now()
        machine.seconds += 0.2
    assert machine.asked == 2


def test_without_its_database_time_goes_on_from_the_last_reading(machine: Machine) -> None:
    now = machine.clock()
    now()
    machine.away = True
    machine.error = timedelta(hours=2)
    machine.seconds += 3 * MEASURE_EVERY
    assert now() == NOON + timedelta(seconds=3 * MEASURE_EVERY)
    machine.seconds += 1
    now()
    assert machine.asked == 2, "a database that is away is not asked again and again"
    machine.away = False
    machine.seconds += MEASURE_EVERY
    assert now() == machine.true_time()
    assert machine.asked == 3


def test_before_the_first_reading_the_host_stands_in(machine: Machine) -> None:
    machine.away = True
    with capture_logs() as logs:
        assert machine.clock()() == NOON
    assert logs[0]["event"] == "database_clock_unreachable"


def test_a_slow_measurement_holds_up_one_thread_only(machine: Machine) -> None:
    now = machine.clock()
    now()
    machine.seconds += MEASURE_EVERY
    asked, answer = Event(), Event()

    def slow() -> datetime:
        asked.set()
        assert answer.wait(10)
        return machine.true_time()

    now._ask = slow
    with ThreadPoolExecutor(1) as pool:
        measuring = pool.submit(now)
        assert asked.wait(10)
        assert now() == machine.true_time()
        answer.set()
        assert measuring.result() == machine.true_time()


@pytest.fixture
def real_source() -> Iterator[None]:
    before = clock.set_source(None)
    yield
    clock.set_source(before)


@pytest.mark.postgres
def test_the_application_tells_postgresqls_time(app: Flask) -> None:
    assert isinstance(clock._clock.wall, DatabaseClock)
    theirs = db.session.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    assert abs(clock.now() - theirs) < timedelta(seconds=1)


@pytest.mark.postgres
def test_asking_takes_no_connection_of_the_pool(app: Flask, real_source: None) -> None:
    before = db.engine.pool.checkedout()  # type: ignore[attr-defined]  # every pool but SQLAlchemy's abstract one has it
    ask = asking(db.engine)
    assert ask().tzinfo is not None
    assert db.engine.pool.checkedout() == before  # type: ignore[attr-defined]
    count = sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
    connected = db.session.execute(count).scalar_one()
    for _ in range(5):
        ask()
    assert db.session.execute(count).scalar_one() == connected, os.environ.get("DATABASE_URL", "")
