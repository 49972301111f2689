"""Writing the trail: in the transaction that it describes, never in one of its own."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from lms.audit import queries
from lms.audit.digests import START, day_digest, event_digest, storable
from lms.audit.models import AuditEvent, AuditSeal
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, is_writing, operation

NAME_LENGTH = 120
SEAL_MARGIN = timedelta(hours=1)
"""A transaction may write its events' time some while before it commits; a day is sealed after this much."""


class HasId(Protocol):
    """A row with a counter: what most subjects are."""

    __tablename__: str

    @property
    def id(self) -> Any:
        """The row's key, an ``int`` once flushed."""


Subject = HasId | tuple[str, int]


def record(
    *, actor: Actor | None, action: str, subject: Subject, data: Mapping[str, Any] | None = None
) -> AuditEvent:
    """Add to the subject's trail that ``actor`` did ``action``, in the caller's write transaction.

    ``subject`` is a row (its table's name is the type; it is flushed if it is new) or a pair of type and id.
    ``actor`` is ``None`` for a stranger and :func:`~lms.core.actor.nobody` for the software. ``data`` is plain
    data without floats. Two statements; one more on PostgreSQL, where the subject has to be locked first.
    """
    return record_many(actor=actor, action=action, entries=[(subject, data)])[0]


def record_many(
    *, actor: Actor | None, action: str, entries: Sequence[tuple[Subject, Mapping[str, Any] | None]]
) -> list[AuditEvent]:
    """The same for many subjects at once: two statements for each few hundred of a type instead of each one."""
    if not is_writing():
        raise RuntimeError("an audit event joins the transaction it describes; there is none")
    subjects = [_identify(subject) for subject, _ in entries]
    db.session.flush()
    _lock(subjects)
    heads = queries.heads(subjects)
    now = clock.now()
    events = []
    for subject, (_, data) in zip(subjects, entries, strict=True):
        event = _next(
            heads.get(subject, (0, START)),
            subject=subject,
            actor=actor,
            action=action,
            data=storable(data),
            at=now,
        )
        heads[subject] = event.position, event.digest
        events.append(event)
    db.session.add_all(events)
    return events


def _next(
    head: tuple[int, str],
    *,
    subject: tuple[str, int],
    actor: Actor | None,
    action: str,
    data: dict[str, Any],
    at: datetime,
) -> AuditEvent:
    position = head[0] + 1
    actor_id, actor_name = (None, "") if actor is None else (actor.id, actor.full_name[:NAME_LENGTH])
    digest = event_digest(
        previous=head[1],
        subject=subject,
        position=position,
        action=action,
        actor=(actor_id, actor_name),
        data=data,
        at=at,
    )
    return AuditEvent(
        subject_type=subject[0],
        subject_id=subject[1],
        position=position,
        action=action,
        actor_id=actor_id,
        actor_name=actor_name,
        data=data,
        at=at,
        digest=digest,
    )


def _identify(subject: Subject) -> tuple[str, int]:
    if isinstance(subject, tuple):
        return subject
    if subject.id is None:
        db.session.add(subject)
        db.session.flush()
    return subject.__tablename__, subject.id


def _lock(subjects: Sequence[tuple[str, int]]) -> None:
    """Where writers run side by side, let one at a time extend a chain; always in the same order."""
    if db.engine.dialect.name != "postgresql":
        return
    for kind, number in sorted(set(subjects)):
        key = zlib.crc32(kind.encode()) - 2**31
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(key, sa.cast(number % 2**31, sa.Integer))))


@operation
def seal_day(*, day: date) -> AuditSeal:
    """Write the head of ``day`` (UTC) over its events and the seal before it; a sealed day is left as it is."""
    sealed = db.session.get(AuditSeal, day.isoformat())
    if sealed is not None:
        return sealed
    if clock.now() < datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1):
        raise ValueError(f"{day} isn't over")
    previous = db.session.scalar(
        sa.select(AuditSeal.digest)
        .where(AuditSeal.day < day.isoformat())
        .order_by(AuditSeal.day.desc())
        .limit(1)
    )
    events, digest = day_digest(previous=previous or START, day=day, digests=queries.digests_of(day))
    seal = AuditSeal(day=day.isoformat(), events=events, digest=digest, sealed_at=clock.now())
    db.session.add(seal)
    return seal


@operation
def seal_past_days() -> list[AuditSeal]:
    """Seal every day that is over and has no seal yet, beginning with the day of the first event."""
    last = queries.last_sealed_day()
    first = last + timedelta(days=1) if last else queries.first_day()
    if first is None:
        return []
    end = (clock.now() - SEAL_MARGIN).date()
    return [seal_day(day=first + timedelta(days=n)) for n in range((end - first).days)]
