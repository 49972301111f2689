"""Submitting, returning, releasing, withdrawing, archiving."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.errors import Invalid
from lms.quizzes.papers import forms, operations
from lms.quizzes.papers.views.blueprint import (
    COMPOSE,
    COMPOSE_OR_LEAD,
    LEAD,
    blueprint,
    open_assessment,
)
from lms.quizzes.papers.views.listing import show_page
from lms.web.i18n import say


@blueprint.route("/<key>/submit", access=COMPOSE, methods=["POST"])
def submit(key: str) -> ResponseReturnValue:
    """Ask a leader."""
    return _step(
        key, operations.submit_assessment, _("Đã gửi lãnh đạo duyệt. Sửa đề lúc này thì phải gửi lại.")
    )


def _step(key: str, operation: Callable[..., object], done: str) -> ResponseReturnValue:
    """Take the paper as it was seen a step on, or show it again with what it still lacks."""
    actor, assessment = open_assessment(key)
    revision = forms.revision_of(request.form.get("revision"))
    try:
        operation(actor=actor, assessment=assessment, revision=revision)
    except Invalid as error:
        flash(say(error.message), "danger")
        return show_page(actor, assessment), 422
    flash(done, "ok")
    return redirect(url_for("papers.show", key=key), 303)


@blueprint.route("/<key>/return", access=LEAD, methods=["POST"])
def send_back(key: str) -> ResponseReturnValue:
    """Send it back to its author."""
    actor, assessment = open_assessment(key)
    form = forms.ReturnForm()
    if not form.validate_on_submit():
        return show_page(actor, assessment, form), 422
    operations.return_assessment(actor=actor, assessment=assessment, reason=form.reason.data)
    flash(_("Đã trả lại cho người soạn."), "ok")
    return redirect(url_for("papers.show", key=key), 303)


@blueprint.route("/<key>/release", access=COMPOSE_OR_LEAD, methods=["POST"])
def release(key: str) -> ResponseReturnValue:
    """Let learners in."""
    return _step(
        key, operations.release_assessment, _("Đã phát hành. Gửi đường vào cho lớp ở mục “Gửi cho lớp”.")
    )


@blueprint.route("/<key>/withdraw", access=COMPOSE_OR_LEAD, methods=["POST"])
def withdraw(key: str) -> ResponseReturnValue:
    """Take a release back that nobody has used."""
    actor, assessment = open_assessment(key)
    operations.withdraw_release(actor=actor, assessment=assessment)
    flash(_("Đã thu hồi. Đề trở lại thành bản đang soạn, người học không còn thấy."), "ok")
    return redirect(url_for("papers.show", key=key), 303)


@blueprint.route("/<key>/archive", access=COMPOSE_OR_LEAD, methods=["POST"])
def archive(key: str) -> ResponseReturnValue:
    """Put it away."""
    actor, assessment = open_assessment(key)
    operations.archive_assessment(actor=actor, assessment=assessment)
    flash(_("Đã cất đề. Bài làm và kết quả vẫn còn."), "ok")
    return redirect(url_for("papers.show", key=key), 303)
