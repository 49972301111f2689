"""Opening and correcting classes, enrolling and withdrawing learners."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.access.names import normalise_name
from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit, UnitKind
from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.core.vietnamese import after_class
from lms.courses.catalogue.models import Programme
from lms.courses.classes import queries, rules
from lms.courses.classes.models import (
    ClassLecturer,
    CourseClass,
    Enrolment,
    EnrolmentState,
)
from lms.notices.operations import notify

AT_MOST = 500
"""Codes in one paste."""


@dataclass(frozen=True)
class ClassData:
    """What is known of a class; either a ``programme`` of the centre or the title of a new one."""

    code: str
    title: str
    programme: Programme | None
    starts_on: date
    ends_on: date
    new_programme: str = ""
    place: str = ""
    nominate_by: date | None = None
    lecturers: tuple[Account, ...] = ()


@operation
def open_class(*, actor: Actor, unit: Unit, data: ClassData) -> CourseClass:
    """A new class of the centre ``unit``, with nobody in it.

    Raises:
        NotAllowed: the actor doesn't keep that centre's classes.
        Invalid: what is wrong with which field.
    """
    if unit.kind is not UnitKind.CENTRE or not rules.may_keep(actor, unit.path):
        raise NotAllowed
    _lock(unit)
    course_class = CourseClass(unit_id=unit.id)
    _fill(course_class, unit, data)
    db.session.add(course_class)
    record(actor=actor, action="class.opened", subject=course_class, data=_known(course_class))
    return course_class


@operation
def edit_class(*, actor: Actor, course_class: CourseClass, data: ClassData) -> None:
    """Correct what is known of a class.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Invalid: what is wrong with which field.
    """
    unit = course_class.unit
    if not rules.may_keep(actor, unit.path):
        raise NotAllowed
    _lock(unit)
    before = _known(course_class)
    _fill(course_class, unit, data)
    after = _known(course_class)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        record(actor=actor, action="class.edited", subject=course_class, data=changed)


def _lock(unit: Unit) -> None:
    """One at a time opens or corrects classes of a centre, so that no code and no programme comes twice."""
    db.session.execute(sa.select(Unit.id).where(Unit.id == unit.id).with_for_update(key_share=True))


def _fill(course_class: CourseClass, unit: Unit, data: ClassData) -> None:
    code, title = vietnamese.clean_name(data.code), vietnamese.clean_name(data.title)
    problems: dict[str, str] = {}
    if not code:
        problems["code"] = N_("Hãy nhập mã lớp.")
    elif _is_taken(code, unit, course_class):
        problems["code"] = N_("Đã có một lớp mang mã này.")
    if not title:
        problems["title"] = N_("Hãy nhập tên lớp.")
    if data.ends_on < data.starts_on:
        problems["ends_on"] = N_("Ngày bế giảng phải bằng hoặc sau ngày khai giảng.")
    new_programme = vietnamese.clean_name(data.new_programme)
    if data.programme is not None and new_programme:
        problems["new_programme"] = N_("Hoặc chọn chương trình đã có, hoặc ghi tên chương trình mới.")
    elif data.programme is None and not new_programme:
        problems["programme"] = N_("Hãy chọn chương trình, hoặc ghi tên chương trình mới.")
    elif data.programme is not None and data.programme.unit_id != unit.id:
        problems["programme"] = N_("Chương trình này của trung tâm khác.")
    problems |= _set_up_problems(unit, data)
    if problems:
        raise Invalid(fields=problems)
    course_class.programme = data.programme or _programme(unit, new_programme)
    course_class.code, course_class.title = code, title
    course_class.starts_on, course_class.ends_on = data.starts_on, data.ends_on
    course_class.place, course_class.nominate_by = vietnamese.clean_name(data.place), data.nominate_by
    wanted = {one.id for one in data.lecturers}
    kept = [one for one in course_class.lecturers if one.account_id in wanted]
    new = wanted - {one.account_id for one in kept}
    course_class.lecturers = kept + [ClassLecturer(account_id=account_id) for account_id in sorted(new)]


def _set_up_problems(unit: Unit, data: ClassData) -> dict[str, str]:
    problems: dict[str, str] = {}
    if data.nominate_by is not None and data.nominate_by > data.ends_on:
        problems["nominate_by"] = N_("Hạn cử người phải trước ngày bế giảng.")
    teaching = {one.id for one in queries.lecturers_of([unit])}
    if any(one.id not in teaching for one in data.lecturers):
        problems["lecturers"] = N_("Có người không phải giảng viên của trung tâm này.")
    return problems


def _is_taken(code: str, unit: Unit, course_class: CourseClass) -> bool:
    rows = db.session.execute(
        sa.select(CourseClass.id, CourseClass.code).where(CourseClass.unit_id == unit.id)
    )
    return any(row.code.casefold() == code.casefold() for row in rows if row.id != course_class.id)


def _programme(unit: Unit, title: str) -> Programme:
    """The centre's programme of this title: the one there is, or a new one under the next free code."""
    known = queries.programmes_of([unit])
    for programme in known:
        if vietnamese.nfc(programme.title).casefold() == title.casefold():
            return programme
    codes = {programme.code.casefold() for programme in known}
    number = next(number for number in range(1, len(known) + 2) if f"ct{number}" not in codes)
    made = Programme(unit_id=unit.id, code=f"CT{number}", title=title)
    db.session.add(made)
    return made


