"""A class with a published result and learners of two units, told by names and marks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.classes.models import Enrolment
from lms.jobs.runner import run_pending
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.classification.regulation import SHORT_COURSE
from lms.results.letters.models import UnitLetter
from lms.results.letters.operations import send, start_making
from lms.results.regulations.models import Regulation, RegulationVersion
from tests.visitor import Visitor
from tests.world import World

BANDS = ((900, "excellent", "Xuất sắc"), (800, "good", "Giỏi"), (700, "fair", "Khá"), (500, "average", "Trung bình"), (0, "failed", "Không đạt"))  # fmt: skip


class LetterStory:
    """``first`` and ``second`` are units with a liaison each; the first sent three learners, the second one."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.centre = world.centre("Trung tâm Chính trị xã Tân Lập")
        self.staff = world.person(Role.STAFF, self.centre, "Phạm Thị Vụ")
        self.leader = world.person(Role.LEADER, self.centre, "Lê Giám Đốc")
        self.lecturer = world.person(Role.LECTURER, self.centre, "Đỗ Giảng Viên")
        self.first = world.unit("Đảng ủy xã Tân Lập", self.centre)
        self.second = world.unit("Đảng ủy xã Hòa An", self.centre)
        self.liaison = world.person(Role.UNIT, self.first, "Hồ Văn Ẩn")
        self.other_liaison = world.person(Role.UNIT, self.second, "Cao Thị Khác")
        self.course_class = world.course_class(self.centre)
        self.result = self._result()
        self.meetings = self._meetings()
        for name, mark in (("Nguyễn Thị Ửng", 890), ("Trần Văn Đức", 640), ("Lê Thị Ấn", 430)):
            self.learner(name, self.first, mark)
        self.learner("Võ Khác Đơn Vị", self.second, 777)

    @property
    def url(self) -> str:
        return f"/classes/{self.course_class.public_id}/letters"

    def _result(self) -> ClassResult:
        with UnitOfWork():
            regulation = Regulation(unit_id=self.centre.id, title="Quy chế thử", created_at=clock.now())
            version = RegulationVersion(
                regulation=regulation, number=1, content=SHORT_COURSE.to_json(), created_at=clock.now()
            )
            db.session.add(version)
            db.session.flush()
            result = ClassResult(
                class_id=self.course_class.id,
                version_id=version.id,
                computed_at=clock.now(),
                computed_by_id=self.staff.id,
            )
            db.session.add(result)
        self.publish(result)
        return result

    def publish(self, result: ClassResult, state: ResultState = ResultState.PUBLISHED) -> None:
        with UnitOfWork():
            result.state = state
            result.signed_at = result.published_at = clock.now()

    def _meetings(self) -> Sequence[ClassMeeting]:
        with UnitOfWork():
            made = [
                ClassMeeting(
                    class_id=self.course_class.id,
                    held_on=date(2026, 1, day),
                    half=Half.MORNING,
                    called_at=clock.now(),
                    called_by_id=self.staff.id,
                )
                for day in (5, 6, 7, 8, 9)
            ]
            db.session.add_all(made)
        return made

    def learner(self, name: str, unit: Unit, mark: int | None = None, **fields: Any) -> Account:
        account = self.world.learner(unit, self.course_class, name)
        if mark is None:
            return account
        with UnitOfWork():
            band = next(one for one in BANDS if mark >= one[0])
            db.session.add(
                LearnerResult(
                    class_result_id=self.result.id,
                    enrolment_id=self.enrolment(account).id,
                    **{
                        "mark": mark,
                        "theory": min(1000, mark + 50),
                        "practice": max(0, mark - 50),
                        "band": band[1],
                        "band_title": band[2],
                        "passed": mark >= 500,
                        **fields,
                    },
                )
            )
        return account

    def enrolment(self, account: Account) -> Enrolment:
        return db.session.scalars(
            sa.select(Enrolment).where(
                Enrolment.account_id == account.id, Enrolment.class_id == self.course_class.id
            )
        ).one()

    def absent(self, name: str, meeting: int = 0, leave: Leave = Leave.UNEXCUSED) -> None:
        account = db.session.scalars(sa.select(Account).where(Account.full_name == name)).one()
        with UnitOfWork():
            db.session.add(
                Absence(
                    meeting_id=self.meetings[meeting].id,
                    enrolment_id=self.enrolment(account).id,
                    leave=leave,
                )
            )

    def make(self) -> None:
        """Make the letters as the job does."""
        with UnitOfWork():
            start_making(actor=self.world.actor(self.staff), course_class=self.course_class, name="/")
        assert run_pending(self.app, duties=False) == 1
        db.session.expire_all()

    def letter(self, unit: Unit | None = None) -> UnitLetter:
        return db.session.scalars(
            sa.select(UnitLetter).where(UnitLetter.unit_id == (unit or self.first).id)
        ).one()

    def send(self, unit: Unit | None = None) -> UnitLetter:
        with UnitOfWork():
            send(
                actor=self.world.actor(self.staff),
                course_class=self.course_class,
                keys=[self.letter(unit).public_id],
                url="/unit/letters/KEY",
            )
        return self.letter(unit)

    def visit(self, account: Account) -> Visitor:
        return Visitor(self.app).sign_in_as(account)
