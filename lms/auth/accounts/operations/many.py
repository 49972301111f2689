"""Taking in many learners at once, each under a code that the centre gives."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.audit.operations import record_many
from lms.auth.access.names import malformed, normalise_name
from lms.auth.access.queries import SHARED_AT_MOST
from lms.auth.accounts.models import Account, NameKind, RoleGrant, SignInName
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Actor, Role
from lms.core.db import db, operation
from lms.core.errors import Conflict, NotAllowed

PREFIX = "hv"
KEEPERS = (Role.ADMIN, Role.STAFF, Role.LEADER)
CHUNK = 400


@dataclass(frozen=True)
class NewLearner:
    """What a list says of a learner, checked by its reader; a ``code`` that can't be had is replaced by the next free one."""

    full_name: str
    unit_id: int
    born: str = ""
    gender: str = ""
    code: str = ""
    phone: str = ""
    email: str = ""


@operation
def create_learners(*, actor: Actor, centre: Unit, learners: Sequence[NewLearner]) -> list[Account]:
    """New accounts of the centre's learners, in order, which nobody can sign in to before a slip is printed.

    A phone number that five people share, or that is somebody's code, is left out: it wouldn't tell who signs in; so is
    an e-mail that somebody has. The number of statements grows with hundreds, not with learners.

    Raises:
        NotAllowed: the actor doesn't keep the centre, or a unit isn't the centre's.
        Conflict: somebody took one of the codes at the same moment.
    """
    paths = {
        row.id: row.path
        for row in db.session.execute(
            sa.select(Unit.id, Unit.path).where(Unit.path.startswith(centre.path, autoescape=True))
        )
    }
    if not actor.holds(centre.path, *KEEPERS) or any(one.unit_id not in paths for one in learners):
        raise NotAllowed
    names = _names(learners)
    made = [_account(one, own) for one, own in zip(learners, names, strict=True)]
    db.session.add_all(made)
    try:
        db.session.flush()
    except IntegrityError:
        raise Conflict from None
    data = [{"role": "learner", "names": sorted(value for _, value in own)} for own in names]
    record_many(actor=actor, action="account.created", entries=list(zip(made, data, strict=True)))
    return made


def _account(one: NewLearner, names: Sequence[tuple[NameKind, str]]) -> Account:
    return Account(
        full_name=one.full_name,
        born=one.born,
        gender=one.gender,
        unit_id=one.unit_id,
        must_change_password=True,
        created_at=clock.now(),
        names=[SignInName(kind=kind, value=value) for kind, value in names],
        grants=[RoleGrant(role=Role.LEARNER, unit_id=one.unit_id)],
    )


def _names(learners: Sequence[NewLearner]) -> list[list[tuple[NameKind, str]]]:
    """A code for each, and the phone numbers that may be used."""
    wanted = [normalise_name(one.code) for one in learners]
    phones = [normalise_name(one.phone) for one in learners]
    emails = [normalise_name(one.email) for one in learners]
    held = _held({*filter(None, wanted), *filter(None, phones), *filter(None, emails)})
    free = _free_codes({*wanted, *phones})
    used: set[str] = set()
    shared = Counter[str]()
    found = []
    for code, phone, email in zip(wanted, phones, emails, strict=True):
        fits = bool(code) and malformed(NameKind.CODE, code) is None and code not in used and code not in held
        own = code if fits and code not in phones else next(free)
        used.add(own)
        names = [(NameKind.CODE, own)]
        holders = held.get(phone, [])
        only_phones = all(kind is NameKind.PHONE for kind in holders)
        if (
            phone
            and malformed(NameKind.PHONE, phone) is None
            and only_phones
            and phone not in used
            and len(holders) + shared[phone] < SHARED_AT_MOST
        ):
            names.append((NameKind.PHONE, phone))
            shared[phone] += 1
        if email and malformed(NameKind.EMAIL, email) is None and email not in held and email not in used:
            names.append((NameKind.EMAIL, email))
            used.add(email)
        found.append(names)
    return found


def _held(values: Collection[str]) -> dict[str, list[NameKind]]:
    found: dict[str, list[NameKind]] = {}
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        some = listed[start : start + CHUNK]
        rows = sa.select(SignInName.value, SignInName.kind).where(SignInName.value.in_(some))
        for row in db.session.execute(rows):
            found.setdefault(row.value, []).append(row.kind)
    return found


def _free_codes(avoided: Collection[str]) -> Iterator[str]:
    """``hv26001`` and on: after the highest of the year that was ever given."""
    prefix = f"{PREFIX}{clock.to_local(clock.now()).year % 100:02d}"
    given = db.session.scalars(
        sa.select(SignInName.value).where(SignInName.value.startswith(prefix, autoescape=True))
    )
    pattern = re.compile(rf"{prefix}(\d{{3,6}})")
    number = max((int(match[1]) for one in given if (match := pattern.fullmatch(one))), default=0)
    while True:
        number += 1
        code = f"{prefix}{number:03d}"
        if code not in avoided:
            yield code
