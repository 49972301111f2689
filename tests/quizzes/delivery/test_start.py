"""A learner begins an assessment."""

import threading
from contextvars import Context
from datetime import timedelta

import sqlalchemy as sa

from lms.core import clock
from lms.core.db import UnitOfWork, db
from lms.quizzes.delivery.models import Attempt
from tests.quizzes.delivery.conftest import Sitting
from tests.visitor import Visitor


def attempts() -> list[Attempt]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Attempt)))


def test_the_paper_is_drawn_once_and_stays(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    first = visitor.get(address).get_data(as_text=True)
    assert sitting.start(visitor) == address
    again = visitor.get(address).get_data(as_text=True)
    assert [line for line in first.splitlines() if "exam-option" in line] == [
        line for line in again.splitlines() if "exam-option" in line
    ]
    assert len(attempts()) == 1


def test_the_deadline_is_the_time_limit(sitting: Sitting) -> None:
    sitting.start(sitting.visitor())
    attempt = attempts()[0]
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=30)


def test_the_window_ends_the_attempt_before_the_time_limit(sitting: Sitting) -> None:
    with UnitOfWork():
        sitting.assessment.closes_at = clock.now() + timedelta(minutes=10)
    sitting.start(sitting.visitor())
    assert attempts()[0].deadline_at == sitting.assessment.closes_at


def test_nobody_starts_before_the_window(sitting: Sitting) -> None:
    with UnitOfWork():
        sitting.assessment.opens_at = clock.now() + timedelta(minutes=10)
    visitor = sitting.visitor()
    page = visitor.get(sitting.front).get_data(as_text=True)
    assert "Chưa đến giờ" in page
    assert "Vào thi" not in page
    visitor.post(f"{sitting.front}/start", status=409)
    assert attempts() == []


def test_nobody_starts_after_the_window(sitting: Sitting) -> None:
    with UnitOfWork():
        sitting.assessment.closes_at = clock.now() - timedelta(seconds=1)
    sitting.visitor().post(f"{sitting.front}/start", status=409)
    assert attempts() == []


def test_attempts_run_out(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"})
    visitor.post(f"{sitting.front}/start", status=409)
    assert len(attempts()) == 1


def test_many_starts_at_once_make_one_attempt(sitting: Sitting) -> None:
    visitors = [sitting.visitor() for _ in range(8)]
    db.session.rollback()
    barrier = threading.Barrier(len(visitors))
    front, statuses = sitting.front, []

    def start(visitor: Visitor) -> None:
        barrier.wait()
        response = visitor.client.post(f"{front}/start", data={"csrf_token": visitor.csrf})
        statuses.append(response.status_code)

    threads = [threading.Thread(target=Context().run, args=(start, visitor)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * len(visitors)
    assert len(attempts()) == 1


def test_a_stranger_may_not(sitting: Sitting, stranger: Visitor) -> None:
    assert "/sign-in" in stranger.get(sitting.front, 302).headers["Location"]
    stranger.post(f"{sitting.front}/start", status=302)
    outsider = sitting.visitor(sitting.world.learner(sitting.centre))
    outsider.get(sitting.front, 404)
    outsider.post(f"{sitting.front}/start", status=404)
    assert attempts() == []


def test_a_draft_is_nobodys_business(sitting: Sitting) -> None:
    draft = sitting.world.assessment(sitting.course_class, sitting.bank, sitting.lecturer, released=False)
    sitting.visitor().get(f"/assessments/{draft.public_id}", 404)
