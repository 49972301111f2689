"""An attempt is closed and marked: by its learner, at the deadline, by staff."""

import threading
from contextvars import Context
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import db
from lms.jobs.runner import run_pending
from lms.quizzes.delivery.models import Attempt, AttemptState, ClosedBy, ItemMark, Response
from lms.quizzes.papers.versions import snapshots
from lms.results.gradebook.models import Result
from tests.quizzes.delivery.conftest import Sitting, save
from tests.visitor import Visitor


def the_attempt() -> Attempt:
    db.session.rollback()
    return db.session.scalars(sa.select(Attempt)).one()


def answer_all(visitor: Visitor, address: str, right: int) -> None:
    """Answer every question, the first ``right`` of them rightly (the key of every question is b)."""
    for slot in range(1, 5):
        visitor.post_json(f"{address}/answers", save(slot, 1, "b" if slot <= right else "a"))


def hand_in(visitor: Visitor, address: str) -> None:
    visitor.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"})


def test_handing_in_marks_and_records(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    answer_all(visitor, address, right=3)
    hand_in(visitor, address)
    attempt = the_attempt()
    assert (attempt.state, attempt.closed_by) == (AttemptState.CLOSED, ClosedBy.LEARNER)
    marks = db.session.scalars(sa.select(ItemMark).order_by(ItemMark.slot)).all()
    assert [mark.share_numerator for mark in marks] == [1, 1, 1, 0]
    result = db.session.scalars(sa.select(Result)).one()
    assert (result.total, result.passed, result.answered, result.questions) == (750, True, 4, 4)
    versions = snapshots(slot["version"] for slot in attempt.slots)
    lost = versions[attempt.slots[3]["version"]].aspect.value
    assert {"theory": result.theory, "practice": result.practice}[lost] == 500
    assert result.unit_id == sitting.learner.unit_id


def test_handing_in_twice_gives_one_result(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    hand_in(visitor, address)
    first = the_attempt().closed_at
    hand_in(visitor, address)
    assert the_attempt().closed_at == first
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Result)) == 1


def test_fifty_hand_ins_at_once_give_one_score(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitors = [sitting.visitor() for _ in range(50)]
    db.session.rollback()
    barrier, statuses = threading.Barrier(len(visitors)), []

    def send(one: Visitor) -> None:
        barrier.wait()
        data = {"csrf_token": one.csrf, "intent": "hand_in", "confirmed": "1"}
        statuses.append(one.client.post(f"{address}/finish", data=data).status_code)

    threads = [threading.Thread(target=Context().run, args=(send, one)) for one in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {302}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Result)) == 1


def send_answer(visitor: Visitor, address: str, gate: threading.Barrier, acknowledged: list[bool]) -> None:
    gate.wait()
    response = visitor.client.post(
        f"{address}/answers", json=save(1, 1, "b"), headers={"X-CSRFToken": visitor.csrf}
    )
    acknowledged.append(response.status_code == 200)


def send_hand_in(visitor: Visitor, address: str, gate: threading.Barrier, _acknowledged: list[bool]) -> None:
    gate.wait()
    data = {"csrf_token": visitor.csrf, "intent": "hand_in", "confirmed": "1"}
    visitor.client.post(f"{address}/finish", data=data)


