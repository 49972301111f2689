"""Halves of a day and kinds of absence in words; message ids."""

from collections.abc import Mapping

from lms.core.messages import N_
from lms.courses.attendance.models import Half, Leave
from lms.courses.attendance.standing import Verdict

HALVES: Mapping[Half, str] = {
    Half.MORNING: N_("Sáng"),
    Half.AFTERNOON: N_("Chiều"),
    Half.EVENING: N_("Tối"),
}
"""As a heading or alone in a cell."""
HALVES_WITHIN: Mapping[Half, str] = {
    Half.MORNING: N_("buổi sáng"),
    Half.AFTERNOON: N_("buổi chiều"),
    Half.EVENING: N_("buổi tối"),
}
"""Within a sentence."""
LEAVES: Mapping[Leave, str] = {Leave.UNEXCUSED: N_("Không phép"), Leave.EXCUSED: N_("Có phép")}
LETTERS: Mapping[Leave, str] = {Leave.UNEXCUSED: "K", Leave.EXCUSED: "P"}
"""As a class register marks them (*không phép, có phép*); the same in every language, a legend says what they mean."""
PRESENT = N_("Có mặt")
VERDICTS: Mapping[Verdict, str] = {
    Verdict.ELIGIBLE: N_("Đủ chuyên cần"),
    Verdict.NEAR: N_("Sắp quá mức vắng"),
    Verdict.OVER: N_("Quá mức vắng"),
}
