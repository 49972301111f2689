"""What slows down guessing: failures counted in a table, so that every worker and every restart knows them.

A count has a short transaction of its own; the refusal that follows it must not roll it back.
"""

import hmac
import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.auth.access.models import SignInFailure
from lms.core import clock
from lms.core.db import db, operation

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
NETWORK_BITS = 64


@dataclass(frozen=True)
class Policy:
    """After ``free`` failures within the window comes a pause that doubles with each further one, up to ``longest``."""

    free: int
    first: timedelta
    longest: timedelta
    window: timedelta = WINDOW

    def pause(self, failures: int) -> timedelta | None:
        """How long nothing is accepted after so many failures."""
        beyond = failures - self.free
        if beyond < 0:
            return None
        return min(self.first * (1 << min(beyond, 20)), self.longest)


NAME = Policy(free=5, first=timedelta(minutes=1), longest=timedelta(minutes=15))
ADDRESS = Policy(free=1000, first=timedelta(seconds=30), longest=timedelta(minutes=1))
"""A hall of 300 people shares one address; a thousand failures an hour are more than their typing mistakes."""
PIN = Policy(free=5, first=timedelta(minutes=5), longest=timedelta(hours=1), window=KEPT)
"""At most 32 wrong PINs a day and account: 1.2 % of the million in a year of trying without a break."""
PIN_ADDRESS = Policy(free=400, first=timedelta(minutes=1), longest=timedelta(minutes=5))
"""One wrong PIN for everybody in the hall and some more."""


@dataclass(frozen=True)
class Watched:
    """Something whose failures are counted, by a keyed hash: the table tells neither names nor addresses."""

    subject: str
    policy: Policy


def watched_name(name: str, key: str) -> Watched:
    """The counter of a normalised name."""
    return Watched(_subject("name", name, key), NAME)


def watched_account(account_id: int, key: str) -> Watched:
    """The counter of guesses at an account's present password from inside a session."""
    return Watched(_subject("account", str(account_id), key), NAME)


def watched_pin_name(name: str, key: str) -> Watched:
    """The counter of six-digit tries at a name, whether anybody has it or not, so that the wait tells nothing."""
    return Watched(_subject("pin-name", name, key), PIN)


def watched_pin_account(account_id: int, key: str) -> Watched:
    """The counter of six-digit tries at an account, by whichever of its names."""
    return Watched(_subject("pin-account", str(account_id), key), PIN)


def watched_pin_address(address: str, key: str) -> Watched:
    """The counter of six-digit tries, and of slips that nobody printed, from a network address."""
    return Watched(_subject("pin-address", _network(address), key), PIN_ADDRESS)


def watched_address(address: str, key: str) -> Watched:
    """The counter of a network address; an IPv6 customer has a whole /64."""
    return Watched(_subject("address", _network(address), key), ADDRESS)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))


def _subject(kind: str, value: str, key: str) -> str:
    return hmac.new(key.encode(), f"sign-in\x1f{kind}\x1f{value}".encode(), sha256).hexdigest()


def is_blocked(watched: Sequence[Watched], moment: datetime) -> sa.Exists:
    """The condition that one of the counters is in its pause."""
    return (
        sa.select(SignInFailure.subject)
        .where(
            SignInFailure.subject.in_([one.subject for one in watched]), SignInFailure.blocked_until > moment
        )
        .exists()
    )


@dataclass(frozen=True)
class Standing:
    """What the counters say before a try: seconds to wait (0: go on) by subject, of those that count something."""

    waits: Mapping[str, int]

    @property
    def wait(self) -> int:
        """The longest pause."""
        return max(self.waits.values(), default=0)

    @property
    def counted(self) -> frozenset[str]:
        """What there is to forget after a success."""
        return frozenset(self.waits)

    def wait_for(self, watched: Iterable[Watched]) -> int:
        """The longest pause of some of the counters."""
        return max((self.waits.get(one.subject, 0) for one in watched), default=0)


def standing(watched: Sequence[Watched]) -> Standing:
    """One statement for all counters of a try."""
    moment = clock.now()
    rows = db.session.execute(
        sa.select(SignInFailure.subject, SignInFailure.blocked_until).where(
            SignInFailure.subject.in_([one.subject for one in watched])
        )
    ).all()
    return Standing({row.subject: _seconds(row.blocked_until, moment) for row in rows})


def _seconds(until: datetime | None, moment: datetime) -> int:
    """Whole seconds, rounded up; none when the pause is over."""
    return 0 if until is None else max(0, int(-(-(until - moment).total_seconds() // 1)))


@operation
def count_failure(*, watched: Sequence[Watched]) -> None:
    """Count a failure for each; two failures at once count as two."""
    for one in sorted(watched, key=lambda one: one.subject):
        _count(one)


def _count(watched: Watched) -> None:
    moment = clock.now()
    lapsed = SignInFailure.window_started_at <= moment - watched.policy.window
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    first = insert(SignInFailure).values(subject=watched.subject, failures=1, window_started_at=moment)
    failures = db.session.scalar(
        first.on_conflict_do_update(
            index_elements=[SignInFailure.subject],
            set_={
                "failures": sa.case((lapsed, 1), else_=SignInFailure.failures + 1),
                "window_started_at": sa.case((lapsed, moment), else_=SignInFailure.window_started_at),
            },
        ).returning(SignInFailure.failures)
    )
    pause = watched.policy.pause(failures or 1)
    if pause is not None:
        db.session.execute(
            sa.update(SignInFailure)
            .where(SignInFailure.subject == watched.subject)
            .values(blocked_until=moment + pause)
        )


@operation
def forget(*, subjects: Sequence[str]) -> None:
    """Begin anew: after a success, or when staff gave out a new slip."""
    if subjects:
        db.session.execute(sa.delete(SignInFailure).where(SignInFailure.subject.in_(subjects)))


@operation
def purge(*, before: datetime) -> None:
    """Drop counters whose window began before ``before``."""
    db.session.execute(
        sa.delete(SignInFailure).where(
            SignInFailure.window_started_at < before,
            sa.or_(SignInFailure.blocked_until.is_(None), SignInFailure.blocked_until < before),
        )
    )
