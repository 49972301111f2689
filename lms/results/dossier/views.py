"""The dossier of a class: what is there, what is missing, scans, the whole as one PDF."""

import io

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import files
from lms.core.actor import Actor
from lms.core.db import db
from lms.core.errors import Invalid, NotFound
from lms.core.file_names import safe_name
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.jobs import texts
from lms.jobs.models import JobState
from lms.jobs.progress import of_making
from lms.results.dossier import operations, queries, rules
from lms.results.dossier.binding import Part, bind
from lms.results.dossier.checklist import BY_CODE, ITEMS
from lms.results.dossier.forms import PaperForm
from lms.results.dossier.papers import cover_of
from lms.results.dossier.registry import sources
from lms.results.gradebook.operations import note_access
from lms.web.forms import mark_fields
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import say

blueprint = GuardedBlueprint("dossier", __name__, template_folder="templates", url_prefix="/classes")
KEEPERS = roles(*rules.KEEPERS)
PDF = "application/pdf"


def _kept(key: str) -> tuple[Actor, CourseClass]:
    actor = require_actor()
    return actor, class_in(rules.kept_scope(actor), key)


def _form(**given: str) -> PaperForm:
    form = PaperForm(formdata=None, data=given) if given else PaperForm()
    form.item.choices = [(item.code, say(item.title)) for item in ITEMS]
    return form


@blueprint.route("/<key>/dossier", access=KEEPERS)
def show(key: str) -> ResponseReturnValue:
    """The checklist with what there is."""
    return _page(_kept(key)[1], _form(item=ITEMS[0].code))


def _page(course_class: CourseClass, form: PaperForm, status: int = 200) -> ResponseReturnValue:
    lines = queries.lines_of(course_class)
    jobs = queries.prints_of(course_class)
    latest = jobs[0] if jobs else None
    return render_template(
        "dossier/show.html",
        course_class=course_class,
        lines=lines,
        missing=[line for line in lines if line.missing],
        form=form,
        job=latest if latest is not None and latest.is_waiting else None,
        failed=say(texts.read(latest.message))
        if latest is not None and latest.state is JobState.FAILED
        else "",
        whole=queries.whole_of(jobs),
    ), status


@blueprint.route("/<key>/dossier/papers", access=KEEPERS, methods=["POST"], limit="300/hour")
def add(key: str) -> ResponseReturnValue:
    """A scan under an item."""
    actor, course_class = _kept(key)
    form = _form()
    if not form.validate_on_submit():
        return _page(course_class, form, 422)
    scan = files.prepare(form.file.data.stream, form.file.data.filename or "")
    try:
        operations.add_paper(
            actor=actor,
            course_class=course_class,
            item=form.item.data,
            title=form.title.data or "",
            scan=scan,
        )
    except Invalid as error:
        db.session.rollback()
        mark_fields(form, error)
        return _page(_kept(key)[1], form, 422)
    flash(_("Đã thêm vào hồ sơ."), "ok")
    return redirect(url_for("dossier.show", key=key), 303)


@blueprint.route("/<key>/dossier/papers/<paper_key>", access=KEEPERS)
def paper(key: str, paper_key: str) -> ResponseReturnValue:
    """A scan to look at."""
    _actor, course_class = _kept(key)
    found = queries.paper_in(course_class, paper_key)
    return send_file(
        io.BytesIO(files.open_bytes(found.file)),
        mimetype=found.file.media_type,
        as_attachment=True,
        download_name=found.file.name,
    )


@blueprint.route("/<key>/dossier/papers/<paper_key>/remove", access=KEEPERS, methods=["POST"])
def remove(key: str, paper_key: str) -> ResponseReturnValue:
    """Take a scan out."""
    actor, course_class = _kept(key)
    operations.remove_paper(actor=actor, course_class=course_class, key=paper_key)
    flash(_("Đã bỏ tài liệu khỏi hồ sơ."), "ok")
    return redirect(url_for("dossier.show", key=key), 303)


@blueprint.route("/<key>/dossier/made/<int:place>", access=KEEPERS)
def made(key: str, place: int) -> ResponseReturnValue:
    """What the software makes for the item at this place of the checklist, as one PDF; that it was taken is noted."""
    actor, course_class = _kept(key)
    class_id = course_class.id
    if not 1 <= place <= len(ITEMS):
        raise NotFound
    item = ITEMS[place - 1].code
    pieces = [piece for source in sources.get(item, ()) for piece in source.build(course_class)]
    if not pieces:
        raise NotFound
    data = pieces[0][1]
    if len(pieces) > 1:
        parts = [Part(item, title, piece) for title, piece in pieces]
        data = bind(parts, lambda placed, broken, pages: cover_of(course_class, placed, broken, pages)).data
    name = safe_name(f"{say(BY_CODE[item].title)} {course_class.code}.pdf")
    answer = send_file(io.BytesIO(data), PDF, as_attachment=True, download_name=name)
    note_access(actor=actor, action="dossier.taken", subject=("course_class", class_id), data={"item": item})
    return answer


@blueprint.route("/<key>/dossier/print", access=KEEPERS, methods=["POST"])
def print_whole(key: str) -> ResponseReturnValue:
    """Begin to bind the whole."""
    actor, course_class = _kept(key)
    here = url_for("dossier.show", key=key)
    operations.start_printing(actor=actor, course_class=course_class, url=here)
    return redirect(here, 303)


@blueprint.route("/<key>/dossier/progress", access=KEEPERS)
def progress(key: str) -> ResponseReturnValue:
    """How far the binding is, for the page that waits."""
    _actor, course_class = _kept(key)
    job = next(iter(queries.prints_of(course_class)), None)
    return of_making(job, url_for("dossier.show", key=key)), {"Cache-Control": "no-store"}


@blueprint.route("/<key>/dossier/whole.pdf", access=KEEPERS)
def whole(key: str) -> ResponseReturnValue:
    """The dossier as it was last printed; that it was taken is noted."""
    actor, course_class = _kept(key)
    class_id = course_class.id
    job = queries.whole_of(queries.prints_of(course_class))
    if job is None:
        raise NotFound
    stored = queries.printed_file(job)
    answer = send_file(
        io.BytesIO(files.open_bytes(stored)), PDF, as_attachment=True, download_name=stored.name
    )
    note_access(
        actor=actor, action="dossier.taken", subject=("course_class", class_id), data={"item": "whole"}
    )
    return answer
