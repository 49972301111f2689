"""The table of the class result, as a page, a workbook and on paper."""

import io
from collections.abc import Sequence
from typing import Any

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import is_small_centre
from lms.core import clock
from lms.core.file_names import safe_name
from lms.courses.classes.models import CourseClass
from lms.results.class_results import export, queries, rules, sheets, words
from lms.results.class_results.forms import ReturnForm, SignForm
from lms.results.class_results.models import ClassResult, ResultState
from lms.results.class_results.table import NO_BAND, Row, Wanted, arranged, band_counts, units_of
from lms.results.class_results.views.blueprint import READERS, blueprint, seen
from lms.results.classification.regulation import (
    NOT_ELIGIBLE_CODE,
    NOT_ELIGIBLE_TITLE,
    ComponentKind,
    Regulation,
)
from lms.results.gradebook.operations import note_access
from lms.results.regulations.models import RegulationVersion
from lms.results.regulations.queries import content_of, version_followed
from lms.results.regulations.rules import may_keep as may_regulate
from lms.web.guard import require_actor
from lms.web.i18n import language, say, vndatetime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wanted_rows() -> Wanted:
    """What the query string asks for; nonsense counts as nothing."""
    return Wanted(
        text=request.args.get("q", "").strip()[:100],
        unit=request.args.get("unit", "")[:40],
        band=request.args.get("band", "")[:40],
        sort=request.args.get("sort", "") or "name",
    )


def band_choices(content: Regulation) -> list[tuple[str, str]]:
    """Every class of result for the filter."""
    bands = [(band.code, say(band.title)) for band in content.bands]
    return [*bands, (NOT_ELIGIBLE_CODE, say(NOT_ELIGIBLE_TITLE)), (NO_BAND, _("Chưa xếp loại"))]


def active_filters(wanted: Wanted, rows: Sequence[Row], content: Regulation) -> list[tuple[str, str]]:
    """The filters in words, with the parameter of each."""
    found = []
    if wanted.text:
        found.append((f"“{wanted.text}”", "q"))
    if wanted.unit:
        found.append((dict(units_of(rows)).get(wanted.unit, _("Đơn vị không có trong lớp")), "unit"))
    if wanted.band:
        found.append((dict(band_choices(content)).get(wanted.band, _("Xếp loại khác")), "band"))
    return found


def columns_of(content: Regulation) -> list[dict[str, Any]]:
    """The columns of the table; components stand under their titles, attendance as its percentage alone."""
    middle = [
        {"key": f"c-{one.code}", "label": say(one.title), "kind": "number", "sort": True}
        for one in content.components
        if one.kind is not ComponentKind.ATTENDANCE
    ]
    return [
        {"key": "name", "label": _("Họ và tên"), "sort": True},
        {"key": "unit", "label": _("Đơn vị"), "sort": True},
        {"key": "attended", "label": _("Có mặt"), "kind": "percent", "sort": True},
        *middle,
        {"key": "theory", "label": _("Lý luận"), "kind": "marks", "sort": True},
        {"key": "practice", "label": _("Thực tiễn"), "kind": "marks", "sort": True},
        {"key": "mark", "label": _("Tổng kết"), "kind": "marks", "sort": True},
        {"key": "band", "label": _("Xếp loại")},
    ]


def _version_of(course_class: CourseClass, result: ClassResult | None) -> RegulationVersion | None:
    return result.version if result is not None else version_followed(course_class.id)


@blueprint.route("", access=READERS)
def show(key: str) -> ResponseReturnValue:
    """The result of everybody, what stands behind it, and what has to be done next."""
    return page(seen(key))


