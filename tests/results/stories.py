"""A class that sat a test, told by a few names and marks."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core import clock, seeds
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.bank.models import Aspect
from lms.quizzes.delivery.models import Attempt, Response
from lms.quizzes.delivery.operations.closing import hand_in
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.versions import snapshots
from lms.results.gradebook.operations import publish
from tests.visitor import Visitor
from tests.world import World

GRACE = timedelta(seconds=10)


class ClassStory:
    """A centre, its people, a class and a test of nine questions: five of theory, four of practice."""

    def __init__(self, app: Flask, world: World, **fields: Any) -> None:
        self.app, self.world = app, world
        self.centre = world.centre()
        self.staff = world.person(Role.STAFF, self.centre, "Phạm Thị Vụ")
        self.leader = world.person(Role.LEADER, self.centre, "Lê Giám Đốc")
        self.lecturer = world.person(Role.LECTURER, self.centre, "Đỗ Giảng Viên")
        self.overseer = world.person(Role.OVERSEER, self.centre, "Hà Theo Dõi")
        self.course_class = world.course_class(self.centre)
        self.bank = world.bank(self.centre)
        self.assessment: Assessment = world.assessment(
            self.course_class, self.bank, self.lecturer, questions=9, **fields
        )

    @property
    def url(self) -> str:
        return f"/results/{self.assessment.public_id}"

    def learner(self, name: str, unit: Unit | None = None, born: str = "") -> Account:
        learner = self.world.learner(unit or self.centre, self.course_class, name)
        if born:
            with UnitOfWork():
                learner.born = born
        return learner

    def sits(
        self,
        who: Account | str,
        theory: int = 5,
        practice: int = 4,
        *,
        blank: int = 0,
        wrong: str = "a",
        hands_in: bool = True,
        unit: Unit | None = None,
    ) -> Attempt:
        """Answer so many questions of each aspect rightly, leave ``blank`` of the others, and hand in."""
        account = self.learner(who, unit) if isinstance(who, str) else who
        left = {Aspect.THEORY: theory, Aspect.PRACTICE: practice}
        with UnitOfWork():
            attempt = start_attempt(actor=self.world.actor(account), assessment_id=self.assessment.public_id)
            versions = snapshots(slot["version"] for slot in attempt.slots)
            for slot, drawn in enumerate(attempt.slots, start=1):
                aspect = versions[drawn["version"]].aspect
                left[aspect] -= 1
                if left[aspect] < 0 and blank:
                    blank -= 1
                    continue
                self.save(attempt, slot, "b" if left[aspect] >= 0 else wrong)
            db.session.flush()
            if hands_in:
                hand_in(actor=self.world.actor(account), attempt_id=attempt.public_id, grace=GRACE)
        return attempt

    @staticmethod
    def save(attempt: Attempt, slot: int, answer: object, revision: int = 1, client: str = "t") -> None:
        db.session.add(
            Response(
                attempt_id=attempt.id,
                slot=slot,
                revision=revision,
                answer=answer,
                idempotency_key=seeds.token(),
                client=client,
                saved_at=clock.now(),
            )
        )

    def publish(self) -> None:
        with UnitOfWork():
            publish(actor=self.world.actor(self.staff), assessment_id=self.assessment.public_id)

    def close_window(self) -> None:
        with UnitOfWork():
            db.session.execute(
                sa.update(Assessment)
                .where(Assessment.id == self.assessment.id)
                .values(closes_at=clock.now() - timedelta(minutes=1))
            )

    def visit(self, account: Account) -> Visitor:
        return Visitor(self.app).sign_in_as(account)
