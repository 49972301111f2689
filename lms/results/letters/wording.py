"""The words of a unit feedback report. A letter is an official Vietnamese paper whatever language its reader works in.

From the plain content of :mod:`lms.results.letters.content` it makes the whole letter as data: heading, blocks, signer.
PDF, Word and the page in the browser are made of the same data. Pure.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lms.core.numbers import format_percent, format_share, format_short_mark
from lms.core.rounding import distribution
from lms.core.vietnamese import after_class
from lms.results.letters.content import gap_of

PARTY = "party"
GAP = "\u00a0" * 6
"""What is left open for the clerk's hand."""
SHORT = 12
"""Rows of a table that isn't broken between pages."""
Words = dict[str, Any]

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("TT", "8", "center"),
    ("Họ và tên", "33", "left"),
    ("Ngày sinh", "22", "center"),
    ("Chuyên cần", "19", "center"),
    ("Lý luận", "12", "center"),
    ("Thực tiễn", "12", "center"),
    ("Tổng", "12", "center"),
    ("Xếp loại", "18", "center"),
    ("Nhận xét", "1fr", "left"),
)
"""Label, width in millimetres of 160 (``1fr``: what is left), alignment."""


def whole_letter(
    content: Mapping[str, Any],
    head: Mapping[str, str],
    *,
    recommendation: str,
    made_on: date,
    number: str = "",
    dated: date | None = None,
) -> Words:
    """The letter as data. ``head`` is a letterhead's JSON; number and day stay open where they aren't known."""
    party = head.get("style", PARTY) == PARTY
    issuer = head.get("issuer", "")
    return {
        "head": {
            "style": PARTY if party else "state",
            "superior": head.get("superior", ""),
            "issuer": issuer,
            "number": number_words(head, number),
            "place_and_date": place_and_date(head.get("place", ""), dated, made_on),
        },
        "title": "Thông báo",
        "subject": f"kết quả học tập của học viên tham gia lớp {after_class(content['class']['title'])}",
        "blocks": _blocks(content, issuer, recommendation, ending="." if party else "./."),
        "receivers": [f"{content['unit']};", f"Lưu {issuer}."],
        "signer": {"role": role_words(head), "name": head.get("signer_name", "")},
    }


def number_words(head: Mapping[str, str], number: str = "") -> str:
    """``Số 12-TB/TTCT`` for the Party's papers, ``Số: 12/TB-TTCT`` for the state's; a gap while there is no number."""
    code = head.get("code", "")
    if head.get("style", PARTY) == PARTY:
        return f"Số {number or GAP}-TB/{code}"
    return f"Số: {number or GAP}/TB-{code}"


def place_and_date(place: str, dated: date | None, made_on: date) -> str:
    """``Tân Lập, ngày 05 tháng 02 năm 2026``; the day open while it isn't known. Small days and months get a zero."""
    day = dated or made_on
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004  (only January and February can be forged)
    start = f"{place}, ngày" if place else "Ngày"
    return f"{start} {f'{day.day:02d}' if dated else GAP} tháng {month} năm {day.year}"


def role_words(head: Mapping[str, str]) -> str:
    """The signer's role, one line or two; *K/T* is written *KT.* on state bodies' papers."""
    role = head.get("signer_role", "")
    return role if head.get("style", PARTY) == PARTY else role.replace("K/T ", "KT. ")


def _day(text: str) -> str:
    return date.fromisoformat(text).strftime("%d/%m/%Y")


def mark_words(hundredths: int | None) -> str:
    """``8,3``; a dash where there is no mark."""
    if hundredths is None:
        return "–"
    return format_short_mark(hundredths)


def _paragraph(text: str) -> Words:
    return {"kind": "paragraph", "text": text}


def _section(number: int, text: str) -> Words:
    return {"kind": "section", "text": f"{number}. {text}"}


