"""*In bìa bài*, and photographing what was written by hand."""

import io
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import centre_above
from lms.core.errors import Invalid
from lms.core.file_names import safe_name
from lms.core.messages import N_
from lms.quizzes.grading import operations, queries, rules
from lms.quizzes.grading.covers import covers_pdf
from lms.quizzes.grading.models import EssayTask, Submission, SubmissionState
from lms.quizzes.grading.views.blueprint import RUN, blueprint, max_bytes, must, open_cover, open_task
from lms.web.guard import require_actor
from lms.web.i18n import say

PDF = "application/pdf"


def _cover_address(key: str) -> str:
    return url_for("essays.cover", cover=key, _external=True)


@blueprint.route("/essays/<key>/covers", access=RUN, methods=["POST"])
def covers(key: str) -> ResponseReturnValue:
    """The covers of everybody in the class, as one PDF."""
    actor, task = open_task(key)
    made = {one.id for one in operations.make_covers(actor=actor, task=task)}
    people = [one for one in queries.people(task) if one.submission and one.submission.id in made]
    if not people:
        raise Invalid(N_("Lớp chưa có học viên nào, nên chưa có bìa để in."))
    centre = (centre_above(task.course_class.unit.path) or task.course_class.unit).name
    data = covers_pdf(task, people, centre=centre, address=_cover_address, say=say)
    name = safe_name(_("Bìa bài %(code)s.pdf", code=task.course_class.code))
    return send_file(io.BytesIO(data), PDF, as_attachment=True, download_name=name)


@blueprint.route("/essays/<key>/photos", access=RUN)
def photographs(key: str) -> ResponseReturnValue:
    """Begin: the first photograph is a cover, or a candidate is chosen from the list."""
    actor, task = open_task(key)
    must(rules.may_run(actor, task) and task.handwritten)
    return _sequence_page(task, None)


@blueprint.route("/essays/cover/<cover>", access=RUN)
def cover(cover: str) -> ResponseReturnValue:
    """Where the QR of a cover leads: this candidate's pages, and room for more."""
    submission = open_cover(cover)
    return _sequence_page(submission.task, submission)


def _sequence_page(task: EssayTask, submission: Submission | None) -> str:
    people = [
        one
        for one in queries.people(task)
        if one.submission is not None and (one.submission.handwritten or not one.submission.handed_in_at)
    ]
    return render_template(
        "essays/photos.html",
        task=task,
        course_class=task.course_class,
        submission=submission,
        people=people,
        waiting=[one for one in people if one.is_photographed_draft],
        taking=submission is not None and submission.state is SubmissionState.DRAFT,
        max_mb=max_bytes() // 1024 // 1024,
    )


@blueprint.route("/essays/<key>/photos/hand-in", access=RUN, methods=["POST"])
def hand_in_all(key: str) -> ResponseReturnValue:
    """Everything that was photographed is whole."""
    actor, task = open_task(key)
    count = operations.hand_in_all(actor=actor, task=task)
    flash(_("Đã nộp bài của %(count)s người.", count=count), "ok")
    return redirect(url_for("essays.photographs", key=key), 303)


@blueprint.route("/essays/cover/<cover>/pages/<page_key>", access=RUN, methods=["POST"])
def change_page(cover: str, page_key: str) -> ResponseReturnValue:
    """Take a page out, or move it."""
    submission = open_cover(cover)
    chosen: dict[str, Any] = {"actor": require_actor(), "submission": submission, "page_key": page_key}
    if request.form.get("do") in {"up", "down"}:
        operations.move_page(**chosen, up=request.form["do"] == "up")
    else:
        operations.remove_photo(**chosen)
        flash(_("Đã bỏ trang."), "ok")
    return redirect(url_for("essays.cover", cover=cover), 303)


@blueprint.route("/essays/cover/<cover>/hand-in", access=RUN, methods=["POST"])
def hand_in_photos(cover: str) -> ResponseReturnValue:
    """This candidate's essay is whole."""
    submission = open_cover(cover)
    task_key, name = submission.task.public_id, submission.account.full_name
    try:
        operations.hand_in_photos(actor=require_actor(), submission=submission)
        flash(_("Đã nộp bài của %(name)s.", name=name), "ok")
    except Invalid as error:
        flash(say(error.message), "danger")
        return redirect(url_for("essays.cover", cover=cover), 303)
    return redirect(url_for("essays.photographs", key=task_key), 303)
