"""The steps of the main job, each by the person who does it; ``test_the_line.py`` tells them in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import openpyxl
from playwright.sync_api import Page, expect

from lms.auth.units.models import Unit
from lms.core import clock
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import QuestionBank
from tests.browser.people import Person
from tests.browser.sittings import all_saved, go, ready

QUESTIONS = 6
UNKEYED = 3
"""The question of the file that has no key; the lecturer mends it."""
RIGHT, WRONG = "Ý đúng", "Ý sai"
PRACTICE = "Luyện tập chuyên đề 1"
FINAL = "Kiểm tra cuối khóa 2026"
LEARNER, ABSENT = "Lê Thị Ánh Dương", "Bùi Đức Ân"


def word_file(path: Path) -> Path:
    """Questions as lecturers write them: the right option in bold; one question without a key."""
    document = docx.Document()
    document.add_paragraph("CÂU HỎI ÔN TẬP")
    for number in range(1, QUESTIONS + 1):
        document.add_paragraph(f"Câu {number}: Nội dung cần nắm của bài số {number} là gì?")
        for letter in "ABCD":
            is_key = letter == "ABCD"[number % 4]
            words = f"{RIGHT if is_key else WRONG} {letter.lower()} của bài {number}"
            document.add_paragraph().add_run(f"{letter}. {words}").bold = is_key and number != UNKEYED
    document.save(str(path))
    return path


def fits(page: Page) -> None:
    """Nothing sticks out sideways, and nothing is cut."""
    page.wait_for_function("document.body !== null")  # a page that waits for a job may be moving on right now
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def local(moment: datetime) -> str:
    """As a field of date and time takes it, in the centre's time zone."""
    return moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%Y-%m-%dT%H:%M")


def agree(page: Page, label: str) -> None:
    """Press the button that a dialog asks about, and say yes."""
    page.get_by_role("alertdialog").get_by_role("button", name=label, exact=True).click()


