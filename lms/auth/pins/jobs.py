"""Housekeeping of slips."""

from datetime import timedelta

from lms.auth.pins import operations
from lms.core import clock
from lms.jobs.registry import duty


@duty("pins.purge", every=timedelta(days=1))
def purge() -> None:
    """Drop slips that expired long ago."""
    operations.purge(before=clock.now() - operations.KEPT)
