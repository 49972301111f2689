"""The score sheet and the list of recognition as printed: whole letters, figures and words, places to sign."""

from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from lms.core import clock, typesetting
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import Enrolment
from lms.quizzes.exams.models import Candidate, ExamSession
from lms.results.class_results.sheets import figure
from lms.web.built import BUILT
from tests.results.class_results.stories import ResultStory


def text_of(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def sheet(told: ResultStory, name: str) -> list[str]:
    typesetting.configure(fonts=BUILT)
    return text_of(told.visit(told.staff).get(f"{told.url}/{name}.pdf").get_data())


def session(told: ResultStory) -> None:
    """An exam session of the final test that gave numbers in another order than that of names."""
    now = clock.now()
    with UnitOfWork():
        held = ExamSession(
            class_id=told.course_class.id, assessment_id=told.final.id, title="Ca thi sáng", starts_at=now,
            ends_at=now + timedelta(hours=1), invigilator_one="Hoàng Thị Ánh", invigilator_two="Đinh Công Tráng",
            created_by_id=told.staff.id, created_at=now,
        )  # fmt: skip
        db.session.add(held)
        db.session.flush()
        enrolments = db.session.query(Enrolment).order_by(Enrolment.id.desc()).all()
        for position, one in enumerate(enrolments, start=1):
            db.session.add(
                Candidate(
                    session_id=held.id, account_id=one.account_id, enrolment_id=one.id, position=position,
                    number=f"TN-{position:02}",
                )
            )  # fmt: skip


def test_figures_as_papers_have_them() -> None:
    assert [figure(mark) for mark in (830, 700, 1000, 825, 0, None)] == [
        "8,3",
        "7,0",
        "10",
        "8,25",
        "0,0",
        "",
    ]


def test_the_score_sheet_has_figures_words_and_signatures(told: ResultStory) -> None:
    told.add("Nguyễn Thị Ửng", 830)
    told.add("Đỗ Văn Ngữ", 1000)
    told.add("Trần Vắng", None)
    session(told)
    told.to("published")
    text = " ".join(sheet(told, "score-sheet"))
    assert "8,3 Tám phẩy ba" in text
    assert "10 Mười" in text
    assert "TN-03 Nguyễn Thị Ửng" in text
    assert text.index("TN-02 Đỗ Văn Ngữ") < text.index("TN-03 Nguyễn Thị Ửng")
    assert "3 người; 2 người có điểm, 1 người không có điểm" in text
    for words in ("Giám thị 1", "Hoàng Thị Ánh", "Giám thị 2", "Giám khảo 1", "Giám khảo 2", "Người lập bảng",
                  "GIÁM ĐỐC", "Chữ ký học viên"):  # fmt: skip
        assert words in text
    assert "Bản nháp" not in text


def test_a_long_list_repeats_its_head_and_splits_no_row(told: ResultStory) -> None:
    for number in range(45):
        told.add(f"Nguyễn Thị Ửng {number:02}", 830)
    told.to("draft")
    pages = sheet(told, "recognition")
    assert len(pages) > 1
    assert all("Xếp loại" in page for page in pages if "Ửng" in page)
    assert all(sum(f"Ửng {number:02} " in page for page in pages) == 1 for number in range(45))
    assert "Bản nháp, chưa công bố" in pages[0]
    assert "Giỏi 45 (100,00 %)" in pages[-1]
    assert "SBD" not in pages[0]