@dataclass
class Line:
    """Who takes part, each signed in at a screen of their own."""

    centre: Unit
    course_class: CourseClass
    bank: QuestionBank
    lecturer: Person
    leader: Person
    staff: Person
    learner: Person

    def takes_questions_from_word(self, path: Path) -> None:
        page = self.lecturer.page
        page.get_by_role("link", name="Ngân hàng câu hỏi").first.click()
        page.get_by_role("link", name=self.bank.title).click()
        page.get_by_role("link", name="Lấy từ Word").first.click()
        page.set_input_files("input[type=file]", str(path))
        page.get_by_label("Chủ đề").select_option(label="Chủ đề 1")
        page.get_by_label("Mức độ").select_option(label="Nhận biết")
        page.get_by_label("Lý luận / thực tiễn").select_option(label="Lý luận")
        page.get_by_role("button", name="Đọc tệp").click()
        expect(page.get_by_role("heading", level=1, name="Xem lại trước khi nhập")).to_be_visible()
        fits(page)

    def mends_the_doubtful_question_and_imports(self) -> None:
        page = self.lecturer.page
        item = page.locator("#import-item")
        expect(item.locator("h2")).to_contain_text(f"Câu {UNKEYED}")
        expect(item).to_contain_text("Chưa có đáp án")
        letter = "ABCD"[UNKEYED % 4]
        item.get_by_role("button", name=f"Chọn {letter} làm đáp án").click()
        expect(item.locator(".is-key")).to_contain_text(f"{RIGHT} {letter.lower()} của bài {UNKEYED}")
        item.get_by_label("Lý luận / thực tiễn").select_option(label="Thực tiễn")
        item.get_by_role("button", name="Được, câu tiếp").click()
        expect(item.locator("h2")).to_contain_text("Câu 1")
        page.get_by_role("button", name=f"Nhập {QUESTIONS} câu").click()
        page.wait_for_url(f"**/bank/{self.bank.public_id}**")
        expect(page.locator("main")).to_contain_text("Chờ duyệt")

    def approves_in_one_click(self, file_name: str) -> None:
        page = self.leader.page
        page.get_by_role("link", name="Ngân hàng câu hỏi").first.click()
        page.get_by_role("link", name=self.bank.title).click()
        page.get_by_role("link", name=file_name).click()
        page.get_by_role("button", name=f"Đồng ý cả {QUESTIONS} câu").click()
        page.wait_for_url(f"**/bank/{self.bank.public_id}")
        expect(page.locator("main")).to_contain_text("Đã duyệt")

    def _begins(self, kind: str, title: str) -> Page:
        page = self.lecturer.page
        page.get_by_role("navigation", name="Chính").get_by_role("link", name="Ra đề").click()
        page.get_by_role("link", name="Ra đề mới").first.click()
        page.get_by_role("link", name=kind).click()
        page.get_by_label("Tên đề").fill(title)
        page.get_by_label("Lớp").select_option(label=self.course_class.title)
        page.get_by_label("Ngân hàng câu hỏi").select_option(label=self.bank.title)
        return page

    def composes_practice_and_releases_it(self) -> None:
        page = self._begins("Luyện tập", PRACTICE)
        page.get_by_role("button", name="Tạo đề").click()
        page.get_by_label("Chủ đề 1 (có 6 câu)").check()
        page.get_by_label("Số câu", exact=True).fill("3")
        page.get_by_role("button", name="Lấy câu hỏi").click()
        page.get_by_role("button", name="Phát hành").click()
        agree(page, "Phát hành")
        expect(page.locator("main")).to_contain_text("Gửi cho lớp")
        fits(page)

    def composes_an_assessment_by_blueprint(self) -> None:
        page = self._begins("Kiểm tra cuối khóa", FINAL)
        page.get_by_label("Giờ mở").fill(local(clock.now() - timedelta(minutes=5)))
        page.get_by_label("Giờ đóng").fill(local(clock.now() + timedelta(hours=3)))
        page.get_by_label("Thời gian làm bài").fill("30")
        page.get_by_role("button", name="Tạo đề").click()
        page.get_by_label("Chủ đề 1, Nhận biết, Lý luận", exact=True).fill("9")
        page.get_by_role("button", name="Lưu ma trận").click()
        expect(page.locator("main")).to_contain_text(
            "ma trận cần 9 câu, ngân hàng có 5 câu đã duyệt, còn thiếu 4 câu"
        )
        page.get_by_role("link", name="Sửa ma trận").click()
        page.get_by_label("Chủ đề 1, Nhận biết, Lý luận", exact=True).fill("4")
        page.get_by_label("Chủ đề 1, Nhận biết, Thực tiễn", exact=True).fill("1")
        page.get_by_role("button", name="Lưu ma trận").click()
        page.get_by_role("button", name="Gửi duyệt").click()
        expect(page.locator("main")).to_contain_text("Chờ lãnh đạo đồng ý phát hành")
        expect(page.get_by_role("button", name="Đồng ý phát hành")).to_have_count(0)

    def releases_the_assessment(self) -> None:
        page = self.leader.page
        page.get_by_role("navigation", name="Chính").get_by_role("link", name="Ra đề").click()
        page.get_by_role("link", name=FINAL).click()
        page.get_by_role("button", name="Đồng ý phát hành").click()
        agree(page, "Phát hành")
        expect(page.locator("main")).to_contain_text("Gửi cho lớp")

    def practises(self) -> None:
        page = self.learner.page
        page.reload()
        page.get_by_role("link", name=PRACTICE).click()
        page.get_by_role("button", name="Luyện tập").click()
        for number in (1, 2, 3):
            expect(page.get_by_role("heading", level=1)).to_contain_text(f"Câu {number}")
            page.locator("label.exam-option").filter(has_text=RIGHT if number > 1 else WRONG).first.click()
            page.get_by_role("button", name="Trả lời").click()
            expect(page.locator("main")).to_contain_text("Đúng rồi" if number > 1 else "Chưa đúng")
            fits(page)
            if number < 3:
                page.get_by_role("link", name="Câu tiếp").click()
        page.get_by_role("button", name="Xem tổng kết").click()
        expect(page.locator("main")).to_contain_text("2/3")

    def starts_the_one_thing_due(self) -> None:
        page = self.learner.page
        page.goto("/")
        due = page.locator(".next-step")
        expect(due).to_contain_text(FINAL)
        fits(page)
        due.get_by_role("link", name="Vào thi").click()
        fits(page)
        page.get_by_role("button", name="Vào thi").click()
        ready(page)
        page.locator("section[data-slot]:visible label.exam-option").filter(has_text=RIGHT).click()
        all_saved(page)
        fits(page)

    def watches_and_gives_extra_time(self) -> None:
        page = self.staff.page
        page.get_by_role("navigation", name="Chính").get_by_role("link", name="Ca thi").click()
        page.get_by_role("link", name=FINAL).click()
        row = page.get_by_role("row").filter(has_text=LEARNER)
        expect(row).to_contain_text("Đang làm")
        expect(row).to_contain_text("1/5")
        expect(page.get_by_role("row").filter(has_text=ABSENT)).to_contain_text("Chưa vào thi")
        fits(page)
        page.get_by_role("link", name=f"Thêm giờ cho {LEARNER}").click()
        page.get_by_label("Thêm bao nhiêu phút").fill("10")
        page.locator("#reason").fill("Mất điện 10 phút")
        page.get_by_role("button", name="Thêm giờ").click()
        expect(page.get_by_role("row").filter(has_text=LEARNER)).to_contain_text("+10")

    def answers_the_rest_and_hands_in(self) -> None:
        page = self.learner.page
        for slot in range(2, 6):
            go(page, slot)
            question = page.locator(f"#q-{slot}")
            question.locator("label.exam-option").filter(has_text=RIGHT if slot < 5 else WRONG).first.click()
        expect(page.locator("[data-time-note]")).to_contain_text("Được thêm giờ: còn")
        all_saved(page)
        page.get_by_role("button", name="Tổng quan").click()
        fits(page)
        page.locator("#overview").get_by_role("button", name="Nộp bài").click()
        expect(page.locator("[data-all-done]")).to_be_visible()
        page.locator("[data-panel=hand-in]").get_by_role("button", name="Nộp bài").click()
        expect(page.get_by_role("heading", level=1, name="Đã nộp bài")).to_be_visible()
        page.get_by_role("link", name="Xem kết quả").click()
        expect(page.locator("main")).to_contain_text("Điểm chưa được công bố")

    def publishes(self) -> None:
        page = self.staff.page
        page.reload()
        expect(page.get_by_role("row").filter(has_text=LEARNER)).to_contain_text("Đã nộp")
        page.get_by_role("link", name="Bảng kết quả").click()
        page.get_by_role("button", name="Công bố điểm").click()
        agree(page, "Công bố điểm")
        expect(page.locator("main")).to_contain_text("Đã công bố")
        fits(page)

    def sees_the_mark(self) -> None:
        page = self.learner.page
        page.reload()
        main = page.locator("main")
        expect(main).to_contain_text("8,0")
        expect(main).to_contain_text("Đạt")
        expect(main).to_contain_text("Phần thực tiễn")
        fits(page)

    def reads_the_table_and_takes_it_to_excel(self, folder: Path) -> None:
        page = self.lecturer.page
        page.get_by_role("navigation", name="Chính").get_by_role("link", name="Kết quả").click()
        page.get_by_role("link", name=FINAL).click()
        people = page.get_by_role("table", name="Bảng kết quả").locator("tbody")
        expect(people.locator("tr").filter(has_text=LEARNER)).to_contain_text("8,0")
        expect(people.locator("tr").first).to_contain_text(ABSENT)  # Ân stands before Dương
        sheet = sheet_of(page, folder)
        cells = [cell for row in sheet for cell in row]
        assert LEARNER in cells
        assert ABSENT in cells
        assert 8 in [round(cell, 2) for cell in cells if isinstance(cell, int | float)]
        page.get_by_label("Kết quả", exact=True).select_option(label="Đạt")
        expect(people).not_to_contain_text(ABSENT)
        expect(people).to_contain_text(LEARNER)

    def reads_the_statistics(self, folder: Path) -> None:
        page = self.lecturer.page
        page.get_by_role("link", name="Từng câu hỏi").click()
        table = page.get_by_role("table", name="Từng câu hỏi")
        expect(table).to_contain_text("Nội dung cần nắm của bài số")
        expect(table).to_contain_text("1/1")
        expect(table).to_contain_text("0/1")
        fits(page)
        assert any("Nội dung cần nắm" in str(cell) for row in sheet_of(page, folder) for cell in row)


def sheet_of(page: Page, folder: Path) -> list[tuple[object, ...]]:
    """The workbook that the page gives, as its first sheet's values."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải Excel").click()
    path = folder / waiting.value.suggested_filename
    assert path.suffix == ".xlsx"
    waiting.value.save_as(path)
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
