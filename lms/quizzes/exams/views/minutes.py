"""The minutes: prefilled, written, locked, corrected."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import Invalid
from lms.quizzes.exams import operations, rules, words
from lms.quizzes.exams.forms import CorrectionForm, MinutesForm
from lms.quizzes.exams.models import ExamSession, ExamState
from lms.quizzes.exams.queries import minutes as queries
from lms.quizzes.exams.views.blueprint import KEEP, READ, blueprint, kept_exam, read_exam
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


@blueprint.route("/exams/<exam_key>/minutes", access=READ)
def minutes(exam_key: str) -> ResponseReturnValue:
    """What the minutes say."""
    exam = read_exam(exam_key)
    return _page(exam, _form_of(exam)(formdata=None, **queries.texts(exam)))


def _form_of(exam: ExamSession) -> type[MinutesForm]:
    return CorrectionForm if exam.state is ExamState.MINUTED else MinutesForm


def _page(exam: ExamSession, form: MinutesForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "exams/minutes.html",
        exam=exam,
        course_class=exam.course_class,
        form=form,
        facts=queries.facts(exam),
        texts=queries.texts(exam),
        corrections=queries.corrections(exam),
        moment=datetime.fromisoformat,
        words=words,
        may_keep=rules.may_keep(require_actor(), exam.course_class.unit.path),
    ), status


@blueprint.route("/exams/<exam_key>/minutes", access=KEEP, methods=["POST"])
def save_minutes(exam_key: str) -> ResponseReturnValue:
    """Keep what was written, or correct locked minutes with a reason."""
    exam = kept_exam(exam_key)
    form = _form_of(exam)()
    if form.validate_on_submit():
        actor = require_actor()
        try:
            if isinstance(form, CorrectionForm):
                operations.correct_minutes(
                    actor=actor, exam=exam, written=form.written(), reason=form.reason.data or ""
                )
            else:
                operations.save_minutes(actor=actor, exam=exam, written=form.written())
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu biên bản."), "ok")
            return redirect(url_for("exams.minutes", exam_key=exam_key))
    return _page(kept_exam(exam_key), form, 422)


@blueprint.route("/exams/<exam_key>/minutes/lock", access=KEEP, methods=["POST"])
def lock_minutes(exam_key: str) -> ResponseReturnValue:
    """Lock the minutes."""
    operations.lock_minutes(actor=require_actor(), exam=kept_exam(exam_key))
    flash(_("Đã chốt biên bản. In ra để ký."), "ok")
    return redirect(url_for("exams.minutes", exam_key=exam_key))