def page(
    course_class: CourseClass, form: ReturnForm | None = None, signing: SignForm | None = None
) -> ResponseReturnValue:
    """The page; ``form`` is a return that lacked its reason, ``signing`` a signature that lacked its word on the rolls."""
    actor = require_actor()
    result = queries.class_result_of(course_class.id)
    version = _version_of(course_class, result)
    if version is None:
        return render_template(
            "class_results/no_regulation.html",
            course_class=course_class,
            may_regulate=may_regulate(actor, course_class.unit.path),
        )
    content = content_of(version)
    rows = queries.rows_of(course_class.id, result.id if result else None)
    active = [(row.enrolment_id, row.account_id) for row in rows if not row.withdrawn]
    gathered = queries.gather(course_class, active)
    changed = queries.changed(rows, queries.reckon(gathered, content)) if result is not None else set()
    wanted = wanted_rows()
    unit = course_class.unit
    needs_small = result is not None and result.checked_by_id == actor.id and bool(rules.signed_scope(actor))
    return render_template(
        "class_results/show.html",
        course_class=course_class,
        result=result,
        version=version,
        content=content,
        rows=arranged(rows, wanted) if result is not None else [],
        total=len(rows),
        counts=band_counts(rows, content),
        changed=changed,
        gathered=gathered,
        unpublished=[one for listed in gathered.sources.values() for one in listed if not one.published],
        uncalled=next((one for one in gathered.attendance.values() if one.held < one.planned), None),
        rolls=queries.missing_rolls([course_class.id]).get(course_class.id),
        lacking=sum(1 for row in rows if row.computed and not row.band),
        wanted=wanted,
        active=active_filters(wanted, rows, content),
        unit_choices=units_of(rows),
        band_choices=band_choices(content),
        columns=columns_of(content),
        words=words,
        may_keep=rules.may_keep(actor, unit.path),
        may_sign=result is not None
        and rules.may_sign(actor, unit.path, result, small=needs_small and is_small_centre(unit)),
        may_return=result is not None and rules.may_return(actor, unit.path, result),
        is_open=rules.is_open(result),
        form=form or ReturnForm(formdata=None),
        signing=signing or SignForm(formdata=None),
    ), 422 if form or signing else 200


def _computed(course_class: CourseClass) -> tuple[ClassResult, Regulation, list[Row]]:
    result = queries.class_result_of(course_class.id)
    if result is None:
        raise sheets.nothing_yet()
    return result, content_of(result.version), queries.rows_of(course_class.id, result.id)


def _noted(action: str, result_id: int) -> None:
    note_access(actor=require_actor(), action=action, subject=("class_result", result_id))


@blueprint.route("/export", access=READERS)
def export_table(key: str) -> ResponseReturnValue:
    """The table as shown, as an Excel workbook; that it was taken is noted."""
    course_class = seen(key)
    result, content, rows = _computed(course_class)
    result_id = result.id
    wanted = wanted_rows()
    sheet = export.Sheet(
        centre=course_class.unit.name,
        title=_("Kết quả lớp"),
        class_title=course_class.title,
        state=say(words.STATES[result.state][1]),
        filters=[text for text, _name in active_filters(wanted, rows, content)],
        made_at=vndatetime(clock.now()),
    )
    data = export.workbook(sheet, content, arranged(rows, wanted), say)
    name = safe_name(_("Kết quả lớp %(code)s", code=course_class.code) + ".xlsx")
    answer = send_file(io.BytesIO(data), XLSX, as_attachment=True, download_name=name)
    _noted("class_result.exported", result_id)
    return answer


@blueprint.route("/print", access=READERS)
def print_table(key: str) -> ResponseReturnValue:
    """The table as shown, for paper; that it was taken is noted."""
    course_class = seen(key)
    result, content, rows = _computed(course_class)
    result_id = result.id
    wanted = wanted_rows()
    answer = render_template(
        "class_results/print.html",
        course_class=course_class,
        result=result,
        content=content,
        rows=arranged(rows, wanted),
        counts=band_counts(rows, content),
        active=active_filters(wanted, rows, content),
        columns=columns_of(content),
        language=language(),
        now=clock.now(),
        draft=result.state is not ResultState.PUBLISHED,
    )
    _noted("class_result.printed", result_id)
    return answer


@blueprint.route("/score-sheet.pdf", access=READERS)
def score_sheet(key: str) -> ResponseReturnValue:
    """The score sheet of the final test."""
    return _pdf(seen(key), sheets.score_sheet_pdf, _("Bảng điểm"), "class_result.score_sheet")


@blueprint.route("/recognition.pdf", access=READERS)
def recognition(key: str) -> ResponseReturnValue:
    """The list that recognises results."""
    return _pdf(
        seen(key), sheets.recognition_pdf, _("Danh sách công nhận kết quả"), "class_result.recognition"
    )


def _pdf(course_class: CourseClass, make: Any, title: str, action: str) -> ResponseReturnValue:
    result = queries.class_result_of(course_class.id)
    if result is None:
        raise sheets.nothing_yet()
    result_id = result.id
    data = make(result)
    name = safe_name(f"{title} {course_class.code}.pdf")
    answer = send_file(io.BytesIO(data), "application/pdf", download_name=name)
    _noted(action, result_id)
    return answer
