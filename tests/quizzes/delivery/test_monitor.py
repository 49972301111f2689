"""Staff watch a running session and give extra time."""

from datetime import timedelta

import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.delivery.models import Attempt, ExtraTime
from tests.counting import counted
from tests.quizzes.delivery.conftest import Sitting, save
from tests.visitor import Visitor


def staff_of(sitting: Sitting) -> Visitor:
    return sitting.visitor(sitting.world.person(Role.STAFF, sitting.centre))


def give(visitor: Visitor, sitting: Sitting, minutes: object, reason: str, status: int = 302) -> None:
    where = f"/sessions/{sitting.assessment.public_id}/learners/{sitting.learner.public_id}/extra-time"
    visitor.post(where, {"account": sitting.learner.public_id, "minutes": minutes, "reason": reason}, status)


def test_who_is_where(sitting: Sitting) -> None:
    done = sitting.world.learner(sitting.centre, sitting.course_class, "Lê Văn Xong")
    sitting.world.learner(sitting.centre, sitting.course_class, "Đỗ Thị Chưa")
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(1, 1, "a"))
    visitor.post_json(f"{address}/answers", save(2, 1, "a"))
    visitor.post_json(f"{address}/answers", save(2, 2, None))
    finished = sitting.visitor(done)
    finished.post(f"{sitting.start(finished)}/finish", {"intent": "hand_in", "confirmed": "1"})
    page = staff_of(sitting).page(f"/sessions/{sitting.assessment.public_id}")
    rows = {
        " ".join(row.xpath("./th//text()")).strip(): " ".join(" ".join(row.xpath("./td//text()")).split())
        for row in page.xpath("//tbody/tr")
    }
    assert "Đang làm" in rows["Trần Thị Bình"]
    assert "1/4" in rows["Trần Thị Bình"]
    assert "Đã nộp" in rows["Lê Văn Xong"]
    assert "Chưa vào thi" in rows["Đỗ Thị Chưa"]


def test_somebody_not_heard_of_for_two_minutes_is_shown(sitting: Sitting) -> None:
    with clock.frozen(clock.now()) as hands:
        visitor = sitting.visitor()
        address = sitting.start(visitor)
        hands.tick(timedelta(minutes=3))
        staff = staff_of(sitting)
        assert "Mất liên lạc</" in staff.get(f"/sessions/{sitting.assessment.public_id}").get_data(
            as_text=True
        )
        visitor.post_json(f"{address}/heartbeat", {})
        page = staff.page(f"/sessions/{sitting.assessment.public_id}")
        assert "Mất liên lạc" not in " ".join(page.xpath("//tbody//text()"))


def test_extra_time_moves_a_running_deadline(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    before = visitor.post_json(f"{address}/heartbeat", {})["deadline_ms"]
    give(staff_of(sitting), sitting, 15, "Máy hỏng")
    after = visitor.post_json(f"{address}/answers", save(1, 1, "a"))["deadline_ms"]
    assert after - before == 15 * 60 * 1000
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "session.extra_time")).one()
    assert event.data["minutes"] == 15


def test_extra_time_given_before_the_start_counts(sitting: Sitting) -> None:
    give(staff_of(sitting), sitting, 10, "Mắt kém")
    sitting.start(sitting.visitor())
    attempt = db.session.scalars(sa.select(Attempt)).one()
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=40)


def test_extra_time_needs_sense_and_a_reason(sitting: Sitting) -> None:
    staff = staff_of(sitting)
    for minutes, reason in ((0, "vì"), (241, "vì"), ("nhiều", "vì"), (10, "")):
        give(staff, sitting, minutes, reason, 422)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ExtraTime)) == 0


def test_no_extra_time_after_handing_in(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    visitor.post(f"{sitting.start(visitor)}/finish", {"intent": "hand_in", "confirmed": "1"})
    give(staff_of(sitting), sitting, 10, "vì", 409)


def test_the_page_costs_the_same_for_one_and_for_thirty(sitting: Sitting) -> None:
    staff = staff_of(sitting)
    where = f"/sessions/{sitting.assessment.public_id}"
    sitting.start(sitting.visitor())
    staff.get(where)
    with counted() as few:
        staff.get(where)
    for number in range(29):
        learner = sitting.world.learner(sitting.centre, sitting.course_class, f"Học viên {number}")
        sitting.start(sitting.visitor(learner))
    with counted() as many:
        staff.get(where)
    assert len(many) == len(few) <= 9


def test_a_stranger_may_not(sitting: Sitting, stranger: Visitor) -> None:
    where = f"/sessions/{sitting.assessment.public_id}"
    stranger.get(where, 302)
    sitting.visitor().get(where, 403)
    elsewhere = sitting.visitor(sitting.world.person(Role.STAFF, sitting.world.centre("Trung tâm khác")))
    elsewhere.get(where, 404)
    give(elsewhere, sitting, 10, "vì", 404)
    give(sitting.visitor(sitting.lecturer), sitting, 10, "vì", 403)
    assert sitting.assessment.title not in elsewhere.get("/sessions").get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ExtraTime)) == 0
