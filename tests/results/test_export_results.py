"""Staff take the results away as an Excel workbook or on paper; that they did is noted."""

import io
from datetime import datetime
from urllib.parse import unquote

import openpyxl
import sqlalchemy as sa
from openpyxl.worksheet.worksheet import Worksheet

from lms.audit.models import AuditEvent
from lms.core.db import db
from tests.results.stories import ClassStory

HEAD = 7
"""The row of headings, from 1."""
TRICK = '=HYPERLINK("http://x","Nguyễn Văn An")'


def book(told: ClassStory, query: str = "") -> openpyxl.Workbook:
    response = told.visit(told.staff).get(f"{told.url}/export{query}")
    return openpyxl.load_workbook(io.BytesIO(response.get_data()))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    rows = list(sheet.iter_rows(min_row=HEAD, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_numbers_are_numbers_and_names_are_text(told: ClassStory) -> None:
    told.sits(told.learner("Nguyễn Văn Bình", born="1979"), 5, 2)
    told.sits(told.learner(TRICK), 5, 4)
    told.learner("Trần Thị Ân")
    sheet = book(told).worksheets[0]
    assert sheet["A1"].value == "Trung tâm Chính trị thử nghiệm"
    assert sheet["A2"].value == "Kiểm tra cuối khóa"
    rows = {row["Họ và tên"]: row for row in table(sheet)}
    assert set(rows) == {"Nguyễn Văn Bình", TRICK, "Trần Thị Ân"}
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    row = rows["Nguyễn Văn Bình"]
    assert (row["Lý luận"], row["Thực tiễn"], row["Tổng"]) == (10, 5, 7.8)
    assert (row["Số lần"], row["Đã làm"], row["Kết quả"]) == (1, "9/9", "Đạt")
    assert row["Ngày sinh"] == "1979"
    assert isinstance(row["Nộp lúc"], datetime)
    assert rows["Trần Thị Ân"]["Kết quả"] == "Chưa làm"
    assert rows["Trần Thị Ân"]["Tổng"] is None


def test_the_sheet_is_ready_for_paper(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    for sheet in book(told).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.freeze_panes is not None
        assert sheet.column_dimensions["B"].width > 20


def test_topics_stand_on_a_sheet_of_their_own(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An", 5, 4)
    told.sits("Nguyễn Văn Bình", 0, 0)
    told.learner("Nguyễn Văn Chi")
    mean, *rows = table(book(told).worksheets[1])
    assert (mean["Chủ đề 1"], mean["Chủ đề 2"]) == (5, 5)
    assert [(row["Họ và tên"], row["Chủ đề 1"]) for row in rows] == [
        ("Nguyễn Văn An", 10),
        ("Nguyễn Văn Bình", 0),
    ]


def test_the_sheet_holds_what_is_shown(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An", 5, 4)
    told.sits("Nguyễn Văn Bình", 5, 2)
    told.sits("Nguyễn Văn Chi", 0, 0)
    sheet = book(told, "?sort=total&outcome=passed").worksheets[0]
    assert [row["Họ và tên"] for row in table(sheet)] == ["Nguyễn Văn Bình", "Nguyễn Văn An"]
    head = " ".join(str(sheet[f"A{row}"].value) for row in range(1, HEAD))
    assert "Chỉ gồm: Đạt" in head
    assert "2/2 (100,00\xa0%)" in head


def test_the_file_has_a_name_for_old_and_new_browsers(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    response = told.visit(told.staff).get(f"{told.url}/export")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert disposition.isascii()
    plain, coded = disposition.split("filename*=UTF-8''")
    assert "filename=" in plain
    assert unquote(coded).startswith("Kết quả Kiểm tra cuối khóa")
    assert unquote(coded).endswith(".xlsx")
    assert response.mimetype.endswith("spreadsheetml.sheet")


def test_taking_marks_away_is_noted(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    visitor = told.visit(told.lecturer)
    visitor.get(f"{told.url}/export")
    visitor.get(f"{told.url}/print?outcome=passed")
    events = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()
    seen = [(event.action, event.actor_name, event.data) for event in events]
    assert ("results.exported", "Đỗ Giảng Viên", {"rows": 1}) in seen
    assert ("results.printed", "Đỗ Giảng Viên", {"rows": 1}) in seen


def test_the_print_has_marks_in_words_and_places_to_sign(told: ClassStory) -> None:
    told.sits(told.learner("Nguyễn Văn An", born="22/11/1985"), 5, 2)
    told.learner("Trần Thị Ân")
    page = told.visit(told.staff).page(f"{told.url}/print?sort=-total")
    text = " ".join(page.text_content().split()).replace("\xa0", " ")
    assert "Trung tâm Chính trị thử nghiệm" in text
    assert "7,8 · Bảy phẩy tám" in text
    assert "22/11/1985" in text
    assert "Danh sách có 2 người; 1 người có điểm, 1 đạt, 0 chưa đạt, 1 chưa làm" in text
    assert "Giám đốc" in text
    assert page.xpath("//thead")
    assert not page.xpath("//nav")
