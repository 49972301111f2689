"""Staff and learners at the same moment: one transaction is held open while another one comes."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Actor, Grant, Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.delivery.operations.closing import close_overdue, hand_in
from lms.quizzes.delivery.operations.sessions import give_extra_time
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.delivery.operations.windows import extend_window
from lms.quizzes.papers import queries
from lms.quizzes.papers.models import Assessment
from tests.quizzes.delivery.conftest import Sitting

GRACE = timedelta(seconds=10)
HOLD = 0.6


class Side:
    """A transaction on a thread of its own; what it raised comes out at the end."""

    def __init__(self, app: Flask, work: Callable[[], None]) -> None:
        self.error: Exception | None = None
        self.inside = threading.Event()
        self._app = app
        self._work = work
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        with self._app.app_context():
            try:
                with UnitOfWork():
                    self._work()
            except Exception as error:  # noqa: BLE001  (raised again by join)
                self.error = error

    def join(self) -> None:
        self.thread.join(20)
        assert not self.thread.is_alive()
        if self.error is not None:
            raise self.error


def as_actor(account: Account, *roles: Role, path: str = "") -> Actor:
    return Actor(
        id=account.id,
        public_id=account.public_id,
        full_name=account.full_name,
        unit_id=account.unit_id,
        grants=tuple(Grant(role, path) for role in roles),
        language="vi",
        must_change_password=False,
    )


@pytest.fixture
def staff(sitting: Sitting) -> Actor:
    person = sitting.world.person(Role.STAFF, sitting.centre)
    return as_actor(person, Role.STAFF, path=sitting.centre.path)


def the_attempt() -> Attempt:
    db.session.rollback()
    return db.session.scalars(sa.select(Attempt)).one()


def test_extra_time_given_while_the_learner_begins_is_not_lost(sitting: Sitting, staff: Actor) -> None:
    learner, assessment_id = as_actor(sitting.learner), sitting.assessment.public_id
    db.session.rollback()
    begun = threading.Event()

    def begin() -> None:
        start_attempt(actor=learner, assessment_id=assessment_id)
        begun.set()
        time.sleep(HOLD)

    def give() -> None:
        give_extra_time(
            actor=staff,
            assessment_id=assessment_id,
            account_id=learner.public_id,
            minutes=7,
            reason="Mất điện",
        )

    one = Side(sitting.app, begin)
    assert begun.wait(10)
    other = Side(sitting.app, give)
    one.join()
    other.join()
    attempt = the_attempt()
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=37)


def test_moving_the_window_and_handing_in_do_not_wait_for_each_other(sitting: Sitting, staff: Actor) -> None:
    """The row of the attempt and the row of the assessment are asked for in opposite orders."""
    with UnitOfWork():
        sitting.assessment.closes_at = clock.now() + timedelta(minutes=10)
    learner, assessment_id = as_actor(sitting.learner), sitting.assessment.id
    attempt_id = sitting.start(sitting.visitor()).rsplit("/", 1)[1]
    db.session.rollback()
    held = threading.Event()

    def move() -> None:
        queries.lock(assessment_id)
        assessment = db.session.get_one(Assessment, assessment_id)
        held.set()
        time.sleep(HOLD)
        extend_window(actor=staff, assessment=assessment, closes_at=clock.now() + timedelta(minutes=20))

    one = Side(sitting.app, move)
    assert held.wait(10)
    other = Side(sitting.app, lambda: void(hand_in(actor=learner, attempt_id=attempt_id, grace=GRACE)))
    one.join()
    other.join()
    assert the_attempt().state is AttemptState.CLOSED


def void(_value: object) -> None:
    """For a lambda whose value nobody wants."""


def test_extra_time_beside_the_closing_is_given_or_refused_but_never_lost(
    sitting: Sitting, staff: Actor
) -> None:
    learner, assessment_id = as_actor(sitting.learner), sitting.assessment.public_id
    attempt_id = sitting.start(sitting.visitor()).rsplit("/", 1)[1]
    with UnitOfWork():
        db.session.execute(sa.update(Attempt).values(deadline_at=clock.now() - GRACE))
    given = threading.Event()

    def give() -> None:
        give_extra_time(
            actor=staff,
            assessment_id=assessment_id,
            account_id=learner.public_id,
            minutes=7,
            reason="Mất điện",
        )
        db.session.flush()
        given.set()
        time.sleep(HOLD)

    one = Side(sitting.app, give)
    assert given.wait(10)
    other = Side(sitting.app, lambda: void(close_overdue(attempt_id=attempt_id, grace=GRACE)))
    one.join()
    other.join()
    attempt = the_attempt()
    assert attempt.state is AttemptState.IN_PROGRESS
    assert attempt.deadline_at > clock.now()
