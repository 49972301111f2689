"""The words of the room: what stands with a row, and where a list stands."""

import re

from lms.core.messages import N_, Message
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
    "double_row": N_("Trùng với %(name)s, sinh %(born)s, ở %(place)s. Hãy bỏ qua một hàng, hoặc xác nhận là hai người."),
    "in_class": N_("Đã có trong lớp này."),
    "overlap": N_("Cùng thời gian đang học lớp %(title)s (%(dates)s)."),
    "lacks": N_("Chưa học xong chương trình phải học trước: %(titles)s."),
    "suspended": N_("Tài khoản của người này đang bị khóa."),
    "email_taken": N_("Địa chỉ thư %(email)s đã có người dùng; khi nhận vào lớp sẽ không ghi vào tài khoản này."),
    "code_taken": N_("Mã %(code)s đã thuộc về người khác; khi nhận vào lớp sẽ cấp mã mới."),
}  # fmt: skip
TEXTS = {**MESSAGES, **CHECKS}
MUST_DECIDE = frozenset({"name_missing", "unit_unknown", "unit_proposed", "similar", "double_row"})
OF_THE_REGISTER = frozenset(
    {"similar", "in_class", "overlap", "lacks", "suspended", "code_taken", "email_taken"}
)
"""What a unit isn't shown: it tells of people and classes that may be another unit's."""
OF_THE_SENDER = frozenset({"name_missing", "double_row"})
"""What a unit can see and settle itself, and must before it sends."""
PLACE = re.compile(r"(?:trang (?P<sheet>.+), |bảng (?P<table>\d+), )?(?:hàng |#)(?P<row>\d+)")
"""What readers write, and ``#3`` for the third of those who were typed in."""


def place_words(place: str) -> Message:
    """Where a row stands, as the reader wrote it, to be said in the reader's language."""
    match = PLACE.fullmatch(place)
    if match is None:
        return Message("%(place)s", {"place": place})
    found = match.groupdict()
    if found["sheet"]:
        return Message(N_("trang %(sheet)s, hàng %(row)s"), {"sheet": found["sheet"], "row": found["row"]})
    if found["table"]:
        return Message(N_("bảng %(table)s, hàng %(row)s"), {"table": found["table"], "row": found["row"]})
    return Message(
        N_("người thứ %(row)s") if place.startswith("#") else N_("hàng %(row)s"), {"row": found["row"]}
    )
