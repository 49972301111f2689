"""Reading jobs."""

import sqlalchemy as sa

from lms.core.db import db
from lms.jobs.models import Job


def job_of(public_id: str, creator_id: int) -> Job | None:
    """The job with this key if this person asked for it."""
    job: Job | None = db.session.scalar(
        sa.select(Job).where(Job.public_id == public_id, Job.created_by_id == creator_id)
    )
    return job
