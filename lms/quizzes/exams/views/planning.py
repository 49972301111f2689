"""The sessions of a class, and planning one."""

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
    course_class = kept_class(key)
    found = examinable(course_class, clock.now())
    wanted = request.args.get("assessment", "")
    chosen = next((one for one in found if one.public_id == wanted), found[0] if len(found) == 1 else None)
    form = SessionForm.proposing(chosen, formdata=None) if chosen is not None else None
    return render_template(
        "exams/new.html", course_class=course_class, assessments=found, assessment=chosen, form=form
    )


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
        exam = _opened(course_class, chosen, form)
        if exam is not None:
            flash(_("Đã mở ca thi: đã có số báo danh, phòng và chỗ ngồi."), "ok")
            return redirect(url_for("exams.show", exam_key=exam.public_id))
        course_class, found = kept_class(key), examinable(kept_class(key), clock.now())
    return render_template(
        "exams/new.html", course_class=course_class, assessments=found, assessment=chosen, form=form
    ), 422


def _opened(course_class: CourseClass, assessment: Assessment, form: SessionForm) -> ExamSession | None:
    try:
        return operations.open_session(
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
    except (Closed, Conflict) as error:
        db.session.rollback()
        form.form_errors.append(say(error.message))
    return None


@blueprint.route("/exams/<exam_key>/edit", access=KEEP)
def edit(exam_key: str) -> ResponseReturnValue:
    """The form with what is planned."""
    exam = kept_exam(exam_key)
    return _edit_page(exam, SessionForm.holding(exam, formdata=None), ReasonForm(formdata=None, prefix="off"))


def _edit_page(
    exam: ExamSession, form: SessionForm, reason: ReasonForm, status: int = 200
) -> ResponseReturnValue:
    return render_template(
        "exams/edit.html", exam=exam, course_class=exam.course_class, form=form, reason=reason, rules=rules
    ), status


@blueprint.route("/exams/<exam_key>/edit", access=KEEP, methods=["POST"])
def save(exam_key: str) -> ResponseReturnValue:
    """Change the plan."""
    exam = kept_exam(exam_key)
    form = SessionForm.holding(exam)
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
        except (Closed, Conflict) as error:
            db.session.rollback()
            form.form_errors.append(say(error.message))
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("exams.show", exam_key=exam_key))
    return _edit_page(kept_exam(exam_key), form, ReasonForm(formdata=None, prefix="off"), 422)


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
        return _edit_page(exam, SessionForm.holding(exam, formdata=None), reason, 422)
    class_key = exam.course_class.public_id
    operations.call_off(actor=require_actor(), exam=exam, reason=reason.reason.data or "")
    flash(_("Đã hủy ca thi. Giờ mở và giờ đóng của đề vẫn giữ như đã đặt."), "ok")
    return redirect(url_for("exams.index", key=class_key))
