"""Taking people in, correcting their data, suspending them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.audit.operations import record
from lms.auth.access.names import malformed, normalise_name
from lms.auth.access.operations import end_sessions
from lms.auth.access.queries import SHARED_AT_MOST
from lms.auth.accounts import rules
from lms.auth.accounts.models import Account, AccountState, NameKind, RoleGrant, SignInName
from lms.auth.accounts.operations.roles import keep_an_admin
from lms.auth.accounts.queries import holders
from lms.auth.units.models import Unit
from lms.core import clock, vietnamese
from lms.core.actor import Actor, Role
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_

EARLIEST_YEAR = 1900
_BORN = re.compile(r"(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>\d{4})")
TAKEN = N_("Đã có người khác đăng nhập bằng tên này.")


@dataclass(frozen=True)
class Person:
    """What is known of a person; ``born`` as it was given, ``names`` as they were typed."""

    full_name: str
    unit: Unit
    born: str = ""
    names: Mapping[NameKind, Sequence[str]] = field(default_factory=dict)


def _checked_name(typed: str) -> str:
    name = vietnamese.clean_name(typed)
    if not name:
        raise Invalid(fields={"full_name": N_("Hãy nhập họ và tên.")})
    return name


def _checked_born(typed: str) -> str:
    """``22/11/1979``, ``11/1979`` or ``1979``, as it was given."""
    text = re.sub(r"\s", "", typed).replace("-", "/").replace(".", "/")
    if not text:
        return ""
    problem = Invalid(fields={"born": N_("Ngày sinh có dạng 22/11/1979, hoặc chỉ năm sinh: 1979.")})
    match = _BORN.fullmatch(text)
    if match is None:
        raise problem
    try:
        day = datetime(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))  # noqa: DTZ001  (a calendar day)
    except ValueError:
        raise problem from None
    if day.year < EARLIEST_YEAR or day.date() > clock.to_local(clock.now()).date():
        raise problem
    return text


def _checked_names(
    typed: Mapping[NameKind, Sequence[str]], account_id: int | None
) -> set[tuple[NameKind, str]]:
    """The names in their stored form; each value once.

    Raises:
        Invalid: one is malformed, or means somebody else already.
    """
    wanted: dict[str, NameKind] = {}
    problems: dict[str, str] = {}
    for kind, values in typed.items():
        for value in filter(None, map(normalise_name, values)):
            problem = malformed(kind, value)
            if problem is not None:
                problems[kind.value] = problem
            wanted.setdefault(value, kind)
    if not wanted and not problems:
        problems[NameKind.CODE.value] = N_(
            "Cần ít nhất một tên đăng nhập: mã, số điện thoại hoặc thư điện tử."
        )
    others = [one for one in holders(wanted) if one.account_id != account_id]
    for value, kind in wanted.items():
        sharing = [one for one in others if one.value == value]
        if any(NameKind.PHONE is not each for one in sharing for each in (kind, one.kind)):
            problems[kind.value] = TAKEN
        elif len(sharing) >= SHARED_AT_MOST:
            problems[kind.value] = N_("Số này đã có 5 người dùng chung. Hãy dùng số khác hoặc mã học viên.")
    if problems:
        raise Invalid(fields=problems)
    return {(kind, value) for value, kind in wanted.items()}


def _flush() -> None:
    """Write now, so that a name taken in the same moment is a plain answer and no server error."""
    try:
        db.session.flush()
    except IntegrityError:
        raise Conflict(TAKEN) from None


@operation
def create_account(*, actor: Actor, person: Person, role: Role = Role.LEARNER) -> Account:
    """A new account, which nobody can sign in to until it gets a password; ``role`` is held over its unit.

    Raises:
        NotAllowed: the actor may not give this role there.
        Invalid: what is wrong with which field.
    """
    if not rules.may_create(actor, person.unit, role):
        raise NotAllowed
    full_name = _checked_name(person.full_name)
    account = Account(
        full_name=full_name,
        born=_checked_born(person.born),
        unit_id=person.unit.id,
        must_change_password=True,
        created_at=clock.now(),
    )
    names = _checked_names(person.names, None)
    account.names = [SignInName(kind=kind, value=value) for kind, value in sorted(names)]
    account.grants = [RoleGrant(role=role, unit_id=person.unit.id)]
    db.session.add(account)
    _flush()
    record(
        actor=actor,
        action="account.created",
        subject=account,
        data={"unit": person.unit.name, "role": role.value, "names": sorted(value for _, value in names)},
    )
    return account


@operation
def edit_account(*, actor: Actor, account: Account, person: Person) -> None:
    """Correct a person's data; a learner's role moves to the new unit along with the person.

    Raises:
        NotAllowed: the actor doesn't look after this person, or not after the new unit.
        Invalid: what is wrong with which field.
    """
    if not rules.may_edit(actor, account):
        raise NotAllowed
    if person.unit.id != account.unit_id and not rules.may_place(actor, person.unit):
        raise NotAllowed
    before = _data(account)
    account.full_name = _checked_name(person.full_name)
    account.born = _checked_born(person.born)
    _rename(account, _checked_names(person.names, account.id))
    _move(account, person.unit)
    _flush()
    after = _data(account)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        record(actor=actor, action="account.edited", subject=account, data=changed)


def _rename(account: Account, wanted: set[tuple[NameKind, str]]) -> None:
    kept = [name for name in account.names if (name.kind, name.value) in wanted]
    known = {(name.kind, name.value) for name in kept}
    account.names = kept
    db.session.flush()  # a name that changes its kind would otherwise be inserted before it is deleted
    account.names = kept + [SignInName(kind=kind, value=value) for kind, value in sorted(wanted - known)]


def _move(account: Account, unit: Unit) -> None:
    if account.unit_id == unit.id:
        return
    held = {(grant.role, grant.unit_id) for grant in account.grants}
    for grant in account.grants:
        if grant.role is Role.LEARNER and grant.unit_id == account.unit_id:
            if (Role.LEARNER, unit.id) not in held:
                grant.unit = unit
            break
    account.unit = unit


def _data(account: Account) -> dict[str, object]:
    return {
        "full_name": account.full_name,
        "born": account.born,
        "unit": account.unit.name if account.unit is not None else "",
        "names": sorted(name.value for name in account.names),
    }


@operation
def suspend(*, actor: Actor, account: Account, reason: str) -> None:
    """Shut a person out, from the next request on.

    Raises:
        NotAllowed: the actor doesn't look after this person; nobody suspends himself.
        Conflict: a unit would be left without an administrator.
    """
    if not rules.may_manage(actor, account):
        raise NotAllowed
    if not reason.strip():
        raise Invalid(fields={"reason": N_("Hãy ghi lý do.")})
    keep_an_admin(losing=[grant for grant in account.grants if grant.role is Role.ADMIN])
    account.state = AccountState.SUSPENDED
    end_sessions(account_ids=[account.id])
    record(actor=actor, action="account.suspended", subject=account, data={"reason": reason.strip()})


@operation
def resume(*, actor: Actor, account: Account, reason: str) -> None:
    """Let a suspended person in again, with the password of before.

    Raises:
        NotAllowed: the actor doesn't look after this person.
    """
    if not rules.may_manage(actor, account):
        raise NotAllowed
    db.session.execute(sa.update(Account).where(Account.id == account.id).values(state=AccountState.ACTIVE))
    record(actor=actor, action="account.resumed", subject=account, data={"reason": reason.strip()})
