"""Sources, typed marks, remarks, and the version of the regulation."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import Conflict, Invalid
from lms.core.messages import N_
from lms.core.numbers import format_mark
from lms.courses.classes.models import CourseClass
from lms.results.class_results import operations, queries, rules, words
from lms.results.class_results.forms import MarksInput, MoveForm, field_name
from lms.results.class_results.views.blueprint import KEEPERS, blueprint, kept
from lms.results.classification.regulation import ComponentKind, Regulation
from lms.results.regulations.models import RegulationVersion
from lms.results.regulations.queries import content_of, regulation_in, version_followed
from lms.web.forms import mark_fields
from lms.web.guard import require_actor
from lms.web.i18n import language, say


def followed(course_class: CourseClass) -> tuple[RegulationVersion, Regulation]:
    """The class's version and what it says.

    Raises:
        Conflict: there is none.
    """
    version = version_followed(course_class.id)
    if version is None:
        raise Conflict(
            N_("Chương trình của lớp chưa có quy chế. Mở trang Quy chế và chọn quy chế cho chương trình này.")
        )
    return version, content_of(version)


@blueprint.route("/sources", access=KEEPERS)
def sources(key: str) -> ResponseReturnValue:
    """Where each component takes its marks from; what suits is chosen beforehand."""
    return _sources_page(kept(key))


def _sources_page(course_class: CourseClass, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    _version, content = followed(course_class)
    offers = queries.offers_of(course_class.id)
    stored = {
        code: [one.key for one in listed] for code, listed in queries.sources_of(course_class.id).items()
    }
    return render_template(
        "class_results/sources.html",
        course_class=course_class,
        content=content,
        offers=offers,
        chosen=stored or queries.proposal(content, offers),
        proposed=not stored,
        errors=errors or {},
        attendance=ComponentKind.ATTENDANCE,
    ), 422 if errors else 200


@blueprint.route("/sources", access=KEEPERS, methods=["POST"])
def save_sources(key: str) -> ResponseReturnValue:
    """Store the choice."""
    course_class = kept(key)
    _version, content = followed(course_class)
    chosen = {one.code: request.form.getlist(f"source-{one.code}") for one in content.components}
    try:
        operations.set_sources(actor=require_actor(), course_class=course_class, chosen=chosen)
    except Invalid as error:
        db.session.rollback()
        return _sources_page(kept(key), {name: say(text) for name, text in error.fields.items()})
    flash(_("Đã lưu nguồn điểm."), "ok")
    typed = any(f"{queries.MANUAL}:" in keys for keys in chosen.values())
    return redirect(url_for(f"class_results.{'marks' if typed else 'show'}", key=key))


@blueprint.route("/marks", access=KEEPERS)
def marks(key: str) -> ResponseReturnValue:
    """Marks that staff type, for the whole class on one page."""
    return _marks_page(kept(key))


def _typed_components(course_class: CourseClass, content: Regulation) -> list[Any]:
    chosen = queries.sources_of(course_class.id)
    return [
        one
        for one in content.components
        if any(source.kind == queries.MANUAL for source in chosen.get(one.code, ()))
    ]


def _marks_page(course_class: CourseClass, given: MarksInput | None = None) -> ResponseReturnValue:
    _version, content = followed(course_class)
    components = _typed_components(course_class, content)
    result = queries.class_result_of(course_class.id)
    rows = [row for row in queries.rows_of(course_class.id, None) if not row.withdrawn]
    stored = queries.typed_marks(course_class.id)
    values = {
        field_name(row.public_id, one.code): format_mark(stored[row.enrolment_id, one.code][0], language())
        for row in rows
        for one in components
        if (row.enrolment_id, one.code) in stored
    }
    return render_template(
        "class_results/marks.html",
        course_class=course_class,
        components=components,
        rows=rows,
        values={**values, **(given.typed if given else {})},
        errors=given.errors if given else set(),
        field_name=field_name,
        is_open=rules.is_open(result),
    ), 422 if given else 200


@blueprint.route("/marks", access=KEEPERS, methods=["POST"])
def save_marks(key: str) -> ResponseReturnValue:
    """Store what was typed; nothing while a field can't be read."""
    course_class = kept(key)
    _version, content = followed(course_class)
    codes = [one.code for one in _typed_components(course_class, content)]
    rows = queries.rows_of(course_class.id, None)
    given = MarksInput(request.form, [(row.enrolment_id, row.public_id) for row in rows], codes)
    if given.errors:
        return _marks_page(course_class, given)
    count = operations.set_marks(actor=require_actor(), course_class=course_class, marks=given.marks)
    if count:
        flash(_("Đã lưu %(count)s điểm.", count=count), "ok")
    else:
        flash(_("Không có điểm nào thay đổi."), "info")
    return redirect(url_for("class_results.show", key=key))


