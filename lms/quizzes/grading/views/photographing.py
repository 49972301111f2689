"""*In bìa bài*, and photographing what was written by hand."""

import io
from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import centre_above
from lms.core.errors import Closed, Invalid
from lms.core.file_names import safe_name
from lms.core.files import Prepared
from lms.core.messages import N_
from lms.quizzes.grading import operations, photos, queries, rules
from lms.quizzes.grading.covers import covers_pdf
from lms.quizzes.grading.models import EssayTask, Submission, SubmissionState
from lms.quizzes.grading.views.blueprint import RUN, blueprint, max_bytes, must, open_task
from lms.web.answers import wants_json
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
    submission = _open_cover(cover)
    return _sequence_page(submission.task, submission)


def _open_cover(key: str) -> Submission:
    return queries.cover_in(require_actor().scope(*rules.RUNNERS), key)


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
        taking=submission is not None and submission.state is SubmissionState.DRAFT,
        max_mb=max_bytes() // 1024 // 1024,
    )


@blueprint.route("/essays/<key>/photos", access=RUN, methods=["POST"], limit="600/hour")
def take(key: str) -> ResponseReturnValue:
    """Photographs in sequence, beginning with a cover. A script that sends one at a time gets the next address as JSON."""
    actor, task = open_task(key)
    must(rules.may_run(actor, task) and task.handwritten)
    return _take(task, None)


@blueprint.route("/essays/cover/<cover>", access=RUN, methods=["POST"], limit="600/hour")
def take_more(cover: str) -> ResponseReturnValue:
    """More photographs of this candidate; a cover among them begins the next one."""
    submission = _open_cover(cover)
    return _take(submission.task, submission)


def _take(task: EssayTask, current: Submission | None) -> ResponseReturnValue:
    """File each photograph under the last cover before it, in the order they came."""
    sent = [one for one in request.files.getlist("photos") if one.filename]
    if not sent:
        flash(_("Chưa chọn ảnh nào."), "warn")
    taken: dict[str, list[Prepared]] = {}
    stray: list[str] = []
    key = current.public_id if current else None
    for number, upload in enumerate(sent, start=1):
        stream = cast("BinaryIO", upload.stream)
        try:
            found = photos.cover_key(stream)
            if found is not None:
                key = found
                taken.setdefault(found, [])
            elif key is None:
                stray.append(str(number))
            else:
                taken.setdefault(key, []).append(photos.prepare_photo(stream, f"trang-{number}.jpg"))
        except Invalid as error:
            flash(say(error.message), "danger")
    if stray:
        flash(
            _(
                "Ảnh số %(numbers)s chưa biết của ai, nên chưa nhận. Hãy chụp trang bìa trước, hoặc chọn tên học viên.",
                numbers=", ".join(stray),
            ),
            "danger",
        )
    quiet = wants_json()
    for cover_key, prepared in taken.items():
        _file(task, cover_key, prepared, quiet=quiet)
    if key is None:
        address = url_for("essays.photographs", key=task.public_id)
    else:
        address = url_for("essays.cover", cover=key)
    return {"next": address} if quiet else redirect(address, 303)


def _file(task: EssayTask, cover_key: str, prepared: list[Prepared], *, quiet: bool) -> None:
    """Add the photographs to one cover; ``quiet`` where a script sends one after another and only faults matter."""
    submission = _open_cover(cover_key)
    if submission.task_id != task.id:
        flash(_("Có ảnh bìa của bài thu hoạch khác, nên không nhận các ảnh sau bìa đó."), "danger")
        return
    if not prepared:
        return
    try:
        pages = operations.add_photos(actor=require_actor(), submission=submission, photos=prepared)
        if not quiet:
            flash(
                _(
                    "%(name)s: thêm %(count)s ảnh, được %(pages)s trang.",
                    name=submission.account.full_name,
                    count=len(prepared),
                    pages=pages,
                ),
                "ok",
            )
    except (Closed, Invalid) as error:
        flash(f"{submission.account.full_name}: {say(error.message)}", "danger")


@blueprint.route("/essays/cover/<cover>/pages/<page_key>", access=RUN, methods=["POST"])
def change_page(cover: str, page_key: str) -> ResponseReturnValue:
    """Take a page out, or move it."""
    submission = _open_cover(cover)
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
    submission = _open_cover(cover)
    task_key, name = submission.task.public_id, submission.account.full_name
    try:
        operations.hand_in_photos(actor=require_actor(), submission=submission)
        flash(_("Đã nộp bài của %(name)s.", name=name), "ok")
    except Invalid as error:
        flash(say(error.message), "danger")
        return redirect(url_for("essays.cover", cover=cover), 303)
    return redirect(url_for("essays.photographs", key=task_key), 303)