def _table(columns: Sequence[tuple[str, str, str]], rows: list[list[str]], *, whole: bool = True) -> Words:
    """A table; ``whole`` keeps it on one page, since it is short."""
    return {
        "kind": "table",
        "whole": whole and len(rows) <= SHORT,
        "columns": [{"label": label, "width": width, "align": align} for label, width, align in columns],
        "rows": rows,
    }


def _blocks(content: Mapping[str, Any], issuer: str, recommendation: str, *, ending: str) -> list[Words]:
    group = content["class"]
    place = f" tại {group['place']}" if group["place"] else ""
    sent = len(content["learners"])
    parts = (
        ("Kết quả của từng học viên", _people(content)),
        ("Tổng hợp", _totals(content)),
        ("Nội dung mạnh, nội dung yếu so với cả lớp", _comparison(content)),
        ("Lý luận và thực tiễn", [_paragraph(text) for text in gap_sentences(content)]),
        ("Đề nghị", [_paragraph(line) for line in recommendation.splitlines() if line.strip()]),
    )
    blocks = [
        _paragraph(
            f"Từ ngày {_day(group['starts_on'])} đến ngày {_day(group['ends_on'])}, {issuer} đã tổ chức "
            f"lớp {after_class(group['title'])} (chương trình {group['programme']}){place}. {content['unit']} cử {sent} học viên "
            f"trên tổng số {group['learners']} học viên của lớp. {issuer} thông báo kết quả học tập như sau:"
        )
    ]
    written = [part for part in parts if part[1]]
    for number, (title, body) in enumerate(written, start=1):
        blocks += [_section(number, title), *body]
    blocks.append(
        _paragraph(
            f"{issuer} thông báo để {content['unit']} biết, theo dõi, giúp đỡ học viên vận dụng kết quả học tập "
            f"vào công việc và cho ý kiến nhận xét về lớp học{ending}"
        )
    )
    return blocks


def _people(content: Mapping[str, Any]) -> list[Words]:
    rows = [
        [
            str(number),
            one["name"],
            one["born"] or "–",
            presence_words(one),
            mark_words(one["theory"]),
            mark_words(one["practice"]),
            mark_words(one["mark"]),
            one["band"] or "Chưa có",
            one["remark"],
        ]
        for number, one in enumerate(content["learners"], start=1)
    ]
    blocks = [_table(COLUMNS, rows, whole=False)] if rows else []
    if content["withdrawn"]:
        names = ", ".join(content["withdrawn"])
        blocks.append(
            _paragraph(
                f"Đã rút khỏi lớp, không tính vào các số liệu: {names} ({len(content['withdrawn'])} người)."
            )
        )
    return blocks


def presence_words(one: Mapping[str, Any]) -> str:
    """``95,00 % (38/40)``: the percentage always beside its counts, in teaching periods."""
    if not one["periods"]:
        return "–"
    return f"{format_percent(Decimal(one['percent']))} ({one['attended']}/{one['periods']})"


def _totals(content: Mapping[str, Any]) -> list[Words]:
    sent, presence = len(content["learners"]), content["attendance"]
    if not sent:
        return []
    sentences = [f"Số học viên đạt yêu cầu: {format_share(content['passed'], sent)}."]
    if presence["periods"]:
        share = format_share(presence["attended"], presence["periods"])
        sentences.append(f"Chuyên cần của cả nhóm: {share} số tiết có điểm danh.")
    if presence["unexcused"]:
        sentences.append(f"Số người có buổi vắng không phép: {format_share(presence['unexcused'], sent)}.")
    rows = [
        [one["title"] or "Chưa xếp loại", str(one["count"]), format_percent(Decimal(one["percent"]))]
        for one in content["bands"]
    ]
    rows.append(["Cộng", str(sent), format_percent(Decimal(100))])
    columns = (("Xếp loại", "70", "left"), ("Số người", "35", "center"), ("Tỷ lệ", "35", "center"))
    return [_paragraph(" ".join(sentences)), _table(columns, rows)]


