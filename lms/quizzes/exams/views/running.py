"""The page of a session: figures, people, incidents, and the next thing to do."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Invalid
from lms.quizzes.exams import operations, rules, words
from lms.quizzes.exams.forms import IncidentForm
from lms.quizzes.exams.models import Admission, ExamSession
from lms.quizzes.exams.queries.changes import changes
from lms.quizzes.exams.queries.clashes import clashes_of
from lms.quizzes.exams.queries.minutes import unit_name
from lms.quizzes.exams.queries.progress import Sitter, counts, incidents, sitters
from lms.quizzes.exams.views.blueprint import KEEP, READ, blueprint, hours, kept_exam, read_exam
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


@blueprint.route("/exams/<exam_key>", access=READ)
def show(exam_key: str) -> ResponseReturnValue:
    """One session with all that can be done with it."""
    return _page(read_exam(exam_key))


def _page(exam: ExamSession, form: IncidentForm | None = None, status: int = 200) -> ResponseReturnValue:
    people = sitters(exam)
    unit_path = exam.course_class.unit.path
    if form is None:
        form = IncidentForm(formdata=None, prefix="note")
    form.candidate.choices = _choices(people)
    found = counts(people)
    listed = [one.candidate for one in people]
    live = rules.takes_people(exam)
    return render_template(
        "exams/show.html",
        exam=exam,
        course_class=exam.course_class,
        sitters=people,
        waiting=[one for one in people if one.candidate.admission is Admission.WAITING],
        counts=found,
        incidents=incidents(exam),
        changes=changes(exam, listed) if live else None,
        clashes=clashes_of(exam, listed) if live else (),
        hours=hours(exam),
        form=form,
        words=words,
        rules=rules,
        unit_name=unit_name,
        may_keep=rules.may_keep(require_actor(), unit_path),
        may_end=not found.writing and (exam.ends_at <= clock.now() or found.all_in),
        learner_url=url_for("delivery.assessment", assessment_id=exam.assessment.public_id, _external=True),
    ), status


def _choices(people: list[Sitter]) -> list[tuple[str, str]]:
    listed = [
        (one.public_id, f"{one.candidate.number or '–'} · {one.candidate.account.full_name}")
        for one in people
    ]
    return [("", _("– cả phòng thi –")), *listed]


@blueprint.route("/exams/<exam_key>/start", access=KEEP, methods=["POST"])
def start(exam_key: str) -> ResponseReturnValue:
    """Open the door."""
    operations.start_session(actor=require_actor(), exam=kept_exam(exam_key))
    flash(_("Ca thi đã bắt đầu. Đối chiếu giấy tờ ở cửa phòng."), "ok")
    return redirect(url_for("exams.show", exam_key=exam_key))


@blueprint.route("/exams/<exam_key>/end", access=KEEP)
def ending(exam_key: str) -> ResponseReturnValue:
    """Who still writes and who has not come, before the session is closed."""
    exam = kept_exam(exam_key)
    seated = [one for one in sitters(exam) if one.has_seat]
    return render_template(
        "exams/ending.html",
        exam=exam,
        course_class=exam.course_class,
        writing=[one for one in seated if one.is_writing],
        idle=[one for one in seated if one.is_present and one.attempt is None],
        absent=[one for one in seated if not one.is_present],
        early=clock.now() < exam.ends_at,
    )


@blueprint.route("/exams/<exam_key>/end", access=KEEP, methods=["POST"])
def end(exam_key: str) -> ResponseReturnValue:
    """Close the session, before its time where that was asked."""
    early = request.form.get("early") == "1"
    operations.end_session(actor=require_actor(), exam=kept_exam(exam_key), early=early)
    flash(_("Ca thi đã kết thúc. Xem lại rồi chốt biên bản."), "ok")
    return redirect(url_for("exams.minutes", exam_key=exam_key))


@blueprint.route("/exams/<exam_key>/incidents", access=READ, methods=["POST"])
def note(exam_key: str) -> ResponseReturnValue:
    """Note what happened."""
    exam = read_exam(exam_key)
    form = IncidentForm(prefix="note")
    form.candidate.choices = _choices(sitters(exam))
    if form.validate_on_submit():
        try:
            operations.note_incident(
                actor=require_actor(),
                exam=exam,
                text=form.text.data or "",
                candidate_key=form.candidate.data or "",
                at=form.at.moment(),
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã ghi sự việc."), "ok")
            return redirect(url_for("exams.show", exam_key=exam_key))
    return _page(read_exam(exam_key), form, 422)
