"""What the values of exam sessions are called (message ids)."""

from lms.core.messages import N_
from lms.quizzes.exams.models import Admission, ExamState

STATES = {
    ExamState.PLANNED: N_("Đã lên danh sách"),
    ExamState.OPEN: N_("Đang diễn ra"),
    ExamState.OVER: N_("Đã kết thúc"),
    ExamState.MINUTED: N_("Đã chốt biên bản"),
}
STATE_BADGES = {
    ExamState.PLANNED: "info",
    ExamState.OPEN: "accent",
    ExamState.OVER: "warn",
    ExamState.MINUTED: "ok",
}
ADMISSIONS = {
    Admission.LISTED: N_("Dự thi"),
    Admission.BARRED: N_("Không đủ điều kiện"),
    Admission.WAITING: N_("Chờ xét"),
    Admission.ADMITTED: N_("Được vào thi"),
    Admission.REFUSED: N_("Không được vào"),
}
ADMISSION_BADGES = {
    Admission.LISTED: "muted",
    Admission.BARRED: "danger",
    Admission.WAITING: "warn",
    Admission.ADMITTED: "ok",
    Admission.REFUSED: "danger",
}
TEXTS = {
    "course": N_("Diễn biến ca thi"),
    "opinion": N_("Ý kiến của cán bộ coi thi"),
    "handover": N_("Bàn giao"),
}
