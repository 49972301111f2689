"""What the figures are called, in words first."""

from lms.core.messages import N_
from lms.quizzes.analysis.reports import AttemptSet, Discrimination, Flag

FLAGS: dict[str, str] = {
    Flag.REVERSED: N_("Người giỏi lại sai nhiều hơn: xem lại đáp án"),
    Flag.KEY_BEATEN: N_("Phương án sai được chọn nhiều hơn đáp án"),
    Flag.TOO_HARD: N_("Quá khó: chưa đến một phần năm trả lời đúng"),
    Flag.TOO_EASY: N_("Quá dễ: gần như ai cũng trả lời đúng"),
    Flag.IDLE_DISTRACTOR: N_("Có phương án sai không ai chọn"),
}
DISCRIMINATION: dict[str, str] = {
    Discrimination.GOOD: N_("Phân biệt tốt"),
    Discrimination.FAIR: N_("Phân biệt tạm được"),
    Discrimination.POOR: N_("Phân biệt kém"),
    Discrimination.REVERSED: N_("Phân biệt ngược"),
    Discrimination.TOO_FEW: N_("Ít người làm, chưa kết luận được"),
    Discrimination.FLAT: N_("Ai cũng như nhau, không phân biệt"),
}
ATTEMPT_SETS: dict[str, str] = {
    AttemptSet.FIRST: N_("Lần làm đầu"),
    AttemptSet.LAST: N_("Lần làm cuối"),
    AttemptSet.HIGHEST: N_("Lần điểm cao nhất"),
    AttemptSet.ALL: N_("Mọi lần làm"),
}
RELIABILITY: tuple[tuple[float, str], ...] = (
    (80.0, N_("Tốt")),
    (60.0, N_("Tạm được")),
    (float("-inf"), N_("Thấp")),
)
"""Cronbach's alpha in words, by its lower border in percent."""


def reliability(alpha: float) -> str:
    """The word for an alpha in percent."""
    return next(word for border, word in RELIABILITY if alpha >= border)
