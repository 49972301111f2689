"""*Ráp phách*, *Công bố điểm*, and the sheet of marks."""

import io

from flask import flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import centre_above
from lms.core.errors import Conflict
from lms.core.file_names import safe_name
from lms.core.media_types import XLSX
from lms.quizzes.grading import export, operations, queries, rules
from lms.quizzes.grading.views.blueprint import RUN, WRITE, blueprint, learner_url, must, open_task
from lms.web.i18n import say


@blueprint.route("/essays/<key>/join", access=RUN, methods=["POST"])
def join(key: str) -> ResponseReturnValue:
    """Join codes and names."""
    actor, task = open_task(key)
    try:
        operations.join_names(actor=actor, task=task)
        flash(_("Đã ráp phách. Bảng dưới đây có tên và điểm."), "ok")
    except Conflict as error:
        flash(say(error.message), "danger")
    return redirect(url_for("essays.show", key=key), 303)


@blueprint.route("/essays/<key>/publish", access=RUN, methods=["POST"])
def publish(key: str) -> ResponseReturnValue:
    """Let learners see their marks."""
    actor, task = open_task(key)
    try:
        operations.publish(actor=actor, task=task, url=learner_url(task))
        flash(_("Đã công bố điểm. Học viên xem được ngay."), "ok")
    except Conflict as error:
        flash(say(error.message), "danger")
    return redirect(url_for("essays.show", key=key), 303)


@blueprint.route("/essays/<key>/export.xlsx", access=WRITE)
def export_marks(key: str) -> ResponseReturnValue:
    """The marks as a workbook; that it was taken is noted."""
    actor, task = open_task(key)
    must(rules.sees_marks(actor, task) and rules.sees_people(actor, task))
    rows = queries.people(task)
    centre = (centre_above(task.course_class.unit.path) or task.course_class.unit).name
    data = export.workbook(task, rows, centre=centre, say=say)
    name = safe_name(_("Điểm thu hoạch %(code)s.xlsx", code=task.course_class.code))
    answer = send_file(io.BytesIO(data), XLSX, as_attachment=True, download_name=name)
    operations.note_export(actor=actor, task=task, rows=len(rows))
    return answer
