"""Units by what people write, and people by name, birth date and unit."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.courses.nominations.models import MatchKind, UnitEvidence
from lms.courses.nominations.naming import Directory, KnownUnit
from lms.courses.nominations.persons import Births, Someone, best, births, compare

UNITS = {
    1: "Đảng bộ xã Tân Phú", 2: "Đảng bộ xã Vân Hà", 3: "Đảng bộ phường Bình An", 4: "Ủy ban nhân dân phường Bình An",
    5: "Công an xã Tân Phú", 6: "Hội Nông dân huyện Đông Sơn",
    8: "Hội Liên hiệp Phụ nữ xã Tân Phú", 9: "Trường THPT Lê Lợi", 10: "Trường Trung học cơ sở Lê Lợi",
    11: "Đoàn TNCS Hồ Chí Minh xã Tân Phú", 12: "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Phú", 13: "Ban Chỉ huy Quân sự xã Tân Phú",
    14: "Hội Cựu chiến binh xã Tân Phú", 15: "Liên đoàn Lao động huyện Đông Sơn", 16: "Đảng bộ phường 5",
    17: "Chi bộ Hợp tác xã Chè Nà Pan", 18: "Chi bộ Công an xã Vân Hà",
}  # fmt: skip
DIRECTORY = Directory(
    [KnownUnit(number, (name,)) for number, name in UNITS.items()]
    + [KnownUnit(7, ("Liên đoàn Lao động", "LĐLĐ", "DV7"))]
)
SURE, MAYBE, NOT = UnitEvidence.RECOGNISED, UnitEvidence.PROPOSED, UnitEvidence.UNKNOWN


@pytest.mark.parametrize(
    ("text", "unit", "evidence"),
    [
        ("Đảng bộ xã Tân Phú", 1, SURE),
        ("ĐẢNG UỶ  XÃ TÂN PHÚ", 1, SURE),
        ("ĐU xã Tân Phú", 1, SURE),
        ("Đ/U X.Tân Phú", 1, SURE),
        ("dang bo tan phu", 1, SURE),
        ("Chi bộ thôn 3, Đảng bộ xã Tân Phú", 1, SURE),
        ("UBND phường Bình An", 4, SURE),
        ("UBND Bình An", 4, SURE),
        ("lđlđ", 7, SURE),
        ("DV7", 7, SURE),
        ("Đảng bộ xã Tân Phủ", 1, MAYBE),
        ("xã Vân Hà", 2, MAYBE),
        ("Đảng bộ xã Vân Hàa", 2, MAYBE),
        ("Bình An", None, NOT),
        ("Đảng ủy xã Tân An", None, NOT),
        ("", None, NOT),
        ("?!", None, NOT),
    ],
)
def test_units(text: str, unit: int | None, evidence: UnitEvidence) -> None:
    found = DIRECTORY.find(text)
    assert (found.unit_id, found.evidence) == (unit, evidence)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Hội phụ nữ xã Tân Phú", 8), ("Hội PN xã Tân Phú", 8), ("Hội LHPN X. Tân Phú", 8), ("Phụ nữ Tân Phú", 8),
        ("Hội ND huyện Đông Sơn", 6), ("Hội CCB xã Tân Phú", 14), ("UB MTTQ Việt Nam xã Tân Phú", 12), ("Mặt trận xã Tân Phú", 12),
        ("Đoàn Thanh niên xã Tân Phú", 11), ("Đoàn TN Tân Phú", 11), ("ĐTN xã Tân Phú", 11), ("CA xã Tân Phú", 5), ("BCH QS xã Tân Phú", 13),
        ("Ban CHQS xã Tân Phú", 13), ("LĐLĐ H. Đông Sơn", 15), ("THPT Lê Lợi", 9), ("Trường cấp 3 Lê Lợi", 9), ("THCS Lê Lợi", 10),
        ("UB P. Bình An", 4), ("UBND P Bình An", 4), ("Đảng ủy phường 05", 16), ("P5", 16), ("Hội phụ nữ xã Vân Hà", 2), ("Trạm y tế P. Bình An", 3), ("MTTQ phường Bình An", 3),
        ("HTX Chè Nà Pan", 17), ("CA xã Vân Hà", 18),
    ],
)  # fmt: skip
def test_what_bodies_are_called_for_short_is_proposed_and_never_decided(text: str, unit: int) -> None:
    """Where a place's own body isn't known, its party committee is proposed; and the party branch of a body."""
    for written in (text, text.upper(), normalize("NFD", text)):
        found = DIRECTORY.find(written)
        assert (found.unit_id, found.evidence) == (unit, MAYBE), written


@given(st.text(max_size=60))
def test_no_text_is_recognised_that_isnt_a_name(text: str) -> None:
    found = DIRECTORY.find(text)
    assert (found.unit_id is None) == (found.evidence is NOT)


def someone(
    name: str = "Nguyễn Văn An", born: str = "22/11/1979", path: str = "/1/2/", **more: str
) -> Someone:
    codes, phones = (tuple(filter(None, (more.get(key, ""),))) for key in ("code", "phone"))
    return Someone(name, born, path, codes, phones, 1)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (someone("NGUYỄN VĂN AN"), MatchKind.SAME),
        (someone(path="/1/2/9/"), MatchKind.SAME),
        (someone(path="/1/3/"), MatchKind.SIMILAR),
        (someone(born="1979"), MatchKind.SIMILAR),
        (someone(born="11/22/1979"), MatchKind.SIMILAR),
        (someone(born=""), MatchKind.SIMILAR),
        (someone(born="", path="/1/3/"), MatchKind.NONE),
        (someone(born="23/11/1979"), MatchKind.NONE),
        (someone("Nguyen Van An"), MatchKind.SIMILAR),
        (someone("Nguyễn Văn Ân"), MatchKind.SIMILAR),
        (someone("Nguyễn Văn Ân", born="1979"), MatchKind.NONE),
        (someone("Nguyễn Văn Bình"), MatchKind.NONE),
    ],
)
def test_people(other: Someone, kind: MatchKind) -> None:
    assert compare(someone(), other) is kind
    assert compare(other, someone()) is kind


def test_a_code_is_proof_only_with_the_name() -> None:
    mine = someone(code="hv26001")
    assert compare(mine, someone(path="/9/", code="hv26001")) is MatchKind.SAME
    assert compare(mine, someone("Lê Thị Hoa", code="hv26001")) is MatchKind.SIMILAR


def test_two_who_both_are_the_one_are_asked_about() -> None:
    assert best(someone(), [someone(), someone()])[0] is MatchKind.SIMILAR


DATES = st.one_of(
    st.just(""),
    st.integers(1940, 2010).map(str),
    st.dates().map(lambda day: f"{day:%d/%m}/{day.year:04d}"),
)


@given(DATES, DATES)
def test_births_compare_both_ways_alike(first: str, second: str) -> None:
    assert births(first, second) is births(second, first)
    if first.count("/") == 2:
        assert births(first, first) is Births.SAME
