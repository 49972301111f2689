"""Signing in and out, the own password and language."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.access import throttle
from lms.auth.access.models import SignInSession
from lms.auth.access.queries import may_enter, signed_in_browsers
from lms.auth.access.sessions import new_token, token_hash
from lms.auth.access.throttle import Watched
from lms.auth.accounts.models import Account, AccountState, SecretKind
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, NotFound

BROWSER_LENGTH = 200


@operation
def sign_in(
    *,
    account_id: int,
    checked_hash: str,
    better_hash: str | None,
    watched: Sequence[Watched],
    counted: Sequence[str],
    hours: int,
    browser: str,
    previous: str | None,
) -> str | None:
    """A new session for an account whose password was just found to fit ``checked_hash``; returns the token.

    Returns None when meanwhile the password changed, the account was suspended, a counter reached its pause, or the
    owner of a PIN became more than a learner.
    ``better_hash`` replaces a hash of old parameters; ``counted`` are the counters that a success clears.
    """
    now = clock.now()
    still = db.session.execute(
        sa.select(
            Account.password_hash,
            Account.state,
            throttle.is_blocked(watched, now).label("blocked"),
            may_enter().label("may_enter"),
        )
        .where(Account.id == account_id)
        .with_for_update(of=Account, read=True)
    ).one()
    closed = still.state is not AccountState.ACTIVE or still.blocked or not still.may_enter
    if still.password_hash != checked_hash or closed:
        return None
    if better_hash is not None:
        db.session.execute(
            sa.update(Account).where(Account.id == account_id).values(password_hash=better_hash)
        )
    throttle.forget(subjects=counted)
    return open_session(account_id=account_id, hours=hours, browser=browser, previous=previous)


@operation
def open_session(*, account_id: int, hours: int, browser: str, previous: str | None) -> str:
    """A new session for the account; the one that the browser carried before ends. Returns the token."""
    token = new_token()
    moment = clock.now()
    if previous is not None:
        close_session(hashed=previous)
    db.session.add(
        SignInSession(
            token_hash=token_hash(token),
            account_id=account_id,
            created_at=moment,
            expires_at=moment + timedelta(hours=hours),
            browser=browser[:BROWSER_LENGTH],
        )
    )
    return token


@operation
def close_session(*, hashed: str) -> None:
    """End the session."""
    db.session.execute(sa.delete(SignInSession).where(SignInSession.token_hash == hashed))


@operation
def end_sessions(*, account_ids: Sequence[int]) -> None:
    """Sign the accounts out everywhere: after a new password, other roles or a suspension."""
    db.session.execute(sa.delete(SignInSession).where(SignInSession.account_id.in_(account_ids)))


@operation
def end_own_session(*, actor: Actor, key: str) -> None:
    """Sign out one of the actor's own browsers.

    Raises:
        NotFound: the actor has no live session of that key.
    """
    for one in signed_in_browsers(actor.id, None):
        if one.key == key:
            close_session(hashed=one.token_hash)
            return
    raise NotFound


@operation
def end_other_sessions(*, actor: Actor, here: str | None) -> None:
    """Sign out all browsers of the actor but this one."""
    db.session.execute(
        sa.delete(SignInSession).where(
            SignInSession.account_id == actor.id, SignInSession.token_hash != (here or "")
        )
    )


@operation
def set_password(*, actor: Actor, checked_hash: str, password_hash: str) -> None:
    """Set the own password (already hashed) and end every session of the account.

    Raises:
        Conflict: the password is no longer the one that was checked.
    """
    account = db.session.get_one(Account, actor.id, with_for_update=True, populate_existing=True)
    if account.password_hash != checked_hash:
        raise Conflict
    account.password_hash = password_hash
    account.secret_kind = SecretKind.PASSWORD
    account.must_change_password = False
    account.one_time_expires_at = None
    end_sessions(account_ids=[actor.id])
    record(actor=actor, action="account.password_changed", subject=account)


@operation
def choose_language(*, actor: Actor, language: str) -> None:
    """Keep the language that the person reads in."""
    db.session.execute(sa.update(Account).where(Account.id == actor.id).values(language=language))


@operation
def purge_sessions(*, before: datetime) -> None:
    """Drop sessions that ended before ``before``."""
    db.session.execute(sa.delete(SignInSession).where(SignInSession.expires_at <= before))
