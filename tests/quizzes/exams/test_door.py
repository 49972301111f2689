"""At the door: cards are ticked on a phone, whoever is not on the list waits for a word."""

import pytest
import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core.actor import Role
from lms.core.db import db
from lms.courses.classes.models import Enrolment
from lms.quizzes.exams.models import Admission, Candidate, ExamSession
from tests.counting import counted
from tests.quizzes.exams.stories import ExamStory, by_name, people
from tests.visitor import Visitor


@pytest.fixture
def exam(story: ExamStory) -> ExamSession:
    made = story.open()
    story.visitor().post(f"/exams/{made.public_id}/start")
    return made


def card(exam: ExamSession, name: str) -> str:
    return f"/exams/{exam.public_id}/candidates/{by_name(exam, name).public_id}/card"


def rows(page: object) -> list[str]:
    found: list[str] = page.xpath("//a[@class='door-name']/text()")  # type: ignore[attr-defined]
    return found


def test_an_invigilator_ticks_and_a_second_tick_changes_nothing(story: ExamStory, exam: ExamSession) -> None:
    lecturer = story.visitor(story.lecturer)
    url = card(exam, "Lê Văn Bình")
    location = lecturer.post(url, {"room": "1"}, 303).headers["Location"]
    assert location.startswith(f"/exams/{exam.public_id}/door?room=1#c-")
    first = by_name(exam, "Lê Văn Bình").card_checked_at
    story.visitor().post(url, status=303)
    again = by_name(exam, "Lê Văn Bình")
    assert (again.card_checked_at, again.card_checked_by_id) == (first, story.lecturer.id)
    text = lecturer.get(f"/exams/{exam.public_id}/door").get_data(as_text=True)
    assert "Đã đối chiếu 1/6" in text


def test_a_script_gets_the_rows_new_state(story: ExamStory, exam: ExamSession) -> None:
    visitor = story.visitor()
    answer = visitor.send(
        "POST",
        card(exam, "Lê Văn Bình"),
        data={"csrf_token": visitor.csrf},
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, answer.json) == (200, {"checked": True, "number": "LLCT-003"})


def test_the_tick_is_taken_back_with_a_word(story: ExamStory, exam: ExamSession) -> None:
    url = card(exam, "Lê Văn Bình")
    story.visitor().post(url, status=303)
    story.visitor().post(f"{url}/undo", {"reason": ""}, 422)
    assert by_name(exam, "Lê Văn Bình").card_checked_at is not None
    story.visitor().post(f"{url}/undo", {"reason": "Bấm nhầm dòng"})
    assert by_name(exam, "Lê Văn Bình").card_checked_at is None
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "exam.card_unchecked")).one()
    assert event.data == {"number": "LLCT-003", "reason": "Bấm nhầm dòng"}


def test_no_card_before_the_start(story: ExamStory) -> None:
    exam = story.open()
    story.visitor().post(card(exam, "Lê Văn Bình"), status=409)
    assert by_name(exam, "Lê Văn Bình").card_checked_at is None


def test_the_door_finds_by_number_and_by_name_without_marks(story: ExamStory, exam: ExamSession) -> None:
    visitor = story.visitor()
    door = f"/exams/{exam.public_id}/door"
    assert rows(visitor.page(f"{door}?q=do+van+duc")) == ["Đỗ Văn Đức"]
    assert rows(visitor.page(f"{door}?q=llct-004")) == ["Phạm Thị Cúc"]
    assert rows(visitor.page(f"{door}?room=2")) == ["Phạm Thị Cúc", "Đỗ Văn Đức", "Vũ Thị Em"]
    assert rows(visitor.page(f"{door}?q=khong+co+ai")) == []


def test_nobody_begins_before_the_card_where_the_session_asks_for_it(story: ExamStory) -> None:
    exam = story.open(card_required=True)
    story.visitor().post(f"/exams/{exam.public_id}/start")
    learner, front = story.visitor(story.learners[2]), f"/assessments/{story.assessment.public_id}"
    text = learner.get(front).get_data(as_text=True)
    assert "Cán bộ coi thi chưa đối chiếu giấy tờ" in text
    assert "LLCT-003" in text
    assert "Phòng 1, chỗ số 3" in text
    learner.post(f"{front}/start", status=403)
    story.visitor().post(card(exam, "Lê Văn Bình"), status=303)
    learner.post(f"{front}/start")


def test_a_learner_who_is_on_no_list_of_the_session_can_not_begin(
    story: ExamStory, exam: ExamSession
) -> None:
    late = story.later_enrolled()
    front = f"/assessments/{story.assessment.public_id}"
    assert "Chưa có tên trong danh sách dự thi" in story.visitor(late).get(front).get_data(as_text=True)
    story.visitor(late).post(f"{front}/start", status=403)
    story.visitor().post(f"/exams/{exam.public_id}/renew")
    story.visitor(late).post(f"{front}/start")


