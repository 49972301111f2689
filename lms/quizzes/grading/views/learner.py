"""What a learner does: read the task, write, add files, hand in, and read the mark."""

from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.actor import Actor
from lms.core.errors import Closed, Invalid
from lms.core.mark_words import mark_words
from lms.quizzes.grading import operations, photos, queries, rules
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionState
from lms.quizzes.grading.operations import Stale
from lms.quizzes.grading.settling import deciding, mean
from lms.quizzes.grading.views.blueprint import LEARN, blueprint, max_bytes
from lms.quizzes.papers.forms import revision_of
from lms.web.guard import require_actor
from lms.web.i18n import say, vntime


@blueprint.route("/my-essays", access=LEARN)
def own() -> ResponseReturnValue:
    """Everything the learner was given."""
    actor = require_actor()
    return render_template("essays/own.html", rows=queries.learner_tasks(actor.id), due_of=rules.due)


@blueprint.route("/my-essays/<key>", access=LEARN)
def work(key: str) -> ResponseReturnValue:
    """The task and the learner's work on it."""
    actor = require_actor()
    return _page(actor, queries.learner_task(actor.id, key))


def _page(actor: Actor, task: EssayTask, **more: Any) -> str:
    submission = queries.submission_of(task.id, actor.id)
    moment = clock.now()
    return render_template(
        "essays/work.html",
        **{
            "task": task,
            "submission": submission,
            "text": submission.text if submission else "",
            "revision": submission.revision if submission else 0,
            "open": rules.takes_work(task, submission, moment),
            "due": rules.due(task, submission),
            "now": moment,
            "max_mb": max_bytes() // 1024 // 1024,
            "accept": photos.ACCEPTED,
            "result": _result(task, submission),
            "account_key": actor.public_id,
            **more,
        },
    )


def _result(task: EssayTask, submission: Submission | None) -> dict[str, Any] | None:
    """What the learner sees after publication: points by criterion, comments, the marks; else nothing."""
    if task.state is not EssayState.PUBLISHED or submission is None or submission.mark is None:
        return None
    final = [one for one in submission.marks if one.given_at is not None]
    chosen = deciding([one.total for one in final], task.difference_limit) or range(len(final))
    used = [final[place] for place in chosen]
    return {
        "mark": submission.mark,
        "in_words": mark_words(submission.mark),
        "lines": [
            (one, mean([int(mark.points.get(str(one.id), 0)) for mark in used])) for one in task.criteria
        ],
        "comments": [one.comment for one in used if one.comment],
        "corrected": submission.first_mark,
    }


@blueprint.route("/my-essays/<key>", access=LEARN, methods=["POST"])
def keep(key: str) -> ResponseReturnValue:
    """*Lưu nháp*, or on to handing in: the plain form, also without scripts."""
    actor = require_actor()
    text = request.form.get("text", "")
    try:
        operations.save_text(
            actor=actor, task_key=key, text=text, base=revision_of(request.form.get("revision"))
        )
    except Stale as error:
        task = queries.learner_task(actor.id, key)
        return _page(actor, task, text=text, revision=error.revision, stored=error.stored), 409
    except (Closed, Invalid) as error:
        task = queries.learner_task(actor.id, key)
        return _page(actor, task, text=text, problem=say(error.message), unsaved=text), error.status
    if request.form.get("do") == "hand-in":
        return redirect(url_for("essays.ask", key=key), 303)
    flash(_("Đã lưu nháp."), "ok")
    return redirect(url_for("essays.work", key=key), 303)


@blueprint.route("/my-essays/<key>/save", access=LEARN, methods=["POST"])
def autosave(key: str) -> ResponseReturnValue:
    """The text as the page sends it while it is being written; a newer one stored is answered with 409 and the text."""
    actor = require_actor()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str):
        raise Invalid
    base = sent.get("revision")
    try:
        submission = operations.save_text(
            actor=actor, task_key=key, text=sent["text"], base=base if type(base) is int else -1
        )
    except Stale as error:
        return {
            "error": "stale",
            "message": say(error.message),
            "text": error.stored,
            "revision": error.revision,
        }, 409
    return {"revision": submission.revision, "saved_at": vntime(submission.saved_at)}


@blueprint.route("/my-essays/<key>/files", access=LEARN, methods=["POST"], limit="120/hour")
def add_file(key: str) -> ResponseReturnValue:
    """Add files, each checked by what it holds; those that fit are kept, the others named."""
    actor = require_actor()
    task = queries.learner_task(actor.id, key)
    if not rules.takes_work(task, queries.submission_of(task.id, actor.id), clock.now()):
        raise Closed(operations.OVER)
    chosen = [one for one in request.files.getlist("files") if one.filename]
    if not chosen:
        flash(_("Chưa chọn tệp nào."), "warn")
    prepared = []
    for upload in chosen[: operations.MOST_FILES]:
        try:
            prepared.append(
                photos.prepare_upload(cast("BinaryIO", upload.stream), upload.filename or "", max_bytes())
            )
        except Invalid as error:
            flash(say(error.message), "danger")
    for one in prepared:
        try:
            operations.add_file(actor=actor, task_key=key, prepared=one)
            flash(_("Đã thêm %(name)s.", name=one.name), "ok")
        except Invalid as error:
            flash(say(error.message), "danger")
    return redirect(url_for("essays.work", key=key, _anchor="files"), 303)


@blueprint.route("/my-essays/<key>/files/<page_key>/remove", access=LEARN, methods=["POST"])
def remove_file(key: str, page_key: str) -> ResponseReturnValue:
    """Take a file out."""
    operations.remove_file(actor=require_actor(), task_key=key, page_key=page_key)
    flash(_("Đã bỏ tệp."), "ok")
    return redirect(url_for("essays.work", key=key, _anchor="files"), 303)


@blueprint.route("/my-essays/<key>/hand-in", access=LEARN)
def ask(key: str) -> ResponseReturnValue:
    """Show what would be handed in, and ask once."""
    actor = require_actor()
    task = queries.learner_task(actor.id, key)
    submission = queries.submission_of(task.id, actor.id)
    if submission is None or submission.state is not SubmissionState.DRAFT:
        return redirect(url_for("essays.work", key=key), 303)
    return render_template(
        "essays/hand_in.html",
        task=task,
        submission=submission,
        count=len(submission.text.split()),
        empty=not submission.text.strip() and not submission.pages,
    )


@blueprint.route("/my-essays/<key>/hand-in", access=LEARN, methods=["POST"])
def hand_in(key: str) -> ResponseReturnValue:
    """Hand it in."""
    try:
        operations.hand_in(actor=require_actor(), task_key=key)
        flash(_("Đã nộp bài."), "ok")
    except Invalid as error:
        flash(say(error.message), "danger")
    return redirect(url_for("essays.work", key=key), 303)
