"""Reading the trail, and checking that nobody mended it afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.audit.digests import START, day_digest, event_digest
from lms.audit.models import AuditEvent, AuditSeal
from lms.core.db import db

BATCH = 400


class Problem(StrEnum):
    """What is wrong at a place of the trail."""

    MISSING = "missing"
    CHANGED = "changed"
    SEAL_MISSING = "seal_missing"
    SEAL_BROKEN = "seal_broken"


@dataclass(frozen=True)
class Break:
    """A place where the trail isn't what was written; ``where`` is an event's position or a day."""

    problem: Problem
    subject_type: str
    subject_id: int
    where: str


def trail(
    subject_type: str, subject_id: int, *, limit: int = 200, before: int | None = None
) -> list[AuditEvent]:
    """The latest events of a subject, newest first; ``before`` a position for the page after."""
    query = sa.select(AuditEvent).where(
        AuditEvent.subject_type == subject_type, AuditEvent.subject_id == subject_id
    )
    if before is not None:
        query = query.where(AuditEvent.position < before)
    return list(db.session.scalars(query.order_by(AuditEvent.position.desc()).limit(limit)))


def heads(subjects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, str]]:
    """The last position and digest of each subject that has a trail; one statement for each 400 of a type."""
    found: dict[tuple[str, int], tuple[int, str]] = {}
    for kind, group in groupby(sorted(set(subjects)), key=lambda subject: subject[0]):
        numbers = [number for _, number in group]
        for start in range(0, len(numbers), BATCH):
            found.update(_heads_of(kind, numbers[start : start + BATCH]))
    return found


def _heads_of(kind: str, numbers: Sequence[int]) -> Iterator[tuple[tuple[str, int], tuple[int, str]]]:
    columns = sa.select(AuditEvent.subject_id, AuditEvent.position, AuditEvent.digest)
    if len(numbers) == 1:
        query = (
            columns.where(AuditEvent.subject_type == kind, AuditEvent.subject_id == numbers[0])
            .order_by(AuditEvent.position.desc())
            .limit(1)
        )
    else:
        other = aliased(AuditEvent)
        last = (
            sa.select(sa.func.max(other.position))
            .where(other.subject_type == kind, other.subject_id == AuditEvent.subject_id)
            .scalar_subquery()
        )
        query = columns.where(
            AuditEvent.subject_type == kind,
            AuditEvent.subject_id.in_(numbers),
            AuditEvent.position == last,
        )
    for number, position, digest in db.session.execute(query):
        yield (kind, number), (position, digest)


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, datetime.min.time(), UTC)
    return start, start + timedelta(days=1)


def digests_of(day: date) -> Iterator[str]:
    """The digests of a day's events (UTC), in an order that doesn't depend on the engine."""
    start, end = _bounds(day)
    yield from db.session.scalars(
        sa.select(AuditEvent.digest)
        .where(AuditEvent.at >= start, AuditEvent.at < end)
        .order_by(AuditEvent.digest)
        .execution_options(yield_per=1000)
    )


def first_day() -> date | None:
    """The day (UTC) of the first event ever."""
    at = db.session.scalar(sa.select(sa.func.min(AuditEvent.at)))
    return at.date() if at else None


def last_sealed_day() -> date | None:
    """The last day that has its seal."""
    day = db.session.scalar(sa.select(sa.func.max(AuditSeal.day)))
    return date.fromisoformat(day) if day else None


def verify(subject: tuple[str, int] | None = None) -> list[Break]:
    """Every place where a chain was changed or has a hole, and without ``subject`` every day whose seal is broken.

    A row removed from the end of a chain breaks no chain; the seal of its day shows it.
    """
    breaks = list(_broken_events(subject))
    if subject is None:
        breaks += _broken_seals()
    return breaks


def _broken_events(subject: tuple[str, int] | None) -> Iterator[Break]:
    query = sa.select(AuditEvent).order_by(
        AuditEvent.subject_type, AuditEvent.subject_id, AuditEvent.position
    )
    if subject is not None:
        query = query.where(AuditEvent.subject_type == subject[0], AuditEvent.subject_id == subject[1])
    current, expected, previous = None, 1, START
    for event in db.session.scalars(query.execution_options(yield_per=500)):
        here = event.subject_type, event.subject_id
        if here != current:
            current, expected, previous = here, 1, START
        if event.position != expected:
            yield Break(Problem.MISSING, *here, str(expected))
        elif _digest_again(event, previous) != event.digest:
            yield Break(Problem.CHANGED, *here, str(event.position))
        expected, previous = event.position + 1, event.digest


def _digest_again(event: AuditEvent, previous: str) -> str:
    return event_digest(
        previous=previous,
        subject=(event.subject_type, event.subject_id),
        position=event.position,
        action=event.action,
        actor=(event.actor_id, event.actor_name),
        data=event.data,
        at=event.at,
    )


def _broken_seals() -> Iterator[Break]:
    previous, expected = START, first_day()
    for seal in db.session.scalars(sa.select(AuditSeal).order_by(AuditSeal.day)).all():
        day = date.fromisoformat(seal.day)
        if expected is not None and day != expected:
            yield Break(Problem.SEAL_MISSING, "day", 0, expected.isoformat())
        if day_digest(previous=previous, day=day, digests=digests_of(day)) != (seal.events, seal.digest):
            yield Break(Problem.SEAL_BROKEN, "day", 0, seal.day)
        previous, expected = seal.digest, day + timedelta(days=1)
