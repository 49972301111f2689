"""Calling the roll: one page for the monitor's phone and for the staff's desk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.audit.models import AuditEvent
from lms.audit.queries import trail
from lms.core.db import db
from lms.core.errors import Invalid
from lms.courses.attendance import operations, queries, rules, words
from lms.courses.attendance.forms import CancelForm
from lms.courses.attendance.models import ClassMeeting, Leave
from lms.courses.attendance.operations import Difference, Mark, RollConflict
from lms.courses.attendance.operations.rolls import why_not
from lms.courses.attendance.queries import RollRow
from lms.courses.attendance.views import KEEPERS, half_day, kept, roll_pages
from lms.courses.attendance.views import today as today_
from lms.web.answers import wants_json
from lms.web.forms import mark_fields
from lms.web.guard import SIGNED_IN, require_actor
from lms.web.i18n import say

OWN_ACTIONS = {"roll.called", "roll.corrected", "roll.cancelled"}


@roll_pages.route("/rolls/<meeting_key>", access=SIGNED_IN)
def roll(meeting_key: str) -> ResponseReturnValue:
    """Everybody of the class, present until tapped."""
    return _page(meeting_key)


def _page(
    meeting_key: str,
    *,
    sent: dict[str, Mark] | None = None,
    differences: Sequence[Difference] = (),
    cancel: CancelForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    actor = require_actor()
    meeting, keeps = queries.meeting_to_call(rules.kept_scope(actor), actor.id, meeting_key)
    stored = queries.roll_of(meeting)
    today = today_()
    may_call = rules.may_call(meeting, today, keeps=keeps)
    rows = stored if sent is None else [_as_sent(row, sent) for row in stored]
    return render_template(
        "attendance/roll.html",
        layout="layouts/staff.html" if keeps else "layouts/learner.html",
        meeting=meeting,
        course_class=meeting.course_class,
        when=half_day(meeting.held_on, meeting.half),
        rows=rows,
        counts={leave.value: sum(1 for row in rows if row.leave is leave) for leave in Leave},
        keeps=keeps,
        may_call=may_call,
        why_not="" if may_call else why_not(meeting, today),
        differences=differences,
        trail=_trail(meeting, stored) if keeps else [],
        cancel=cancel or CancelForm(formdata=None, prefix="cancel"),
        leaves=words.LEAVES,
        present=words.PRESENT,
    ), status


def _as_sent(row: RollRow, sent: dict[str, Mark]) -> RollRow:
    mark = sent.get(row.key)
    return replace(row, leave=mark.leave if mark else None, note=mark.note if mark else "")


def _trail(meeting: ClassMeeting, rows: Sequence[RollRow]) -> list[dict[str, object]]:
    """Who called and corrected the roll, the latest first."""
    names = {row.key: row.name for row in rows}
    return [
        _entry(event, names) for event in trail("class_meeting", meeting.id) if event.action in OWN_ACTIONS
    ]


def _entry(event: AuditEvent, names: dict[str, str]) -> dict[str, object]:
    unknown = _("người đã rời lớp")
    lines = [
        f"{names.get(key, unknown)}: {_state(leave)}" for key, leave in event.data.get("absent", {}).items()
    ]
    lines += [
        f"{names.get(key, unknown)}: {_state(before)} → {_state(after)}"
        for key, (before, after) in event.data.get("changed", {}).items()
    ]
    what = {
        "roll.called": _("Điểm danh"),
        "roll.corrected": _("Sửa"),
        "roll.cancelled": _("Hủy điểm danh"),
    }[event.action]
    at: datetime = event.at
    return {
        "who": event.actor_name,
        "at": at,
        "what": what,
        "lines": lines,
        "reason": event.data.get("reason", ""),
    }


def _state(value: str) -> str:
    return say(words.LEAVES[Leave(value)] if value in set(Leave) else words.PRESENT)


def marks_of(form: dict[str, str]) -> dict[str, Mark]:
    """The marks in a posted roll; what is no kind of absence counts as present."""
    return {
        name.removeprefix("roll-"): Mark(Leave(value), form.get(f"note-{name.removeprefix('roll-')}", ""))
        for name, value in form.items()
        if name.startswith("roll-") and value in set(Leave)
    }


@roll_pages.route("/rolls/<meeting_key>", access=SIGNED_IN, methods=["POST"])
def save_roll(meeting_key: str) -> ResponseReturnValue:
    """Store the roll; a conflict shows what somebody else stored beside what was sent."""
    actor = require_actor()
    sent = marks_of(request.form.to_dict())
    try:
        meeting = operations.call_roll(
            actor=actor,
            meeting_key=meeting_key,
            marks=sent,
            base=request.form.get("revision", 0, type=int),
            today=today_(),
            url=url_for("attendance.mine"),
        )
    except RollConflict as conflict:
        if wants_json():
            raise
        db.session.rollback()
        return _page(meeting_key, sent=sent, differences=conflict.differences, status=409)
    if sent:
        text = ngettext(
            "Đã lưu điểm danh: vắng %(num)s người.", "Đã lưu điểm danh: vắng %(num)s người.", len(sent)
        )
    else:
        text = _("Đã lưu điểm danh: cả lớp có mặt.")
    flash(text, "ok")
    url = url_for("attendance.roll", meeting_key=meeting.public_id)
    return {"saved": True, "url": url} if wants_json() else redirect(url)


@roll_pages.route("/classes/<key>/rolls/<meeting_key>/cancel", access=KEEPERS, methods=["POST"])
def cancel_roll(key: str, meeting_key: str) -> ResponseReturnValue:
    """Take back a roll that should not have been called."""
    course_class = kept(key)
    meeting = queries.meeting_in(course_class, meeting_key)
    form = CancelForm(prefix="cancel")
    if form.validate():
        try:
            operations.cancel_roll(actor=require_actor(), meeting=meeting, reason=form.reason.data)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã hủy điểm danh của buổi này."), "ok")
            return redirect(url_for("attendance.roll", meeting_key=meeting_key))
    return _page(meeting_key, cancel=form, status=422)
