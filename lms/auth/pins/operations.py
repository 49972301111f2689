"""Handing out slips, setting a PIN with one, changing the own PIN."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.audit.operations import record, record_many
from lms.auth.access import throttle
from lms.auth.access.operations import end_sessions, open_session
from lms.auth.accounts.models import Account, SecretKind
from lms.auth.pins import queries, rules
from lms.auth.pins.models import PinInvitation
from lms.auth.pins.queries import Standing
from lms.core import clock, seeds
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, NotAllowed, NotFound
from lms.core.messages import N_

VALID_DAYS = 7
GROUP, GROUPS = 4, 3
TOKEN_LENGTH = GROUP * GROUPS
"""Twelve letters and digits, 60 bits: short enough to be typed, far beyond guessing within seven days."""
KEPT = timedelta(days=90)

WHY_CLOSED: dict[Standing, str] = {
    Standing.USED: N_("Phiếu này đã dùng rồi. Muốn đặt lại mã PIN, hãy xin giáo vụ in phiếu mới."),
    Standing.REPLACED: N_(
        "Phiếu này đã được thay bằng phiếu mới hơn. Hãy dùng phiếu mới, hoặc xin giáo vụ in phiếu khác."
    ),
    Standing.EXPIRED: N_("Phiếu này đã hết hạn. Hãy xin giáo vụ in phiếu mới."),
    Standing.PASSWORD_ONLY: N_("Tài khoản này cần mật khẩu. Hãy xin giáo vụ phiếu mới."),
    Standing.SUSPENDED: N_("Tài khoản này đang bị khóa. Hãy hỏi giáo vụ."),
}


@dataclass(frozen=True)
class Invitation:
    """What is printed for a learner, once: only the digest of the token is kept."""

    account: Account
    token: str
    expires_at: datetime

    @property
    def typed(self) -> str:
        """The token as people read and type it: ``k7mp-q29x-qd4a``."""
        return "-".join(self.token[start : start + GROUP] for start in range(0, TOKEN_LENGTH, GROUP))


@operation
def invite(*, actor: Actor, accounts: Sequence[Account], days: int = VALID_DAYS) -> list[Invitation]:
    """A new slip for each of these learners; older slips of theirs are void, the present PIN stays until a new one is set.

    ``accounts`` have their grants and units loaded.

    Raises:
        NotAllowed: the actor doesn't look after one of them, or one is not only a learner; nothing is changed then.
    """
    for account in accounts:
        if not rules.may_invite(actor, account):
            raise NotAllowed(N_("Không in được phiếu đặt mã PIN cho %(name)s."), name=account.full_name)
    _hold([account.id for account in accounts])
    now = clock.now()
    expires_at = now + timedelta(days=days)
    made = [Invitation(account, seeds.token(TOKEN_LENGTH), expires_at) for account in accounts]
    rows = [
        {
            "account_id": one.account.id,
            "token_hash": queries.token_hash(one.token),
            "created_by_id": actor.id,
            "created_at": now,
            "expires_at": expires_at,
        }
        for one in made
    ]
    if rows:
        db.session.execute(sa.insert(PinInvitation), rows)
    record_many(
        actor=actor,
        action="account.pin_invited",
        entries=[(one.account, {"expires_at": expires_at}) for one in made],
    )
    return made


def _hold(account_ids: Sequence[int]) -> None:
    """Nobody sets a PIN with an old slip while the new one is made."""
    db.session.execute(
        sa.select(Account.id).where(Account.id.in_(account_ids)).order_by(Account.id).with_for_update()
    )


@operation
def set_pin(
    *, token: str, pin_hash: str, counters: Sequence[str], hours: int, browser: str, previous: str | None
) -> str:
    """Set the PIN (already hashed) that a slip invites to, and sign its owner in here; returns the session's token.

    Every other session of the account ends, and so does the one that the browser carried before. ``counters`` of
    wrong PINs begin anew. Of two who use one slip at once, one wins.

    Raises:
        NotFound: there is no such slip.
        Closed: the slip was used, replaced or has expired, or its owner may have no PIN; says which.
    """
    found = queries.found(token, hold=True)
    if found is None:
        raise NotFound
    if found.standing is not Standing.OPEN:
        raise Closed(WHY_CLOSED[found.standing])
    account = found.account
    found.invitation.used_at = clock.now()
    _keep(account, pin_hash)
    throttle.forget(subjects=counters)
    record(actor=_owner(account), action="account.pin_set", subject=account, data={"by": "slip"})
    return open_session(account_id=account.id, hours=hours, browser=browser, previous=previous)


@operation
def change_pin(*, actor: Actor, checked_hash: str, pin_hash: str) -> None:
    """Set the own PIN (already hashed) in place of the present secret, and end every session of the account.

    Raises:
        NotAllowed: the actor is not only a learner.
        Conflict: the present secret is no longer the one that was checked.
    """
    account = db.session.get_one(Account, actor.id, with_for_update=True, populate_existing=True)
    if not rules.has_pin(actor):
        raise NotAllowed
    if account.password_hash != checked_hash:
        raise Conflict
    _keep(account, pin_hash)
    record(actor=actor, action="account.pin_set", subject=account, data={"by": "self"})


def _keep(account: Account, pin_hash: str) -> None:
    account.password_hash = pin_hash
    account.secret_kind = SecretKind.PIN
    account.must_change_password = False
    account.one_time_expires_at = None
    end_sessions(account_ids=[account.id])


def _owner(account: Account) -> Actor:
    """Whoever holds the slip acts for its owner."""
    return Actor(account.id, account.public_id, account.full_name, account.unit_id, ())


@operation
def purge(*, before: datetime) -> None:
    """Drop slips that expired before ``before``."""
    db.session.execute(sa.delete(PinInvitation).where(PinInvitation.expires_at < before))
