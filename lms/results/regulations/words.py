"""What the values of a regulation are called."""

from lms.core.messages import N_
from lms.results.classification.regulation import ComponentKind, Rounding, Unmet

KINDS: dict[str, str] = {
    ComponentKind.ATTENDANCE: N_("Chuyên cần"),
    ComponentKind.MODULE_TEST: N_("Kiểm tra chuyên đề"),
    ComponentKind.FINAL_TEST: N_("Kiểm tra cuối khóa"),
    ComponentKind.ESSAY: N_("Bài thu hoạch"),
    ComponentKind.CONDUCT: N_("Ý thức kỷ luật"),
}
ROUNDINGS: dict[str, str] = {
    Rounding.EXACT: N_("Không làm tròn, giữ nguyên giá trị chính xác"),
    Rounding.HUNDREDTHS: N_("Đến hai chữ số thập phân"),
    Rounding.TENTHS: N_("Đến một chữ số thập phân"),
}
FINAL_ROUNDINGS: dict[str, str] = {name: words for name, words in ROUNDINGS.items() if name != Rounding.EXACT}
UNMETS: dict[str, str] = {
    Unmet.NOT_ELIGIBLE: N_("Ghi “Chưa đủ điều kiện”"),
    Unmet.FAIL: N_("Xếp vào mức thấp nhất"),
}
