"""What the bank's values are called (message ids)."""

from lms.core.messages import N_
from lms.core.vietnamese import fold
from lms.quizzes import kinds
from lms.quizzes.bank.models import Aspect, Decision, Level, QuestionState

LEVELS = {
    Level.RECOGNISE: N_("Nhận biết"),
    Level.UNDERSTAND: N_("Thông hiểu"),
    Level.APPLY: N_("Vận dụng"),
    Level.APPLY_HIGH: N_("Vận dụng cao"),
}
ASPECTS = {Aspect.THEORY: N_("Lý luận"), Aspect.PRACTICE: N_("Thực tiễn")}
STATES = {
    QuestionState.DRAFT: N_("Bản nháp"),
    QuestionState.IN_REVIEW: N_("Chờ duyệt"),
    QuestionState.APPROVED: N_("Đã duyệt"),
    QuestionState.RETIRED: N_("Thôi dùng"),
}
STATE_BADGES = {
    QuestionState.DRAFT: "muted",
    QuestionState.IN_REVIEW: "warn",
    QuestionState.APPROVED: "ok",
    QuestionState.RETIRED: "muted",
}
DECISIONS = {
    Decision.APPROVED: N_("Đồng ý"),
    Decision.RETURNED: N_("Trả lại"),
    Decision.RETIRED: N_("Thôi dùng"),
}
EVIDENCE = {
    "bold": N_("theo chữ đậm"),
    "underline": N_("theo gạch chân"),
    "colour": N_("theo màu chữ"),
    "highlight": N_("theo tô nền"),
    "mark": N_("theo dấu đánh trước phương án"),
    "answer_line": N_("theo dòng đáp án"),
    "answer_table": N_("theo bảng đáp án cuối tệp"),
    "column": N_("theo cột đáp án"),
    "format": N_("theo định dạng của tệp"),
}
OTHER_KINDS = {
    "matching": N_("Ghép đôi"),
    "ordering": N_("Sắp xếp thứ tự"),
    "gap_fill": N_("Điền vào chỗ trống"),
    "essay": N_("Tự luận"),
}
MARKS = {
    "understood": (N_("hiểu"), "ok"),
    "doubtful": (N_("ngờ"), "warn"),
    "failed": (N_("không hiểu"), "danger"),
    "accepted": (N_("đã xem"), "ok"),
    "skipped": (N_("bỏ qua"), "muted"),
    "duplicate": (N_("đã có"), "warn"),
    "unknown_kind": (N_("chưa nhập được"), "muted"),
    "incomplete": (N_("cần sửa"), "warn"),
    "imported": (N_("đã nhập"), "info"),
}
"""Chips of the import preview: the word and the badge's kind."""


def kind_title(name: str) -> str:
    """What people call a kind, known or only read."""
    return kinds.get(name).title if kinds.known(name) else OTHER_KINDS.get(name, name)


_LEVELS = (
    ("van dung cao", Level.APPLY_HIGH),
    ("van dung", Level.APPLY),
    ("thong hieu", Level.UNDERSTAND),
    ("nhan biet", Level.RECOGNISE),
)
_SHORT_LEVELS = {"nb": Level.RECOGNISE, "th": Level.UNDERSTAND, "vd": Level.APPLY, "vdc": Level.APPLY_HIGH}


def level_of(words: str | None) -> Level | None:
    """The level that a file names: *Nhận biết*, *VD*, *Mức độ: thông hiểu*."""
    text = fold(words or "").strip(" .:()[]")
    if text in {level.value for level in Level}:
        return Level(text)
    if text in _SHORT_LEVELS:
        return _SHORT_LEVELS[text]
    return next((level for name, level in _LEVELS if name in text), None)


def aspect_of(words: str | None) -> Aspect | None:
    """Theory or practice as a file names it."""
    text = fold(words or "")
    if "thuc tien" in text or text == Aspect.PRACTICE or "thuc hanh" in text:
        return Aspect.PRACTICE
    return Aspect.THEORY if "ly luan" in text or "ly thuyet" in text or text == Aspect.THEORY else None
