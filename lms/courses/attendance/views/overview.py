"""The attendance of a class: on the page, as a workbook, on paper."""

import io
from datetime import date

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.letterhead import letterhead
from lms.core.file_names import safe_name
from lms.courses.attendance import operations, rules, words
from lms.courses.attendance.export import Sheet, workbook
from lms.courses.attendance.overview import Overview, matching, overview
from lms.courses.attendance.register import Heading, register_pdf
from lms.courses.attendance.standing import Verdict
from lms.courses.attendance.views import READERS, limit_words, roll_pages, seen
from lms.courses.attendance.views import today as today_
from lms.courses.classes.models import CourseClass
from lms.web.guard import require_actor
from lms.web.i18n import language, say

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@roll_pages.route("/classes/<key>/attendance", access=READERS)
def index(key: str) -> ResponseReturnValue:
    """Learners × half days, those nearest to the limit first unless ``?sort=name``."""
    course_class = seen(key)
    found = overview(course_class)
    text, by_name = request.args.get("q", "").strip()[:100], request.args.get("sort") == "name"
    return render_template(
        "attendance/overview.html",
        course_class=course_class,
        found=found,
        rows=matching(found.rows if by_name else found.endangered_first(), text),
        text=text,
        by_name=by_name,
        limit=limit_words(found.limit),
        counts={verdict.value: found.counted(verdict) for verdict in Verdict},
        monitors=[row for row in found.rows if row.enrolment.is_monitor],
        may_keep=rules.may_keep(require_actor(), course_class.unit.path),
        today=today_(),
        words=words,
    )


def _summary(found: Overview) -> str:
    return str(
        _(
            "%(learners)s học viên; %(meetings)s buổi, %(total)s tiết, đã điểm danh %(held)s tiết; được vắng nhiều nhất %(limit)s số tiết.",
            learners=len(found.rows),
            meetings=len(found.meetings),
            total=found.total,
            held=found.held,
            limit=limit_words(found.limit),
        )
    )


def _place_and_date(place: str, day: date) -> str:
    parts = {"day": f"{day:%d}", "month": f"{day:%m}", "year": f"{day:%Y}"}
    if place:
        return str(_("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s", place=place, **parts))
    return str(_("Ngày %(day)s tháng %(month)s năm %(year)s", **parts))


def _legend() -> str:
    return str(_("K: vắng không phép; P: vắng có phép; ô trống: có mặt hoặc chưa điểm danh."))


@roll_pages.route("/classes/<key>/attendance/export", access=READERS)
def export(key: str) -> ResponseReturnValue:
    """The table as an Excel workbook, by name; that it was taken is noted."""
    course_class = seen(key)
    found = overview(course_class)
    sheet = Sheet(
        centre=course_class.unit.name,
        title=_("Bảng chuyên cần"),
        class_title=course_class.title,
        summary=_summary(found),
        legend=_legend(),
    )
    data = workbook(sheet, found, found.rows, say)
    return _taken(course_class, data, "xlsx", len(found.rows))


@roll_pages.route("/classes/<key>/attendance/print", access=READERS)
def print_register(key: str) -> ResponseReturnValue:
    """The register as a PDF with the official heading; that it was taken is noted."""
    course_class = seen(key)
    found = overview(course_class)
    head = letterhead(course_class.unit)
    heading = Heading(
        letterhead=head,
        place_and_date=_place_and_date(head.place, today_()),
        title=_("Bảng chuyên cần"),
        subject=course_class.title,
        summary=_summary(found),
        legend=_(
            "S, C, T: sáng, chiều, tối. K: vắng không phép; P: vắng có phép; ·: có mặt; ô trống: chưa điểm danh."
        ),
        monitor=next((row.name for row in found.rows if row.enrolment.is_monitor), ""),
    )
    data = register_pdf(heading, found, say, language())
    return _taken(course_class, data, "pdf", len(found.rows))


def _taken(course_class: CourseClass, data: bytes, ending: str, rows: int) -> ResponseReturnValue:
    class_id = course_class.id
    name = safe_name(f"{_('Chuyên cần')} {course_class.code}.{ending}")
    answer = send_file(io.BytesIO(data), KINDS[ending], as_attachment=ending != "pdf", download_name=name)
    operations.note_taken(
        actor=require_actor(),
        action=f"attendance.taken_{ending}",
        class_id=class_id,
        data={"rows": rows},
    )
    return answer
