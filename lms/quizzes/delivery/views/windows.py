"""Staff move the end of an assessment's window."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.actor import Actor
from lms.core.errors import Invalid, NotAllowed
from lms.quizzes.delivery.operations.windows import extend_window
from lms.quizzes.delivery.views import blueprint
from lms.quizzes.papers import queries, rules
from lms.quizzes.papers.forms import WindowForm, wall
from lms.quizzes.papers.models import Assessment
from lms.web.guard import require_actor, roles
from lms.web.i18n import say

EXTENDING = roles(*rules.READERS)


def _open(assessment_id: str) -> tuple[Actor, Assessment]:
    actor = require_actor()
    assessment = queries.assessment(assessment_id, actor.scope(*rules.READERS))
    if not rules.may_extend(actor, assessment, clock.now()):
        raise NotAllowed
    return actor, assessment


@blueprint.route("/sessions/<assessment_id>/window", access=EXTENDING)
def window(assessment_id: str) -> ResponseReturnValue:
    """When it ends, and until when it may be prolonged."""
    _actor, assessment = _open(assessment_id)
    form = WindowForm(formdata=None, closes_at=wall(assessment.closes_at))
    return render_template("delivery/window.html", assessment=assessment, form=form)


@blueprint.route("/sessions/<assessment_id>/window", access=EXTENDING, methods=["POST"])
def move_window(assessment_id: str) -> ResponseReturnValue:
    """Move the end."""
    actor, assessment = _open(assessment_id)
    form = WindowForm()
    closes_at = form.closes_at.moment() if form.validate_on_submit() else None
    if closes_at is not None:
        try:
            moved = extend_window(actor=actor, assessment=assessment, closes_at=closes_at)
            flash(_("Đã lùi giờ đóng. %(count)s người đang làm được thêm thời gian.", count=moved), "ok")
            return redirect(url_for("papers.show", key=assessment_id), 303)
        except Invalid as error:
            form.closes_at.errors = [say(message) for message in error.fields.values()]
    return render_template("delivery/window.html", assessment=assessment, form=form), 422
