"""Housekeeping of sign-ins."""

from datetime import timedelta

from lms.auth.access import throttle
from lms.auth.access.operations import purge_sessions
from lms.core import clock
from lms.jobs.registry import duty


@duty("access.purge", every=timedelta(hours=1))
def purge() -> None:
    """Drop sessions and counters that no longer mean anything."""
    purge_sessions(before=clock.now())
    throttle.purge(before=clock.now() - throttle.KEPT)
