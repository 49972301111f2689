"""Nomination lists within a scope, and their rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account, RoleGrant
from lms.auth.units.models import Unit, UnitKind
from lms.auth.units.queries import lineage, within
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.paging import Page, nearest
from lms.courses.classes.models import CourseClass
from lms.courses.nominations.models import (
    ListState,
    NominationList,
    NominationRow,
    Severity,
    UnitEvidence,
)
from lms.jobs.models import Job

PER_PAGE = 50
KEPT_STATES = tuple(state for state in ListState if state is not ListState.DISCARDED)


def list_in(kept: Scope, sent: Scope, key: str) -> NominationList:
    """The list of this public id: of a class of the ``kept`` centres, or of a unit of the ``sent`` ones.

    Raises:
        NotFound: there is none within either scope.
    """
    centre, sender = sa.orm.aliased(Unit), sa.orm.aliased(Unit)
    found = db.session.scalar(
        sa.select(NominationList)
        .join(NominationList.course_class)
        .join(CourseClass.unit.of_type(centre))
        .outerjoin(NominationList.unit.of_type(sender))
        .where(
            NominationList.public_id == key,
            sa.or_(
                sa.false(),
                *(centre.path.startswith(path, autoescape=True) for path in kept.paths),
                *(sender.path.startswith(path, autoescape=True) for path in sent.paths),
            ),
        )
        .options(
            contains_eager(NominationList.course_class).options(
                contains_eager(CourseClass.unit.of_type(centre)), joinedload(CourseClass.programme)
            ),
            contains_eager(NominationList.unit.of_type(sender)),
            joinedload(NominationList.created_by),
        )
    )
    if found is None:
        raise NotFound
    return found


def row_in(nomination_list: NominationList, key: str) -> NominationRow:
    """The row of this public id.

    Raises:
        NotFound: there is none in the list.
    """
    found = db.session.scalar(
        sa.select(NominationRow)
        .where(NominationRow.list_id == nomination_list.id, NominationRow.public_id == key)
        .options(joinedload(NominationRow.unit), joinedload(NominationRow.account).joinedload(Account.unit))
    )
    if found is None:
        raise NotFound
    return found


def rows_of(list_id: int) -> Sequence[NominationRow]:
    """Every row in the order of the file."""
    return db.session.scalars(
        sa.select(NominationRow).where(NominationRow.list_id == list_id).order_by(NominationRow.position)
    ).all()


def page_of(
    nomination_list: NominationList, page: int, severity: Severity | None = None
) -> Page[NominationRow]:
    """Fifty rows, doubtful first; two statements."""
    chosen = sa.select(NominationRow).where(NominationRow.list_id == nomination_list.id)
    if severity is not None:
        chosen = chosen.where(NominationRow.severity == severity)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    page = nearest(page, total, PER_PAGE)
    rows = db.session.scalars(
        chosen.options(joinedload(NominationRow.unit), joinedload(NominationRow.account))
        .order_by(NominationRow.severity, NominationRow.position)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return Page(rows, page, total, PER_PAGE)


def severities(nomination_list: NominationList) -> Counter[Severity]:
    """How many rows there are of each severity."""
    rows = db.session.execute(
        sa.select(NominationRow.severity, sa.func.count())
        .where(NominationRow.list_id == nomination_list.id)
        .group_by(NominationRow.severity)
    )
    return Counter({Severity(severity): count for severity, count in rows})


@dataclass(frozen=True)
class OpenText:
    """How a file writes a unit that isn't settled, in how many rows, and the unit it may be."""

    text: str
    rows: int
    proposed: Unit | None
    row_key: str


def open_texts(nomination_list: NominationList, at_most: int = 30) -> list[OpenText]:
    """What stands for units that are to be confirmed or chosen, the most frequent first; one statement."""
    rows = db.session.execute(
        sa.select(
            NominationRow.unit_text,
            sa.func.count().label("rows"),
            Unit,
            sa.func.min(NominationRow.public_id).label("key"),
        )
        .outerjoin(Unit, Unit.id == NominationRow.unit_id)
        .where(
            NominationRow.list_id == nomination_list.id,
            NominationRow.skipped.is_(False),
            NominationRow.unit_evidence.in_([UnitEvidence.PROPOSED, UnitEvidence.UNKNOWN]),
        )
        .group_by(NominationRow.unit_text, Unit.id)
        .order_by(sa.desc("rows"), NominationRow.unit_text)
        .limit(at_most)
    )
    return [OpenText(row.unit_text, row.rows, row.Unit, row.key) for row in rows]


