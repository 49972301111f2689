"""Classes within a scope, their learners, and who can be enrolled."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.accounts.models import Account, AccountState, RoleGrant, SignInName
from lms.auth.units.models import Unit
from lms.auth.units.queries import lineage, within
from lms.core import vietnamese
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.paging import PER_PAGE, Page, nearest
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import ClassLecturer, ClassQuota, CourseClass, Enrolment, EnrolmentState


@dataclass(frozen=True)
class ClassRow:
    """A class in the list; ``learners`` counts those who have not withdrawn."""

    course_class: CourseClass
    learners: int


_LEARNERS = (
    sa.select(sa.func.count())
    .select_from(Enrolment)
    .where(Enrolment.class_id == CourseClass.id, Enrolment.state == EnrolmentState.ACTIVE)
    .scalar_subquery()
)


def classes(scope: Scope, text: str = "", page: int = 1) -> Page[ClassRow]:
    """One page of the scope's classes, the latest first; two statements whatever their number.

    ``text`` is looked for in code, title and programme, tones and marks left out.
    """
    rows = db.session.execute(
        sa.select(CourseClass.id, CourseClass.code, CourseClass.title, Programme.title.label("programme"))
        .join(CourseClass.unit)
        .join(CourseClass.programme)
        .where(within(scope))
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())
    ).all()
    words = vietnamese.search_key(text).split()
    found = [
        row.id
        for row in rows
        if not words or _holds(words, vietnamese.search_key(f"{row.code} {row.title} {row.programme}"))
    ]
    page = nearest(page, len(found))
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Page(_rows(shown), page, len(found))


def _holds(words: Iterable[str], key: str) -> bool:
    return all(word in key for word in words)


def _rows(ids: Collection[int]) -> list[ClassRow]:
    rows = db.session.execute(
        sa.select(CourseClass, _LEARNERS)
        .where(CourseClass.id.in_(ids))
        .options(joinedload(CourseClass.programme), joinedload(CourseClass.unit))
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())
    )
    return [ClassRow(found, learners) for found, learners in rows]


def class_in(scope: Scope, key: str) -> CourseClass:
    """The class of this public id, with its centre and programme.

    Raises:
        NotFound: there is none within the scope.
    """
    found = db.session.scalar(
        sa.select(CourseClass)
        .join(CourseClass.unit)
        .where(CourseClass.public_id == key, within(scope))
        .options(contains_eager(CourseClass.unit), joinedload(CourseClass.programme))
    )
    if found is None:
        raise NotFound
    return found


def programmes_of(centres: Iterable[Unit]) -> list[Programme]:
    """The programmes of these centres, by title in Vietnamese order."""
    found = db.session.scalars(
        sa.select(Programme).where(Programme.unit_id.in_([centre.id for centre in centres]))
    )
    return sorted(found, key=lambda one: (vietnamese.text_sort_key(one.title), one.id))


def lecturers_of(centres: Iterable[Unit]) -> Sequence[Account]:
    """Who lectures at these centres, by name; one statement."""
    teaches = [RoleGrant.unit_id.in_(lineage(centre.path)) for centre in centres]
    below = [Unit.path.startswith(centre.path, autoescape=True) for centre in centres]
    granted = (
        sa.select(RoleGrant.account_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.role == Role.LECTURER, sa.or_(sa.false(), *teaches, *below))
    )
    return db.session.scalars(
        sa.select(Account)
        .where(Account.state == AccountState.ACTIVE, Account.id.in_(granted))
        .order_by(Account.sort_key, Account.id)
    ).all()


def lecturers_in(course_class: CourseClass) -> Sequence[str]:
    """The names of the class's lecturers."""
    return db.session.scalars(
        sa.select(Account.full_name)
        .join(ClassLecturer, ClassLecturer.account_id == Account.id)
        .where(ClassLecturer.class_id == course_class.id)
        .order_by(Account.sort_key, Account.id)
    ).all()


@dataclass(frozen=True)
class QuotaRow:
    """A unit's places in a class, and how many of its people are in it; ``inside`` those of a unit above it."""

    unit: Unit
    places: int
    taken: int
    inside: bool


def quotas(course_class: CourseClass) -> list[QuotaRow]:
    """The quotas of a class by unit; two statements."""
    given = db.session.scalars(
        sa.select(ClassQuota)
        .join(ClassQuota.unit)
        .where(ClassQuota.class_id == course_class.id)
        .options(contains_eager(ClassQuota.unit))
        .order_by(Unit.sort_key, Unit.id)
    ).all()
    taken = db.session.execute(
        sa.select(Unit.path, sa.func.count().label("people"))
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .where(Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(Unit.path)
    ).all()
    return [
        QuotaRow(
            one.unit,
            one.places,
            sum(row.people for row in taken if row.path.startswith(one.unit.path)),
            any(other is not one and one.unit.path.startswith(other.unit.path) for other in given),
        )
        for one in given
    ]


def enrolments(course_class: CourseClass) -> Sequence[Enrolment]:
    """Everybody who is or was in the class, by name in Vietnamese order; two statements."""
    return db.session.scalars(
        sa.select(Enrolment)
        .join(Enrolment.account)
        .where(Enrolment.class_id == course_class.id)
        .options(contains_eager(Enrolment.account).selectinload(Account.names), joinedload(Enrolment.unit))
        .order_by(Account.sort_key, Account.id)
    ).all()


def enrolment_of(course_class: CourseClass, account_key: str) -> Enrolment:
    """The enrolment of the person with this public id.

    Raises:
        NotFound: the person never was in the class.
    """
    found = db.session.scalar(
        sa.select(Enrolment)
        .join(Enrolment.account)
        .where(Enrolment.class_id == course_class.id, Account.public_id == account_key)
        .options(contains_eager(Enrolment.account))
    )
    if found is None:
        raise NotFound
    return found


def _can_be_enrolled(centre: Unit) -> sa.Select[Account]:
    """Those who may sign in and are learners at the centre or a unit below it."""
    below = sa.select(Unit.id).where(Unit.path.startswith(centre.path, autoescape=True))
    learns = sa.and_(RoleGrant.role == Role.LEARNER, RoleGrant.unit_id.in_(below))
    return (
        sa.select(Account)
        .where(Account.state == AccountState.ACTIVE, Account.grants.any(learns))
        .order_by(Account.sort_key, Account.id)
    )


def learners_called(centre: Unit, names: Collection[str]) -> dict[str, Account]:
    """The centre's learner of each of these normalised names; a name that means nobody, or several, is left out."""
    found = db.session.scalars(
        _can_be_enrolled(centre)
        .where(Account.names.any(SignInName.value.in_(names)))
        .options(selectinload(Account.names))
    ).all()
    meant: dict[str, list[Account]] = {}
    for account in found:
        for value in {name.value for name in account.names}:
            meant.setdefault(value, []).append(account)
    return {name: meant[name][0] for name in names if len(meant.get(name, ())) == 1}


def learners_of(centre: Unit, unit: Unit) -> Sequence[Account]:
    """The centre's learners whom ``unit``, or a unit below it, sent."""
    sent_by = sa.select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
    return db.session.scalars(_can_be_enrolled(centre).where(Account.unit_id.in_(sent_by))).all()
