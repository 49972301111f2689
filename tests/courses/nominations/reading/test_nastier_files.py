"""Rosters that lost people, units or birth dates, or took signatures for people: each once, made here."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.intake.guard import Limits
from lms.courses.nominations.models import NominationRow
from lms.courses.nominations.reading.people import Person, Roster
from lms.courses.nominations.reading.roster import Sheet, read_path, understand
from lms.courses.nominations.reading.sandbox import read_file
from tests.courses.nominations.reading.test_nasty_files import codes, people, read, workbook

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"]
FIRST = [1, "Lê Văn Một", "01/02/1980", "Bí thư", "Đảng bộ xã Tân Phú"]
SECOND = [2, "Lê Văn Hai", "01/02/1981", "Phó bí thư", "Đảng bộ xã Tân Phú"]


def names(found: Sequence[Person]) -> list[str]:
    return [one.full_name for one in found]


def test_a_second_row_of_heads_of_which_most_arent_used(tmp_path: Path) -> None:
    (found,) = people(
        tmp_path,
        ["TT", "Họ và tên", "Năm sinh", None, "Chức vụ", "Trình độ", None, None],
        [None, None, "Nam", "Nữ", None, "Văn hóa", "Chuyên môn", "Lý luận chính trị"],
        [1, "Lê Thị Hoa", None, 1985, "Chủ tịch", "12/12", "Luật", "Trung cấp"],
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:H1"),
    )
    assert (found.full_name, found.born, found.gender) == ("Lê Thị Hoa", "1985", "nữ")


@pytest.mark.parametrize(
    "foot",
    [
        [["Tổng", 2]],
        [["Cộng", None, "02 đồng chí"]],
        [[None, "NGƯỜI LẬP", None, "BÍ THƯ"], [], [None, "Nguyễn Thị Lập", None, "Trần Văn Ký"]],
        [[None, None, None, "BÍ THƯ"], [None, None, None, "(Đã ký)"], [None, None, None, "Trần Văn Ký"]],
        [[None, "CHỦ TỊCH UBND XÃ"], [], [None, "Trần Văn Ký"]],
        [["Tổng cộng: 2 người"], ["Ghi chú:"], [1, "Gửi trước ngày", "20/11"]],
    ],
)
def test_totals_and_signatures_are_nobody(tmp_path: Path, foot: list[list[object]]) -> None:
    found = people(tmp_path, HEAD, FIRST, SECOND, [], *foot)
    assert names(found) == ["Lê Văn Một", "Lê Văn Hai"]


def test_people_below_a_subtotal_are_read_on(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        HEAD[:4],
        ["I. Đảng ủy xã Tân Phú"],
        FIRST[:4],
        ["Cộng: 1 đồng chí"],
        ["II", "Công an xã", None, "01 đ/c"],
        SECOND[:4],
        ["Tổng cộng: 2 đồng chí"],
    )
    assert [(one.full_name, one.unit_text) for one in found] == [
        ("Lê Văn Một", "Đảng ủy xã Tân Phú"),
        ("Lê Văn Hai", "Công an xã"),
    ]


def test_people_whose_names_begin_like_a_unit(tmp_path: Path) -> None:
    for head, rows in (
        (["STT", "Họ và tên"], [[1, "Đoàn Thị Hoa"], [2, "Ban Văn Lý"], [3, "Phòng A Sếnh"]]),
        (["Họ và tên", "Năm sinh"], [["Đoàn Thị Hoa", 1980], ["Ban Văn Lý", "1981"], ["Phòng A Sếnh", ""]]),
    ):
        assert names(people(tmp_path, head, *rows)) == ["Đoàn Thị Hoa", "Ban Văn Lý", "Phòng A Sếnh"]
    found = people(tmp_path, ["Họ đệm", "Tên", "Năm sinh"], ["Tống", "An", 1980], ["Lê Văn", "Tổng", 1981])
    assert names(found) == ["Tống An", "Lê Văn Tổng"]


def test_lists_side_by_side(tmp_path: Path) -> None:
    head = ["STT", "Họ và tên", "Năm sinh"]
    found = people(
        tmp_path, [*head, None, *head], [1, "Lê Một", 1980, None, 3, "Lê Ba", 1982], [2, "Lê Hai", 1981]
    )
    assert [(one.full_name, one.born) for one in found] == [
        ("Lê Một", "1980"), ("Lê Hai", "1981"), ("Lê Ba", "1982"),
    ]  # fmt: skip
    (one,) = people(tmp_path, ["Họ và tên", "Họ và tên người giới thiệu"], ["Lê Một", "Trần Hai"])
    assert one.full_name == "Lê Một"


def test_a_unit_merged_over_its_people_is_everybodys(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        ["STT", "Đơn vị", "Họ và tên"],
        [1, "Đảng ủy xã Tân Phú", "Lê Một"],
        [2, None, "Lê Hai"],
        [3, "UBND xã B", "Lê Ba"],
        [4, None, "Lê Bốn"],
        merged=("B2:B3",),
    )
    assert [one.unit_text for one in found] == ["Đảng ủy xã Tân Phú", "Đảng ủy xã Tân Phú", "UBND xã B", ""]


def test_the_unit_of_the_letterhead_but_not_of_the_centres(tmp_path: Path) -> None:
    head, row = ["STT", "Họ và tên"], [1, "Lê Một"]
    (one,) = people(tmp_path, ["ĐẢNG BỘ TỈNH A"], ["ĐẢNG ỦY XÃ TÂN PHÚ"], ["DANH SÁCH"], head, row)
    assert one.unit_text == "ĐẢNG ỦY XÃ TÂN PHÚ"
    (one,) = people(tmp_path, ["ĐẢNG ỦY XÃ VÂN HÀ"], ["TRUNG TÂM CHÍNH TRỊ"], head, row)
    assert one.unit_text == ""


def test_hidden_sheets_are_left_and_hidden_rows_are_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEAD, FIRST, SECOND], [HEAD, [1, "Người Trong Tờ Ẩn", "1980", "", ""]])
    book = openpyxl.load_workbook(path)
    first, second = book.worksheets
    first.row_dimensions[3].hidden = True
    second.sheet_state = "hidden"
    book.save(path)
    found = read(path).people
    assert [(one.full_name, codes(one)) for one in found] == [
        ("Lê Văn Một", set()),
        ("Lê Văn Hai", {"row_hidden"}),
    ]


def test_a_stray_cell_far_away_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEAD, FIRST])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)
    (problem,) = read_file(path).problems
    assert (problem.code, problem.params) == ("cell_far", {"cell": "XFD1048576"})


@pytest.mark.parametrize(
    ("given", "born"),
    [
        ("'85", "1985"),
        ("'15/08/1979", "15/08/1979"),
        ("1985 (HSCC)", "1985"),
        ("~1979", "1979"),
        ("15/08/1979 12:00:00 AM", "15/08/1979"),
        ("15-Aug-1979", "15/08/1979"),
        (19790815, "15/08/1979"),
        (5081979, "05/08/1979"),
        ("..../..../1979", "1979"),
        ("30/02/1990", ""),
        ("13/15/1979", ""),
        ("1979-1980", ""),
    ],
)
def test_births(tmp_path: Path, given: object, born: str) -> None:
    (found,) = people(tmp_path, ["TT", "Họ và tên", "Ngày sinh"], [1, "Lê Thị Hoa", given])
    assert found.born == born


def test_what_stands_with_a_name(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        ["TT", "Họ và tên, chức vụ", "Năm sinh"],
        [1, "3. Lê Văn Một", 1980],
        [2, "Th.S Trần Thị Hai", 1980],
        [3, "Lê Ba, Bí thư chi bộ thôn 3", 1980],
        [4, "Lê Bốn - Chủ tịch Hội ND", 1980],
        [5, "Lê Văn Năm\nLê Văn Sáu", 1980],
    )
    assert names(found)[:4] == ["Lê Văn Một", "Trần Thị Hai", "Lê Ba", "Lê Bốn"]
    assert [one.post for one in found[2:4]] == ["Bí thư chi bộ thôn 3", "Chủ tịch Hội ND"]
    assert [codes(one) for one in found[2:]] == [{"name_with_more"}, {"name_with_more"}, {"name_lines"}]


@pytest.mark.parametrize(
    ("given", "email", "code"),
    [
        ("An.Nguyen@Example.VN ", "an.nguyen@example.vn", None),
        ("mailto:an@x.vn", "an@x.vn", None),
        ("an@x.vn; an@y.vn", "an@x.vn", None),
        ("không có", "", None),
        ("trần@gmail", "", "email_odd"),
        ("an@@x.vn", "", "email_odd"),
        ("an @x.vn", "an@x.vn", None),
    ],
)
def test_addresses(tmp_path: Path, given: str, email: str, code: str | None) -> None:
    for head in ("Email", "Địa chỉ thư điện tử", "E-mail (nếu có)"):
        (found,) = people(tmp_path, ["TT", "Họ và tên", head], [1, "Lê Thị Hoa", given])
        assert (found.email, codes(found)) == (email, {code} if code else set())


def test_an_address_among_the_phones(tmp_path: Path) -> None:
    head = ["TT", "Họ và tên", "Điện thoại, Email"]
    first, second = people(tmp_path, head, [1, "Lê Một", "0912345678; mot@x.vn"], [2, "Lê Hai", "hai@x.vn"])
    assert (first.phone, first.email, second.email) == ("0912345678", "mot@x.vn", "hai@x.vn")
    assert not codes(first) | codes(second)


def test_a_line_end_inside_a_quoted_cell(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.csv"
    path.write_text('"STT","Họ và tên"\n"1","Trần\nĐức"\n', "utf-8")
    assert names(read(path).people) == ["Trần Đức"]


def test_vietnamese_of_the_old_windows_page(tmp_path: Path) -> None:
    text = "STT;Họ và tên;Đơn vị\r\n1;Trần Đức Ưởng;Đảng bộ xã Tân Phú\r\n2;Nguyễn Thị Hoa;xã Vân Hà\r\n"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    data = b"".join(
        normalize("NFC", "".join(one for one in normalize("NFD", char) if one not in tones)).encode("cp1258")
        + "".join(one for one in normalize("NFD", char) if one in tones).encode("cp1258")
        for char in text
    )
    path = tmp_path / "danh-sach.csv"
    path.write_bytes(data)
    roster = read(path)
    assert names(roster.people) == ["Trần Đức Ưởng", "Nguyễn Thị Hoa"]
    assert codes(roster) == {"encoding_guessed"}


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    shown = ("".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{one}</w:tr>" for one in shown) + "</w:tbl>"


def word(folder: Path, *blocks: str, before: str = "") -> Path:
    path = folder / "danh-sach.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/w" ContentType="{KIND}"/></Types>'
        )
        archive.writestr(
            "word/document.xml",
            f"{before}<w:document {SPACE}><w:body>{''.join(blocks)}</w:body></w:document>",
        )
    return path


def test_a_list_in_word(tmp_path: Path) -> None:
    roster = read_file(
        word(
            tmp_path,
            table(["ĐẢNG ỦY XÃ TÂN PHÚ", "ĐẢNG CỘNG SẢN VIỆT NAM"]),
            paragraph("DANH SÁCH CỬ HỌC VIÊN"),
            table(
                ["STT", "Họ và tên", cell("Năm sinh", '<w:gridSpan w:val="2"/>'), "Chức vụ"],
                ["", "", "Nam", "Nữ", ""],
                ["1", "NGUYỄN VĂN AN", "1979", "", "Bí thư"],
                ["2", normalize("NFD", "Lê Thị Hoa"), "", "15/8/1985", "Chủ tịch"],
            ),
            paragraph("Danh sách có 03 đồng chí./."),
            table(["NGƯỜI LẬP", "T/M BAN THƯỜNG VỤ"], ["Nguyễn Lập", "Trần Ký"]),
        )
    )
    assert [(one.full_name, one.born, one.gender, one.unit_text) for one in roster.people] == [
        ("Nguyễn Văn An", "1979", "nam", "ĐẢNG ỦY XÃ TÂN PHÚ"),
        ("Lê Thị Hoa", "15/08/1985", "nữ", "ĐẢNG ỦY XÃ TÂN PHÚ"),
    ]
    assert [one.place for one in roster.people] == ["bảng 2, hàng 3", "bảng 2, hàng 4"]
    assert codes(roster) == {"count_differs"}


def test_a_list_in_word_by_units_with_cells_merged_downwards(tmp_path: Path) -> None:
    found = read(
        word(
            tmp_path,
            paragraph("I. Đảng ủy xã Tân Phú"),
            table(["STT", "Họ và tên", "Chức vụ"], ["1", "Lê Một", cell("Ủy viên", '<w:vMerge w:val="restart"/>')], ["2", "Lê Hai", cell("", "<w:vMerge/>")]),
            paragraph("II. UBND xã Vân Hà"),
            table(["3", "Lê Ba", ""]),
            paragraph("Tân Phú, ngày 20 tháng 11 năm 2026"),
            paragraph("Nguyễn Văn Ký"),
        )
    ).people  # fmt: skip
    assert [(one.full_name, one.post, one.unit_text) for one in found] == [
        ("Lê Một", "Ủy viên", "Đảng ủy xã Tân Phú"),
        ("Lê Hai", "Ủy viên", "Đảng ủy xã Tân Phú"),
        ("Lê Ba", "", "UBND xã Vân Hà"),
    ]


def test_what_was_deleted_or_hidden_in_word_is_not_read(tmp_path: Path) -> None:
    gone = "<w:del><w:r><w:delText>Xóa</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn</w:t></w:r>"
    added = "<w:ins><w:r><w:t>Một</w:t></w:r></w:ins>"
    text = f"<w:tc><w:p><w:r><w:t>Lê </w:t></w:r>{gone}{hidden}{added}</w:p></w:tc>"
    rows = table(["Họ và tên", "Năm sinh"], [text, "1980"], ["Lê Hai", "1981"])
    removed = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("Lê Ba") + cell("1982") + "</w:tr>"
    found = read(word(tmp_path, rows.replace("</w:tbl>", f"{removed}</w:tbl>"))).people
    assert names(found) == ["Lê Một", "Lê Hai"]


def legacy(folder: Path) -> Path:
    path = folder / "danh-sach.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"))
    return path


def test_what_of_word_is_refused(tmp_path: Path) -> None:
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

    def refused(path: Path) -> set[str]:
        roster: Roster = read_path(path, Limits())
        assert roster.refused
        return codes(roster)

    assert refused(word(tmp_path, paragraph("1. Lê Văn Một, sinh 1980"))) == {"no_table"}
    assert refused(word(tmp_path, table(["Họ và tên"], ["&x;"]), before=entity)) == {"xml_doctype"}
    assert refused(word(tmp_path, "<w:p>")) == {"file_broken"}
    assert refused(word(tmp_path, table(["Việc", "Hạn"], ["a", "b"]))) == {"no_header"}
    assert refused(legacy(tmp_path)) == {"file_doc"}


PIECES = ("", "STT", "Họ và tên", "Họ", "Tên", "Nam", "Nữ", "Năm sinh", "Ngày", "Tháng", "Năm", "Đơn vị", "Chức vụ", "Email", "SĐT", "1",
          "II. Đảng ủy xã A", "Cộng", "Tổng cộng: 2 người", "Lê Văn Một", "Đoàn Thị Hoa", "1980", "1/2/85", "x", "BÍ THƯ", "Nơi nhận:",
          "a@b.vn", "0912345678", "(1)", "Danh sách có 3 người", "Trần A\nLê B", "Tân Phú, ngày 3 tháng 2 năm 2026", "a" * 400, "'", "１９８０", "²")  # fmt: skip
CELLS = st.lists(st.sampled_from(PIECES), max_size=8)


@given(
    st.lists(CELLS, max_size=12),
    st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 7)), st.integers(0, 12)),
)
def test_whatever_the_rows_every_person_fits_its_columns(
    rows: list[list[str]], merged: dict[tuple[int, int], int]
) -> None:
    lengths = {
        column.name: getattr(column.type, "length", None) for column in NominationRow.__table__.columns
    }
    for one in understand("xlsx", [Sheet("", [["STT", "Họ và tên"], *rows], merged=merged)]).people:
        for field in (
            "full_name",
            "born",
            "gender",
            "post",
            "phone",
            "email",
            "code",
            "unit_text",
            "note",
            "place",
        ):
            assert len(getattr(one, field)) <= lengths[field], field
