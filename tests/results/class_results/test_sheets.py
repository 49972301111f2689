"""The score sheet and the list of recognition as printed: whole letters, figures and words, places to sign."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from lms.core import clock, files, typesetting
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import Enrolment
from lms.quizzes.exams.models import Candidate, ExamSession
from lms.quizzes.grading.models import EssayTask, Submission, SubmissionPage, SubmissionState
from lms.results.class_results.models import ComponentSource
from lms.results.class_results.operations.filling import replace_mark
from lms.results.class_results.queries import ESSAY, rows_of, sheets_of
from lms.results.class_results.sheets import figure
from lms.results.classification.regulation import ComponentKind
from lms.web.built import BUILT
from tests.results.class_results.stories import CONTENT, ResultStory


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


def test_paper_code_and_sheets_have_columns_where_not_everybody_sat_on_the_machine(told: ResultStory) -> None:
    told.add("Nguyễn Thị Máy", 830)
    on_paper = told.add("Đỗ Văn Giấy", None)
    session(told)
    told.to("draft")
    assert "Mã đề" not in " ".join(sheet(told, "score-sheet"))
    with UnitOfWork():
        replace_mark(
            actor=told.world.actor(told.staff),
            course_class=told.course_class,
            enrolment_id=told.enrolment(on_paper).id,
            code="final",
            mark=700,
            note="Thi trên giấy",
        )
    told.to("draft")
    text = " ".join(sheet(told, "score-sheet"))
    assert "Mã đề" in text
    assert "Số tờ" in text
    assert text.count("trên máy") == 1
    assert "7,0 Bảy" in text


def test_an_essay_written_by_hand_counts_its_pages(told: ResultStory) -> None:
    learner = told.add("Nguyễn Thị Viết", None)
    typed = told.add("Đỗ Văn Gõ", None)
    essay = replace(CONTENT.components[2], code="essay", kind=ComponentKind.ESSAY)
    made = told.to("draft")
    with UnitOfWork():
        task = EssayTask(
            class_id=told.course_class.id,
            title="Bài thu hoạch",
            author_id=told.lecturer.id,
            created_at=clock.now(),
        )
        db.session.add(task)
        db.session.flush()
        for account, by_hand in ((learner, True), (typed, False)):
            work = Submission(
                task_id=task.id, account_id=account.id, handwritten=by_hand, saved_at=clock.now(),
                handed_in_at=clock.now(), state=SubmissionState.HANDED_IN,
            )  # fmt: skip
            db.session.add(work)
            db.session.flush()
            for position in (1, 2, 3) if by_hand else ():
                page = files.save(files.prepare(BytesIO(b"a page"), f"{position}.jpg"))
                work.pages.append(
                    SubmissionPage(
                        position=position, file=page, added_by_id=told.staff.id, added_at=clock.now()
                    )
                )
        db.session.add(
            ComponentSource(
                class_id=told.course_class.id, component="essay", kind=ESSAY, target=task.public_id
            )
        )
    rows = rows_of(told.course_class.id, made.id)
    marked = [replace(row, path={"components": [{"code": "essay", "mark": [8, 1]}]}) for row in rows]
    found = sheets_of(told.course_class.id, essay, marked)
    assert [found[told.enrolment(one).id] for one in (learner, typed)] == ["3 trang", "trên máy"]
