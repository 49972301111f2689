"""A list's way: uploaded or typed, read by a job, sent, returned, given up."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core import clock, files
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.core.file_names import safe_name
from lms.core.messages import N_
from lms.core.vietnamese import after_class
from lms.courses.classes import rules as class_rules
from lms.courses.classes.models import CourseClass
from lms.courses.nominations import queries, rules
from lms.courses.nominations.models import ListState, NominationList, NominationRow, Severity, UnitEvidence
from lms.courses.nominations.operations.checking import look_over
from lms.courses.nominations.operations.seats import must_have_seats
from lms.courses.nominations.reading.people import Person, Roster
from lms.courses.nominations.words import OF_THE_SENDER
from lms.jobs.operations import enqueue
from lms.notices.operations import notify

JOB = "nominations.read"
NAME_LENGTH = 200
LATE = N_("Đã quá hạn cử người cho lớp này. Hãy liên hệ giáo vụ của trung tâm.")


def job_key(*, list_id: int) -> str:
    """Names the one job that reads this list."""
    return f"{JOB}:{list_id}"


def lock(*, nomination_list: NominationList) -> None:
    """One at a time changes a list; what was loaded before is read anew."""
    db.session.refresh(nomination_list, with_for_update={"key_share": True, "of": NominationList})


def _must_be_open(course_class: CourseClass) -> None:
    today = clock.to_local(clock.now()).date()
    if course_class.nominate_by is None or course_class.nominate_by < today:
        raise Closed(LATE)


def _must_start(actor: Actor, course_class: CourseClass, unit: Unit | None) -> None:
    if unit is None:
        if not class_rules.may_keep(actor, course_class.unit.path):
            raise NotAllowed
        return
    if not rules.is_sender(actor, unit) or not unit.path.startswith(course_class.unit.path):
        raise NotAllowed
    _must_be_open(course_class)


def _new(actor: Actor, course_class: CourseClass, unit: Unit | None, state: ListState) -> NominationList:
    made = NominationList(
        class_id=course_class.id,
        unit_id=unit.id if unit is not None else None,
        state=state,
        problems=[],
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    db.session.add(made)
    return made


@operation
def begin_list(*, actor: Actor, course_class: CourseClass, unit: Unit | None) -> NominationList:
    """A list to type names into; ``unit`` sends it, None: the centre's own. An empty one that is there is gone on with.

    Raises:
        NotAllowed: the actor neither keeps the class nor nominates for the unit.
        Closed: the unit is too late.
    """
    _must_start(actor, course_class, unit)
    empty = queries.empty_draft(course_class, unit)
    if empty is not None:
        return empty
    made = _new(actor, course_class, unit, ListState.DRAFT)
    record(actor=actor, action="nomination.begun", subject=made, data={"class": course_class.title})
    return made


@operation
def start_reading(
    *, actor: Actor, course_class: CourseClass, unit: Unit | None, upload: files.Prepared, name: str
) -> NominationList:
    """Keep the uploaded file and have it read in the background.

    Raises:
        NotAllowed: the actor neither keeps the class nor nominates for the unit.
        Closed: the unit is too late.
    """
    _must_start(actor, course_class, unit)
    stored = files.save(upload)
    db.session.flush()
    made = _new(actor, course_class, unit, ListState.READING)
    made.file_id, made.file_name = stored.id, safe_name(name)[:NAME_LENGTH]
    db.session.flush()
    data = {"class": course_class.title, "file": made.file_name}
    record(actor=actor, action="nomination.uploaded", subject=made, data=data)
    enqueue(kind=JOB, payload={"list": made.id}, actor_id=actor.id, idempotency_key=job_key(list_id=made.id))
    return made


@operation
def keep_reading(*, list_id: int, roster: Roster) -> None:
    """Write down what the reader understood; a second time it changes nothing.

    The file itself goes: it may hold identity numbers, and the rows keep what the columns that are used say.
    """
    nomination_list = db.session.get_one(NominationList, list_id)
    lock(nomination_list=nomination_list)
    if nomination_list.state is not ListState.READING:
        return
    _forget_file(nomination_list)
    nomination_list.problems = [one.to_json() for one in roster.problems]
    if roster.refused:
        nomination_list.state = ListState.FAILED
        return
    rows = [_row(list_id, position, person) for position, person in enumerate(roster.people, 1)]
    nomination_list.state = ListState.DRAFT
    look_over(nomination_list, rows)
    db.session.add_all(rows)


def _forget_file(nomination_list: NominationList) -> None:
    stored, nomination_list.file = nomination_list.file, None
    if stored is not None:
        db.session.flush()
        files.forget(stored)


@operation
def forget_abandoned(*, before: datetime) -> int:
    """Give up the lists that could not be read or whose file nobody has read since ``before``; how many."""
    left = db.session.scalars(
        sa.select(NominationList).where(
            sa.or_(NominationList.file_id.is_not(None), NominationList.state == ListState.FAILED),
            NominationList.created_at < before,
        )
    ).all()
    for found in left:
        if found.state in {ListState.READING, ListState.FAILED}:
            found.state = ListState.DISCARDED
        _forget_file(found)
    return len(left)


def _row(list_id: int, position: int, person: Person) -> NominationRow:
    return NominationRow(
        list_id=list_id,
        position=position,
        place=person.place[:120],
        given=dict(person.given),
        full_name=person.full_name,
        born=person.born,
        gender=person.gender,
        post=person.post,
        phone=person.phone,
        email=person.email,
        code=person.code,
        unit_text=person.unit_text,
        note=person.note,
        unit_evidence=UnitEvidence.UNKNOWN,
        problems=[one.to_json() for one in person.problems],
        skipped=False,
        accepted=False,
    )


@operation
def send(*, actor: Actor, nomination_list: NominationList, url: str) -> int:
    """*Gửi*: the unit hands its list to the centre, whose giáo vụ are told; how many people are on it.

    Raises:
        NotAllowed: the actor doesn't nominate for the unit, or the list isn't a draft any more.
        Closed: the unit is too late.
        Invalid: nobody is on it, a row has no name or stands twice, or there are more people than seats.
    """
    lock(nomination_list=nomination_list)
    if nomination_list.unit is None or not rules.may_change(actor, nomination_list):
        raise NotAllowed
    if not rules.is_sender(actor, nomination_list.unit):
        raise NotAllowed
    _must_be_open(nomination_list.course_class)
    rows = queries.rows_of(nomination_list.id)
    look_over(nomination_list, rows)
    counted = [row for row in rows if not row.skipped]
    if not counted:
        raise Invalid(N_("Danh sách chưa có tên ai. Hãy ghi ít nhất một người rồi gửi."))
    _must_be_clear(counted)
    db.session.flush()
    must_have_seats(nomination_list, sending=True)
    nomination_list.state, nomination_list.sent_at = ListState.SENT, clock.now()
    record(actor=actor, action="nomination.sent", subject=nomination_list, data={"people": len(counted)})
    notify(
        account_ids=queries.staff_of(nomination_list.course_class.unit),
        text=N_("%(unit)s gửi danh sách %(people)s người cho lớp %(title)s."),
        params={
            "unit": nomination_list.unit.name,
            "people": len(counted),
            "title": after_class(nomination_list.course_class.title),
        },
        url=url,
        once=f"nomination.sent:{nomination_list.public_id}:{nomination_list.revision}",
    )
    return len(counted)


def _must_be_clear(rows: Sequence[NominationRow]) -> None:
    open_rows = [
        row
        for row in rows
        if row.severity == Severity.UNDECIDED and OF_THE_SENDER & {one["code"] for one in row.problems}
    ]
    if open_rows:
        raise Invalid(
            N_("Còn %(count)s hàng thiếu họ tên hoặc trùng người. Hãy sửa hoặc bỏ qua các hàng đó rồi gửi."),
            count=len(open_rows),
        )


@operation
def give_back(*, actor: Actor, nomination_list: NominationList, note: str, url: str) -> None:
    """*Trả lại*: the unit may change its list again; it is told why.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: the list isn't waiting.
        Invalid: there is no note.
    """
    lock(nomination_list=nomination_list)
    if not rules.may_keep(actor, nomination_list):
        raise NotAllowed
    if nomination_list.state is not ListState.SENT:
        raise Conflict
    if not note.strip():
        raise Invalid(fields={"note": N_("Hãy ghi vì sao trả lại, để đơn vị biết cần sửa gì.")})
    nomination_list.state, nomination_list.note = ListState.DRAFT, note.strip()
    nomination_list.revision += 1
    record(actor=actor, action="nomination.returned", subject=nomination_list, data={"note": note.strip()})
    notify(
        account_ids=[nomination_list.created_by_id],
        text=N_("Danh sách cử người cho lớp %(title)s được trả lại để sửa."),
        params={"title": after_class(nomination_list.course_class.title)},
        url=url,
        once=f"nomination.returned:{nomination_list.public_id}:{nomination_list.revision}",
    )


@operation
def discard(*, actor: Actor, nomination_list: NominationList) -> None:
    """Give a draft up; nobody of it was enrolled.

    Raises:
        NotAllowed: it isn't the actor's, or it isn't a draft any more.
    """
    lock(nomination_list=nomination_list)
    if not rules.may_discard(actor, nomination_list):
        raise NotAllowed
    nomination_list.state = ListState.DISCARDED
    _forget_file(nomination_list)
    record(actor=actor, action="nomination.discarded", subject=nomination_list)
