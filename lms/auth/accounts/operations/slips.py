"""One-time passwords on slips of paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.audit.operations import record_many
from lms.auth.access import throttle
from lms.auth.access.operations import end_sessions
from lms.auth.accounts import rules
from lms.auth.accounts.models import Account, NameKind, SecretKind
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import operation
from lms.core.errors import NotAllowed
from lms.core.messages import N_

ONE_TIME_DAYS = 7
NAMES_ON_SLIP = 2


@dataclass(frozen=True)
class Slip:
    """What is printed for a person, once: nobody can look the password up afterwards."""

    full_name: str
    unit: str
    names: tuple[str, ...]
    password: str
    expires_at: datetime


@operation
def set_first_password(*, actor: Actor, account: Account, password_hash: str, one_time: bool) -> None:
    """Give an account that has no password yet its first one, from the terminal.

    Raises:
        NotAllowed: somebody else than the terminal asks, or there is a password already.
    """
    if not rules.is_terminal(actor) or account.password_hash:
        raise NotAllowed
    account.password_hash = password_hash
    account.must_change_password = one_time
    account.one_time_expires_at = clock.now() + timedelta(days=ONE_TIME_DAYS) if one_time else None


@operation
def issue_slips(
    *,
    actor: Actor,
    accounts: Sequence[Account],
    passwords: Mapping[int, tuple[str, str]],
    counters: Sequence[str] = (),
    days: int = ONE_TIME_DAYS,
) -> list[Slip]:
    """Replace the passwords of ``accounts`` by one-time ones, given as clear text and hash by account id.

    Everybody concerned is signed out everywhere and the failures counted for them (``counters``) are forgotten.

    Raises:
        NotAllowed: the actor doesn't look after one of them; nothing is changed then.
    """
    for account in accounts:
        if not rules.may_manage(actor, account):
            raise NotAllowed(
                N_("Không được cấp lại mật khẩu cho %(name)s. Hãy nhờ quản trị."), name=account.full_name
            )
    expires_at = clock.now() + timedelta(days=days)
    slips = []
    for account in accounts:
        clear, hashed = passwords[account.id]
        account.password_hash = hashed
        account.secret_kind = SecretKind.PASSWORD
        account.must_change_password = True
        account.one_time_expires_at = expires_at
        slips.append(
            Slip(
                account.full_name,
                account.unit.name if account.unit is not None else "",
                shortest_names(account),
                clear,
                expires_at,
            )
        )
    end_sessions(account_ids=[account.id for account in accounts])
    throttle.forget(subjects=counters)
    record_many(
        actor=actor,
        action="account.one_time_password",
        entries=[(account, {"expires_at": expires_at}) for account in accounts],
    )
    return slips


def shortest_names(account: Account) -> tuple[str, ...]:
    """What is quickest to type on a phone: the code, then the phone number, an e-mail address only without them."""
    kinds = list(NameKind)
    names = sorted(account.names, key=lambda name: (kinds.index(name.kind), name.value))
    return tuple(name.value for name in names)[:NAMES_ON_SLIP]
