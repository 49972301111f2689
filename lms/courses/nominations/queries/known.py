"""The units and people that a list is compared with."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.auth.accounts.models import Account, AccountState, NameKind, SignInName
from lms.auth.units.models import Unit, UnitName
from lms.core.db import db
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.nominations.naming import KnownUnit
from lms.courses.nominations.persons import Someone

CHUNK = 400
"""Values in one statement."""


def known_units(centre: Unit) -> list[KnownUnit]:
    """The centre's units with all names they bear or bore; two statements."""
    below = Unit.path.startswith(centre.path, autoescape=True)
    today = sa.select(Unit.id, Unit.name, Unit.short_name, Unit.code).where(below, Unit.id != centre.id)
    names: dict[int, list[str]] = {
        row.id: [row.name, row.short_name, row.code] for row in db.session.execute(today)
    }
    former = sa.select(UnitName.unit_id, UnitName.name).join(Unit, Unit.id == UnitName.unit_id).where(below)
    for row in db.session.execute(former):
        if row.unit_id in names:
            names[row.unit_id].append(row.name)
    return [KnownUnit(number, tuple(dict.fromkeys(filter(None, called)))) for number, called in names.items()]


def unit_paths(centre: Unit) -> dict[int, str]:
    """The path of each unit of the centre."""
    rows = db.session.execute(
        sa.select(Unit.id, Unit.path).where(Unit.path.startswith(centre.path, autoescape=True))
    )
    return {row.id: row.path for row in rows}


@dataclass(frozen=True)
class Registered:
    """A known person, as the checks need them."""

    someone: Someone
    active: bool
    born: str
    unit_name: str


def register(centre: Unit, keys: Collection[str], codes: Collection[str]) -> dict[str, list[Registered]]:
    """Who of the centre's people bears one of these names or codes, by folded name and by ``code:…``."""
    below = sa.select(Unit.id).where(Unit.path.startswith(centre.path, autoescape=True))
    ids: set[int] = set()
    for some in _chunks(sorted(keys)):
        ids |= set(
            db.session.scalars(
                sa.select(Account.id).where(Account.search_key.in_(some), Account.unit_id.in_(below))
            )
        )
    for some in _chunks(sorted(codes)):
        ids |= set(
            db.session.scalars(
                sa.select(Account.id)
                .join(SignInName)
                .where(
                    SignInName.kind == NameKind.CODE,
                    SignInName.value.in_(some),
                    Account.unit_id.in_(below),
                )
            )
        )
    found: dict[str, list[Registered]] = {}
    for one, key in _registered(sorted(ids)):
        found.setdefault(key, []).append(one)
        for code in one.someone.codes:
            found.setdefault(f"code:{code}", []).append(one)
    return found


def _registered(ids: Sequence[int]) -> Iterable[tuple[Registered, str]]:
    for some in _chunks(ids):
        called: dict[int, dict[NameKind, list[str]]] = {}
        names = sa.select(SignInName.account_id, SignInName.kind, SignInName.value)
        for held in db.session.execute(names.where(SignInName.account_id.in_(some))):
            called.setdefault(held.account_id, {}).setdefault(held.kind, []).append(held.value)
        people = (
            sa.select(
                Account.id,
                Account.full_name,
                Account.search_key,
                Account.born,
                Account.state,
                Unit.path,
                Unit.name,
            )
            .outerjoin(Unit, Unit.id == Account.unit_id)
            .where(Account.id.in_(some))
            .order_by(Account.id)
        )
        for row in db.session.execute(people):
            names_of = called.get(row.id, {})
            someone = Someone(
                row.full_name,
                row.born,
                row.path or "",
                tuple(names_of.get(NameKind.CODE, ())),
                tuple(names_of.get(NameKind.PHONE, ())),
                row.id,
            )
            yield (
                Registered(someone, row.state is AccountState.ACTIVE, row.born, row.name or ""),
                row.search_key,
            )


def _chunks(values: Sequence[int] | Sequence[str]) -> Iterable[Sequence[int] | Sequence[str]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def classes_at_once(course_class: CourseClass, account_ids: Collection[int]) -> dict[int, list[CourseClass]]:
    """The other classes that these people are in between the class's first and last day; and the class itself."""
    found: dict[int, list[CourseClass]] = {}
    for some in _chunks(sorted(account_ids)):
        rows = db.session.execute(
            sa.select(Enrolment.account_id, CourseClass)
            .join(CourseClass, CourseClass.id == Enrolment.class_id)
            .where(
                Enrolment.account_id.in_(some),
                Enrolment.state == EnrolmentState.ACTIVE,
                CourseClass.starts_on <= course_class.ends_on,
                CourseClass.ends_on >= course_class.starts_on,
            )
        )
        for account_id, other in rows:
            found.setdefault(account_id, []).append(other)
    return found


def taken_names(values: Collection[str]) -> set[str]:
    """Which of these normalised names somebody holds."""
    found: set[str] = set()
    for some in _chunks(sorted(values)):
        found |= set(db.session.scalars(sa.select(SignInName.value).where(SignInName.value.in_(some))))
    return found


def candidates(centre: Unit, key: str) -> list[tuple[Account, str]]:
    """The centre's people of this folded name, with their codes, to choose among; two statements."""
    below = sa.select(Unit.id).where(Unit.path.startswith(centre.path, autoescape=True))
    found = db.session.scalars(
        sa.select(Account)
        .where(Account.search_key == key, Account.unit_id.in_(below))
        .options(joinedload(Account.unit), sa.orm.selectinload(Account.names))
        .order_by(Account.sort_key, Account.id)
        .limit(20)
    )
    return [(one, ", ".join(name.value for name in one.names if name.kind is NameKind.CODE)) for one in found]
