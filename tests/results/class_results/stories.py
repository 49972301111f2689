"""A class at its end: a regulation, a final test with results, a roll, conduct typed by staff."""

from datetime import date, timedelta
from typing import Any

from flask import Flask

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.classes.models import Enrolment
from lms.quizzes.delivery.models import Attempt, AttemptState, ClosedBy
from lms.quizzes.papers.models import Assessment
from lms.results.class_results import operations
from lms.results.class_results.models import ClassResult
from lms.results.class_results.queries import class_result_of
from lms.results.classification.regulation import SHORT_COURSE, Component, ComponentKind, Regulation
from lms.results.gradebook.models import Result
from lms.results.regulations.models import ProgrammeRegulation
from lms.results.regulations.operations import found_regulation
from tests.visitor import Visitor
from tests.world import World

CONTENT = Regulation(
    components=(
        Component("attendance", "Chuyên cần", ComponentKind.ATTENDANCE, 1_000),
        Component("conduct", "Ý thức kỷ luật", ComponentKind.CONDUCT, 1_000),
        Component("final", "Kiểm tra cuối khóa", ComponentKind.FINAL_TEST, 8_000),
    ),
    bands=SHORT_COURSE.bands,
)


class ResultStory:
    """A centre with its people and a class; ``add`` brings a learner with marks, ``to`` moves the result along."""

    def __init__(self, app: Flask, world: World, **settings: Any) -> None:
        self.app, self.world = app, world
        self.centre = world.centre(**settings)
        self.staff = world.person(Role.STAFF, self.centre, "Phạm Thị Vụ")
        self.leader = world.person(Role.LEADER, self.centre, "Lê Giám Đốc")
        self.lecturer = world.person(Role.LECTURER, self.centre, "Đỗ Giảng Viên")
        self.course_class = world.course_class(self.centre)
        self.final: Assessment = world.assessment(self.course_class, world.bank(self.centre), self.lecturer)
        with UnitOfWork():
            regulation = found_regulation(
                actor=world.actor(self.leader), unit=self.centre, title="Quy chế thử", content=CONTENT
            )
            db.session.flush()
            db.session.add(
                ProgrammeRegulation(programme_id=self.course_class.programme_id, regulation_id=regulation.id)
            )
        self.regulation = regulation
        self.meetings = [self._meeting(day) for day in range(1, 6)]

    @property
    def url(self) -> str:
        return f"/classes/{self.course_class.public_id}/result"

    def visit(self, account: Account) -> Visitor:
        return Visitor(self.app).sign_in_as(account)

    def uncalled(self, day: int = 9) -> ClassMeeting:
        """One more half day, whose roll nobody called."""
        with UnitOfWork():
            meeting = ClassMeeting(
                class_id=self.course_class.id, held_on=date(2026, 1, day), half=Half.AFTERNOON, periods=4
            )
            db.session.add(meeting)
        return meeting

    def _meeting(self, day: int) -> ClassMeeting:
        with UnitOfWork():
            meeting = ClassMeeting(
                class_id=self.course_class.id,
                held_on=date(2026, 1, day),
                half=Half.MORNING,
                periods=4,
                called_at=clock.now(),
                called_by_id=self.staff.id,
            )
            db.session.add(meeting)
        return meeting

    def add(
        self,
        name: str,
        final: int | None = 830,
        conduct: int | None = 900,
        *,
        missed: int = 0,
        unit: Any = None,
    ) -> Account:
        """A learner of the class, absent from so many half days of five."""
        learner = self.world.learner(unit or self.centre, self.course_class, name)
        enrolment = self.enrolment(learner)
        with UnitOfWork():
            for meeting in self.meetings[:missed]:
                db.session.add(
                    Absence(meeting_id=meeting.id, enrolment_id=enrolment.id, leave=Leave.UNEXCUSED)
                )
        if final is not None:
            self.sat(learner, final)
        if conduct is not None:
            with UnitOfWork():
                operations.set_marks(
                    actor=self.world.actor(self.staff),
                    course_class=self.course_class,
                    marks={(enrolment.id, "conduct"): conduct},
                )
        return learner

    def enrolment(self, learner: Account) -> Enrolment:
        return (
            db.session.query(Enrolment).filter_by(account_id=learner.id, class_id=self.course_class.id).one()
        )

    def sat(self, learner: Account, total: int, theory: int = 900, practice: int = 700) -> None:
        """One more closed attempt at the final test."""
        now = clock.now()
        before = db.session.query(Attempt).filter_by(account_id=learner.id).count()
        with UnitOfWork():
            attempt = Attempt(
                assessment_id=self.final.id, account_id=learner.id, number=before + 1, seed=1, slots=[],
                state=AttemptState.CLOSED, started_at=now - timedelta(minutes=20), last_seen_at=now,
                closed_at=now, closed_by=ClosedBy.LEARNER,
            )  # fmt: skip
            db.session.add(attempt)
            db.session.flush()
            db.session.add(
                Result(
                    attempt_id=attempt.id, assessment_id=self.final.id, account_id=learner.id, unit_id=None,
                    total=total, theory=theory, practice=practice, topics=[], answered=4, questions=4,
                    passed=total >= 500, recorded_at=now,
                )
            )  # fmt: skip

    def sources(self) -> None:
        """The proposed sources, stored."""
        with UnitOfWork():
            operations.set_sources(
                actor=self.world.actor(self.staff),
                course_class=self.course_class,
                chosen={
                    "attendance": ["attendance:"],
                    "conduct": ["manual:"],
                    "final": [f"assessment:{self.final.public_id}"],
                },
            )

    def to(self, state: str) -> ClassResult:
        """Compute, and go on as far as ``state``."""
        staff, leader = self.world.actor(self.staff), self.world.actor(self.leader)
        self.sources()
        steps = {
            "draft": (operations.compute, staff),
            "checked": (operations.check, staff),
            "signed": (operations.sign, leader),
            "published": (operations.publish, staff),
        }
        for name, (verb, actor) in steps.items():
            with UnitOfWork():
                verb(actor=actor, course_class=self.course_class)
            if name == state:
                break
        return self.result()

    def result(self) -> ClassResult:
        db.session.expire_all()
        found = class_result_of(self.course_class.id)
        assert found is not None
        return found