def test_the_unlisted_waits_and_is_admitted_with_number_seat_and_enrolment(
    story: ExamStory, exam: ExamSession
) -> None:
    guest = story.world.learner(story.unit, name="Hồ Văn Lạc")
    lecturer = story.visitor(story.lecturer)
    url = f"/exams/{exam.public_id}/unlisted"
    assert "Hồ Văn Lạc" in lecturer.get(f"{url}?q=ho+van+lac").get_data(as_text=True)
    lecturer.post(url, {"account": guest.public_id})
    waiting = by_name(exam, "Hồ Văn Lạc")
    assert (waiting.admission, waiting.number, waiting.seat) == (Admission.WAITING, None, None)
    lecturer.post(url, {"account": guest.public_id})
    assert len(people(exam)) == 7, "noted once"
    assert "Đang chờ xét" in lecturer.get(f"{url}?q=ho+van+lac").get_data(as_text=True)
    listed = lecturer.get(f"{url}?q=nguyen+van+an").get_data(as_text=True)
    assert "Đã có trong danh sách: LLCT-001" in listed
    assert "Ghi chờ xét" not in listed
    page = f"/exams/{exam.public_id}/candidates/{waiting.public_id}"
    assert "Chỉ giáo vụ hoặc lãnh đạo" in lecturer.get(page).get_data(as_text=True)
    assert "được ghi danh vào lớp" in story.visitor().get(page).get_data(as_text=True)
    lecturer.post(f"{page}/admit", {"reason": "Đồng ý"}, 403)
    story.visitor(story.leader).post(f"{page}/admit", {"reason": "Đồng ý, học lớp trước chưa thi"})
    admitted = by_name(exam, "Hồ Văn Lạc")
    assert (admitted.number, admitted.room.name, admitted.seat) == ("LLCT-007", "Phòng 1", 4)
    assert db.session.query(Enrolment).filter_by(account_id=guest.id).one().class_id == story.course_class.id
    story.visitor(guest).post(f"/assessments/{story.assessment.public_id}/start")


def test_the_unlisted_is_refused_with_a_reason_and_takes_no_number(
    story: ExamStory, exam: ExamSession
) -> None:
    guest = story.world.learner(story.unit, name="Hồ Văn Lạc")
    story.visitor().post(f"/exams/{exam.public_id}/unlisted", {"account": guest.public_id})
    page = f"/exams/{exam.public_id}/candidates/{by_name(exam, 'Hồ Văn Lạc').public_id}"
    story.visitor().post(f"{page}/refuse", {"reason": " "}, 422)
    story.visitor().post(f"{page}/refuse", {"reason": "Không thuộc lớp"})
    refused = by_name(exam, "Hồ Văn Lạc")
    assert (refused.admission, refused.number, refused.reason) == (Admission.REFUSED, None, "Không thuộc lớp")
    story.later_enrolled()
    story.visitor().post(f"/exams/{exam.public_id}/renew")
    assert by_name(exam, "Hoàng Văn Muộn").number == "LLCT-007"


def test_nobody_is_admitted_without_a_free_seat(story: ExamStory) -> None:
    exam = story.open(rooms="Nhỏ: 6")
    guest = story.world.learner(story.unit, name="Hồ Văn Lạc")
    story.visitor().post(f"/exams/{exam.public_id}/unlisted", {"account": guest.public_id})
    page = f"/exams/{exam.public_id}/candidates/{by_name(exam, 'Hồ Văn Lạc').public_id}"
    text = story.visitor().post(f"{page}/admit", {"reason": "Đồng ý"}, 422).get_data(as_text=True)
    assert "còn thiếu 1 chỗ" in text
    assert by_name(exam, "Hồ Văn Lạc").admission is Admission.WAITING
    assert db.session.query(Enrolment).filter_by(account_id=guest.id).all() == []


def test_the_monitor_shows_the_numbers(story: ExamStory, exam: ExamSession) -> None:
    text = story.visitor().get(f"/sessions/{story.assessment.public_id}").get_data(as_text=True)
    assert "LLCT-006" in text


PAGES = ("", "/door", "/minutes", "/door-list.pdf", "/signatures.pdf", "/minutes.pdf")


def test_pages_cost_the_same_for_10_and_for_100(story: ExamStory) -> None:
    def costs(learners: int) -> dict[str, int]:
        other = ExamStory(story.app, story.world, learners)
        exam, staff = other.open(rooms="A: 60\nB: 60"), other.visitor()
        found = {}
        for page in PAGES:
            url = f"/exams/{exam.public_id}{page}"
            staff.get(url)
            with counted() as statements:
                staff.get(url)
            found[page] = len(statements)
        return found

    few = costs(10)
    assert costs(100) == few
    assert max(few.values()) <= 12


def test_a_stranger_may_not(story: ExamStory, exam: ExamSession, stranger: Visitor) -> None:
    elsewhere = story.visitor(story.world.person(Role.STAFF, story.world.centre("Trung tâm khác")))
    learner = story.visitor(story.learners[0])
    url = card(exam, "Lê Văn Bình")
    for page in (
        "door",
        "unlisted",
        "minutes",
        "door-list.pdf",
        "posted-list.pdf",
        "signatures.pdf",
        "minutes.pdf",
    ):
        where = f"/exams/{exam.public_id}/{page}"
        stranger.get(where, 302)
        elsewhere.get(where, 404)
        learner.get(where, 403)
    for who, status in ((elsewhere, 404), (learner, 403)):
        who.post(url, status=status)
        who.post(f"{url}/undo", {"reason": "x"}, status)
        who.post(f"/exams/{exam.public_id}/unlisted", {"account": story.learners[0].public_id}, status)
        who.post(f"/exams/{exam.public_id}/incidents", {"note-text": "x"}, status)
    foreigner = story.world.learner(story.world.centre("Trung tâm thứ ba"), name="Người Xa")
    story.visitor().post(f"/exams/{exam.public_id}/unlisted", {"account": foreigner.public_id}, 404)
    assert not any(one.card_checked_at for one in people(exam))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Candidate)) == 6