def _known(course_class: CourseClass) -> dict[str, object]:
    return {
        "code": course_class.code,
        "title": course_class.title,
        "programme": course_class.programme.title,
        "starts_on": course_class.starts_on.isoformat(),
        "ends_on": course_class.ends_on.isoformat(),
        "place": course_class.place,
        "nominate_by": course_class.nominate_by.isoformat() if course_class.nominate_by else "",
        "lecturers": sorted(one.account_id for one in course_class.lecturers),
    }


@operation
def enrol_called(*, actor: Actor, course_class: CourseClass, typed: str) -> int:
    """Enrol the learners of the codes in ``typed``, parted by lines, spaces or commas; how many came in.

    All or nothing: who is in the class already stays, who withdrew comes back.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Invalid: no code, too many, or the list of those that mean no learner of the centre who may sign in.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    wanted = {name: part for part in re.split(r"[\s,;]+", typed) if (name := normalise_name(part))}
    if not wanted:
        raise Invalid(fields={"codes": N_("Hãy dán ít nhất một mã học viên.")})
    if len(wanted) > AT_MOST:
        raise Invalid(
            fields={"codes": Message(N_("Mỗi lần ghi danh nhiều nhất %(most)s mã."), {"most": AT_MOST})}
        )
    found = queries.learners_called(course_class.unit, wanted)
    unknown = [part for name, part in wanted.items() if name not in found]
    if unknown:
        text = N_(
            "Chưa ghi danh ai. Các mã này không phải của học viên đang dùng tài khoản ở trung tâm: %(codes)s"
        )
        raise Invalid(fields={"codes": Message(text, {"codes": ", ".join(unknown)})})
    return _enrol(actor, course_class, list({account.id: account for account in found.values()}.values()))


@operation
def enrol_unit(*, actor: Actor, course_class: CourseClass, unit: Unit) -> int:
    """Enrol all learners whom ``unit`` or a unit below it sent; how many came in.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Invalid: the unit has no learner who may sign in.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    learners = queries.learners_of(course_class.unit, unit)
    if not learners:
        raise Invalid(fields={"unit": N_("Đơn vị này chưa có học viên nào đang dùng tài khoản.")})
    return _enrol(actor, course_class, learners)


def _enrol(actor: Actor, course_class: CourseClass, learners: Sequence[Account]) -> int:
    lock_class(course_class=course_class)
    known = {one.account_id: one for one in queries.enrolments(course_class)}
    came = []
    for learner in learners:
        enrolment = known.get(learner.id)
        if enrolment is not None and enrolment.state is EnrolmentState.ACTIVE:
            continue
        if enrolment is None:
            enrolment = Enrolment(class_id=course_class.id, account_id=learner.id)
            db.session.add(enrolment)
        enrolment.state = EnrolmentState.ACTIVE
        enrolment.unit_id = learner.unit_id
        enrolment.enrolled_at = clock.now()
        came.append(learner)
    if came:
        data = {"accounts": [learner.public_id for learner in came]}
        record(actor=actor, action="class.enrolled", subject=course_class, data=data)
        tell_enrolled(course_class=course_class, account_ids=[learner.id for learner in came])
    return len(came)


@operation
def tell_enrolled(*, course_class: CourseClass, account_ids: Sequence[int]) -> None:
    """Tell people that they are in the class now."""
    notify(
        account_ids=account_ids,
        text=N_("Đã ghi danh vào lớp %(title)s, khai giảng ngày %(day)s."),
        params={"title": after_class(course_class.title), "day": course_class.starts_on.strftime("%d/%m/%Y")},
        url="/learn",
        once=f"class.enrolled:{course_class.id}",
    )


def lock_class(*, course_class: CourseClass) -> None:
    """One at a time changes the class: who is in it, when it meets, what it does, what it came to."""
    db.session.execute(
        sa.select(CourseClass.id).where(CourseClass.id == course_class.id).with_for_update(key_share=True)
    )


@operation
def withdraw(*, actor: Actor, course_class: CourseClass, account_key: str) -> None:
    """Take a learner out of the class; attempts and results stay.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        NotFound: the person never was in it.
        Conflict: the person has withdrawn already.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    lock_class(course_class=course_class)
    enrolment = queries.enrolment_of(course_class, account_key)
    if enrolment.state is not EnrolmentState.ACTIVE:
        raise Conflict(N_("Người này đã rút khỏi lớp."))
    enrolment.state, enrolment.is_monitor = EnrolmentState.WITHDRAWN, False
    record(actor=actor, action="class.withdrawn", subject=course_class, data={"accounts": [account_key]})
