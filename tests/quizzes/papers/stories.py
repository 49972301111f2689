"""What several stories of the papers room begin with."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import db
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import Aspect, Level, QuestionBank
from lms.quizzes.papers.models import Assessment
from tests.visitor import Visitor
from tests.world import World


@dataclass
class Story:
    """A centre with a class, a bank of eight approved questions, a lecturer, staff and a leader."""

    app: Flask
    world: World
    centre: Unit
    course_class: CourseClass
    bank: QuestionBank
    lecturer: Account
    staff: Account
    leader: Account
    visitors: dict[int, Visitor] = field(default_factory=dict)

    def visit(self, account: Account) -> Visitor:
        if account.id not in self.visitors:
            self.visitors[account.id] = Visitor(self.app).sign_in_as(account)
        return self.visitors[account.id]

    def fields(self, **changes: Any) -> dict[str, Any]:
        """What a lecturer types into the form of a graded assessment."""
        return {
            "title": "Kiểm tra chuyên đề 1",
            "course_class": self.course_class.public_id,
            "bank": self.bank.public_id,
            "opens_at": self.local(minutes=-10),
            "closes_at": self.local(hours=3),
            "time_limit": "45",
            "attempts_allowed": "1",
            "pass_mark": "5,0",
            "review_rule": "own_answers",
            "shuffle_options": "y",
            "instructions": "",
            **changes,
        }

    @staticmethod
    def local(**later: float) -> str:
        """A moment so much later than now, as a date-time field sends it."""
        return clock.to_local(clock.now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")

    def compose(self, kind: str = "final_test", by: Account | None = None, **changes: Any) -> str:
        """Set up a draft through the form; its key."""
        answer = self.visit(by or self.lecturer).post(
            f"/papers/new?kind={kind}", self.fields(**changes), status=303
        )
        return answer.headers["Location"].split("/")[-2]

    def cell(self, topic: int | None = 0, level: str = "recognise", aspect: str = "theory") -> str:
        """The name of a cell's field."""
        key = "any" if topic is None else self.bank.topics[topic].public_id
        return f"n-{key}-{level}-{aspect}"

    def fill(self, key: str, counts: dict[str, int | str], status: int = 303, **changes: str) -> None:
        """Post the blueprint's table."""
        data = {"revision": str(self.stored(key).revision), "weights": "even", **changes}
        data |= {name: str(count) for name, count in counts.items()}
        self.visit(self.lecturer).post(f"/papers/{key}/blueprint", data, status=status)

    def stored(self, key: str) -> Assessment:
        """The row as it is now."""
        db.session.rollback()
        db.session.expire_all()
        return db.session.scalars(sa.select(Assessment).where(Assessment.public_id == key)).one()

    def act(self, account: Account, key: str, verb: str, status: int = 303, **data: str) -> str:
        """Press a button of the assessment's page."""
        sent = {"revision": str(self.stored(key).revision), **data}
        return self.visit(account).post(f"/papers/{key}/{verb}", sent, status=status).get_data(as_text=True)

    def released(self, kind: str = "final_test", **changes: Any) -> str:
        """A released assessment of two questions; its key."""
        key = self.compose(kind, **changes)
        self.fill(key, {self.cell(): 2})
        if kind == "practice":
            self.act(self.lecturer, key, "release")
        else:
            self.act(self.lecturer, key, "submit")
            self.act(self.leader, key, "release")
        return key


def story(app: Flask, world: World, **settings: object) -> Story:
    """The beginning: topic 0 has four questions of theory to recognise and two of practice to apply, topic 1 two."""
    centre = world.centre(**settings)
    bank = world.bank(centre)
    lecturer = world.person(Role.LECTURER, centre, "Lê Giảng Viên")
    for _ in range(4):
        world.question(bank, lecturer)
    for _ in range(2):
        world.question(bank, lecturer, level=Level.APPLY, aspect=Aspect.PRACTICE)
        world.question(bank, lecturer, topic=1)
    return Story(
        app,
        world,
        centre,
        world.course_class(centre),
        bank,
        lecturer,
        world.person(Role.STAFF, centre, "Trần Giáo Vụ"),
        world.person(Role.LEADER, centre, "Phạm Giám Đốc"),
    )
