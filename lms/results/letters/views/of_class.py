"""The letters of a class: each unit's state, making them all, sending and taking away many at once."""

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.actor import Actor
from lms.core.errors import Conflict
from lms.core.file_names import safe_name
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.jobs import texts
from lms.jobs.models import JobState
from lms.jobs.progress import of_making
from lms.results.gradebook.operations import note_access
from lms.results.letters import operations, queries, rules, words
from lms.results.letters.printing import PDF, archive, draft_of, letters_pdf
from lms.results.letters.views import KEEPERS, blueprint
from lms.web.guard import require_actor
from lms.web.i18n import say

ZIP = "application/zip"


def _kept(key: str) -> tuple[Actor, CourseClass]:
    actor = require_actor()
    return actor, class_in(rules.kept_scope(actor), key)


@blueprint.route("/classes/<key>/letters", access=KEEPERS)
def of_class(key: str) -> ResponseReturnValue:
    """Every unit of the class with the state of its letter."""
    _actor, course_class = _kept(key)
    rows = queries.rows_of(course_class)
    job = queries.making_job(course_class)
    return render_template(
        "letters/of_class.html",
        course_class=course_class,
        rows=rows,
        made=[row.letter for row in rows if row.letter is not None],
        unsent=operations.unsent([row.letter for row in rows if row.letter is not None]),
        published=queries.published_result(course_class) is not None,
        job=job if job is not None and job.is_waiting else None,
        failed=say(texts.read(job.message)) if job is not None and job.state is JobState.FAILED else "",
        words=words,
    )


@blueprint.route("/classes/<key>/letters", access=KEEPERS, methods=["POST"])
def make(key: str) -> ResponseReturnValue:
    """Begin to make the letters of all units."""
    actor, course_class = _kept(key)
    here = url_for("letters.of_class", key=key)
    operations.start_making(actor=actor, course_class=course_class, name=here)
    return redirect(here, 303)


@blueprint.route("/classes/<key>/letters/progress", access=KEEPERS)
def progress(key: str) -> ResponseReturnValue:
    """How far the making is, for the page that waits."""
    _actor, course_class = _kept(key)
    job = queries.making_job(course_class)
    here = url_for("letters.of_class", key=key)
    return of_making(job, here, _("Đang làm công văn…")), {"Cache-Control": "no-store"}


@blueprint.route("/classes/<key>/letters/bulk", access=KEEPERS, methods=["POST"])
def bulk(key: str) -> ResponseReturnValue:
    """Send the chosen letters, or take them away as one PDF or one ZIP."""
    actor, course_class = _kept(key)
    keys = request.form.getlist("keys")
    do = request.form.get("do", "")
    if do in {"pdf", "zip"}:
        return _taken(actor, course_class, do, keys)
    if do == "send":
        count = operations.send(actor=actor, course_class=course_class, keys=keys, url=_address())
        if count:
            flash(
                _("Đã gửi %(count)s công văn. Đơn vị nhận được tin báo trong trang của mình.", count=count),
                "ok",
            )
        else:
            flash(_("Chưa chọn công văn nào còn chưa gửi."), "info")
    return redirect(url_for("letters.of_class", key=key), 303)


def _address() -> str:
    return url_for("liaison.letter", key="KEY")


@blueprint.route("/classes/<key>/letters/all.pdf", access=KEEPERS)
def all_pdf(key: str) -> ResponseReturnValue:
    """All letters of the class as one PDF to print."""
    return _taken(*_kept(key), "pdf", None)


@blueprint.route("/classes/<key>/letters/all.zip", access=KEEPERS)
def all_zip(key: str) -> ResponseReturnValue:
    """Every file of all letters of the class as one ZIP."""
    return _taken(*_kept(key), "zip", None)


def _taken(
    actor: Actor, course_class: CourseClass, ending: str, keys: list[str] | None
) -> ResponseReturnValue:
    letters = queries.letters_of(course_class, keys)
    if not letters:
        raise Conflict(_("Chưa có công văn nào để tải. Hãy làm công văn trước."))
    if ending == "pdf":
        data = letters_pdf([draft_of(letter).words() for letter in letters])
    else:
        data = archive(letters)
    name = safe_name(f"{_('Công văn')} {course_class.code}.{ending}")
    answer = send_file(
        io.BytesIO(data), PDF if ending == "pdf" else ZIP, as_attachment=True, download_name=name
    )
    note_access(actor=actor, action="letters.taken", subject=course_class, data={"letters": len(letters)})
    return answer
