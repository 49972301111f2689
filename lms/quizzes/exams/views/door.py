"""The door of the rooms, on a phone: cards are ticked, the unlisted wait for a word."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.accounts.queries import AccountFilter, account_in, accounts
from lms.core.actor import Role, Scope
from lms.core.db import db
from lms.core.errors import Conflict, Invalid
from lms.quizzes.exams import operations, rules, words
from lms.quizzes.exams.forms import ReasonForm, UnlistedForm
from lms.quizzes.exams.models import Candidate, ExamRoom, ExamSession
from lms.quizzes.exams.queries.candidates import candidate_in, candidates
from lms.quizzes.exams.queries.minutes import unit_name
from lms.quizzes.exams.views.blueprint import KEEP, READ, blueprint, kept_exam, read_exam, telling
from lms.web.answers import wants_json
from lms.web.forms import mark_fields
from lms.web.guard import require_actor
from lms.web.i18n import say

SHORTEST_SEARCH = 2
SHOWN = 12


@blueprint.route("/exams/<exam_key>/door", access=READ)
def door(exam_key: str) -> ResponseReturnValue:
    """The list of a room, or of all, in the order of the numbers; ``q`` finds a name or a number."""
    exam = read_exam(exam_key)
    room = _room(exam)
    wanted = request.args.get("q", "").strip()
    return render_template(
        "exams/door.html",
        exam=exam,
        course_class=exam.course_class,
        room=room,
        wanted=wanted,
        people=[
            one
            for one in candidates(exam.id, room_id=room.id if room else None, text=wanted)
            if one.number is not None
        ],
        rules=rules,
        words=words,
        unit_name=unit_name,
    )


def _room(exam: ExamSession) -> ExamRoom | None:
    wanted = request.values.get("room", 0, type=int)
    return next((room for room in exam.rooms if room.position == wanted), None)


@blueprint.route("/exams/<exam_key>/candidates/<candidate_key>/card", access=READ, methods=["POST"])
def check(exam_key: str, candidate_key: str) -> ResponseReturnValue:
    """Tick a card; a script gets the row's new state, a browser without one the list again."""
    exam = read_exam(exam_key)
    candidate = operations.check_card(actor=require_actor(), exam=exam, key=candidate_key)
    if wants_json():
        return {"checked": True, "number": candidate.number}
    room, wanted = request.form.get("room") or None, request.form.get("q") or None
    url = url_for("exams.door", exam_key=exam_key, room=room, q=wanted, _anchor=f"c-{candidate_key}")
    return redirect(url, 303)


@blueprint.route("/exams/<exam_key>/candidates/<candidate_key>", access=READ)
def candidate(exam_key: str, candidate_key: str) -> ResponseReturnValue:
    """One candidate: what is known, and what needs a word."""
    exam = read_exam(exam_key)
    return _candidate_page(exam, candidate_in(exam, candidate_key), ReasonForm(formdata=None))


def _candidate_page(
    exam: ExamSession, one: Candidate, form: ReasonForm, status: int = 200
) -> ResponseReturnValue:
    return render_template(
        "exams/candidate.html",
        exam=exam,
        course_class=exam.course_class,
        candidate=one,
        form=form,
        rules=rules,
        words=words,
        unit_name=unit_name,
        may_keep=rules.may_keep(require_actor(), exam.course_class.unit.path),
    ), status


@blueprint.route("/exams/<exam_key>/candidates/<candidate_key>/card/undo", access=READ, methods=["POST"])
def uncheck(exam_key: str, candidate_key: str) -> ResponseReturnValue:
    """Take a tick back."""
    exam = read_exam(exam_key)
    one = candidate_in(exam, candidate_key)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _candidate_page(exam, one, form, 422)
    operations.uncheck_card(
        actor=require_actor(), exam=exam, key=candidate_key, reason=form.reason.data or ""
    )
    flash(_("Đã bỏ đánh dấu giấy tờ."), "ok")
    return redirect(url_for("exams.door", exam_key=exam_key))


@blueprint.route("/exams/<exam_key>/candidates/<candidate_key>/admit", access=KEEP, methods=["POST"])
def admit(exam_key: str, candidate_key: str) -> ResponseReturnValue:
    """Let somebody sit, with a reason."""
    exam = kept_exam(exam_key)
    one = candidate_in(exam, candidate_key)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            admitted = operations.admit(
                actor=require_actor(),
                exam=exam,
                key=candidate_key,
                reason=form.reason.data or "",
                telling=telling(exam.assessment),
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        except Conflict as error:
            db.session.rollback()
            form.form_errors.append(say(error.message))
        else:
            flash(_("Đã cho vào thi: số báo danh %(number)s.", number=admitted.number), "ok")
            return redirect(url_for("exams.show", exam_key=exam_key))
        exam = kept_exam(exam_key)
        one = candidate_in(exam, candidate_key)
    return _candidate_page(exam, one, form, 422)


@blueprint.route("/exams/<exam_key>/candidates/<candidate_key>/refuse", access=KEEP, methods=["POST"])
def refuse(exam_key: str, candidate_key: str) -> ResponseReturnValue:
    """Send somebody away, with a reason."""
    exam = kept_exam(exam_key)
    one = candidate_in(exam, candidate_key)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _candidate_page(exam, one, form, 422)
    operations.refuse(actor=require_actor(), exam=exam, key=candidate_key, reason=form.reason.data or "")
    flash(_("Đã ghi: không được vào thi."), "ok")
    return redirect(url_for("exams.show", exam_key=exam_key))


@blueprint.route("/exams/<exam_key>/unlisted", access=READ)
def unlisted(exam_key: str) -> ResponseReturnValue:
    """Find the account of somebody who is not on the list."""
    exam = read_exam(exam_key)
    wanted = request.args.get("q", "").strip()
    found = (
        accounts(_learners(exam), AccountFilter(text=wanted, role=Role.LEARNER)) if _enough(wanted) else None
    )
    return render_template(
        "exams/unlisted.html",
        exam=exam,
        course_class=exam.course_class,
        wanted=wanted,
        enough=_enough(wanted),
        listed={one.account_id: one for one in candidates(exam.id) if rules.is_listed(one)} if found else {},
        found=found.items[:SHOWN] if found is not None else [],
        more=max(0, found.total - SHOWN) if found is not None else 0,
    )


def _enough(wanted: str) -> bool:
    return len(wanted) >= SHORTEST_SEARCH


def _learners(exam: ExamSession) -> Scope:
    return Scope((exam.course_class.unit.path,))


@blueprint.route("/exams/<exam_key>/unlisted", access=READ, methods=["POST"])
def note_unlisted(exam_key: str) -> ResponseReturnValue:
    """Let the person wait for a word."""
    exam = read_exam(exam_key)
    form = UnlistedForm()
    if not form.validate_on_submit():
        return redirect(url_for("exams.unlisted", exam_key=exam_key))
    account = account_in(_learners(exam), form.account.data)
    try:
        operations.note_unlisted(actor=require_actor(), exam=exam, account=account)
    except Conflict as error:
        db.session.rollback()
        flash(say(error.message), "warn")
        return redirect(url_for("exams.unlisted", exam_key=exam_key))
    flash(_("Đã ghi. Chờ giáo vụ hoặc lãnh đạo đồng ý."), "ok")
    return redirect(url_for("exams.show", exam_key=exam_key))
