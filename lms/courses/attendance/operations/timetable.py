"""Planning the half days of a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.core.vietnamese import clean_name
from lms.courses.attendance import queries, rules
from lms.courses.attendance.models import ClassMeeting, Half
from lms.courses.attendance.planning import Proposal, Wish, propose, still_wanted
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from lms.courses.classes.operations import lock_class
from lms.notices.operations import notify

MOST_PERIODS = 12
"""Of a half day."""
TEXT_LENGTH = 120


@dataclass(frozen=True, slots=True)
class MeetingData:
    """What is known of a half day; a lecturer, or a guest speaker by name, or both, or neither."""

    held_on: date
    half: Half
    periods: int
    module: Module | None = None
    lecturer: Account | None = None
    guest: str = ""
    room: str = ""


@operation
def add_meeting(*, actor: Actor, course_class: CourseClass, data: MeetingData) -> ClassMeeting:
    """Plan one more half day.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Invalid: what is wrong with which field.
    """
    _keep(actor, course_class)
    meeting = ClassMeeting(class_id=course_class.id)
    _fill(meeting, course_class, data)
    db.session.add(meeting)
    record(actor=actor, action="meeting.planned", subject=meeting, data=_known(meeting))
    return meeting


@dataclass(frozen=True, slots=True)
class Telling:
    """Where those who are told of a change find it: a lecturer the own week, a learner the own attendance.

    Learners are told only of half days from ``today`` on.
    """

    lecturers: str
    learners: str
    today: date


@operation
def edit_meeting(
    *, actor: Actor, course_class: CourseClass, meeting: ClassMeeting, data: MeetingData, telling: Telling
) -> None:
    """Correct or move a half day; the class is told of a move.

    A change of lecturer is an event of its own, and both lecturers are told.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Closed: the roll was called, so the half day stays where it is.
        Invalid: what is wrong with which field.
    """
    _keep(actor, course_class)
    db.session.refresh(
        meeting, with_for_update={"key_share": True, "of": ClassMeeting}
    )  # nobody calls its roll meanwhile
    before, lecturer_before, day_before = _known(meeting), meeting.lecturer_id, meeting.held_on
    if meeting.called_at is not None and (data.held_on, data.half) != (meeting.held_on, meeting.half):
        raise Closed(
            N_("Buổi này đã điểm danh nên không chuyển ngày được. Muốn chuyển, hãy hủy điểm danh trước.")
        )
    _fill(meeting, course_class, data)
    after = _known(meeting)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    lecturers = changed.pop("lecturer", None)
    if lecturers:
        names = {"from": lecturers[0], "to": lecturers[1]}
        record(actor=actor, action="meeting.lecturer_changed", subject=meeting, data=names)
        _tell_lecturers(meeting, course_class, lecturer_before, telling.lecturers)
    if changed:
        record(actor=actor, action="meeting.edited", subject=meeting, data=changed)
    if {"held_on", "half"} & set(changed) and max(day_before, meeting.held_on) >= telling.today:
        _tell_moved(meeting, course_class, day_before, telling.learners)


@operation
def delete_meeting(*, actor: Actor, course_class: CourseClass, meeting: ClassMeeting) -> None:
    """Strike a half day out of the timetable.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Closed: the roll was called.
    """
    _keep(actor, course_class)
    db.session.refresh(
        meeting, with_for_update={"key_share": True, "of": ClassMeeting}
    )  # nobody calls its roll meanwhile
    if meeting.called_at is not None:
        raise Closed(N_("Buổi này đã điểm danh nên không xóa được."))
    record(actor=actor, action="meeting.deleted", subject=course_class, data=_known(meeting))
    db.session.delete(meeting)


def proposal_for(course_class: CourseClass, wish: Wish) -> Proposal:
    """What filling would add to the class's timetable as it stands; two statements."""
    known, modules = queries.meetings(course_class), queries.modules_of(course_class)
    parts = still_wanted(
        [(module.id, module.periods) for module in modules],
        [(one.module_id, one.periods) for one in known],
    )
    if modules and not parts:
        return Proposal([], 0)
    return propose(wish, parts, {(one.held_on, one.half) for one in known})


@operation
def fill(*, actor: Actor, course_class: CourseClass, wish: Wish) -> int:
    """Add the half days that :func:`proposal_for` proposes; how many.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Invalid: the wish is impossible, or proposes nothing.
    """
    _keep(actor, course_class)
    problems = problems_of(course_class, wish)
    if problems:
        raise Invalid(fields=problems)
    rows = proposal_for(course_class, wish).rows
    if not rows:
        raise Invalid(N_("Không còn buổi nào để thêm: chương trình đã xếp đủ tiết, hoặc các buổi đã có cả."))
    db.session.add_all(
        ClassMeeting(
            class_id=course_class.id,
            held_on=row.held_on,
            half=row.half,
            periods=row.periods,
            module_id=row.module_id,
            room=row.room,
        )
        for row in rows
    )
    data = {"count": len(rows), "from": rows[0].held_on.isoformat(), "to": rows[-1].held_on.isoformat()}
    record(actor=actor, action="timetable.filled", subject=course_class, data=data)
    return len(rows)


