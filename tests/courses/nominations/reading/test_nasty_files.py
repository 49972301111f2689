"""Rosters as they really come, made here: every mess is understood, or said."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pytest

from lms.core.intake.guard import Limits
from lms.courses.nominations.reading.messages import MESSAGES
from lms.courses.nominations.reading.people import Person, Roster, from_json
from lms.courses.nominations.reading.roster import read_path
from lms.courses.nominations.reading.sandbox import read_file

TITLE = ["ĐẢNG BỘ TỈNH A", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"]


def read(path: Path) -> Roster:
    return read_path(path, Limits())


def workbook(folder: Path, *sheets: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Tờ {number}")
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    path = folder / "danh-sach.xlsx"
    book.save(path)
    return path


def people(folder: Path, *rows: Sequence[object], merged: Sequence[str] = ()) -> tuple[Person, ...]:
    roster = read(workbook(folder, rows, merged=merged))
    assert not roster.refused, roster.problems
    return roster.people


def codes(person: Person | Roster) -> set[str]:
    return {problem.code for problem in person.problems}


def test_titles_two_row_heads_and_births_under_the_sex(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        ["ĐẢNG BỘ XÃ TÂN PHÚ", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"],
        [],
        ["DANH SÁCH HỌC VIÊN DỰ LỚP BỒI DƯỠNG ĐẢNG VIÊN MỚI"],
        ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Chức vụ, đơn vị công tác", "Ghi chú"],
        [None, None, "Nam", "Nữ", None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "NGUYỄN  VĂN AN", "22/11/1979", None, "Bí thư chi bộ, Đảng bộ xã Tân Phú", "x"],
        [2, normalize("NFD", "Trần Thị Bình"), None, 1985, "Công chức - UBND xã Hòa Bình", None],
        merged=("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5"),
    )
    first, second = found
    assert (first.full_name, first.born, first.gender) == ("Nguyễn Văn An", "22/11/1979", "nam")
    assert (first.post, first.unit_text) == ("Bí thư chi bộ", "Đảng bộ xã Tân Phú")
    assert (second.full_name, second.born, second.gender) == ("Trần Thị Bình", "1985", "nữ")
    assert (second.post, second.unit_text) == ("Công chức", "UBND xã Hòa Bình")
    assert (first.place, second.place) == ("hàng 7", "hàng 8")
    assert not first.problems
    assert not second.problems


def test_names_in_two_columns_under_one_head(tmp_path: Path) -> None:
    for heads in (
        [["TT", "Họ và tên", None, "Năm sinh"]],
        [["TT", "Họ và tên", None, "Năm sinh"], [None, "Họ đệm", "Tên", None]],
        [["TT", "Họ", "Tên", "Năm sinh"], []],
    ):
        found = people(tmp_path, *heads, [1, "Lê Thị", "Hoa", "1990"], [2, "Phạm Văn", "Đức", "1991"])
        assert [one.full_name for one in found] == ["Lê Thị Hoa", "Phạm Văn Đức"]


def test_an_x_under_the_sex_and_three_columns_of_a_date(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        ["STT", "Họ tên", "Ngày sinh", None, None, "Giới tính", None],
        [None, None, "Ngày", "Tháng", "Năm", "Nam", "Nữ"],
        [1, "Lê Thị Hoa", 2, 1, 1985, None, "X"],
        [2, "Phạm Văn Đức", None, None, 1991, "X", None],
    )
    assert [(one.born, one.gender) for one in found] == [("02/01/1985", "nữ"), ("1991", "nam")]
    only = people(tmp_path, ["STT", "Họ và tên", "Nữ"], [1, "Lê Thị Hoa", "x"], [2, "Phạm Văn Đức", None])
    assert [one.gender for one in only] == ["nữ", "nam"]


@pytest.mark.parametrize(
    ("given", "born", "code"),
    [
        (dt.datetime(1979, 11, 22), "22/11/1979", None),  # noqa: DTZ001  (a day of a calendar)
        (29181, "22/11/1979", None),
        ("29181", "22/11/1979", None),
        ("22-11-1979", "22/11/1979", None),
        ("2.1.1985", "02/01/1985", None),
        (" 02 / 01 / 1985 ", "02/01/1985", None),
        ("ngày 2 tháng 1 năm 1985", "02/01/1985", None),
        ("1979-11-22", "22/11/1979", None),
        ("11/1979", "11/1979", None),
        (1985, "1985", None),
        ("Năm sinh: 1985", "1985", None),
        ("00/00/1985", "1985", None),
        ("22111979", "22/11/1979", None),
        ("1/2/85", "01/02/1985", "born_two_digits"),
        ("85", "1985", "born_two_digits"),
        ("11/22/1979", "22/11/1979", "born_swapped"),
        ("31/02/1980", "", "born_unreadable"),
        ("tháng ba", "", "born_unreadable"),
        ("1/2/3/4", "", "born_unreadable"),
        ("1819", "1819", "born_odd"),
        ("", "", None),
    ],
)
def test_births(tmp_path: Path, given: object, born: str, code: str | None) -> None:
    (found,) = people(tmp_path, ["TT", "Họ và tên", "Ngày sinh"], [1, "Lê Thị Hoa", given])
    assert (found.born, codes(found)) == (born, {code} if code else set())


@pytest.mark.parametrize(
    ("given", "phone"),
    [
        (912345678, "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912345678 - 0987654321", "0912345678"),
        ("12345", ""),
    ],
)
def test_phones(tmp_path: Path, given: object, phone: str) -> None:
    (found,) = people(tmp_path, ["TT", "Họ và tên", "Điện thoại"], [1, "Lê Thị Hoa", given])
    assert found.phone == phone
    assert codes(found) == (set() if phone else {"phone_odd"})


@pytest.mark.parametrize(
    ("given", "name", "code"),
    [
        ("nguyễn văn an", "Nguyễn Văn An", None),
        ("Đ/c NGUYỄN VĂN AN", "Nguyễn Văn An", None),
        ("H'MEN NIÊ", "H'Men Niê", None),
        ("Nguyễn Văn A", "Nguyễn Văn A", None),
        ("An", "An", "name_short"),
        ("Nguyễn Văn 4n", "Nguyễn Văn 4N", "name_odd"),
    ],
)
def test_names(tmp_path: Path, given: str, name: str, code: str | None) -> None:
    (found,) = people(tmp_path, ["TT", "Họ và tên", "Chức vụ"], [1, given, "Phó bí thư"])
    assert (found.full_name, codes(found)) == (name, {code} if code else set())


def test_units_over_their_people_repeated_heads_and_the_foot(tmp_path: Path) -> None:
    roster = read(
        workbook(
            tmp_path,
            [
                ["Đơn vị: Đảng ủy xã Bình An"],
                ["STT", "Họ và tên", "Năm sinh"],
                ["1", "Đỗ Văn Một", "1980"],
                ["I. Đảng bộ xã Tân Phú (2 người)"],
                ["2", "Đỗ Văn Hai", "1980"],
                [],
                ["STT", "Họ và tên", "Năm sinh"],
                ["3", "Đỗ Văn Ba", "1980"],
                ["II", "Chi bộ Trường THPT số 1", None],
                ["4", "Đỗ Văn Bốn", "1980"],
                ["", "Đỗ Văn Năm", "1980"],
                ["Danh sách có 6 người./."],
                [None, None, "Tân Phú, ngày 20 tháng 11 năm 2026"],
                [None, None, "T/M BAN THƯỜNG VỤ"],
                [None, None, "Nguyễn Văn Ký"],
            ],
        )
    )
    names = {one.full_name: one.unit_text for one in roster.people}
    assert names == {
        "Đỗ Văn Một": "Đảng ủy xã Bình An",
        "Đỗ Văn Hai": "Đảng bộ xã Tân Phú",
        "Đỗ Văn Ba": "Đảng bộ xã Tân Phú",
        "Đỗ Văn Bốn": "Chi bộ Trường THPT số 1",
        "Đỗ Văn Năm": "Chi bộ Trường THPT số 1",
    }
    assert codes(roster.people[-1]) == {"row_unclear"}
    assert codes(roster) == {"count_differs"}


def test_identity_numbers_and_passwords_are_left_behind(tmp_path: Path) -> None:
    roster = read(
        workbook(
            tmp_path,
            [["Họ và tên", "Số CCCD", "Dân tộc", "Mật khẩu"], ["Lê Thị Hoa", "079185001234", "Kinh", "mk"]],
        )
    )
    assert codes(roster) == {"id_card_ignored", "columns_unused"}
    assert roster.people[0].given == {"Họ và tên": "Lê Thị Hoa"}
    assert "079185001234" not in str(roster.to_json())


def test_every_sheet_with_people_counts(tmp_path: Path) -> None:
    head = ["Họ và tên", "Năm sinh"]
    roster = read(
        workbook(
            tmp_path, [head, ["Lê Thị Hoa", 1980]], [["Ghi chép"], ["gì đó"]], [head, ["Lê Văn Hậu", 1981]]
        )
    )
    assert [one.place for one in roster.people] == ["trang Tờ 1, hàng 2", "trang Tờ 3, hàng 2"]


def test_a_row_without_a_name_is_kept_and_said(tmp_path: Path) -> None:
    found = people(tmp_path, ["TT", "Họ và tên", "Năm sinh"], [1, "Lê Thị Hoa", 1980], [2, None, 1981])
    assert codes(found[1]) == {"name_missing"}


HTML = """<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="4">DANH SÁCH</td></tr>
<tr><th rowspan="2">TT</th><th rowspan="2">Họ và tên</th><th colspan="2">Ngày sinh</th></tr><tr><th>Nam</th><th>Nữ</th></tr>
<tr><td>1</td><td>LÊ THỊ HOA</td><td></td><td>01/02/1990</td></tr></table></body></html>"""


def test_a_web_page_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.xls"
    path.write_text(HTML, "utf-8")
    (found,) = read(path).people
    assert (found.full_name, found.born, found.gender) == ("Lê Thị Hoa", "01/02/1990", "nữ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_text_of_cells(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "danh-sach.csv"
    rows = [
        ["STT", "Họ và tên", "Đơn vị"],
        ["1", "Lê Thị Hoa", '"Chi bộ 1, Đảng bộ xã A"'],
        ["2", "Lê Văn Hậu", "B"],
    ]
    path.write_bytes("\r\n".join(sign.join(row) for row in rows).encode(encoding))
    assert [one.full_name for one in read(path).people] == ["Lê Thị Hoa", "Lê Văn Hậu"]
    assert read(path).people[0].unit_text == "Chi bộ 1, Đảng bộ xã A"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Kế hoạch", "Số tiền"], ["a", 1]], "no_header"),
        ([["STT", "Họ và tên", "Năm sinh"]], "no_people"),
        ([["STT", "Họ và tên"], ["Danh sách có 0 người"]], "no_people"),
    ],
)
def test_a_file_without_people_is_refused(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    roster = read(workbook(tmp_path, rows))
    assert (roster.refused, codes(roster)) == (True, {code})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7", "file_wrong_kind"),
        (b"PK\x03\x04broken", "file_broken"),
        (b"\0\1\2\0", "file_unknown"),
    ],
)
def test_what_is_no_roster_is_refused_in_words(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(data)
    assert codes(read_file(path)) == {code}
    assert code in MESSAGES


def test_the_child_says_what_the_reader_understood(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["TT", "Họ và tên", "Năm sinh"], [1, "Lê Thị Hoa", "1/2/85"]])
    assert read_file(path) == read(path) == from_json(read(path).to_json())


def test_every_code_has_a_sentence() -> None:
    folder = Path(__file__).parents[4] / "lms"
    files = [
        *(folder / "courses" / "nominations" / "reading").glob("*.py"),
        *(folder / "core" / "intake").glob("*.py"),
    ]
    source = "\n".join(path.read_text("utf-8") for path in files if path.name != "messages.py")
    for code in MESSAGES:
        assert f'"{code}"' in source, code
