"""The minutes of a session as PDF."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lms.auth.units.letterhead import letterhead
from lms.core import typesetting
from lms.core.messages import N_
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.queries.minutes import corrections, facts, texts
from lms.quizzes.exams.sheets.words import clock_time, day, head_of, text
from lms.quizzes.exams.words import TEXTS

HERE = Path(__file__).parent
NONE = N_("Không có.")
WHOLE_ROOM = N_("Cả phòng thi")
NUMBER = {"label": N_("Số báo danh"), "width": "27", "align": "center"}
NAME = {"label": N_("Họ và tên"), "width": "52"}
REST = {"width": "1fr"}
Facts = Mapping[str, Any]


def minutes_pdf(exam: ExamSession) -> bytes:
    """The minutes with the facts, what was written, and room for three signatures; a draft says that it is one."""
    found = facts(exam)
    head = letterhead(exam.course_class.unit)
    sign = N_("(Ký, ghi rõ họ tên)")
    data = {
        "head": head_of(exam),
        "title": N_("Biên bản coi thi"),
        "subject": f"{found['title']} – {found['class']}",
        "sections": [*_known(found), *_people(found), *_happened(found), *_written(exam)],
        "closing": _closing(exam),
        "signers": [
            {"role": N_("CÁN BỘ COI THI 1"), "name": found["invigilators"][0], "note": sign},
            {"role": N_("CÁN BỘ COI THI 2"), "name": found["invigilators"][1], "note": sign},
            {"role": head.signer_role, "name": head.signer_name, "note": N_("(Ký, đóng dấu)")},
        ],
    }
    return typesetting.pdf(HERE / "minutes.typ", data)


def _section(
    title: str,
    lines: Sequence[str] = (),
    columns: Sequence[Mapping[str, str]] = (),
    rows: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    return {
        "title": title,
        "lines": list(lines),
        "columns": list(columns),
        "rows": [list(row) for row in rows],
    }


def _known(found: Facts) -> list[dict[str, Any]]:
    begin, end = (datetime.fromisoformat(found[name]) for name in ("starts_at", "ends_at"))
    when = text(
        N_("Từ %(begin)s đến %(end)s ngày %(day)s."),
        begin=clock_time(begin),
        end=clock_time(end),
        day=day(begin),
    )
    where = [text(N_("Địa điểm: %(place)s."), place=found["place"])] if found["place"] else []
    paper = text(N_("Đề thi: %(title)s, làm bài trên máy."), title=found["assessment"])
    one, two = (name or "................................" for name in found["invigilators"])
    who = text(N_("Cán bộ coi thi: 1. %(one)s; 2. %(two)s."), one=one, two=two)
    lines = [when, *_held(found), *where, paper, who]
    return [_section(N_("1. Thời gian, địa điểm, thành phần"), lines), _figures(found)]


def _held(found: Facts) -> list[str]:
    """When the session really began and ended, once it has."""
    moments = [found.get(name) for name in ("opened_at", "ended_at")]
    if not all(moments):
        return []
    opened, ended = (clock_time(datetime.fromisoformat(one)) for one in moments if one)
    return [text(N_("Ca thi mở lúc %(opened)s, kết thúc lúc %(ended)s."), opened=opened, ended=ended)]


def _figures(found: Facts) -> dict[str, Any]:
    figures = found["counts"]
    said = text(
        N_(
            "Theo danh sách %(listed)s người; có mặt %(present)s; vắng %(absent)s; đã nộp bài %(handed_in)s; không đủ điều kiện dự thi %(barred)s."
        ),
        **{name: figures[name] for name in ("listed", "present", "absent", "handed_in", "barred")},
    )
    columns = [
        {"label": N_("Phòng"), "width": "1fr"},
        *(
            {"label": label, "width": "35", "align": "center"}
            for label in (N_("Theo danh sách"), N_("Có mặt"), N_("Vắng"))
        ),
    ]
    rows = [
        [room["name"], str(room["people"]), str(room["present"]), str(room["people"] - room["present"])]
        for room in found["rooms"]
        if room["people"]
    ]
    gone = [f"{one['number']} {one['name']}" for one in found.get("left", ())]
    left = [text(N_("Rút khỏi lớp sau khi lên danh sách: %(names)s."), names=", ".join(gone))] if gone else []
    return _section(N_("2. Số liệu"), [said, *left], columns, rows)


def _people(found: Facts) -> list[dict[str, Any]]:
    reason = {"label": N_("Lý do"), **REST}
    absent = _listing(
        N_("3. Vắng mặt"), found["absent"], {"label": N_("Đơn vị"), **REST}, lambda one: one["unit"]
    )
    barred = _listing(N_("4. Không đủ điều kiện dự thi"), found["barred"], reason, lambda one: one["reason"])
    word = [
        *((one, N_("cho vào thi")) for one in found["admitted"]),
        *((one, N_("không cho vào thi")) for one in found["refused"]),
    ]
    decided = _section(
        N_("5. Xét vào thi ngoài danh sách"),
        () if word else (NONE,),
        [NUMBER, NAME, {"label": N_("Quyết định và lý do"), **REST}],
        [[one["number"], one["name"], f"{said}: {one['reason']}"] for one, said in word],
    )
    return [absent, barred, decided]


def _listing(title: str, people: Sequence[Facts], last: Mapping[str, str], say: Any) -> dict[str, Any]:
    rows = [[one["number"], one["name"], say(one)] for one in people]
    return _section(title, () if rows else (NONE,), [NUMBER, NAME, last], rows)


def _happened(found: Facts) -> list[dict[str, Any]]:
    extra = _listing(
        N_("6. Thêm giờ"),
        found["extra"],
        {"label": N_("Số phút và lý do"), **REST},
        lambda one: text(N_("%(minutes)s phút: %(reason)s"), minutes=one["minutes"], reason=one["reason"]),
    )
    rows = [
        [
            clock_time(datetime.fromisoformat(one["at"])),
            f"{one['number']} {one['name']}".strip() or WHOLE_ROOM,
            one["text"],
        ]
        for one in found["incidents"]
    ]
    columns = [
        {"label": N_("Lúc"), "width": "18", "align": "center"},
        {"label": N_("Thí sinh"), "width": "52"},
        {"label": N_("Sự việc"), **REST},
    ]
    return [extra, _section(N_("7. Sự việc"), () if rows else (NONE,), columns, rows)]


def _written(exam: ExamSession) -> list[dict[str, Any]]:
    written = texts(exam)
    sections = [
        _section(f"{number}. {TEXTS[name]}", written[name].splitlines() or [NONE])
        for number, name in enumerate(TEXTS, start=8)
    ]
    made = [
        text(
            N_("Ngày %(day)s, %(who)s đính chính: %(reason)s"),
            day=day(datetime.fromisoformat(one["at"])),
            who=one["by"],
            reason=one["reason"],
        )
        for one in corrections(exam)
    ]
    return [*sections, *([_section(N_("11. Đính chính"), made)] if made else [])]


def _closing(exam: ExamSession) -> str:
    if exam.minuted_at is None:
        return N_("BẢN NHÁP: biên bản chưa chốt.")
    return text(
        N_("Biên bản chốt lúc %(time)s ngày %(day)s, đọc cho mọi người nghe và cùng ký."),
        time=clock_time(exam.minuted_at),
        day=day(exam.minuted_at),
    )
