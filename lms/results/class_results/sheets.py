"""What is printed and signed: the score sheet of the final test, and the list that recognises results.

Their texts are Vietnamese, as official papers are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lms.auth.units.letterhead import Letterhead, letterhead
from lms.core import clock
from lms.core.db import db
from lms.core.errors import Conflict
from lms.core.mark_words import mark_words
from lms.core.messages import N_
from lms.core.numbers import format_percent, format_short_mark
from lms.core.rounding import to_hundredths
from lms.core.typesetting import pdf
from lms.courses.classes.models import CourseClass
from lms.quizzes.exams.models import Candidate, ExamSession
from lms.quizzes.papers.models import Assessment
from lms.results.class_results.models import ClassResult, ResultState
from lms.results.class_results.queries import ASSESSMENT, rows_of, sheets_of, sources_of
from lms.results.class_results.table import Row, band_counts
from lms.results.classification.regulation import TOP, Component, ComponentKind, Regulation
from lms.results.regulations.queries import content_of

TEMPLATES = Path(__file__).parent / "templates" / "class_results"
NARROW = 5
"""More components than this leave no room for the unit's column at full width."""


def nothing_yet() -> Conflict:
    """What is said where there is no result to print."""
    return Conflict(N_("Lớp này chưa tính kết quả."))


def figure(hundredths: int | None) -> str:
    """A mark in figures as papers have it: ``8,3``, ``7,0``, ``10``, ``8,25``; empty for none."""
    if hundredths is None:
        return ""
    return "10" if hundredths == TOP else format_short_mark(hundredths)


def score_sheet_pdf(class_result: ClassResult) -> bytes:
    """The score sheet: candidate number, name, birth date as given, unit, mark in figures and words, signatures.

    The mark is that of the regulation's final test; of the total where there is none. Numbers come from the exam
    sessions of the final test. Where not everybody sat on the machine, paper code and sheets have columns too.
    """
    course_class, content = class_result.course_class, content_of(class_result.version)
    rows = rows_of(course_class.id, class_result.id)
    final = next((one for one in content.components if one.kind is ComponentKind.FINAL_TEST), None)
    seats = _candidates(course_class, final.code) if final else {}
    session = next(iter(seats.values()))[1] if seats else None
    marks = {row.enrolment_id: _final_mark(row, final.code if final else None) for row in rows}
    written = sheets_of(course_class.id, _sat(content), rows)
    numbered = sorted(
        rows, key=lambda row: (row.account_id not in seats, seats.get(row.account_id, ("", None, 0))[2])
    )
    table = [
        [
            str(place),
            seats[row.account_id][0] if row.account_id in seats else "",
            row.name,
            row.born,
            row.unit,
            *(("", written[row.enrolment_id]) if written else ()),
            figure(marks[row.enrolment_id]),
            mark_words(marks[row.enrolment_id]),
            "",
        ]
        for place, row in enumerate(numbered, start=1)
    ]
    given = sum(mark is not None for mark in marks.values())
    head = letterhead(course_class.unit)
    return pdf(
        TEMPLATES / "score_sheet.typ",
        {
            "head": _heading(head, class_result),
            "title": "Bảng điểm",
            "subject": final.title if final else "Điểm tổng kết",
            "lines": _lines(course_class, session),
            "note": "" if class_result.state is ResultState.PUBLISHED else "Bản nháp, chưa công bố",
            "columns": _score_columns(with_numbers=bool(seats), with_sheets=bool(written)),
            "rows": table if seats else [[row[0], *row[2:]] for row in table],
            "sum": f"Danh sách có {len(rows)} người; {given} người có điểm, {len(rows) - given} người không có điểm.",
            "signers": [
                [
                    _signer("Giám thị 1", session.invigilator_one if session else ""),
                    _signer("Giám thị 2", session.invigilator_two if session else ""),
                    _signer("Giám khảo 1"),
                    _signer("Giám khảo 2"),
                ],
                [_signer("Người lập bảng"), _director(head)],
            ],
        },
    )


def recognition_pdf(class_result: ClassResult) -> bytes:
    """The list of results that a decision of recognition refers to: components, total in figures and words, class."""
    course_class, content = class_result.course_class, content_of(class_result.version)
    rows = rows_of(course_class.id, class_result.id)
    counted = [one for one in content.components if one.weight]
    counts = band_counts(rows, content)
    parts = [f"{one.title or 'Chưa xếp loại'} {one.count} ({format_percent(one.percent)})" for one in counts]
    head = letterhead(course_class.unit)
    return pdf(
        TEMPLATES / "recognition.typ",
        {
            "head": _heading(head, class_result),
            "title": "Danh sách công nhận kết quả",
            "subject": course_class.title,
            "lines": [f"Mã lớp {course_class.code}. {_dates(course_class)}"],
            "note": "" if class_result.state is ResultState.PUBLISHED else "Bản nháp, chưa công bố",
            "columns": _recognition_columns(content),
            "rows": [
                [
                    str(place), row.name, row.born, row.unit,
                    *(_component(row, one.code) for one in counted),
                    figure(row.mark), mark_words(row.mark), row.band_title or "Chưa xếp loại",
                ]
                for place, row in enumerate(rows, start=1)
            ],
            "sum": f"Danh sách có {len(rows)} người: {'; '.join(parts)}.",
            "signers": [[_signer("Người lập bảng"), _director(head)]],
        },
    )  # fmt: skip


