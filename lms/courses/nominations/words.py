"""The words of the room: what stands with a row, and where a list stands."""

from lms.core.messages import N_
from lms.courses.nominations.models import ListState
from lms.courses.nominations.reading.messages import MESSAGES

STATES: dict[ListState, tuple[str, str]] = {
    ListState.READING: ("info", N_("Đang đọc tệp")),
    ListState.FAILED: ("danger", N_("Không đọc được")),
    ListState.DRAFT: ("muted", N_("Đang soạn")),
    ListState.SENT: ("warn", N_("Chờ nhận")),
    ListState.TAKEN_IN: ("ok", N_("Đã nhận vào lớp")),
    ListState.DISCARDED: ("muted", N_("Đã bỏ")),
}
CHECKS: dict[str, str] = {
    "unit_unknown": N_("Chưa rõ đơn vị. Hãy chọn đơn vị cử người này."),
    "unit_proposed": N_("Đơn vị được đoán từ chữ ghi trong tệp. Hãy xác nhận."),
    "similar": N_("Có thể đã học ở trung tâm: %(name)s, sinh %(born)s, %(unit)s. Hãy chọn cùng người hay người khác."),
    "double_row": N_("Trùng với người ở %(place)s. Hãy bỏ qua một hàng, hoặc xác nhận là hai người."),
    "in_class": N_("Đã có trong lớp này."),
    "overlap": N_("Cùng thời gian đang học lớp %(title)s (%(dates)s)."),
    "lacks": N_("Chưa học xong chương trình phải học trước: %(titles)s."),
    "suspended": N_("Tài khoản của người này đang bị khóa."),
    "code_taken": N_("Mã %(code)s đã thuộc về người khác; khi nhận vào lớp sẽ cấp mã mới."),
}  # fmt: skip
TEXTS = {**MESSAGES, **CHECKS}
MUST_DECIDE = frozenset({"name_missing", "unit_unknown", "unit_proposed", "similar", "double_row"})
OF_THE_REGISTER = frozenset({"similar", "in_class", "overlap", "lacks", "suspended", "code_taken"})
"""What a unit isn't shown: it tells of people and classes that may be another unit's."""
