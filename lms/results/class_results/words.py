"""What the states of a class result are called, and phrases for remarks."""

from lms.core.messages import N_
from lms.results.class_results.models import ResultState

STATES: dict[str, tuple[str, str]] = {
    ResultState.DRAFT: ("muted", N_("Bản nháp")),
    ResultState.CHECKED: ("info", N_("Chờ ký")),
    ResultState.SIGNED: ("info", N_("Đã ký, chưa công bố")),
    ResultState.PUBLISHED: ("ok", N_("Đã công bố")),
}
"""Kind of badge and words."""
PLACES: dict[str, int] = {
    ResultState.DRAFT: 3,
    ResultState.CHECKED: 4,
    ResultState.SIGNED: 5,
    ResultState.PUBLISHED: 6,
}
"""Which step of the procedure waits now."""
PHRASES = (
    N_("Chấp hành tốt nội quy lớp học, có ý thức tổ chức kỷ luật."),
    N_("Tham gia học tập đầy đủ, tích cực phát biểu, liên hệ thực tiễn tốt."),
    N_("Có tinh thần cầu thị, đoàn kết, giữ gìn phẩm chất đạo đức."),
    N_("Cần chủ động hơn trong thảo luận và vận dụng vào công việc ở đơn vị."),
    N_("Cần bảo đảm thời gian học tập, hạn chế nghỉ học."),
)
"""Remarks that are proposed; the words stay free."""
