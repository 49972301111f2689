"""The timetable of a class."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.auth.accounts.models import Account
from lms.core.db import db
from lms.core.errors import Invalid
from lms.courses.attendance import operations, queries, rules, words
from lms.courses.attendance.forms import FillForm, MeetingForm
from lms.courses.attendance.models import ClassMeeting
from lms.courses.attendance.operations import Telling
from lms.courses.attendance.operations.timetable import problems_of
from lms.courses.attendance.views import KEEPERS, READERS, clash_words, kept, seen, timetable_pages
from lms.courses.attendance.views import today as today_
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


@timetable_pages.route("/classes/<key>/timetable", access=READERS)
def index(key: str) -> ResponseReturnValue:
    """The half days in order, each with what stands in its way."""
    course_class = seen(key)
    rows = queries.meetings(course_class)
    return render_template(
        "attendance/timetable.html",
        course_class=course_class,
        rows=rows,
        clashes=queries.clashes(course_class, rows),
        periods=sum(row.periods for row in rows),
        wanted=sum(module.periods for module in queries.modules_of(course_class)),
        may_keep=rules.may_keep(require_actor(), course_class.unit.path),
        halves=words.HALVES,
        today=today_(),
    )


def _choices(
    course_class: CourseClass, meeting: ClassMeeting | None
) -> tuple[Sequence[Module], Sequence[Account]]:
    """Modules and lecturers to choose from; who teaches the half day already stays among them."""
    lecturers = list(queries.lecturers_of(course_class.unit))
    if meeting is not None and meeting.lecturer is not None and meeting.lecturer not in lecturers:
        lecturers.append(meeting.lecturer)
    return queries.modules_of(course_class), lecturers


def _say_saved(course_class: CourseClass, meeting: ClassMeeting) -> None:
    found = queries.clashes(course_class, [meeting]).get((meeting.held_on, meeting.half), [])
    if found:
        flash(_("Đã lưu, nhưng: %(clashes)s.", clashes="; ".join(map(clash_words, found))), "warn")
    else:
        flash(_("Đã lưu."), "ok")


@timetable_pages.route("/classes/<key>/timetable/new", access=KEEPERS)
def new(key: str) -> ResponseReturnValue:
    """The form for one more half day."""
    course_class = kept(key)
    form = MeetingForm.offering(course_class, *_choices(course_class, None))
    return render_template("attendance/meeting.html", course_class=course_class, form=form, meeting=None)


@timetable_pages.route("/classes/<key>/timetable/new", access=KEEPERS, methods=["POST"])
def add(key: str) -> ResponseReturnValue:
    """Plan one more half day."""
    course_class = kept(key)
    modules, lecturers = _choices(course_class, None)
    form = MeetingForm.offering(course_class, modules, lecturers)
    if form.validate():
        data = form.meeting_data(modules, lecturers)
        try:
            made = operations.add_meeting(actor=require_actor(), course_class=course_class, data=data)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            _say_saved(course_class, made)
            return redirect(url_for("timetable.index", key=key))
    return render_template("attendance/meeting.html", course_class=kept(key), form=form, meeting=None), 422


@timetable_pages.route("/classes/<key>/timetable/<meeting_key>/edit", access=KEEPERS)
def edit(key: str, meeting_key: str) -> ResponseReturnValue:
    """The form with what is stored."""
    course_class = kept(key)
    meeting = queries.meeting_in(course_class, meeting_key)
    form = MeetingForm.offering(course_class, *_choices(course_class, meeting), meeting)
    return render_template("attendance/meeting.html", course_class=course_class, form=form, meeting=meeting)


@timetable_pages.route("/classes/<key>/timetable/<meeting_key>/edit", access=KEEPERS, methods=["POST"])
def save(key: str, meeting_key: str) -> ResponseReturnValue:
    """Correct or move a half day, or let another lecturer take over."""
    course_class = kept(key)
    meeting = queries.meeting_in(course_class, meeting_key)
    modules, lecturers = _choices(course_class, meeting)
    form = MeetingForm.offering(course_class, modules, lecturers, meeting)
    if form.validate():
        try:
            operations.edit_meeting(
                actor=require_actor(),
                course_class=course_class,
                meeting=meeting,
                data=form.meeting_data(modules, lecturers),
                telling=Telling(
                    lecturers=url_for("timetable.my_week", day=form.held_on.data.isoformat()),
                    learners=url_for("attendance.mine_in", key=key),
                    today=today_(),
                ),
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            _say_saved(course_class, meeting)
            return redirect(url_for("timetable.index", key=key))
    course_class = kept(key)
    meeting = queries.meeting_in(course_class, meeting_key)
    return render_template(
        "attendance/meeting.html", course_class=course_class, form=form, meeting=meeting
    ), 422


@timetable_pages.route("/classes/<key>/timetable/<meeting_key>/delete", access=KEEPERS, methods=["POST"])
def delete(key: str, meeting_key: str) -> ResponseReturnValue:
    """Strike a half day out."""
    course_class = kept(key)
    meeting = queries.meeting_in(course_class, meeting_key)
    operations.delete_meeting(actor=require_actor(), course_class=course_class, meeting=meeting)
    flash(_("Đã xóa buổi học khỏi thời khóa biểu."), "ok")
    return redirect(url_for("timetable.index", key=key))


@timetable_pages.route("/classes/<key>/timetable/fill", access=KEEPERS)
def fill_page(key: str) -> ResponseReturnValue:
    """Ask which half days to fill and show, before anything is added, what that gives."""
    course_class = kept(key)
    form = FillForm.offering(course_class, request.args)
    if not request.args or not form.validate():
        return _fill_page(course_class, form)
    problems = problems_of(course_class, form.wish())
    if problems:
        mark_fields(form, Invalid(fields=problems))
        return _fill_page(course_class, form)
    return _fill_page(course_class, form, proposed=True)


def _fill_page(course_class: CourseClass, form: FillForm, *, proposed: bool = False) -> str:
    proposal = operations.proposal_for(course_class, form.wish()) if proposed else None
    return render_template(
        "attendance/fill.html",
        course_class=course_class,
        form=form,
        proposal=proposal,
        clashes=queries.clashes(course_class, proposal.rows) if proposal else {},
        modules={module.id: module for module in queries.modules_of(course_class)},
        halves=words.HALVES,
    )


@timetable_pages.route("/classes/<key>/timetable/fill", access=KEEPERS, methods=["POST"])
def fill(key: str) -> ResponseReturnValue:
    """Add what was proposed."""
    course_class = kept(key)
    form = FillForm.offering(course_class, request.form)
    if form.validate():
        try:
            count = operations.fill(actor=require_actor(), course_class=course_class, wish=form.wish())
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(ngettext("Đã thêm %(num)s buổi học.", "Đã thêm %(num)s buổi học.", count), "ok")
            return redirect(url_for("timetable.index", key=key))
    return _fill_page(kept(key), form), 422
