"""*Nhận vào lớp*: accounts for those who are new, and everybody enrolled, in one go or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.auth.accounts.operations.many import NewLearner, create_learners
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.core.vietnamese import after_class
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.classes.operations import lock_class
from lms.courses.classes.queries import enrolments
from lms.courses.nominations import queries, rules
from lms.courses.nominations.models import ListState, MatchKind, NominationList, NominationRow, Severity
from lms.courses.nominations.operations.checking import look_over
from lms.courses.nominations.operations.lists import lock
from lms.courses.nominations.operations.seats import must_have_seats
from lms.notices.operations import notify

KNOWN = frozenset({MatchKind.SAME, MatchKind.CHOSEN})


@dataclass(frozen=True)
class TakenIn:
    """How many came into the class, how many of them got an account, and how many were in it already."""

    enrolled: int
    made: int
    already: int


@operation
def take_in(*, actor: Actor, nomination_list: NominationList, url: str) -> TakenIn:
    """Make accounts for the new ones, enrol all that aren't skipped, and tell whoever sent the list.

    The list is compared anew with the register, the class and its seats as they are at this moment.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: the list was taken in, returned or given up meanwhile.
        Invalid: nobody is on it, something is undecided, or there are more people than seats.
    """
    course_class = nomination_list.course_class
    lock_class(course_class=course_class)
    lock(nomination_list=nomination_list)
    if not rules.may_keep(actor, nomination_list):
        raise NotAllowed
    if not rules.may_take_in(actor, nomination_list):
        raise Conflict
    rows = queries.rows_of(nomination_list.id)
    look_over(nomination_list, rows)
    db.session.flush()
    counted = [row for row in rows if not row.skipped]
    _must_be_decided(counted)
    must_have_seats(nomination_list)
    made = _accounts(actor, nomination_list, counted)
    came, already = _enrol(course_class, counted)
    nomination_list.state, nomination_list.decided_at = ListState.TAKEN_IN, clock.now()
    nomination_list.decided_by_id = actor.id
    data = {"enrolled": len(came), "made": len(made), "list": nomination_list.public_id}
    record(actor=actor, action="nomination.taken_in", subject=nomination_list, data=data)
    if came:
        keys = _public_ids(came)
        record(actor=actor, action="class.enrolled", subject=course_class, data={**data, "accounts": keys})
    _tell(actor, nomination_list, len(came), url)
    return TakenIn(len(came), len(made), already)


def _must_be_decided(rows: Sequence[NominationRow]) -> None:
    if not rows:
        raise Invalid(N_("Danh sách không có tên ai để nhận. Chưa nhận ai vào lớp."))
    open_rows = [row for row in rows if row.severity == Severity.UNDECIDED]
    if open_rows:
        raise Invalid(
            N_("Còn %(count)s hàng phải xem: xếp đầu danh sách. Chưa nhận ai vào lớp."), count=len(open_rows)
        )


def _accounts(actor: Actor, nomination_list: NominationList, rows: Sequence[NominationRow]) -> list[Account]:
    new = [row for row in rows if row.match not in KNOWN]
    made = create_learners(
        actor=actor,
        centre=nomination_list.course_class.unit,
        learners=[
            NewLearner(row.full_name, row.unit_id or 0, row.born, row.gender, row.code, row.phone, row.email)
            for row in new
        ],
    )
    for row, account in zip(new, made, strict=True):
        row.match, row.account_id = MatchKind.NEW, account.id
    return made


def _enrol(course_class: CourseClass, rows: Sequence[NominationRow]) -> tuple[list[int], int]:
    known = {one.account_id: one for one in enrolments(course_class)}
    came: list[int] = []
    already = 0
    for row in rows:
        enrolment = known.get(row.account_id or 0)
        if enrolment is not None and enrolment.state is EnrolmentState.ACTIVE:
            already += 1
            continue
        if enrolment is None:
            enrolment = Enrolment(class_id=course_class.id, account_id=row.account_id)
            db.session.add(enrolment)
        enrolment.state = EnrolmentState.ACTIVE
        enrolment.unit_id, enrolment.post, enrolment.enrolled_at = row.unit_id, row.post, clock.now()
        came.append(enrolment.account_id)
    return came, already


def _public_ids(account_ids: Sequence[int]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(account_ids), queries.CHUNK):
        some = account_ids[start : start + queries.CHUNK]
        found += db.session.scalars(sa.select(Account.public_id).where(Account.id.in_(some)))
    return found


def _tell(actor: Actor, nomination_list: NominationList, people: int, url: str) -> None:
    if nomination_list.unit_id is None or nomination_list.created_by_id == actor.id:
        return
    notify(
        account_ids=[nomination_list.created_by_id],
        text=N_("Trung tâm đã nhận %(people)s người vào lớp %(title)s."),
        params={"people": people, "title": after_class(nomination_list.course_class.title)},
        url=url,
        once=f"nomination.taken_in:{nomination_list.public_id}",
    )
