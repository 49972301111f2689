"""Staff open an exam session: everybody is listed, numbered, seated and told, or nothing is done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.notices.models import Notice
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.exams.models import Admission, ExamSession
from lms.quizzes.exams.operations import Clashing, open_session
from lms.quizzes.papers.models import Assessment, AssessmentKind
from tests.counting import counted
from tests.quizzes.exams.stories import NAMES, ExamStory, by_name, people
from tests.visitor import Visitor


def where(story: ExamStory) -> str:
    return f"/classes/{story.course_class.public_id}/exams"


def post(story: ExamStory, visitor: Visitor, status: int = 302, **more: object) -> str:
    url = f"{where(story)}/new?assessment={story.assessment.public_id}"
    return visitor.post(url, story.form(**more), status).get_data(as_text=True)


def sessions() -> list[ExamSession]:
    return list(db.session.scalars(sa.select(ExamSession)))


def test_everybody_gets_a_number_a_room_and_a_seat(story: ExamStory) -> None:
    staff = story.visitor()
    assert "Mở ca thi" in staff.get(where(story)).get_data(as_text=True)
    page = staff.page(f"{where(story)}/new")
    assert page.xpath("//input[@name='starts_at']/@value")[0]
    post(story, staff)
    (exam,) = sessions()
    found = people(exam)
    assert [one.account.full_name for one in found] == list(NAMES), "in the order of given names"
    assert [one.number for one in found] == [f"LLCT-{n:03d}" for n in range(1, 7)]
    assert [(one.room.name, one.seat) for one in found if one.room] == [
        *(("Phòng 1", n) for n in (1, 2, 3)),
        *(("Phòng 2", n) for n in (1, 2, 3)),
    ]
    assessment = db.session.get_one(Assessment, story.assessment.id)
    assert (assessment.opens_at, assessment.closes_at) == (story.starts_at, story.ends_at)
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "exam.planned")).one()
    assert event.data["listed"] == 6
    text = staff.get(f"/exams/{exam.public_id}").get_data(as_text=True)
    assert "LLCT-006" in text
    assert "Thi cuối khóa" in staff.get(where(story)).get_data(as_text=True)


def test_each_is_told_once_where_and_when(story: ExamStory) -> None:
    exam = story.open()
    told = db.session.scalars(sa.select(Notice)).all()
    assert len(told) == len(NAMES)
    first = next(one for one in told if one.account_id == story.learners[0].id)
    assert (first.params["number"], first.params["room"], first.params["seat"]) == ("LLCT-001", "Phòng 1", 1)
    story.visitor().post(f"/exams/{exam.public_id}/renew")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == len(NAMES)


def test_too_few_seats_say_how_many_are_missing_and_nothing_is_done(story: ExamStory) -> None:
    before = (story.assessment.opens_at, story.assessment.closes_at)
    text = post(story, story.visitor(), 422, rooms="Phòng 1: 4")
    assert "Thiếu 2 chỗ" in text
    assert sessions() == []
    db.session.expire_all()
    assert (story.assessment.opens_at, story.assessment.closes_at) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rooms": "Phòng 1"}, "Dòng 1 chưa đúng"),
        ({"rooms": "Phòng 1: 9\nphòng 1: 9"}, "ghi hai lần"),
        ({"title": " "}, "Hãy"),
        ({"first_number": "0"}, "Số từ 1"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(story: ExamStory, change: dict[str, str], said: str) -> None:
    assert said in post(story, story.visitor(), 422, **change)
    assert sessions() == []


def test_an_end_before_the_start_or_too_short_a_time_is_refused(story: ExamStory) -> None:
    story.ends_at = story.starts_at - timedelta(minutes=1)
    assert "Giờ kết thúc phải sau giờ bắt đầu" in post(story, story.visitor(), 422)
    story.ends_at = story.starts_at + timedelta(minutes=20)
    assert "Ca thi ngắn hơn thời gian làm bài (30 phút)" in post(story, story.visitor(), 422)


def test_who_missed_too_much_is_barred_with_the_reason(story: ExamStory) -> None:
    story.absent(story.learners[1], 9)
    exam = story.open()
    barred = by_name(exam, "Trần Thị Ân")
    assert (barred.admission, barred.number, barred.seat) == (Admission.BARRED, "LLCT-002", None)
    assert barred.reason == "Vắng 9/40 tiết (22,50\xa0%), quá 20,00\xa0% số tiết cho phép"
    page = story.visitor(story.learners[1]).get(f"/assessments/{story.assessment.public_id}")
    assert "Vắng 9/40 tiết" in page.get_data(as_text=True)
    story.visitor(story.learners[1]).post(f"/assessments/{story.assessment.public_id}/start", status=403)


def test_exactly_the_limit_is_still_eligible(story: ExamStory) -> None:
    story.absent(story.learners[1], 8)
    assert by_name(story.open(), "Trần Thị Ân").admission is Admission.LISTED


def test_a_missed_module_test_bars_from_the_final_test(story: ExamStory) -> None:
    story.world.assessment(
        story.course_class,
        story.bank,
        story.lecturer,
        kind=AssessmentKind.MODULE_TEST,
        title="Kiểm tra chuyên đề 1",
        opens_at=story.starts_at - timedelta(days=2),
        closes_at=story.starts_at - timedelta(days=1),
    )
    reason = by_name(story.open(rooms="A: 1"), "Vũ Thị Em").reason
    assert reason == "Chưa làm bài kiểm tra chuyên đề: Kiểm tra chuyên đề 1"


def test_staff_admit_the_barred_by_a_recorded_reason(story: ExamStory) -> None:
    story.absent(story.learners[1], 9)
    exam = story.open()
    barred = by_name(exam, "Trần Thị Ân")
    url = f"/exams/{exam.public_id}/candidates/{barred.public_id}/admit"
    story.visitor(story.lecturer).post(url, {"reason": "vì"}, 403)
    story.visitor().post(url, {"reason": " "}, 422)
    story.visitor().post(url, {"reason": "Giám đốc đồng ý, có giấy ốm"})
    admitted = by_name(exam, "Trần Thị Ân")
    assert (admitted.admission, admitted.number) == (Admission.ADMITTED, "LLCT-002")
    assert admitted.room is not None
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "exam.admitted")).one()
    assert event.data["reason"] == "Giám đốc đồng ý, có giấy ốm"
    assert event.data["was"] == "barred"
    story.visitor(story.learners[1]).post(f"/assessments/{story.assessment.public_id}/start")


def test_who_enrols_later_gets_the_next_number(story: ExamStory) -> None:
    exam = story.open()
    story.later_enrolled("Bùi Thị Ái")
    story.visitor().post(f"/exams/{exam.public_id}/renew")
    late = by_name(exam, "Bùi Thị Ái")
    assert (late.number, late.room.name, late.seat) == ("LLCT-007", "Phòng 1", 4)
    story.later_enrolled("Một")
    story.later_enrolled("Hai")
    text = story.visitor().post(f"/exams/{exam.public_id}/renew", status=409).get_data(as_text=True)
    assert "còn thiếu 1 chỗ" in text
    assert len(people(exam)) == 7


def test_other_rooms_draw_the_seats_anew_and_keep_the_numbers(story: ExamStory) -> None:
    exam = story.open()
    before = [one.number for one in people(exam)]
    url = f"/exams/{exam.public_id}/edit"
    form = {
        name: value
        for name, value in story.form(rooms="Lớn: 10").items()
        if name not in {"prefix", "first_number"}
    }
    story.visitor().get(url)
    assert "Thiếu 4 chỗ" in story.visitor().post(url, {**form, "rooms": "Nhỏ: 2"}, 422).get_data(as_text=True)
    story.visitor().post(url, form)
    found = people(exam)
    assert [one.number for one in found] == before
    assert [(one.room.name, one.seat) for one in found if one.room] == [("Lớn", n) for n in range(1, 7)]
    story.visitor().post(f"/exams/{exam.public_id}/start")
    assert "chỉ thêm phòng" in story.visitor().post(url, {**form, "rooms": "Lớn: 6"}, 422).get_data(
        as_text=True
    )
    story.visitor().post(url, {**form, "rooms": "Lớn: 12\nThêm: 5"})
    assert [room.seats for room in db.session.get_one(ExamSession, exam.id).rooms] == [12, 5]
    assert [one.seat for one in people(exam)] == list(range(1, 7))


def test_a_window_that_somebody_uses_only_ends_later(story: ExamStory) -> None:
    with UnitOfWork():
        attempt = start_attempt(
            actor=story.world.actor(story.learners[0]), assessment_id=story.assessment.public_id
        )
    opened, deadline = story.assessment.opens_at, attempt.deadline_at
    assert "không sớm hơn giờ đóng" in post(story, story.visitor(), 422)
    story.ends_at = story.starts_at + timedelta(hours=5)
    post(story, story.visitor())
    db.session.expire_all()
    assert (story.assessment.opens_at, story.assessment.closes_at) == (opened, story.ends_at)
    assert attempt.deadline_at == deadline, "the time limit still ends it first"


def test_a_second_session_takes_nobody_twice(story: ExamStory) -> None:
    story.open()
    assert "ai cũng đã có ca thi" in post(story, story.visitor(), 422)
    late = story.later_enrolled()
    others = {"invigilator_one": "Một Người Khác", "invigilator_two": ""}
    post(story, story.visitor(), title="Thi bù", rooms="Bù: 3", prefix="B-", **others)
    second = next(one for one in sessions() if one.title == "Thi bù")
    assert [one.account_id for one in people(second)] == [late.id]


def test_a_room_or_an_invigilator_wanted_twice_is_said_with_the_session(story: ExamStory) -> None:
    first = story.open()
    late = story.later_enrolled()
    page = post(story, story.visitor(), 422, title="Thi bù", rooms="phòng 2: 5", invigilator_one="")
    for said in (
        "Trùng giờ với ca thi khác",
        "cùng phòng: phòng 2",
        "cùng cán bộ coi thi: Hồ Thị Coi",
        "Vẫn giữ",
    ):
        assert said in page, said
    assert f"/exams/{first.public_id}" in page
    assert len(sessions()) == 1
    elsewhere = {"title": "Nơi khác", "place": "Trường THPT", "invigilator_one": "", "invigilator_two": ""}
    post(story, story.visitor(), **elsewhere)
    other = next(one for one in sessions() if one.title == "Nơi khác")
    assert [one.account_id for one in people(other)] == [late.id]
    edit = {**story.form(**elsewhere), "place": "Hội trường A"}
    url = f"/exams/{other.public_id}/edit"
    assert "cùng phòng: Phòng 1, Phòng 2" in story.visitor().post(url, edit, 422).get_data(as_text=True)
    story.visitor().post(url, {**edit, "despite": "y"})
    assert "Trùng giờ với ca thi khác" in story.visitor().get(f"/exams/{other.public_id}").get_data(
        as_text=True
    )
    assert story.visitor().page(url).xpath("//input[@name='despite'][@checked]"), "what was accepted stays so"
    story.visitor().post(f"/exams/{first.public_id}/call-off", {"off-reason": "Dời ngày"})
    assert "Trùng giờ" not in story.visitor().get(f"/exams/{other.public_id}").get_data(as_text=True)


def test_a_learner_in_two_sessions_at_once_is_named(story: ExamStory) -> None:
    story.open()
    again = story.world.assessment(story.course_class, story.bank, story.lecturer, title="Kiểm tra khác")
    with UnitOfWork(), pytest.raises(Clashing) as refused:
        open_session(
            actor=story.world.actor(story.staff), course_class=story.class_of(), assessment=again,
            data=story.data("Xa: 9", place="Nơi khác", invigilator_one="", invigilator_two=""),
            prefix="", first_number=1, telling=story.telling,
        )  # fmt: skip
    (clash,) = refused.value.found
    assert (list(clash.rooms), list(clash.learners)) == ([], list(NAMES))


def test_hours_that_only_touch_do_not_clash(story: ExamStory) -> None:
    story.open()
    late = story.later_enrolled()
    story.starts_at, story.ends_at = story.ends_at, story.ends_at + timedelta(hours=2)
    post(story, story.visitor(), title="Ca sau")
    assert [one.account_id for one in people(next(one for one in sessions() if one.title == "Ca sau"))] == [
        late.id
    ]


def test_two_invigilators_are_two_people(story: ExamStory) -> None:
    said = post(story, story.visitor(), 422, invigilator_two="đặng  văn giảng")
    assert "Hai cán bộ coi thi phải là hai người" in said


def test_the_page_says_that_the_class_has_changed_since_the_list_was_made(story: ExamStory) -> None:
    exam = story.open()
    url = f"/exams/{exam.public_id}"
    assert "Lớp đã thay đổi" not in story.visitor().get(url).get_data(as_text=True)
    story.later_enrolled("Bùi Thị Ái")
    story.absent(story.learners[1], 9)
    with UnitOfWork():
        gone = db.session.query(Enrolment).filter_by(account_id=story.learners[0].id).one()
        gone.state = EnrolmentState.WITHDRAWN
    said = story.visitor().get(url).get_data(as_text=True)
    for words in ("1 người mới vào lớp", "1 người đã rút khỏi lớp", "1 người không còn đủ điều kiện"):
        assert words in said, words
    story.visitor().post(f"{url}/renew")
    said = story.visitor().get(url).get_data(as_text=True)
    assert "Lớp đã thay đổi" not in said
    assert by_name(exam, "Nguyễn Văn An").left_class
    assert "Đã rút khỏi lớp" in said


def test_a_session_that_has_not_started_can_be_called_off(story: ExamStory) -> None:
    exam = story.open()
    url = f"/exams/{exam.public_id}/call-off"
    story.visitor().post(url, {"off-reason": ""}, 422)
    story.visitor().post(url, {"off-reason": "Lùi lịch"})
    assert sessions() == []
    exam = story.open()
    story.visitor().post(f"/exams/{exam.public_id}/start")
    story.visitor().post(f"/exams/{exam.public_id}/call-off", {"off-reason": "x"}, 409)


def test_opening_costs_the_same_for_30_and_for_300(story: ExamStory) -> None:
    def cost(learners: int) -> int:
        other = ExamStory(story.app, story.world, learners)
        with counted() as statements:
            other.open(rooms="A: 200\nB: 200")
        return len(statements)

    assert cost(300) <= cost(30) + 2, "a statement more for every 500 rows at most"


def test_a_stranger_may_not(story: ExamStory, stranger: Visitor) -> None:
    exam = story.open()
    elsewhere = story.visitor(story.world.person(Role.STAFF, story.world.centre("Trung tâm khác")))
    for url in (
        where(story),
        f"{where(story)}/new",
        f"/exams/{exam.public_id}",
        f"/exams/{exam.public_id}/edit",
    ):
        stranger.get(url, 302)
        elsewhere.get(url, 404)
        story.visitor(story.learners[0]).get(url, 403)
    story.visitor(story.lecturer).get(where(story))
    story.visitor(story.lecturer).get(f"{where(story)}/new", 403)
    post(story, story.visitor(story.lecturer), 403)
    elsewhere.post(f"{where(story)}/new?assessment={story.assessment.public_id}", story.form(), 404)
    for verb in ("start", "end", "renew", "call-off", "edit"):
        elsewhere.post(f"/exams/{exam.public_id}/{verb}", {"off-reason": "x"}, 404)
        story.visitor(story.lecturer).post(f"/exams/{exam.public_id}/{verb}", {"off-reason": "x"}, 403)
    assert len(sessions()) == 1