@blueprint.route("/remarks", access=KEEPERS)
def remarks(key: str) -> ResponseReturnValue:
    """Remarks on everybody's conduct and ethics, on one page."""
    course_class = kept(key)
    result = queries.class_result_of(course_class.id)
    rows = queries.rows_of(course_class.id, result.id) if result else []
    return render_template(
        "class_results/remarks.html",
        course_class=course_class,
        result=result,
        rows=[row for row in rows if row.computed],
        phrases=words.PHRASES,
    )


@blueprint.route("/remarks", access=KEEPERS, methods=["POST"])
def save_remarks(key: str) -> ResponseReturnValue:
    """Store them."""
    course_class = kept(key)
    result = queries.class_result_of(course_class.id)
    rows = queries.rows_of(course_class.id, result.id) if result else []
    given = {
        row.enrolment_id: request.form[f"r-{row.public_id}"]
        for row in rows
        if row.computed and f"r-{row.public_id}" in request.form
    }
    count = operations.set_remarks(actor=require_actor(), course_class=course_class, remarks=given)
    flash(
        _("Đã lưu %(count)s nhận xét.", count=count) if count else _("Không có nhận xét nào thay đổi."), "ok"
    )
    return redirect(url_for("class_results.show", key=key))


@blueprint.route("/regulation", access=KEEPERS)
def regulation(key: str) -> ResponseReturnValue:
    """The version the class keeps, the others, and what each would make of the marks."""
    return _regulation_page(kept(key), MoveForm(formdata=None))


def _regulation_page(course_class: CourseClass, form: MoveForm, status: int = 200) -> ResponseReturnValue:
    version, content = followed(course_class)
    versions = regulation_in(rules.kept_scope(require_actor()), version.regulation.public_id).versions
    wanted = request.values.get("version", "")
    other = next((one for one in versions if one.public_id == wanted and one.id != version.id), None)
    rows = queries.rows_of(course_class.id, None)
    result = queries.class_result_of(course_class.id)
    comparison: list[dict[str, Any]] = []
    if other is not None:
        gathered = queries.gather(course_class, [(row.enrolment_id, row.account_id) for row in rows])
        before, after = queries.reckon(gathered, content), queries.reckon(gathered, content_of(other))
        comparison = [
            {"name": row.name, "before": before[row.enrolment_id], "after": after[row.enrolment_id]}
            for row in rows
        ]
    return render_template(
        "class_results/regulation.html",
        course_class=course_class,
        version=version,
        versions=versions,
        other=other,
        comparison=comparison,
        differing=sum(
            1
            for one in comparison
            if (one["before"].mark, one["before"].band) != (one["after"].mark, one["after"].band)
        ),
        form=form,
        may_move=result is None or result.state not in {"signed", "published"},
    ), status


@blueprint.route("/regulation", access=KEEPERS, methods=["POST"])
def move(key: str) -> ResponseReturnValue:
    """Go over to another version, with the reason."""
    course_class = kept(key)
    form = MoveForm()
    if form.validate():
        try:
            operations.move_to_version(
                actor=require_actor(),
                course_class=course_class,
                version_key=form.version.data or "",
                reason=form.reason.data,
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Lớp đã chuyển phiên bản quy chế. Hãy xem lại nguồn điểm rồi tính kết quả lại."), "ok")
            return redirect(url_for("class_results.show", key=key))
    return _regulation_page(kept(key), form, 422)
