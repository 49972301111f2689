from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lms.core import clock

MORNING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def machine_clock() -> Iterator[None]:
    """The machine's own clock, whatever an application in this process has plugged in."""
    before = clock.set_source(None)
    yield
    clock.set_source(before)


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC


def test_a_frozen_clock_moves_only_when_told_and_is_put_back() -> None:
    with clock.frozen(MORNING) as hands:
        start = clock.monotonic()
        assert clock.now() == MORNING
        hands.tick(90)
        hands.tick(timedelta(minutes=1))
        assert clock.now() == MORNING + timedelta(seconds=150)
        assert clock.monotonic() - start == 150
        hands.move_to(MORNING)
        assert clock.now() == MORNING
    assert clock.now() > MORNING - timedelta(days=1)
    assert clock.now() != MORNING
    assert clock.monotonic() > 0


def test_a_source_can_be_plugged_in_and_its_zone_does_not_matter() -> None:
    hanoi = timezone(timedelta(hours=7))
    previous = clock.set_source(lambda: MORNING.astimezone(hanoi))
    try:
        assert clock.now() == MORNING
        assert clock.now().utcoffset() == timedelta(0)
    finally:
        clock.set_source(previous)


def test_a_naive_source_is_refused() -> None:
    previous = clock.set_source(lambda: datetime(2026, 1, 1))  # noqa: DTZ001
    try:
        with pytest.raises(ValueError, match="aware"):
            clock.now()
    finally:
        clock.set_source(previous)


def test_local_time_goes_both_ways() -> None:
    local = clock.to_local(MORNING)
    assert local.strftime("%d/%m/%Y %H:%M") == "22/11/2026 08:30"
    assert clock.from_local(local.replace(tzinfo=None)) == MORNING
    assert clock.to_local(MORNING, "Asia/Tokyo").hour == 10
    with pytest.raises(ValueError, match="aware"):
        clock.to_local(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        clock.from_local(MORNING)
