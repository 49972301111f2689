"""Calling a roll, correcting it, and taking it back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_, Param
from lms.core.vietnamese import clean_name
from lms.courses.attendance import queries, rules
from lms.courses.attendance.limits import absence_limit
from lms.courses.attendance.models import Absence, ClassMeeting, Leave
from lms.courses.attendance.queries import RollRow
from lms.courses.attendance.standing import Verdict, verdict
from lms.notices.operations import notify_each

NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """An absence as it was tapped."""

    leave: Leave
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two rolls part: what is stored and what was sent; None stands for present."""

    key: str
    name: str
    stored: Leave | None
    sent: Leave | None


class RollConflict(Conflict):
    """Somebody else saved this roll since the page was opened; nothing of what was sent is stored yet."""

    default = N_("Buổi này vừa có người khác lưu điểm danh.")

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__()
        self.differences = differences


@operation
def call_roll(
    *, actor: Actor, meeting_key: str, marks: Mapping[str, Mark], base: int, today: date, url: str
) -> ClassMeeting:
    """Store who was absent, by public id of account; everybody else of the class was present.

    ``base`` is the revision that the page showed. The same roll sent again is no conflict, so that a sender who
    heard no answer may repeat it. Whoever withdrew keeps what was marked. Whom a mark brings near the limit or over it
    is told once of each, with ``url`` as where the own attendance stands.

    Raises:
        NotFound: no such half day, or it isn't the actor's to see.
        NotAllowed: not its day yet, or the time of the class monitor is over.
        RollConflict: somebody else saved another roll since ``base``.
    """
    meeting, rows = _locked(actor, meeting_key, today)
    stored = {row.key: Mark(row.leave, row.note) for row in rows if row.leave is not None}
    sent = {
        row.key: Mark(marks[row.key].leave, clean_name(marks[row.key].note)[:NOTE_LENGTH])
        for row in rows
        if row.key in marks
    }
    first = meeting.called_at is None
    if stored == sent and not first:
        return meeting
    if base != meeting.revision:
        raise RollConflict(differences(rows, {key: mark.leave for key, mark in sent.items()}))
    _store(meeting, rows, stored, sent)
    meeting.revision += 1
    if first:
        meeting.called_at, meeting.called_by_id = clock.now(), actor.id
    _note(actor, meeting, stored, sent, first=first)
    _warn(meeting, {row.enrolment_id for row in rows if row.key in sent and row.key not in stored}, url)
    return meeting


def _locked(actor: Actor, key: str, today: date) -> tuple[ClassMeeting, list[RollRow]]:
    """The half day and its roll, held so that one at a time saves it."""
    db.session.execute(
        sa.select(ClassMeeting.id).where(ClassMeeting.public_id == key).with_for_update(key_share=True)
    )
    meeting, keeps = queries.meeting_to_call(rules.kept_scope(actor), actor.id, key)
    if not rules.may_call(meeting, today, keeps=keeps):
        raise NotAllowed(why_not(meeting, today))
    return meeting, queries.roll_of(meeting)


def why_not(meeting: ClassMeeting, today: date) -> str:
    """Why a roll takes no marks now; a message id."""
    if not rules.has_come(meeting, today):
        return N_("Chưa đến ngày của buổi này nên chưa điểm danh được.")
    return N_("Lớp trưởng chỉ điểm danh buổi hôm nay và hôm qua. Cần sửa buổi cũ thì báo giáo vụ.")


def differences(rows: Sequence[RollRow], sent: Mapping[str, Leave | None]) -> list[Difference]:
    """Where what was sent parts from what ``rows`` hold."""
    return [
        Difference(row.key, row.name, row.leave, sent.get(row.key))
        for row in rows
        if row.leave != sent.get(row.key)
    ]


def _store(
    meeting: ClassMeeting, rows: Sequence[RollRow], stored: Mapping[str, Mark], sent: Mapping[str, Mark]
) -> None:
    ids = {row.key: row.enrolment_id for row in rows}
    changed = [key for key in {*stored, *sent} if stored.get(key) != sent.get(key)]
    gone = [ids[key] for key in changed if key in stored]
    if gone:
        db.session.execute(
            sa.delete(Absence).where(Absence.meeting_id == meeting.id, Absence.enrolment_id.in_(gone))
        )
    db.session.add_all(
        Absence(meeting_id=meeting.id, enrolment_id=ids[key], leave=sent[key].leave, note=sent[key].note)
        for key in changed
        if key in sent
    )


def _note(
    actor: Actor, meeting: ClassMeeting, stored: Mapping[str, Mark], sent: Mapping[str, Mark], *, first: bool
) -> None:
    if first:
        data: dict[str, object] = {"absent": {key: mark.leave.value for key, mark in sorted(sent.items())}}
    else:
        data = {
            "changed": {
                key: [_said(stored.get(key)), _said(sent.get(key))]
                for key in sorted({*stored, *sent})
                if stored.get(key) != sent.get(key)
            }
        }
    record(actor=actor, action="roll.called" if first else "roll.corrected", subject=meeting, data=data)


_WARNINGS = {
    Verdict.NEAR: N_("%(title)s: đã vắng %(missed)s/%(total)s tiết, nghỉ thêm một buổi là quá mức cho phép."),
    Verdict.OVER: N_("%(title)s: đã vắng %(missed)s/%(total)s tiết, quá mức cho phép."),
}


def _warn(meeting: ClassMeeting, marked: Collection[int], url: str) -> None:
    """Tell those of the enrolments that are near the limit, or over it; five statements at most."""
    if not marked:
        return
    db.session.flush()
    limit = absence_limit(meeting.class_id)
    found = queries.standings(meeting.course_class)
    verdicts = {one: verdict(found[one], limit, meeting.periods) for one in marked}
    accounts = queries.accounts_of([one for one in marked if verdicts[one] in _WARNINGS])
    for kind, text in _WARNINGS.items():
        told: dict[int, tuple[Mapping[str, Param], str]] = {
            account_id: (
                {
                    "title": meeting.course_class.title,
                    "missed": found[enrolment_id].missed,
                    "total": found[enrolment_id].total,
                },
                f"absence:{enrolment_id}:{kind}",
            )
            for enrolment_id, account_id in accounts.items()
            if verdicts[enrolment_id] is kind
        }
        notify_each(told=told, text=text, url=url)


def _said(mark: Mark | None) -> str:
    return "present" if mark is None else mark.leave.value


@operation
def cancel_roll(*, actor: Actor, meeting: ClassMeeting, reason: str) -> None:
    """Take a roll back that should not have been called (the half day was called off); its marks go.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: no roll was called.
        Invalid: the reason is empty.
    """
    if not rules.may_keep(actor, meeting.course_class.unit.path):
        raise NotAllowed
    words = clean_name(reason)[:NOTE_LENGTH]
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do.")})
    db.session.refresh(meeting, with_for_update={"key_share": True, "of": ClassMeeting})
    if meeting.called_at is None:
        raise Conflict(N_("Buổi này chưa điểm danh."))
    absent = {row.key: row.leave.value for row in queries.roll_of(meeting) if row.leave is not None}
    db.session.execute(sa.delete(Absence).where(Absence.meeting_id == meeting.id))
    meeting.called_at = meeting.called_by_id = None
    meeting.revision += 1
    record(actor=actor, action="roll.cancelled", subject=meeting, data={"reason": words, "absent": absent})