def problems_of(course_class: CourseClass, wish: Wish) -> dict[str, Message | str]:
    """What is wrong with a wish, by field."""
    problems: dict[str, Message | str] = {}
    for name, day in (("first", wish.first), ("last", wish.last)):
        if not course_class.starts_on <= day <= course_class.ends_on:
            problems[name] = _outside(course_class)
    if wish.last < wish.first:
        problems["last"] = N_("Ngày cuối phải bằng hoặc sau ngày đầu.")
    if not 1 <= wish.periods <= MOST_PERIODS:
        problems["periods"] = Message(N_("Số tiết một buổi từ 1 đến %(most)s."), {"most": MOST_PERIODS})
    return problems


def _outside(course_class: CourseClass) -> Message:
    text = N_(
        "Ngày này ngoài thời gian của lớp (%(first)s đến %(last)s). Lớp kéo dài thì sửa ngày của lớp trước."
    )
    first, last = (f"{day:%d/%m/%Y}" for day in (course_class.starts_on, course_class.ends_on))
    return Message(text, {"first": first, "last": last})


def _keep(actor: Actor, course_class: CourseClass) -> None:
    """Recheck who may, and let one at a time plan this class."""
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    lock_class(course_class=course_class)


def _fill(meeting: ClassMeeting, course_class: CourseClass, data: MeetingData) -> None:
    problems: dict[str, Message | str] = {}
    if not course_class.starts_on <= data.held_on <= course_class.ends_on:
        problems["held_on"] = _outside(course_class)
    elif _is_taken(meeting, course_class, data):
        problems["half"] = N_("Lớp đã có buổi này. Hãy chọn ngày hoặc buổi khác.")
    if not 1 <= data.periods <= MOST_PERIODS:
        problems["periods"] = Message(N_("Số tiết một buổi từ 1 đến %(most)s."), {"most": MOST_PERIODS})
    if data.module is not None and data.module.programme_id != course_class.programme_id:
        problems["module"] = N_("Nội dung này của chương trình khác.")
    if problems:
        raise Invalid(fields=problems)
    meeting.held_on, meeting.half, meeting.periods = data.held_on, data.half, data.periods
    meeting.module, meeting.lecturer = data.module, data.lecturer
    meeting.module_id = data.module.id if data.module else None
    meeting.lecturer_id = data.lecturer.id if data.lecturer else None
    meeting.guest = clean_name(data.guest)[:TEXT_LENGTH]
    meeting.room = clean_name(data.room)[:TEXT_LENGTH]


def _is_taken(meeting: ClassMeeting, course_class: CourseClass, data: MeetingData) -> bool:
    found: Sequence[int] = db.session.scalars(
        sa.select(ClassMeeting.id).where(
            ClassMeeting.class_id == course_class.id,
            ClassMeeting.held_on == data.held_on,
            ClassMeeting.half == data.half,
        )
    ).all()
    return any(one != meeting.id for one in found)


def _known(meeting: ClassMeeting) -> dict[str, Any]:
    return {
        "held_on": meeting.held_on.isoformat(),
        "half": meeting.half.value,
        "periods": meeting.periods,
        "module": meeting.module.title if meeting.module else "",
        "lecturer": meeting.lecturer.full_name if meeting.lecturer else "",
        "guest": meeting.guest,
        "room": meeting.room,
    }


def _tell_lecturers(meeting: ClassMeeting, course_class: CourseClass, old: int | None, url: str) -> None:
    """Let who takes over and who is relieved know."""
    params = {"day": f"{meeting.held_on:%d/%m/%Y}", "title": course_class.title}
    once = f"lecturer:{meeting.public_id}:{meeting.held_on}:{meeting.half}:{meeting.lecturer_id}"
    for account_id, text in (
        (meeting.lecturer_id, N_("Được phân công dạy ngày %(day)s, %(title)s.")),
        (old, N_("Ngày %(day)s, %(title)s: đã có người dạy thay.")),
    ):
        if account_id is not None:
            notify(account_ids=[account_id], text=text, params=params, url=url, once=once)


def _tell_moved(meeting: ClassMeeting, course_class: CourseClass, before: date, url: str) -> None:
    """Let the class know that a half day isn't when it was."""
    days = {"before": f"{before:%d/%m/%Y}", "after": f"{meeting.held_on:%d/%m/%Y}"}
    if meeting.held_on == before:
        text = N_("%(title)s: buổi học ngày %(before)s đổi buổi trong ngày.")
    else:
        text = N_("%(title)s: buổi học ngày %(before)s chuyển sang ngày %(after)s.")
    notify(
        account_ids=queries.account_ids_of(course_class),
        text=text,
        params={"title": course_class.title, **days},
        url=url,
        once=f"moved:{meeting.public_id}:{before}:{meeting.held_on}:{meeting.half}",
    )
