"""What the values of the results table are called."""

from lms.core.messages import N_
from lms.quizzes.delivery.models import ClosedBy
from lms.results.gradebook.table import Outcome

OUTCOMES: dict[str, str] = {
    Outcome.PASSED: N_("Đạt"),
    Outcome.FAILED: N_("Chưa đạt"),
    Outcome.WRITING: N_("Đang làm"),
    Outcome.NOT_SAT: N_("Chưa làm"),
}
CLOSED_BY: dict[str, str] = {
    ClosedBy.LEARNER: N_("Học viên"),
    ClosedBy.DEADLINE: N_("Hết giờ, máy nộp"),
    ClosedBy.STAFF: N_("Giáo vụ"),
}
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("name", N_("Họ và tên"), ""),
    ("born", N_("Ngày sinh"), "date"),
    ("unit", N_("Đơn vị"), ""),
    ("attempts", N_("Số lần"), "number"),
    ("answered", N_("Đã làm"), "number"),
    ("theory", N_("Lý luận"), "marks"),
    ("practice", N_("Thực tiễn"), "marks"),
    ("total", N_("Tổng"), "marks"),
    ("outcome", N_("Kết quả"), ""),
    ("closed_at", N_("Nộp lúc"), "datetime"),
    ("closed_by", N_("Ai nộp"), ""),
)
"""Columns of the table: name, heading, kind. All of them sort."""
