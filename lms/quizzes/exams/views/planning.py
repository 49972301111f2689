"""The sessions of a class, and planning one."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Closed, Conflict, Invalid
from lms.courses.classes.models import CourseClass
from lms.quizzes.exams import operations, rules, words
from lms.quizzes.exams.forms import ReasonForm, SessionForm
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.operations import Clashing
from lms.quizzes.exams.queries.candidates import candidates, seats_needed
from lms.quizzes.exams.queries.clashes import Clash, clashes_of
from lms.quizzes.exams.queries.sessions import examinable, sessions_of
from lms.quizzes.exams.views.blueprint import (
    KEEP,
    READ,
    blueprint,
    kept_class,
    kept_exam,
    read_class,
    telling,
)
from lms.quizzes.papers.models import Assessment
from lms.web.forms import mark_fields
from lms.web.guard import require_actor
from lms.web.i18n import say


@blueprint.route("/classes/<key>/exams", access=READ)
def index(key: str) -> ResponseReturnValue:
    """The sessions of a class."""
    course_class = read_class(key)
    return render_template(
        "exams/index.html",
        course_class=course_class,
        sessions=sessions_of(course_class),
        words=words,
        may_keep=rules.may_keep(require_actor(), course_class.unit.path),
    )


@blueprint.route("/classes/<key>/exams/new", access=KEEP)
def new(key: str) -> ResponseReturnValue:
    """Choose the assessment where there are several, then the form with its window proposed."""
    return _new_page(kept_class(key), request.args.get("assessment", ""))


def _new_page(
    course_class: CourseClass,
    wanted: str,
    form: SessionForm | None = None,
    clashes: Sequence[Clash] = (),
    status: int = 200,
) -> ResponseReturnValue:
    found = examinable(course_class, clock.now())
    chosen = next((one for one in found if one.public_id == wanted), found[0] if len(found) == 1 else None)
    if form is None and chosen is not None:
        form = SessionForm.proposing(chosen, formdata=None)
    return render_template(
        "exams/new.html",
        course_class=course_class,
        assessments=found,
        assessment=chosen,
        form=form,
        clashes=clashes,
        people=seats_needed(course_class, chosen) if chosen is not None else 0,
    ), status


@blueprint.route("/classes/<key>/exams/new", access=KEEP, methods=["POST"])
def create(key: str) -> ResponseReturnValue:
    """List, number and seat everybody."""
    course_class = kept_class(key)
    found = examinable(course_class, clock.now())
    chosen = next((one for one in found if one.public_id == request.args.get("assessment", "")), None)
    form = SessionForm()
    if chosen is None:
        flash(_("Chọn đề thi trước, rồi mở ca thi."), "warn")
        return redirect(url_for("exams.new", key=key))
    if form.validate_on_submit():
        exam, clashes = _opened(course_class, chosen, form)
        if exam is not None:
            flash(_("Đã mở ca thi: đã có số báo danh, phòng và chỗ ngồi."), "ok")
            return redirect(url_for("exams.show", exam_key=exam.public_id))
        return _new_page(kept_class(key), chosen.public_id, form, clashes, 422)
    return _new_page(course_class, chosen.public_id, form, (), 422)


def _opened(
    course_class: CourseClass, assessment: Assessment, form: SessionForm
) -> tuple[ExamSession | None, Sequence[Clash]]:
    clashes: Sequence[Clash] = ()
    try:
        opened = operations.open_session(
            actor=require_actor(),
            course_class=course_class,
            assessment=assessment,
            data=form.session_data(),
            prefix=form.prefix.data or "",
            first_number=form.first_number.data,
            telling=telling(assessment),
        )
    except Invalid as error:
        db.session.rollback()
        mark_fields(form, error)
        clashes = error.found if isinstance(error, Clashing) else ()
    except (Closed, Conflict) as error:
        db.session.rollback()
        form.form_errors.append(say(error.message))
    else:
        return opened, ()
    return None, clashes


@blueprint.route("/exams/<exam_key>/edit", access=KEEP)
def edit(exam_key: str) -> ResponseReturnValue:
    """The form with what is planned."""
    exam = kept_exam(exam_key)
    clashes = clashes_of(exam, candidates(exam.id))
    form = SessionForm.holding(exam, formdata=None, despite=bool(clashes))
    return _edit_page(exam, form, ReasonForm(formdata=None, prefix="off"), clashes)


def _edit_page(
    exam: ExamSession,
    form: SessionForm,
    reason: ReasonForm,
    clashes: Sequence[Clash] = (),
    status: int = 200,
) -> ResponseReturnValue:
    return render_template(
        "exams/edit.html",
        exam=exam,
        course_class=exam.course_class,
        form=form,
        reason=reason,
        rules=rules,
        clashes=clashes,
    ), status


@blueprint.route("/exams/<exam_key>/edit", access=KEEP, methods=["POST"])
def save(exam_key: str) -> ResponseReturnValue:
    """Change the plan."""
    exam = kept_exam(exam_key)
    form = SessionForm.holding(exam)
    clashes: Sequence[Clash] = ()
    if form.validate_on_submit():
        try:
            operations.edit_session(
                actor=require_actor(),
                exam=exam,
                data=form.session_data(exam),
                telling=telling(exam.assessment),
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
            clashes = error.found if isinstance(error, Clashing) else ()
        except (Closed, Conflict) as error:
            db.session.rollback()
            form.form_errors.append(say(error.message))
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("exams.show", exam_key=exam_key))
    return _edit_page(kept_exam(exam_key), form, ReasonForm(formdata=None, prefix="off"), clashes, 422)


@blueprint.route("/exams/<exam_key>/renew", access=KEEP, methods=["POST"])
def renew(exam_key: str) -> ResponseReturnValue:
    """Add who was enrolled since; before the start, read the attendance anew."""
    exam = kept_exam(exam_key)
    came, went = operations.renew_list(actor=require_actor(), exam=exam, telling=telling(exam.assessment))
    flash(_("Đã cập nhật danh sách: thêm %(came)s người, bớt %(went)s người.", came=came, went=went), "ok")
    return redirect(url_for("exams.show", exam_key=exam_key))


@blueprint.route("/exams/<exam_key>/call-off", access=KEEP, methods=["POST"])
def call_off(exam_key: str) -> ResponseReturnValue:
    """Take the session back."""
    exam = kept_exam(exam_key)
    reason = ReasonForm(prefix="off")
    if not reason.validate_on_submit():
        return _edit_page(exam, SessionForm.holding(exam, formdata=None), reason, status=422)
    class_key = exam.course_class.public_id
    operations.call_off(actor=require_actor(), exam=exam, reason=reason.reason.data or "")
    flash(_("Đã hủy ca thi. Giờ mở và giờ đóng của đề vẫn giữ như đã đặt."), "ok")
    return redirect(url_for("exams.index", key=class_key))