def empty_draft(course_class: CourseClass, unit: Unit | None) -> NominationList | None:
    """A typed list of the sender, None: of the centre, that nobody stands on yet."""
    return db.session.scalars(
        sa.select(NominationList)
        .where(
            NominationList.class_id == course_class.id,
            NominationList.unit_id == (unit.id if unit is not None else None),
            NominationList.state == ListState.DRAFT,
            NominationList.file_name == "",
            ~NominationList.rows.any(),
        )
        .order_by(NominationList.id)
        .limit(1)
    ).first()


@dataclass(frozen=True)
class ListRow:
    """A list at its class; ``people`` are those who are not passed over."""

    nomination_list: NominationList
    people: int


_PEOPLE = (
    sa.select(sa.func.count())
    .select_from(NominationRow)
    .where(NominationRow.list_id == NominationList.id, NominationRow.skipped.is_(False))
    .correlate(NominationList)
    .scalar_subquery()
)


def lists_of(course_class: CourseClass) -> list[ListRow]:
    """What the centre sees of a class's lists, its own and those that units have sent: what waits, then the latest."""
    rows = db.session.execute(
        sa.select(NominationList, _PEOPLE)
        .where(
            NominationList.class_id == course_class.id,
            NominationList.state != ListState.DISCARDED,
            sa.or_(NominationList.unit_id.is_(None), NominationList.sent_at.is_not(None)),
        )
        .options(joinedload(NominationList.unit), joinedload(NominationList.created_by))
        .order_by(NominationList.state != ListState.SENT, NominationList.id.desc())
    )
    return [ListRow(found, people) for found, people in rows]


def lists_sent_by(
    scope: Scope, class_ids: Collection[int] | None = None, states: Collection[ListState] = KEPT_STATES
) -> list[ListRow]:
    """The lists of the units in ``scope``, the latest first, with their classes."""
    chosen = (
        sa.select(NominationList, _PEOPLE)
        .join(Unit, Unit.id == NominationList.unit_id)
        .where(within(scope), NominationList.state.in_(states))
        .options(joinedload(NominationList.unit), joinedload(NominationList.course_class))
        .order_by(NominationList.id.desc())
        .limit(100)
    )
    if class_ids is not None:
        chosen = chosen.where(NominationList.class_id.in_(class_ids))
    return [ListRow(found, people) for found, people in db.session.execute(chosen)]


def sending_units(scope: Scope) -> Sequence[Unit]:
    """The units that the roles themselves are held over, by name."""
    return db.session.scalars(sa.select(Unit).where(Unit.path.in_(scope.paths)).order_by(Unit.sort_key)).all()


def open_classes(units: Iterable[Unit], today: date) -> Sequence[CourseClass]:
    """Classes of the units' centres that still take nominations, the first due first."""
    above = {number for unit in units for number in lineage(unit.path)}
    return db.session.scalars(
        sa.select(CourseClass)
        .join(CourseClass.unit)
        .where(Unit.id.in_(above), Unit.kind == UnitKind.CENTRE, CourseClass.nominate_by >= today)
        .options(joinedload(CourseClass.programme), contains_eager(CourseClass.unit))
        .order_by(CourseClass.nominate_by, CourseClass.id)
    ).all()


def class_for(scope: Scope, key: str) -> CourseClass:
    """The class of this public id, of a centre above one of the units of ``scope``.

    Raises:
        NotFound: there is none.
    """
    above = {number for path in scope.paths for number in lineage(path)}
    found = db.session.scalar(
        sa.select(CourseClass)
        .join(CourseClass.unit)
        .where(CourseClass.public_id == key, Unit.id.in_(above))
        .options(contains_eager(CourseClass.unit), joinedload(CourseClass.programme))
    )
    if found is None:
        raise NotFound
    return found


def newcomers(nomination_list: NominationList) -> Sequence[str]:
    """The public ids of those whom the list brought into its class, in the order of the list."""
    return db.session.scalars(
        sa.select(Account.public_id)
        .join(NominationRow, NominationRow.account_id == Account.id)
        .where(NominationRow.list_id == nomination_list.id, NominationRow.skipped.is_(False))
        .order_by(NominationRow.position)
    ).all()


def staff_of(centre: Unit) -> Sequence[int]:
    """Who keeps the centre's classes: the ids of its giáo vụ."""
    above = lineage(centre.path)
    return db.session.scalars(
        sa.select(RoleGrant.account_id).where(RoleGrant.role == Role.STAFF, RoleGrant.unit_id.in_(above))
    ).all()


def reading_job(idempotency_key: str) -> Job | None:
    """The job that reads a file, by its key."""
    return db.session.scalar(sa.select(Job).where(Job.idempotency_key == idempotency_key))
