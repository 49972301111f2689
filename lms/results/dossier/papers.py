"""The papers of a dossier that this room sets itself: the list of learners, and the cover. In Vietnamese always."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lms.auth.units.letterhead import Letterhead, letterhead
from lms.core import clock, typesetting
from lms.core.file_names import safe_name
from lms.courses.classes.models import CourseClass, EnrolmentState
from lms.courses.classes.queries import enrolments
from lms.results.dossier.binding import Part, Placed
from lms.results.dossier.checklist import ITEMS
from lms.results.letters.queries.material import names_at
from lms.results.letters.wording import place_and_date, role_words

LIST = Path(__file__).with_name("class_list.typ")
Data = dict[str, Any]


def head_of(head: Letterhead) -> dict[str, str]:
    """The heading of a paper without a number, its day left open."""
    today = clock.to_local(clock.now()).date()
    return head.heading(place_and_date(head.place, None, today))


def class_list_pdf(course_class: CourseClass) -> bytes | None:
    """The list of learners (*danh sách học viên*) by name, with posts where there are any, and the unit that sent, as of then.

    None of a class with nobody in it.
    """
    learners = [one for one in enrolments(course_class) if one.state is EnrolmentState.ACTIVE]
    if not learners:
        return None
    head = letterhead(course_class.unit)
    posts = any(one.post for one in learners)
    units = names_at({one.unit_id for one in learners if one.unit_id is not None}, course_class.ends_on)
    return typesetting.pdf(
        LIST,
        {
            "head": head_of(head),
            "title": "Danh sách học viên",
            "subject": course_class.title,
            "lines": [f"Từ ngày {course_class.starts_on:%d/%m/%Y} đến ngày {course_class.ends_on:%d/%m/%Y}"],
            "columns": [
                {"label": "TT", "width": "10", "align": "center"},
                {"label": "Họ và tên", "width": "45"},
                {"label": "Ngày sinh", "width": "24", "align": "center"},
                *([{"label": "Chức vụ", "width": "32"}] if posts else []),
                {"label": "Đơn vị cử", "width": "1fr"},
            ],
            "rows": [
                [
                    str(number),
                    one.account.full_name,
                    one.account.born,
                    *([one.post] if posts else []),
                    units.get(one.unit_id or 0, ""),
                ]
                for number, one in enumerate(learners, start=1)
            ],
            "foot": [f"Danh sách có {len(learners)} học viên."],
            "signers": [
                {"role": "NGƯỜI LẬP DANH SÁCH", "name": "", "note": "(Ký, ghi rõ họ tên)"},
                {"role": role_words(head.to_json()), "name": head.signer_name, "note": "(Ký, đóng dấu)"},
            ],
        },
    )


def file_name(course_class: CourseClass) -> str:
    """What the bound dossier is called."""
    return safe_name(f"Hồ sơ lớp {course_class.code}.pdf")


def cover_of(course_class: CourseClass, placed: Sequence[Placed], broken: Sequence[Part], pages: int) -> Data:
    """The data of the cover: the checklist, each paper with its first page; what is missing, what can't be read."""
    rows = []
    for number, item in enumerate(ITEMS, start=1):
        own = [one for one in placed if one.part.item == item.code]
        lost = [one for one in broken if one.item == item.code]
        if any(not one.part.annex for one in own):
            state = "có"
        elif any(not one.annex for one in lost):
            state = "không đọc được"
        else:
            state = "không có" if item.optional else "còn thiếu"
        rows.append([str(number), item.title, state, ""])
        rows += [["", f"– {one.part.title}", "", str(pages + one.first)] for one in own]
        rows += [["", f"– {one.title}", "không đọc được", ""] for one in lost]
    return {
        "head": head_of(letterhead(course_class.unit)),
        "title": "Hồ sơ lớp",
        "subject": course_class.title,
        "lines": [
            f"Mã lớp: {course_class.code}. Chương trình: {course_class.programme.title}.",
            f"Từ ngày {course_class.starts_on:%d/%m/%Y} đến ngày {course_class.ends_on:%d/%m/%Y}.",
        ],
        "columns": [
            {"label": "TT", "width": "10", "align": "center"},
            {"label": "Tài liệu", "width": "1fr"},
            {"label": "Tình trạng", "width": "32", "align": "center"},
            {"label": "Trang", "width": "18", "align": "center"},
        ],
        "rows": rows,
        "notes": ["Tệp không đọc được có thể bị hỏng hoặc đặt mật khẩu; hãy quét và tải lên lại."]
        if broken
        else [],
    }