def test_a_save_beside_handing_in_never_changes_the_frozen_record(sitting: Sitting) -> None:
    """Whatever was acknowledged before the closing is marked; whatever came after was refused."""
    for _round in range(15):
        learner = sitting.world.learner(sitting.centre, sitting.course_class)
        one, other = sitting.visitor(learner), sitting.visitor(learner)
        address = sitting.start(one)
        db.session.rollback()
        barrier, acknowledged = threading.Barrier(2), list[bool]()
        work = ((send_answer, one), (send_hand_in, other))
        threads = [
            threading.Thread(target=Context().run, args=(task, visitor, address, barrier, acknowledged))
            for task, visitor in work
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        attempt = db.session.scalars(sa.select(Attempt).where(Attempt.account_id == learner.id)).one()
        saved = db.session.scalar(
            sa.select(sa.func.count()).select_from(Response).where(Response.attempt_id == attempt.id)
        )
        mark = db.session.get_one(ItemMark, (attempt.id, 1, 1))
        assert [bool(saved)] == acknowledged == [mark.answered]
        db.session.rollback()


def test_the_server_closes_by_itself_at_the_deadline(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    with clock.frozen(clock.now()) as hands:
        address = sitting.start(visitor)
        answer_all(visitor, address, right=4)
        hands.tick(timedelta(minutes=30, seconds=9))
        run_pending(sitting.app)
        assert the_attempt().state is AttemptState.IN_PROGRESS
        hands.tick(timedelta(seconds=2))
        assert "đang nộp bài" in visitor.get(address).get_data(as_text=True)
        run_pending(sitting.app)
        attempt = the_attempt()
        assert (attempt.state, attempt.closed_by) == (AttemptState.CLOSED, ClosedBy.DEADLINE)
        assert db.session.scalars(sa.select(Result)).one().total == 1000
        run_pending(sitting.app)
        assert "tự nộp bài" in visitor.get(address).get_data(as_text=True)


@pytest.mark.parametrize(("late", "by"), [(9, ClosedBy.LEARNER), (10, ClosedBy.DEADLINE)])
def test_who_hands_in_when_nothing_is_taken_any_more_was_closed_by_the_deadline(
    sitting: Sitting, late: int, by: ClosedBy
) -> None:
    visitor = sitting.visitor()
    with clock.frozen(clock.now()) as hands:
        address = sitting.start(visitor)
        hands.tick(timedelta(minutes=30, seconds=late))
        visitor.post_json(f"{address}/answers", save(1, 1, "b"), 200 if by is ClosedBy.LEARNER else 410)
        hand_in(visitor, address)
    assert the_attempt().closed_by is by


def test_the_browser_cannot_call_the_time_over_early(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post(f"{address}/finish", {"intent": "time_up"}, status=409)
    assert the_attempt().state is AttemptState.IN_PROGRESS


def test_the_page_before_handing_in_lists_what_is_missing(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(2, 1, "a"))
    page = visitor.get(f"{address}/finish").get_data(as_text=True)
    assert "Còn 3 trên 4 câu chưa làm" in page
    assert "#q-1" in page
    assert "#q-2" not in page


def test_staff_hand_in_for_a_learner_with_a_reason(sitting: Sitting) -> None:
    sitting.start(sitting.visitor())
    staff = sitting.visitor(sitting.world.person(Role.STAFF, sitting.centre))
    where = f"/sessions/{sitting.assessment.public_id}/learners/{sitting.learner.public_id}"
    staff.get(where)
    staff.post(f"{where}/close", {"close_reason": ""}, status=422)
    staff.post(f"{where}/close", {"close_reason": "Bị ốm giữa giờ"})
    assert the_attempt().closed_by is ClosedBy.STAFF
    event = db.session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "attempt.closed_by_staff")
    ).one()
    assert event.data["reason"] == "Bị ốm giữa giờ"


def test_a_stranger_may_not(sitting: Sitting, stranger: Visitor) -> None:
    address = sitting.start(sitting.visitor())
    stranger.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"})
    classmate = sitting.visitor(sitting.world.learner(sitting.centre, sitting.course_class))
    classmate.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"}, status=404)
    classmate.get(address, 404)
    classmate.get(f"{address}/finish", 404)
    classmate.get(f"{address}/result", 404)
    where = f"/sessions/{sitting.assessment.public_id}/learners/{sitting.learner.public_id}/close"
    sitting.visitor(sitting.lecturer).post(where, {"close_reason": "vì sao"}, status=403)
    elsewhere = sitting.world.person(Role.STAFF, sitting.world.centre("Trung tâm khác"))
    sitting.visitor(elsewhere).post(where, {"close_reason": "vì sao"}, status=404)
    assert the_attempt().state is AttemptState.IN_PROGRESS