WHY_NOT = {
    "few": "Đơn vị cử ít hơn 3 học viên nên không so sánh với cả lớp: số liệu của một, hai người chưa nói lên điều gì chung.",
    "alone": "Gần như cả lớp là học viên của đơn vị nên không so sánh với cả lớp.",
    "nothing": "Chưa có đủ bài kiểm tra theo từng nội dung để so sánh với cả lớp.",
}
VERDICTS = {"strong": "Mạnh hơn", "weak": "Yếu hơn", "even": "Tương đương"}


def _comparison(content: Mapping[str, Any]) -> list[Words]:
    found = content["comparison"]
    if found["why"]:
        return [_paragraph(WHY_NOT[found["why"]])]
    strong, weak = (topics_called(content, verdict) for verdict in ("strong", "weak"))
    sentences = []
    if strong:
        sentences.append(f"Mạnh hơn cả lớp: {'; '.join(strong)}.")
    if weak:
        sentences.append(f"Yếu hơn cả lớp: {'; '.join(weak)}.")
    if not sentences:
        sentences.append("Không có nội dung nào mạnh hơn hoặc yếu hơn hẳn so với cả lớp (chênh từ 0,5 điểm).")
    rows = [
        [one["title"], mark_words(one["group"]), mark_words(one["whole"]), VERDICTS[one["verdict"]]]
        for one in found["topics"]
    ]
    columns = (
        ("Nội dung", "1fr", "left"),
        ("Điểm trung bình của đơn vị", "30", "center"),
        ("Điểm trung bình của lớp", "30", "center"),
        ("So với lớp", "27", "center"),
    )
    return [_paragraph(" ".join(sentences)), _table(columns, rows)]


def topics_called(content: Mapping[str, Any], verdict: str) -> list[str]:
    """Titles of the topics that got this verdict, in the order of the report."""
    return [one["title"] for one in content["comparison"]["topics"] if one["verdict"] == verdict]


def gap_sentences(content: Mapping[str, Any]) -> list[str]:
    """Theory against practice in plain words; nothing where nobody has both parts."""
    found = gap_of(content)
    whole = found.learners
    if not whole:
        return []
    parts = (
        (found.both, "đạt cả lý luận và thực tiễn"),
        (found.theory_only, "biết nhưng chưa vận dụng được"),
        (found.practice_only, "vận dụng được nhưng chưa chắc lý luận"),
        (found.neither, "chưa đạt phần nào"),
    )
    shares = distribution([count for count, _ in parts])
    said = "; ".join(
        f"{count}/{whole} ({format_percent(share)}) {words}"
        for (count, words), share in zip(parts, shares, strict=True)
        if count
    )
    return [f"{said} (mỗi phần tính là đạt từ {mark_words(content['pass_mark'])} điểm)."]


def proposed(content: Mapping[str, Any]) -> str:
    """A recommendation to begin with, one thought a line; staff edit it before the letter is sent."""
    lines = []
    sent, found = len(content["learners"]), gap_of(content)
    if not sent:
        return ""
    failed = [one["name"] for one in content["learners"] if not one["passed"]]
    if failed:
        lines.append(f"Tạo điều kiện để {', '.join(failed)} học lại hoặc thi lại ở lớp gần nhất.")
    weak = topics_called(content, "weak")
    if weak:
        lines.append(f"Bổ sung trong sinh hoạt chi bộ các nội dung còn yếu: {'; '.join(weak)}.")
    if found.theory_only:
        lines.append("Giao việc cụ thể gắn với nội dung đã học để học viên vận dụng lý luận vào thực tiễn.")
    if found.practice_only:
        lines.append("Nhắc học viên đọc lại phần lý luận, nhất là các văn bản làm căn cứ.")
    if content["attendance"]["unexcused"]:
        lines.append("Nhắc nhở học viên có buổi vắng không phép và bố trí công việc để học viên dự học đủ.")
    if not lines:
        lines.append("Tiếp tục cử học viên tham gia các lớp sau và phát huy kết quả của các học viên này.")
    return "\n".join(lines)
