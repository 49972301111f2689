"""What the room's values are called (message ids)."""

from lms.core.messages import N_
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading.models import EssayState, SubmissionState

ASPECTS = {Aspect.THEORY: N_("Lý luận"), Aspect.PRACTICE: N_("Thực tiễn")}
STATES = {
    EssayState.DRAFT: (N_("Đang soạn"), "muted"),
    EssayState.OPEN: (N_("Đang nhận bài"), "info"),
    EssayState.CLOSED: (N_("Đã đóng nhận bài"), "warn"),
    EssayState.PUBLISHED: (N_("Đã công bố điểm"), "ok"),
}
"""The word and the badge's kind."""
WORK = {
    None: (N_("Chưa làm"), "muted"),
    SubmissionState.DRAFT: (N_("Đang làm"), "warn"),
    SubmissionState.HANDED_IN: (N_("Đã nộp"), "info"),
    SubmissionState.SETTLED: (N_("Đã chấm xong"), "ok"),
}
ACTIONS = {
    "essay.created": N_("Soạn bài thu hoạch"),
    "essay.changed": N_("Sửa đề bài"),
    "essay.opened": N_("Mở nhận bài"),
    "essay.closed": N_("Đóng nhận bài"),
    "essay.graders": N_("Phân công người chấm"),
    "essay.coded": N_("Đánh phách"),
    "essay.joined": N_("Ráp phách"),
    "essay.published": N_("Công bố điểm"),
    "essay.exported": N_("Xuất bảng điểm"),
    "essay.covers": N_("In bìa bài"),
}
