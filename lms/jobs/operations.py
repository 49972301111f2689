"""Asking for background work, and asking it to stop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms.core import clock, seeds
from lms.core.db import db, operation
from lms.jobs.models import Job, JobState


@operation
def enqueue(
    *,
    kind: str,
    payload: Mapping[str, Any],
    actor_id: int | None,
    idempotency_key: str | None = None,
    due_at: datetime | None = None,
) -> Job:
    """Add a job to the caller's transaction; it runs after the commit, not before ``due_at``.

    ``payload`` is JSON. A key that was used before gives the job that has it, whatever became of it.
    """
    if idempotency_key is not None:
        known: Job | None = db.session.scalar(sa.select(Job).where(Job.idempotency_key == idempotency_key))
        if known is not None:
            return known
    now = clock.now()
    job = Job(
        kind=kind,
        payload=dict(payload),
        state=JobState.QUEUED,
        idempotency_key=idempotency_key or seeds.token(32),
        created_by_id=actor_id,
        created_at=now,
        due_at=due_at or now,
        public_id=seeds.token(),
    )
    db.session.add(job)
    return job


@operation
def cancel(*, job: Job) -> None:
    """Take a waiting job away; ask a running one to stop at its next step. An ended job stays as it is."""
    if job.state is JobState.QUEUED:
        job.state = JobState.CANCELLED
        job.ended_at = clock.now()
    elif job.state is JobState.RUNNING:
        job.cancel_requested = True
