"""What a slip's token opens, and whether it still does."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, selectinload

from lms.auth.access.queries import learns_only
from lms.auth.accounts.models import Account, AccountState
from lms.auth.pins.models import PinInvitation
from lms.core import clock, seeds
from lms.core.db import db


class Standing(StrEnum):
    """What an invitation is still good for."""

    OPEN = "open"
    USED = "used"
    REPLACED = "replaced"
    EXPIRED = "expired"
    PASSWORD_ONLY = "password_only"  # noqa: S105  (a state, not a secret)
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Found:
    """An invitation with its account, and where it stands now."""

    invitation: PinInvitation
    standing: Standing

    @property
    def account(self) -> Account:
        """Whom the slip was printed for."""
        return self.invitation.account


def bare_token(typed: str) -> str:
    """A token as it is kept, from an address or as somebody typed it: marks, case and look-alikes are forgiven."""
    return seeds.normalise_token(typed.replace("-", "").replace("–", ""))


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return sha256(bare_token(token).encode()).hexdigest()


def found(token: str, *, hold: bool = False) -> Found | None:
    """The invitation of a token, with its account and names; None when there is none. ``hold`` locks the account."""
    newer = aliased(PinInvitation)
    replaced = (
        sa.select(newer.id)
        .where(newer.account_id == PinInvitation.account_id, newer.id > PinInvitation.id)
        .exists()
    )
    chosen = (
        sa.select(PinInvitation, replaced.label("replaced"), learns_only().label("learns_only"))
        .join(PinInvitation.account)
        .where(PinInvitation.token_hash == token_hash(token))
        .options(contains_eager(PinInvitation.account).selectinload(Account.names))
    )
    if hold:
        chosen = chosen.with_for_update(of=[PinInvitation, Account]).execution_options(populate_existing=True)
    row = db.session.execute(chosen).one_or_none()
    if row is None:
        return None
    return Found(row[0], _standing(row[0], clock.now(), replaced=row.replaced, learns=row.learns_only))


def _standing(invitation: PinInvitation, moment: datetime, *, replaced: bool, learns: bool) -> Standing:
    if invitation.used_at is not None:
        return Standing.USED
    if replaced:
        return Standing.REPLACED
    if invitation.expires_at <= moment:
        return Standing.EXPIRED
    if invitation.account.state is not AccountState.ACTIVE:
        return Standing.SUSPENDED
    return Standing.OPEN if learns else Standing.PASSWORD_ONLY


def person(account_id: int) -> Account:
    """The account with its names."""
    return db.session.scalars(
        sa.select(Account).where(Account.id == account_id).options(selectinload(Account.names))
    ).one()
