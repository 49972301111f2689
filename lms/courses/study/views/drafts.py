"""What is typed and not saved yet, as the editor sends it by itself."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.errors import Invalid
from lms.courses.study.models import DoneWhen
from lms.courses.study.operations import drafts as verbs
from lms.courses.study.operations.lessons import LessonData
from lms.courses.study.views.blueprint import WRITERS, blueprint
from lms.courses.study.views.lessons import written
from lms.web.guard import require_actor
from lms.web.i18n import vntime


@blueprint.route("/lessons/<key>/draft", access=WRITERS, methods=["POST"])
def keep_draft(key: str) -> ResponseReturnValue:
    """Hold it; ``kept_at`` is empty where there is nothing that isn't saved."""
    lesson, unit = written(key)
    kept = verbs.keep_draft(actor=require_actor(), lesson=lesson, unit=unit, data=_sent())
    return {"kept_at": vntime(kept)}


def _sent() -> LessonData:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise Invalid
    title, html, revision = sent.get("title"), sent.get("html"), sent.get("revision")
    if not isinstance(title, str) or not isinstance(html, str) or type(revision) is not int:
        raise Invalid
    if sent.get("done_when") not in set(DoneWhen):
        raise Invalid
    return LessonData(title=title, body=html, done_when=DoneWhen(sent["done_when"]), revision=revision)


@blueprint.route("/lessons/<key>/draft/drop", access=WRITERS, methods=["POST"])
def drop_draft(key: str) -> ResponseReturnValue:
    """Give it up."""
    lesson, unit = written(key)
    verbs.drop_draft(actor=require_actor(), lesson=lesson, unit=unit)
    flash(_("Đã bỏ bản chưa lưu."), "ok")
    return redirect(url_for("study.edit", key=key))
