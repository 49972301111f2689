"""The session runs and ends; its minutes are prefilled, written, locked, and corrected only with a reason."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from lms.audit.models import AuditEvent
from lms.core import clock
from lms.core.clock import Frozen
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.delivery.operations.closing import close_for
from lms.quizzes.delivery.operations.sessions import give_extra_time
from lms.quizzes.exams import sheets
from lms.quizzes.exams.models import ExamSession, ExamState
from lms.quizzes.exams.queries.minutes import facts
from lms.quizzes.exams.queries.sessions import session_in
from tests.quizzes.exams.stories import ExamStory, by_name, people, wall

WRITTEN = {
    "course": "Ca thi diễn ra đúng giờ.",
    "opinion": "Không có ý kiến.",
    "handover": "Giao biên bản cho giáo vụ.",
}


@pytest.fixture
def hands() -> Iterator[Frozen]:
    with clock.frozen(clock.now()) as frozen:
        yield frozen


@pytest.fixture
def exam(hands: Frozen, story: ExamStory) -> ExamSession:
    """Two cards, one of them writes, one who writes without a card; one is barred."""
    story.absent(story.learners[1], 9)
    made = story.open()
    staff = story.visitor()
    staff.post(f"/exams/{made.public_id}/start")
    for name in ("Nguyễn Văn An", "Lê Văn Bình"):
        staff.post(f"/exams/{made.public_id}/candidates/{by_name(made, name).public_id}/card", status=303)
    for number in (0, 5):
        story.visitor(story.learners[number]).post(f"/assessments/{story.assessment.public_id}/start")
    return made


def over(story: ExamStory, exam: ExamSession, hands: Frozen) -> None:
    """Everybody has handed in and the time is over."""
    attempts = (
        db.session.execute(sa.text("SELECT public_id FROM attempt WHERE state = 'in_progress'"))
        .scalars()
        .all()
    )
    for key in attempts:
        with UnitOfWork():
            close_for(actor=story.world.actor(story.staff), attempt_id=key, reason="hết giờ")
    hands.move_to(story.ends_at + timedelta(minutes=1))
    story.visitor().post(f"/exams/{exam.public_id}/end")


def loaded(story: ExamStory, exam: ExamSession) -> ExamSession:
    db.session.rollback()
    return session_in(
        story.world.actor(story.staff).scope(*story.world.actor(story.staff).roles), exam.public_id
    )


def counts(story: ExamStory, exam: ExamSession) -> dict[str, int]:
    found: dict[str, int] = facts(loaded(story, exam))["counts"]
    return found


def test_the_page_counts_who_is_where(story: ExamStory, exam: ExamSession) -> None:
    assert counts(story, exam) == {
        "listed": 5, "barred": 1, "waiting": 0, "present": 3, "absent": 2, "writing": 2, "handed_in": 0,
    }  # fmt: skip
    page = story.visitor().page(f"/exams/{exam.public_id}")
    figures = [" ".join(one.text_content().split()) for one in page.xpath("//*[contains(@class, 'stat')]")]
    assert any("Có mặt" in one and "3" in one for one in figures)


def test_it_ends_after_its_time_when_nobody_writes(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    url = f"/exams/{exam.public_id}/end"
    assert "Chưa đến giờ" in story.visitor().post(url, status=409).get_data(as_text=True)
    hands.move_to(story.ends_at + timedelta(minutes=1))
    assert "Còn 2 người đang làm bài" in story.visitor().post(url, status=409).get_data(as_text=True)
    over(story, exam, hands)
    assert db.session.get_one(ExamSession, exam.id).state is ExamState.OVER
    assert counts(story, exam)["handed_in"] == 2


def test_it_ends_early_once_everybody_has_handed_in(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    url = f"/exams/{exam.public_id}"
    for learner in story.learners:
        visitor = story.visitor(learner)
        visitor.get(f"/assessments/{story.assessment.public_id}")
        visitor.send(
            "POST", f"/assessments/{story.assessment.public_id}/start", data={"csrf_token": visitor.csrf}
        )
    hands.tick(timedelta(minutes=5))
    attempts = db.session.scalars(sa.select(Attempt.public_id)).all()
    for key in attempts:
        with UnitOfWork():
            close_for(actor=story.world.actor(story.staff), attempt_id=key, reason="nộp sớm")
    found = counts(story, exam)
    assert found["handed_in"] == found["listed"] == 5
    assert hands() < story.ends_at
    story.visitor().post(f"{url}/end")
    assert db.session.get_one(ExamSession, exam.id).state is ExamState.OVER


def test_staff_end_it_early_after_seeing_who_has_not_handed_in(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    url = f"/exams/{exam.public_id}/end"
    text = story.visitor().get(url).get_data(as_text=True)
    assert "Còn 2 người đang làm bài" in text
    assert "Nộp bài thay" in text
    assert "Còn 2 người đang làm bài" in story.visitor().post(url, {"early": "1"}, 409).get_data(as_text=True)
    for key in db.session.scalars(sa.select(Attempt.public_id)).all():
        with UnitOfWork():
            close_for(actor=story.world.actor(story.staff), attempt_id=key, reason="nộp sớm")
    hands.tick(timedelta(minutes=5))
    text = story.visitor().get(url).get_data(as_text=True)
    for said in (
        "1 người có mặt mà chưa vào làm bài",
        "2 người chưa đến",
        "Đỗ Văn Đức",
        "Chưa đến giờ kết thúc",
    ):
        assert said in text, said
    story.visitor(story.lecturer).get(url, 403)
    story.visitor().post(url, status=409)
    story.visitor().post(url, {"early": "1"})
    ended = db.session.get_one(ExamSession, exam.id)
    assert ended.state is ExamState.OVER
    assert hands() < ended.ends_at
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "exam.ended")).one()
    assert event.data["early"] is True
    late = story.visitor(story.learners[3])
    assert "Ca thi đã kết thúc" in late.get(f"/assessments/{story.assessment.public_id}").get_data(
        as_text=True
    )
    late.post(f"/assessments/{story.assessment.public_id}/start", status=403)


def test_handing_in_for_somebody_is_an_incident_with_its_reason(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    key = db.session.scalars(sa.select(Attempt.public_id).order_by(Attempt.id)).first()
    for _ in range(2):
        with UnitOfWork():
            close_for(actor=story.world.actor(story.staff), attempt_id=str(key), reason="Ốm, xin về")
    (noted,) = facts(loaded(story, exam))["incidents"]
    assert noted["text"] == "Giáo vụ nộp bài thay: Ốm, xin về"
    assert noted["name"] == "Nguyễn Văn An"


def test_who_left_the_class_stands_apart_in_the_minutes(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    with UnitOfWork():
        gone = db.session.query(Enrolment).filter_by(account_id=story.learners[3].id).one()
        gone.state = EnrolmentState.WITHDRAWN
    story.visitor().post(f"/exams/{exam.public_id}/renew")
    over(story, exam, hands)
    found = facts(loaded(story, exam))
    assert [one["name"] for one in found["left"]] == ["Phạm Thị Cúc"]
    assert found["refused"] == []
    text = " ".join(" ".join(pages(sheets.minutes_pdf(loaded(story, exam)))).split())
    assert "Rút khỏi lớp sau khi lên danh sách: LLCT-004 Phạm Thị Cúc" in text
    assert "kết thúc lúc" in text


def test_incidents_are_noted_with_time_and_candidate(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    url = f"/exams/{exam.public_id}/incidents"
    lecturer = story.visitor(story.lecturer)
    at = hands() - timedelta(minutes=1)
    lecturer.post(
        url,
        {
            "note-text": "Máy hỏng, đổi máy",
            "note-candidate": by_name(exam, "Vũ Thị Em").public_id,
            "note-at": wall(at),
        },
    )
    lecturer.post(url, {"note-text": ""}, 422)
    lecturer.post(url, {"note-text": "x", "note-at": wall(hands() + timedelta(hours=1))}, 422)
    (noted,) = facts(loaded(story, exam))["incidents"]
    assert (noted["text"], noted["name"], noted["number"]) == ("Máy hỏng, đổi máy", "Vũ Thị Em", "LLCT-006")
    assert "Máy hỏng, đổi máy" in lecturer.get(f"/exams/{exam.public_id}").get_data(as_text=True)


def test_minutes_are_prefilled_written_locked_and_corrected(
    story: ExamStory, exam: ExamSession, hands: Frozen
) -> None:
    with UnitOfWork():
        give_extra_time(
            actor=story.world.actor(story.staff),
            assessment_id=story.assessment.public_id,
            account_id=story.learners[5].public_id,
            minutes=10,
            reason="Mất điện",
        )
    staff, url = story.visitor(), f"/exams/{exam.public_id}/minutes"
    staff.post(f"{url}/lock", status=409)
    staff.post(url, WRITTEN)
    over(story, exam, hands)
    text = staff.get(url).get_data(as_text=True)
    for said in ("Phạm Thị Cúc", "Vắng 9/40 tiết", "10 phút: Mất điện", "Ca thi diễn ra đúng giờ."):
        assert said in text, said
    story.visitor(story.lecturer).post(f"{url}/lock", status=403)
    staff.post(f"{url}/lock")
    staff.post(f"{url}/lock", status=409)
    locked = db.session.get_one(ExamSession, exam.id)
    assert (locked.state, locked.minuted_by_id) == (ExamState.MINUTED, story.staff.id)
    with UnitOfWork():
        story.learners[3].full_name = "Tên Đổi Sau"
    assert "Phạm Thị Cúc" in staff.get(url).get_data(as_text=True), "the facts are those of the lock"
    staff.post(url, {**WRITTEN, "opinion": "Đổi"}, 422)
    staff.post(url, {**WRITTEN, "reason": "Không đổi gì"}, 422)
    staff.post(url, {**WRITTEN, "opinion": "Đề nghị khen", "reason": "Ghi thiếu"})
    page = staff.get(url).get_data(as_text=True)
    assert "Phạm Thị Vụ: Ghi thiếu" in page
    assert "Đề nghị khen" in page
    event = db.session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "exam.minutes_corrected")
    ).one()
    assert event.data["before"]["opinion"] == "Không có ý kiến."
    story.visitor(story.lecturer).post(f"/exams/{exam.public_id}/incidents", {"note-text": "muộn"}, 409)


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(made)).pages]


def test_the_papers_hold_everybody_whole(story: ExamStory, exam: ExamSession, hands: Frozen) -> None:
    over(story, exam, hands)
    held = loaded(story, exam)
    seated = [one for one in people(held) if one.seat]
    for make in (
        sheets.door_list_pdf,
        sheets.posted_list_pdf,
        sheets.signature_sheet_pdf,
        sheets.seat_labels_pdf,
    ):
        text = "\n".join(pages(make(loaded(story, exam))))
        for one in seated:
            assert text.count(one.number or "?") == 1, make
            assert one.account.full_name.split()[-1] in text
        assert "LLCT-002" not in text, "the barred has no seat"
    assert len(pages(sheets.door_list_pdf(held))) == 2, "a room a page"
    minutes = "\n".join(pages(sheets.minutes_pdf(held)))
    for said in (
        "BIÊN BẢN COI THI",
        "có mặt 3",
        "vắng 2",
        "đã nộp bài 2",
        "BẢN NHÁP",
        "CÁN BỘ COI THI 2",
        "Lê Giám Đốc",
    ):
        assert said in " ".join(minutes.split()), said
    assert "LLCT-002" in minutes


def test_papers_of_a_session_without_anybody_say_so(story: ExamStory) -> None:
    other = ExamStory(story.app, story.world, 1)
    other.absent(other.learners[0], 9)
    exam = other.open()
    for make in (
        sheets.door_list_pdf,
        sheets.posted_list_pdf,
        sheets.signature_sheet_pdf,
        sheets.seat_labels_pdf,
    ):
        (text,) = pages(make(loaded(other, exam)))
        assert "Chưa có ai có chỗ ngồi" in text, make
        assert "CÁN BỘ COI THI" not in text
    assert other.visitor().get(f"/exams/{exam.public_id}/door").status_code == 200
    assert "Nguyễn Văn An" in " ".join(" ".join(pages(sheets.minutes_pdf(loaded(other, exam)))).split())


def test_a_long_list_repeats_its_head_and_splits_no_row(story: ExamStory) -> None:
    other = ExamStory(story.app, story.world, 90)
    exam = other.open(rooms="Hội trường lớn: 120")
    texts = pages(sheets.door_list_pdf(loaded(other, exam)))
    assert len(texts) > 2
    assert all("Giấy tờ" in text for text in texts[:-1])
    for one in people(exam):
        (page,) = [text for text in texts if (one.number or "?") in text]
        assert one.account.full_name in page.replace("\n", " ")
