"""Who answers to a name, what is known of a person, and which browsers are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.auth.access.models import SignInSession
from lms.auth.accounts.models import Account, AccountState, RoleGrant, SecretKind, SignInName
from lms.auth.units.queries import centre_above
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import db

SHARED_AT_MOST = 5
SESSION_KEY_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that a name may mean; ``lapsed`` when its one-time password is no longer accepted."""

    id: int
    password_hash: str
    active: bool
    lapsed: bool
    is_pin: bool
    learns_only: bool


def learns_only() -> sa.ColumnElement[bool]:
    """The condition that an account is a learner's and nothing else."""
    held = sa.select(RoleGrant.id).where(RoleGrant.account_id == Account.id)
    others = held.where(RoleGrant.role != Role.LEARNER)
    return sa.and_(held.where(RoleGrant.role == Role.LEARNER).exists(), ~others.exists())


def may_enter() -> sa.ColumnElement[bool]:
    """The condition that the account's secret opens the door: a PIN only where the account is nothing but a learner's."""
    return sa.or_(Account.secret_kind != SecretKind.PIN, learns_only())


def candidates(name: str) -> list[Candidate]:
    """Accounts that answer to a normalised name; several only where a phone is shared."""
    moment = clock.now()
    rows = db.session.execute(
        sa.select(
            Account.id,
            Account.password_hash,
            Account.state,
            Account.one_time_expires_at,
            Account.secret_kind,
            learns_only().label("learns_only"),
        )
        .join(SignInName, SignInName.account_id == Account.id)
        .where(SignInName.value == name)
        .distinct()
        .order_by(Account.id)
        .limit(SHARED_AT_MOST)
    )
    return [
        Candidate(
            id=row.id,
            password_hash=row.password_hash,
            active=row.state is AccountState.ACTIVE,
            lapsed=row.one_time_expires_at is not None and row.one_time_expires_at <= moment,
            is_pin=row.secret_kind is SecretKind.PIN,
            learns_only=row.learns_only,
        )
        for row in rows
    ]


def own_account(account_id: int) -> Account:
    """The account with its unit and names."""
    return db.session.scalars(
        sa.select(Account)
        .where(Account.id == account_id)
        .options(joinedload(Account.unit), selectinload(Account.names))
    ).one()


def known_about(account: Account) -> list[str]:
    """What a guesser knows of a person: see :func:`lms.auth.access.passwords.weakness`."""
    texts = [account.full_name, account.born, *(name.value.partition("@")[0] for name in account.names)]
    if account.unit is not None:
        centre = centre_above(account.unit.path)
        texts += [account.unit.name, account.unit.short_name]
        texts += [centre.name, centre.short_name] if centre is not None else []
    return [text for text in texts if text]


def session_key(hashed: str) -> str:
    """A name for a session in pages; it opens nothing."""
    return sha256(f"session\x1f{hashed}".encode()).hexdigest()[:SESSION_KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class SignedInBrowser:
    """A browser in which the account is signed in."""

    key: str
    token_hash: str
    browser: str
    since: datetime
    here: bool


def signed_in_browsers(account_id: int, here: str | None) -> Sequence[SignedInBrowser]:
    """The account's live sessions, this one first, then the latest."""
    rows = db.session.scalars(
        sa.select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.expires_at > clock.now())
        .order_by(SignInSession.created_at.desc())
    )
    found = [
        SignedInBrowser(
            session_key(row.token_hash), row.token_hash, row.browser, row.created_at, row.token_hash == here
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.here)
