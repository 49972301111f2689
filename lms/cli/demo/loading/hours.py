"""Times of day at which people of a centre do things, whenever the demo is built."""

from datetime import datetime, time, timedelta

from lms.core import clock


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """So many days from today, at that time of day where the centre is."""
    day = clock.to_local(clock.now()).date() + timedelta(days=days)
    return clock.from_local(datetime.combine(day, time(hour, minute)))
