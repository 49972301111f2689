"""The attendance of a class on one page, as a workbook and on paper; who calls its rolls."""

from datetime import timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from lms.audit.queries import trail
from lms.auth.accounts.models import Account
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance import limits
from lms.courses.attendance.limits import plug_in_limit
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.classes.models import CourseClass, Enrolment
from tests.counting import counted
from tests.courses.attendance.stories import LONG_AGO, NOW, TODAY, TOMORROW, RollStory

LEARNERS, HALF_DAYS = 120, 36


def _five_half_days(told: RollStory) -> None:
    """20 periods: An misses 8, Bình exactly a fifth with leave."""
    for number in range(4):
        day = LONG_AGO + timedelta(days=number)
        absent = {told.an.id: Leave.UNEXCUSED} if number < 2 else {}
        told.called(day, Half.MORNING, {**absent, **({told.binh.id: Leave.EXCUSED} if number == 3 else {})})
    told.meeting(TOMORROW, Half.MORNING)


def _rows(told: RollStory, query: str = "") -> list[list[str]]:
    page = told.staff.page(told.url("/attendance") + query)
    return [
        [
            " ".join(cell.text_content().split())
            for cell in row.xpath("./th|./td[not(contains(@class, 'slot'))]")
        ]
        for row in page.xpath("//table[contains(@class, 'matrix')]/tbody/tr")
    ]


def test_those_in_danger_stand_first_with_counts_and_percentages(told: RollStory) -> None:
    _five_half_days(told)
    rows = _rows(told)
    assert [row[0].split("Đảng")[0].strip() for row in rows] == [
        "Nguyễn Văn An",
        "Trần Thị Bình",
        "Lê Minh Đức",
        "Phạm Thị Hòa (lớp trưởng)",
    ]
    assert rows[0][1:5] == [
        "8 (0 có phép)",
        "8/20 (40,00 %)",
        "Quá mức vắng",
        "sáng 16/11 (K), sáng 17/11 (K)",
    ]
    assert rows[1][1:4] == ["4 (4 có phép)", "4/20 (20,00 %)", "Sắp quá mức vắng"]
    assert rows[2][1:4] == ["0", "0/20 (0,00 %)", "Đủ chuyên cần"]


def test_rows_are_found_by_name_and_sorted_by_it(told: RollStory) -> None:
    told.called(TODAY, Half.MORNING, {told.hoa.id: Leave.UNEXCUSED})
    assert [row[0].split()[2] for row in _rows(told, "?sort=name")] == ["An", "Bình", "Đức", "Hòa"]
    assert len(_rows(told, "?q=le+minh+duc")) == 1
    assert _rows(told, "?q=khong+co") == [["Không có dòng nào khớp."]]


def test_the_limit_is_the_regulations(told: RollStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_providers", [])
    plug_in_limit(lambda class_id: Fraction(1, 2) if class_id == told.course_class.id else None)
    _five_half_days(told)
    assert _rows(told)[0][3] == "Sắp quá mức vắng"


def test_a_class_without_timetable_or_learners_says_what_comes_first(told: RollStory) -> None:
    assert "Lớp chưa có thời khóa biểu" in told.staff.page(told.url("/attendance")).text_content()
    empty = told.world.course_class(told.centre)
    told.meeting(TODAY, Half.MORNING, class_id=empty.id)
    page = told.staff.page(f"/classes/{empty.public_id}/attendance")
    assert "Lớp chưa có học viên" in page.text_content()


def test_the_workbook(told: RollStory) -> None:
    with UnitOfWork():
        told.duc.full_name = "=1+1"
    _five_half_days(told)
    answer = told.staff.get(told.url("/attendance/export"))
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert table[0][:4] == ["STT", "Họ và tên", "Đơn vị", "Sáng\n16/11"]
    an = next(row for row in table if row[1] == "Nguyễn Văn An")
    assert an[3:8] == ["K", "K", None, None, None]
    assert an[8:] == [0, 8, 8, 40, 0, "Quá mức vắng"]
    typed = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert typed.data_type == "s"
    assert trail("course_class", told.course_class.id)[0].action == "attendance.taken_xlsx"


def test_the_register_on_paper(told: RollStory) -> None:
    _five_half_days(told)
    answer = told.staff.get(told.url("/attendance/print"))
    assert answer.mimetype == "application/pdf"
    (text,) = [page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages]
    for part in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "BẢNG CHUYÊN CẦN",
        "Nguyễn Văn An",
        "40,00",
        "LỚP TRƯỞNG",
        "Phạm Thị Hòa",
    ):
        assert part in text
    assert trail("course_class", told.course_class.id)[0].action == "attendance.taken_pdf"


def _fill_up(told: RollStory, course_class: CourseClass) -> None:
    with UnitOfWork():
        db.session.add_all(
            Enrolment(
                class_id=course_class.id,
                unit_id=told.unit.id,
                enrolled_at=NOW,
                account=Account(full_name=f"Nguyễn Thị Học Viên {number}", created_at=NOW),
            )
            for number in range(LEARNERS - 4)
        )
    everybody = [one.id for one in db.session.get_one(CourseClass, course_class.id).enrolments]
    with UnitOfWork():
        for number in range(HALF_DAYS):
            meeting = ClassMeeting(
                class_id=course_class.id,
                held_on=LONG_AGO - timedelta(days=number // 2),
                half=list(Half)[number % 2],
                called_at=None,
            )
            db.session.add(meeting)
            db.session.flush()
            db.session.add_all(
                Absence(meeting_id=meeting.id, enrolment_id=one, leave=Leave.EXCUSED)
                for one in everybody[number % 3 :: 7]
            )


def test_a_full_class_costs_no_more_statements(told: RollStory) -> None:
    def statements(url: str) -> int:
        told.staff.get(url)
        with counted() as found:
            told.staff.get(url)
        return len(found)

    told.meeting(LONG_AGO + timedelta(days=1), Half.MORNING)
    urls = [
        told.url(rest)
        for rest in ("/attendance", "/attendance/export", "/attendance/print", "/timetable", "")
    ]
    few = [statements(url) for url in urls]
    _fill_up(told, told.course_class)
    many = [statements(url) for url in urls]
    assert many == few
    assert max(many[0], many[3], many[4]) <= 10
    pages = PdfReader(BytesIO(told.staff.get(urls[2]).data)).pages
    assert all("Họ và tên" in page.extract_text() for page in pages[:-1])


def test_who_calls_the_roll_is_said_to_staff(told: RollStory) -> None:
    told.meeting(TODAY, Half.MORNING)
    assert "Lớp trưởng Phạm Thị Hòa điểm danh" in told.staff.page(told.url("/attendance")).text_content()
    with UnitOfWork():
        told.enrolment(told.hoa).is_monitor = False
    assert "Lớp chưa có lớp trưởng" in told.staff.page(told.url("/attendance")).text_content()


def test_a_stranger_may_not(told: RollStory) -> None:
    _five_half_days(told)
    readings = [told.url(rest) for rest in ("/attendance", "/attendance/export", "/attendance/print")]
    foreign = told.visitor(told.world.person(Role.STAFF, told.world.centre("Trung tâm khác")))
    for url in readings:
        foreign.get(url, 404)
        told.visitor(told.hoa).get(url, 403)
        told.visitor(told.world.person(Role.UNIT, told.unit)).get(url, 403)
    lecturer = told.visitor(told.world.person(Role.LECTURER, told.centre))
    assert "Đặt lớp trưởng" not in lecturer.page(readings[0]).text_content()
