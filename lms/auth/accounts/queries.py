"""Reading accounts, always within a scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.access.names import normalise_name
from lms.auth.accounts.models import Account, AccountState, NameKind, RoleGrant, SignInName
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core import vietnamese
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.paging import Page, nearest

PER_PAGE = 50
SHORTEST_NAME = 3


@dataclass(frozen=True)
class AccountFilter:
    """What the list is narrowed to; ``unit`` is a unit with all below it, ``sort`` a name of ``SORTS``."""

    text: str = ""
    role: Role | None = None
    unit: Unit | None = None
    state: AccountState | None = None
    sort: str = ""


SORTS: dict[str, Any] = {"name": Account.sort_key, "unit": Unit.sort_key, "created": Account.created_at}


def _seen(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition that the person belongs to a unit of the scope, or holds a role over one."""
    units = sa.select(Unit.id).where(within(scope))
    granted = sa.select(RoleGrant.account_id).where(RoleGrant.unit_id.in_(units))
    return sa.or_(Account.unit_id.in_(units), Account.id.in_(granted))


def _filtered(scope: Scope, wanted: AccountFilter) -> sa.Select[Account]:
    chosen = sa.select(Account).outerjoin(Account.unit).where(_seen(scope))
    if wanted.text.strip():
        chosen = chosen.where(_matches(wanted.text))
    if wanted.role is not None:
        chosen = chosen.where(
            Account.grants.any(
                sa.and_(
                    RoleGrant.role == wanted.role,
                    RoleGrant.unit_id.in_(sa.select(Unit.id).where(within(scope))),
                )
            )
        )
    if wanted.unit is not None:
        chosen = chosen.where(Unit.path.startswith(wanted.unit.path, autoescape=True))
    if wanted.state is not None:
        chosen = chosen.where(Account.state == wanted.state)
    return chosen


def _matches(text: str) -> sa.ColumnElement[bool]:
    words = vietnamese.search_key(text).split()
    by_person = sa.and_(*(Account.search_key.contains(word, autoescape=True) for word in words))
    name = normalise_name(text)
    if len(name) < SHORTEST_NAME:
        return by_person
    return sa.or_(by_person, Account.names.any(SignInName.value.startswith(name, autoescape=True)))


def accounts(scope: Scope, wanted: AccountFilter, page: int = 1) -> Page[Account]:
    """One page of people; four statements whatever their number."""
    chosen = _filtered(scope, wanted)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    page = nearest(page, total, PER_PAGE)
    column = SORTS.get(wanted.sort.removeprefix("-"), Account.sort_key)
    order = column.desc() if wanted.sort.startswith("-") else column.asc()
    rows = (
        chosen.options(
            contains_eager(Account.unit),
            selectinload(Account.names),
            selectinload(Account.grants).joinedload(RoleGrant.unit),
        )
        .order_by(order, Account.sort_key, Account.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Page(db.session.scalars(rows).all(), page, total, PER_PAGE)


def accounts_in(scope: Scope, keys: Iterable[str]) -> list[Account]:
    """The people of these public ids, in the order of their names.

    Raises:
        NotFound: one of them is not within the scope.
    """
    wanted = set(keys)
    found = db.session.scalars(
        sa.select(Account)
        .where(Account.public_id.in_(wanted), _seen(scope))
        .options(
            joinedload(Account.unit),
            selectinload(Account.names),
            selectinload(Account.grants).joinedload(RoleGrant.unit),
        )
        .order_by(Account.sort_key, Account.id)
    ).all()
    if len(found) != len(wanted):
        raise NotFound
    return list(found)


def account_in(scope: Scope, key: str) -> Account:
    """The person of this public id.

    Raises:
        NotFound: there is none within the scope.
    """
    return accounts_in(scope, [key])[0]


def account_called(name: str) -> list[Account]:
    """Everybody who answers to a name as it is typed at sign-in."""
    return list(
        db.session.scalars(
            sa.select(Account)
            .where(Account.names.any(SignInName.value == normalise_name(name)))
            .order_by(Account.id)
        )
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """That an account holds a name."""

    account_id: int
    kind: NameKind
    value: str


def holders(values: Iterable[str]) -> list[Holder]:
    """Who holds these normalised names already."""
    rows = db.session.execute(
        sa.select(SignInName.account_id, SignInName.kind, SignInName.value).where(
            SignInName.value.in_(set(values))
        )
    )
    return [Holder(row.account_id, row.kind, row.value) for row in rows]


def admin_grants() -> list[tuple[int, int, str]]:
    """Every administrator's role of an active account: grant id, account id, path. Held until the transaction ends."""
    rows = db.session.execute(
        sa.select(RoleGrant.id, RoleGrant.account_id, Unit.path)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == Role.ADMIN, Account.state == AccountState.ACTIVE)
        .order_by(RoleGrant.id)
        .with_for_update(of=RoleGrant)
    )
    return [(row.id, row.account_id, row.path) for row in rows]
