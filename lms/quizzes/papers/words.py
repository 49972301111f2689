"""What the values of assessments are called (message ids)."""

from lms.core.messages import N_
from lms.quizzes.papers.models import AssessmentKind, ReviewRule
from lms.quizzes.papers.queries import Stage

KINDS = {
    AssessmentKind.PRACTICE: N_("Luyện tập"),
    AssessmentKind.MODULE_TEST: N_("Kiểm tra chuyên đề"),
    AssessmentKind.FINAL_TEST: N_("Kiểm tra cuối khóa"),
}
KIND_NOTES = {
    AssessmentKind.PRACTICE: N_(
        "Trả lời xong mỗi câu thấy ngay đúng sai và lời giải thích; làm bao nhiêu lần cũng được, không tính điểm."
    ),
    AssessmentKind.MODULE_TEST: N_("Có giờ mở, giờ đóng và điểm; làm sau một chuyên đề."),
    AssessmentKind.FINAL_TEST: N_("Có giờ mở, giờ đóng và điểm; làm khi kết thúc lớp."),
}
REVIEW_RULES = {
    ReviewRule.MARK_ONLY: N_("Chỉ xem điểm"),
    ReviewRule.OWN_ANSWERS: N_("Xem điểm và xem câu nào làm đúng, câu nào sai"),
    ReviewRule.KEY_AND_EXPLANATION: N_("Xem điểm, bài làm, đáp án và lời giải thích"),
}
STAGES = {
    Stage.DRAFT: N_("Đang soạn"),
    Stage.WAITING: N_("Chờ phát hành"),
    Stage.UPCOMING: N_("Sắp mở"),
    Stage.OPEN: N_("Đang mở"),
    Stage.ENDED: N_("Đã đóng"),
    Stage.ARCHIVED: N_("Đã cất"),
}
STAGE_BADGES = {
    Stage.DRAFT: "muted",
    Stage.WAITING: "warn",
    Stage.UPCOMING: "info",
    Stage.OPEN: "ok",
    Stage.ENDED: "muted",
    Stage.ARCHIVED: "muted",
}
ACTIONS = {
    "assessment.created": N_("Tạo đề"),
    "assessment.duplicated": N_("Nhân bản từ đề khác"),
    "assessment.changed": N_("Sửa thông tin"),
    "assessment.blueprint_changed": N_("Sửa ma trận"),
    "assessment.submitted": N_("Gửi duyệt"),
    "assessment.returned": N_("Trả lại"),
    "assessment.released": N_("Phát hành"),
    "assessment.withdrawn": N_("Thu hồi"),
    "assessment.window_extended": N_("Lùi giờ đóng"),
    "assessment.window_set": N_("Đặt giờ theo ca thi"),
    "assessment.archived": N_("Cất đề"),
    "session.extra_time": N_("Thêm giờ cho một người"),
}
ANY_TOPIC = N_("Chủ đề bất kỳ")
ANY_LEVEL = N_("Mức bất kỳ")
