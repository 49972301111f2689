"""What a class dossier holds, in the order in which inspectors ask for it."""

from dataclasses import dataclass

from lms.core.messages import N_


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist; ``title`` is a message id. What is ``optional`` is never called missing."""

    code: str
    title: str
    optional: bool = False


ITEMS = (
    Item("decision", N_("Quyết định mở lớp")),
    Item("summons", N_("Giấy triệu tập học viên")),
    Item("list", N_("Danh sách học viên")),
    Item("attendance", N_("Bảng chuyên cần")),
    Item("minutes", N_("Biên bản coi thi, danh sách ký")),
    Item("scores", N_("Bảng điểm")),
    Item("recognition", N_("Quyết định công nhận kết quả")),
    Item("commendations", N_("Khen thưởng"), optional=True),
    Item("letters", N_("Công văn gửi đơn vị")),
)
BY_CODE = {item.code: item for item in ITEMS}
