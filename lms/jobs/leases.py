"""Who works on what, in the table: claims, renewals and ends, each an atomic statement of its own short transaction.

A claim is fenced by its owner and its number of tries: whoever lost its lease to another can't write any more.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from lms.core import clock
from lms.core.db import WRITE, db
from lms.core.messages import N_, Message
from lms.jobs import texts
from lms.jobs.models import Job, JobState, Lease

MAX_TRIES = 3
BACKOFF = (timedelta(seconds=2), timedelta(seconds=15))
"""How long a job waits after its first and its second error."""

CRASHED = N_("Việc này đã ba lần dừng giữa chừng nên không làm tiếp. Hãy báo quản trị.")


@dataclass(frozen=True)
class Claim:
    """A job in our hands until its lease runs out."""

    id: int
    public_id: str
    kind: str
    payload: Mapping[str, Any]
    actor_id: int | None
    tries: int
    owner: str

    def still_ours(self) -> sa.ColumnElement[bool]:
        """The condition that every change to the row carries."""
        return sa.and_(
            Job.id == self.id,
            Job.state == JobState.RUNNING,
            Job.lease_owner == self.owner,
            Job.tries == self.tries,
        )


@contextmanager
def short_write() -> Iterator[Connection]:
    """A write transaction beside the session's; never inside of one on the same thread."""
    with db.engine.connect() as connection:
        connection.execution_options(**{WRITE: True})
        with connection.begin():
            yield connection


def claim(owner: str, lease: timedelta) -> Claim | None:
    """Take the job that waits longest, or whose worker is gone. One statement when there is nothing to do."""
    now = clock.now()
    runnable = sa.or_(
        sa.and_(Job.state == JobState.QUEUED, Job.due_at <= now),
        sa.and_(Job.state == JobState.RUNNING, Job.lease_until < now),
    )
    with db.engine.connect() as connection:
        found = connection.execute(
            sa.select(Job.id, Job.tries).where(runnable).order_by(Job.due_at, Job.id).limit(1)
        ).first()
    if found is None:
        return None
    with short_write() as connection:
        if found.tries >= MAX_TRIES:
            connection.execute(
                sa.update(Job)
                .where(Job.id == found.id, Job.tries == found.tries, runnable)
                .values(_ended(JobState.FAILED, {}, Message(CRASHED)))
            )
            return None
        row = connection.execute(
            sa.update(Job)
            .where(Job.id == found.id, runnable)
            .values(state=JobState.RUNNING, lease_owner=owner, lease_until=now + lease, tries=Job.tries + 1)
            .returning(Job.id, Job.public_id, Job.kind, Job.payload, Job.created_by_id, Job.tries)
        ).first()
    if row is None:
        return None
    return Claim(row.id, row.public_id, row.kind, row.payload, row.created_by_id, row.tries, owner)


def renew(claimed: Claim, lease: timedelta) -> bool:
    """Hold the job longer; False when it is no longer ours."""
    return _change(claimed, {"lease_until": clock.now() + lease})


def note_progress(claimed: Claim, done: int, total: int, message: Message | str) -> bool:
    """Write how far the job is; False when it is no longer ours."""
    return _change(claimed, {"progress": done, "total": total, "message": texts.write(message)})


def is_cancel_requested(claimed: Claim) -> bool:
    """Whether somebody asked to stop."""
    with db.engine.connect() as connection:
        return bool(connection.scalar(sa.select(Job.cancel_requested).where(Job.id == claimed.id)))


def end_in_session(claimed: Claim, result: Mapping[str, Any]) -> bool:
    """Mark the job done in the session's transaction, so that it ends together with what it did, or not at all."""
    statement = sa.update(Job).where(claimed.still_ours()).values(_ended(JobState.DONE, result, ""))
    outcome = db.session.execute(statement, execution_options={"synchronize_session": False})
    return _rows(outcome) == 1


def end(claimed: Claim, state: JobState, result: Mapping[str, Any], message: Message | str) -> bool:
    """Mark the job as failed or cancelled."""
    return _change(claimed, _ended(state, result, message))


def put_back(claimed: Claim, *, after: timedelta = timedelta(0), count_try: bool = True) -> bool:
    """Give the job back to the queue."""
    return _change(
        claimed,
        {
            "state": JobState.QUEUED,
            "due_at": clock.now() + after,
            "lease_owner": "",
            "lease_until": None,
            "tries": claimed.tries if count_try else claimed.tries - 1,
        },
    )


def hold_duties(names: Iterable[str], owner: str, lease: timedelta) -> set[str]:
    """Take or keep the leases of duties that are ours or free; the names held now."""
    wanted = set(names)
    now = clock.now()
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    with short_write() as connection:
        connection.execute(
            sa.update(Lease)
            .where(Lease.duty.in_(wanted), sa.or_(Lease.owner == owner, Lease.until < now))
            .values(owner=owner, until=now + lease)
        )
        holders = {row.duty: row.owner for row in connection.execute(sa.select(Lease.duty, Lease.owner))}
        for name in sorted(wanted - holders.keys()):
            added = connection.execute(
                insert(Lease).values(duty=name, owner=owner, until=now + lease).on_conflict_do_nothing()
            )
            if added.rowcount:
                holders[name] = owner
    return {name for name in wanted if holders.get(name) == owner}


def release_duties(owner: str) -> None:
    """Let another process have our duties at once."""
    with short_write() as connection:
        connection.execute(sa.delete(Lease).where(Lease.owner == owner))


def _ended(state: JobState, result: Mapping[str, Any], message: Message | str) -> dict[str, Any]:
    return {
        "state": state,
        "result": dict(result),
        "message": texts.write(message),
        "ended_at": clock.now(),
        "lease_owner": "",
        "lease_until": None,
    }


def _change(claimed: Claim, values: Mapping[str, Any]) -> bool:
    with short_write() as connection:
        return _rows(connection.execute(sa.update(Job).where(claimed.still_ours()).values(values))) == 1


def _rows(outcome: sa.Result[Any]) -> int:
    count: int = outcome.rowcount  # type: ignore[attr-defined]  # an UPDATE's result has it
    return count