def _heading(head: Letterhead, class_result: ClassResult) -> dict[str, str]:
    moment: datetime = class_result.signed_at or class_result.computed_at
    day = clock.to_local(moment)
    when = f"ngày {day:%d} tháng {day.month} năm {day.year}"
    return head.heading(f"{head.place}, {when}" if head.place else when[0].upper() + when[1:])


def _lines(course_class: CourseClass, session: ExamSession | None) -> list[str]:
    title = course_class.title.removeprefix("Lớp ")
    lines = [f"Lớp: {title} ({course_class.code})"]
    if session is not None:
        begins = clock.to_local(session.starts_at)
        place = f", tại {session.place}" if session.place else ""
        lines.append(f"Ca thi: {session.title}, {begins:%H:%M} ngày {begins:%d/%m/%Y}{place}")
    else:
        lines.append(_dates(course_class))
    return lines


def _dates(course_class: CourseClass) -> str:
    return f"Từ ngày {course_class.starts_on:%d/%m/%Y} đến ngày {course_class.ends_on:%d/%m/%Y}"


def _signer(role: str, name: str = "") -> dict[str, str]:
    return {"role": role, "note": "(ký, ghi rõ họ tên)", "name": name}


def _director(head: Letterhead) -> dict[str, str]:
    return {"role": head.signer_role, "note": "(ký, đóng dấu)", "name": head.signer_name}


def _sat(content: Regulation) -> Component | None:
    """What the score sheet is about: the final test, else the essay."""
    for kind in (ComponentKind.FINAL_TEST, ComponentKind.ESSAY):
        for one in content.components:
            if one.kind is kind:
                return one
    return None


def _score_columns(*, with_numbers: bool, with_sheets: bool) -> list[dict[str, str]]:
    number = [{"label": "SBD", "width": "20", "align": "center"}] if with_numbers else []
    sheets = [
        {"label": "Mã đề", "width": "14", "align": "center"},
        {"label": "Số tờ", "width": "20", "align": "center"},
    ]
    return [
        {"label": "STT", "width": "12", "align": "center"},
        *number,
        {"label": "Họ và tên", "width": "1.3fr"},
        {"label": "Ngày sinh", "width": "25", "align": "center"},
        {"label": "Đơn vị", "width": "1.2fr"},
        *(sheets if with_sheets else ()),
        {"label": "Điểm bằng số", "width": "18", "align": "center"},
        {"label": "Điểm bằng chữ", "width": "32" if with_sheets else "38"},
        {"label": "Chữ ký học viên", "width": "30"},
    ]


def _recognition_columns(content: Regulation) -> list[dict[str, str]]:
    counted = [one for one in content.components if one.weight]
    width = "20" if len(counted) <= NARROW else "15"
    return [
        {"label": "STT", "width": "12", "align": "center"},
        {"label": "Họ và tên", "width": "1.3fr"},
        {"label": "Ngày sinh", "width": "24", "align": "center"},
        {"label": "Đơn vị", "width": "1.1fr"},
        *({"label": one.title, "width": width, "align": "center"} for one in counted),
        {"label": "Tổng kết", "width": "15", "align": "center"},
        {"label": "Bằng chữ", "width": "30"},
        {"label": "Xếp loại", "width": "24"},
    ]


def _component(row: Row, code: str) -> str:
    points = row.components.get(code)
    return "" if points is None else figure(to_hundredths(points))


def _final_mark(row: Row, code: str | None) -> int | None:
    if code is None:
        return row.mark
    points: Fraction | None = row.components.get(code)
    return None if points is None else to_hundredths(points)


def _candidates(course_class: CourseClass, code: str) -> Mapping[int, tuple[str, ExamSession, int]]:
    """Candidate number, session and place by account, of the sessions held for the final test's assessments."""
    targets = [one.target for one in sources_of(course_class.id).get(code, ()) if one.kind == ASSESSMENT]
    if not targets:
        return {}
    rows: Sequence[Any] = db.session.execute(
        sa.select(Candidate.account_id, Candidate.number, Candidate.position, ExamSession)
        .join(ExamSession, ExamSession.id == Candidate.session_id)
        .join(Assessment, Assessment.id == ExamSession.assessment_id)
        .where(ExamSession.class_id == course_class.id, Assessment.public_id.in_(targets))
        .order_by(ExamSession.starts_at, Candidate.position)
    ).all()
    return {row[0]: (row[1], row[3], place) for place, row in enumerate(rows)}
