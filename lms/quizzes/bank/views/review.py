"""Submitting, and a leader's decisions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import is_small_centre
from lms.core.errors import Conflict
from lms.quizzes.bank import conversion, forms, operations, queries, rules
from lms.quizzes.bank.models import QuestionState
from lms.quizzes.bank.views.blueprint import READ, REVIEW, WRITE, blueprint, open_import, open_question
from lms.quizzes.bank.views.questions import question_page


def _back(key: str, question_key: str) -> ResponseReturnValue:
    return redirect(url_for("bank.question", key=key, question_key=question_key), 303)


def _version_seen() -> int:
    number = request.form.get("version", "")
    return int(number) if number.isascii() and number.isdigit() else 0


@blueprint.route("/<key>/questions/<question_key>/submit", access=WRITE, methods=["POST"])
def submit(key: str, question_key: str) -> ResponseReturnValue:
    """Ask for a review."""
    actor, found = open_question(key, question_key)
    if not operations.submit_questions(actor=actor, bank=found.bank, questions=[found]):
        raise Conflict
    flash(_("Đã gửi duyệt."), "ok")
    return _back(key, question_key)


@blueprint.route("/<key>/questions/<question_key>/approve", access=REVIEW, methods=["POST"])
def approve(key: str, question_key: str) -> ResponseReturnValue:
    """*Đồng ý*."""
    actor, found = open_question(key, question_key)
    operations.approve_question(actor=actor, question=found, version_number=_version_seen())
    flash(_("Đã duyệt câu hỏi."), "ok")
    return _back(key, question_key)


@blueprint.route("/<key>/questions/<question_key>/return", access=REVIEW, methods=["POST"])
def send_back(key: str, question_key: str) -> ResponseReturnValue:
    """*Trả lại*, with a reason."""
    actor, found = open_question(key, question_key)
    form = forms.ReasonForm()
    if not form.validate_on_submit():
        return question_page(actor, found, form), 422
    operations.return_question(
        actor=actor, question=found, version_number=_version_seen(), reason=form.reason.data
    )
    flash(_("Đã trả lại người soạn."), "ok")
    return _back(key, question_key)


@blueprint.route("/<key>/questions/<question_key>/retire", access=REVIEW, methods=["POST"])
def retire(key: str, question_key: str) -> ResponseReturnValue:
    """*Thôi dùng*, with a reason."""
    actor, found = open_question(key, question_key)
    form = forms.ReasonForm()
    if not form.validate_on_submit():
        return question_page(actor, found, form), 422
    operations.retire_question(actor=actor, question=found, reason=form.reason.data)
    flash(_("Câu này không còn vào đề mới."), "ok")
    return _back(key, question_key)


@blueprint.route("/import/<batch_key>/approve", access=READ)
def approve_import_page(batch_key: str) -> ResponseReturnValue:
    """Everything that an import brought, to be looked through and approved at once."""
    actor, batch = open_import(batch_key)
    found = queries.batch_questions(batch.id)
    small = is_small_centre(batch.bank.unit)
    return render_template(
        "bank/approve.html",
        batch=batch,
        bank=batch.bank,
        questions=[
            (
                one,
                conversion.draft_of(
                    one.latest.kind, one.latest.content, one.latest.key, one.latest.explanation
                ),
            )
            for one in found
            if one.latest
        ],
        waiting=sum(one.state is QuestionState.IN_REVIEW for one in found),
        approves=rules.may_approve_import(actor, batch, small_centre=small),
        own=rules.may_review(actor, batch.bank) and actor.id == batch.author_id,
    )


@blueprint.route("/import/<batch_key>/approve", access=REVIEW, methods=["POST"])
def approve_import(batch_key: str) -> ResponseReturnValue:
    """*Đồng ý* to everything of an import that still waits."""
    actor, batch = open_import(batch_key)
    count = operations.approve_import(actor=actor, batch=batch)
    flash(_("Đã duyệt %(count)s câu.", count=count), "ok" if count else "info")
    return redirect(url_for("bank.show", key=batch.bank.public_id), 303)
