"""*Chấm bài tiếp*: the answer beside the rubric."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.actor import Actor
from lms.core.errors import Closed, Conflict, Invalid, NotFound
from lms.quizzes.grading import forms, operations, queries, rules
from lms.quizzes.grading.models import EssayTask, Submission, SubmissionState
from lms.quizzes.grading.photos import PDF, PICTURES
from lms.quizzes.grading.views.blueprint import WRITE, blueprint, open_task
from lms.web.guard import require_actor
from lms.web.headers import POLICY, WITH_PDF, under
from lms.web.i18n import marks, say


@blueprint.route("/essays/marking", access=WRITE)
def mine() -> ResponseReturnValue:
    """Everything the reader is named to mark, with what waits."""
    actor = require_actor()
    tasks = queries.tasks_to_mark(actor.id, actor.scope(*rules.WRITERS))
    counts = queries.waiting_counts(tasks, actor.id)
    rows = [(task, counts[task.id]) for task in tasks]
    return render_template("essays/mine.html", rows=sorted(rows, key=lambda row: not row[1]))


@blueprint.route("/essays/<key>/next", access=WRITE, methods=["POST"])
def next_one(key: str) -> ResponseReturnValue:
    """Go to the next essay that waits for the reader; codes are given on the way."""
    actor, task = open_task(key)
    if rules.turn_of(actor, task) is None:
        raise NotFound
    try:
        operations.begin_marking(actor=actor, task=task)
    except Closed as error:
        flash(say(error.message), "warn")
        return redirect(url_for("essays.show", key=key), 303)
    return redirect(_next_address(actor, task), 303)


def _next_address(actor: Actor, task: EssayTask, after: str = "") -> str:
    """The next waiting essay, those behind ``after`` first; the task's page when there is none."""
    codes = [
        one.code for one in queries.waiting(task, rules.turn_of(actor, task) or 0) if one.code is not None
    ]
    ordered = [one for one in codes if one > after] + [one for one in codes if one < after]
    if ordered:
        return url_for("essays.marking", key=task.public_id, code=ordered[0])
    flash(_("Đã chấm hết các bài đang chờ."), "ok")
    return url_for("essays.show", key=task.public_id)


@blueprint.route("/essays/<key>/marking/<code>", access=WRITE)
def marking(key: str, code: str) -> ResponseReturnValue:
    """One essay beside its rubric."""
    actor, task, submission = _open(key, code)
    return _page(actor, task, submission)


def _open(key: str, code: str) -> tuple[Actor, EssayTask, Submission]:
    actor, task = open_task(key)
    turn = rules.turn_of(actor, task)
    if turn is None:
        raise NotFound
    submission = queries.marking_of(task, code)
    own = any(mark.turn == turn for mark in submission.marks)
    if not own and not queries.is_waiting(task, submission, turn):
        raise NotFound
    return actor, task, submission


@blueprint.route("/essays/<key>/marking/<code>", access=WRITE, methods=["POST"])
def give(key: str, code: str) -> ResponseReturnValue:
    """Keep the points, make them final, or correct them with a reason."""
    actor, task, submission = _open(key, code)
    do = request.form.get("do", "save")
    given = forms.MarkingInput(task, request.form, whole=do in {"give", "correct"})
    if given.errors:
        return _page(actor, task, submission, given), 422
    what: dict[str, Any] = {"actor": actor, "task": task, "code": code, "marking": given.marking}
    try:
        if do == "give":
            operations.give_mark(**what)
            flash(_("Đã chấm xong bài %(code)s.", code=code), "ok")
            return redirect(_next_address(actor, task, code), 303)
        if do == "correct":
            operations.correct_mark(**what, reason=given.reason)
            flash(_("Đã sửa điểm. Điểm cũ vẫn được giữ bên cạnh."), "ok")
        else:
            operations.save_mark(**what)
            flash(_("Đã lưu nháp điểm."), "ok")
    except (Invalid, Conflict) as error:
        given.errors = dict(getattr(error, "fields", {}))
        return _page(actor, task, submission, given, problem=say(error.message)), error.status
    return redirect(url_for("essays.marking", key=key, code=code), 303)


def _page(
    actor: Actor,
    task: EssayTask,
    submission: Submission,
    given: forms.MarkingInput | None = None,
    problem: str = "",
) -> Response:
    turn = rules.turn_of(actor, task)
    own = next((one for one in submission.marks if one.turn == turn), None)
    final = own is not None and own.given_at is not None
    settled = submission.state is SubmissionState.SETTLED
    page = render_template(
        "essays/marking.html",
        task=task,
        course_class=task.course_class,
        submission=submission,
        name="" if rules.is_blind(task) else submission.account.full_name,
        own=own,
        final=final,
        settled=settled,
        others=[one for one in submission.marks if one.turn != turn and one.given_at] if final else [],
        typed=given.typed if given else _typed(task, own),
        comment=given.comment if given else (own.comment if own else ""),
        reason=given.reason if given else "",
        errors={name: say(message) for name, message in given.errors.items()} if given else {},
        problem=problem,
        files=[(number, _kind(one.file.media_type)) for number, one in enumerate(submission.pages, start=1)],
        waiting=len(queries.waiting(task, turn or 0)),
        count=len(submission.text.split()),
    )
    shows_pdf = any(one.file.media_type == PDF for one in submission.pages)
    return under(WITH_PDF if shows_pdf else POLICY, page)


def _typed(task: EssayTask, own: Any) -> dict[str, str]:
    if own is None:
        return {}
    return {
        f"points-{one.id}": marks(own.points[str(one.id)])
        for one in task.criteria
        if str(one.id) in own.points
    }


def _kind(media_type: str) -> str:
    if media_type == PDF:
        return "pdf"
    return "picture" if media_type in PICTURES else "word"
