"""The result of a class: how long it takes to form and to show, and how often it asks, at 1, 30 and 500 learners.

Times depend on the machine: the yardstick, a fixed piece of Python work timed in the same run, says how fast it is,
and the ratio to it can be compared between machines.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.yardstick import yardstick_ms
from lms import create_app
from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit, UnitKind
from lms.config import Mode, Settings
from lms.core import clock
from lms.core.actor import Actor, Grant, Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass, Enrolment
from lms.quizzes.bank.models import QuestionBank
from lms.quizzes.delivery.models import Attempt, AttemptState, ClosedBy
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState
from lms.results.class_results import operations, queries
from lms.results.classification.regulation import ELEMENTARY
from lms.results.gradebook.models import Result
from lms.results.regulations.models import ProgrammeRegulation
from lms.results.regulations.operations import found_regulation
from lms.results.regulations.queries import content_of

SIZES = (1, 30, 500)
TESTS, MEETINGS = 6, 40


class Bench:
    """One centre with a class of so many learners, each with a mark in every test, a seventh of them often absent."""

    def __init__(self, learners: int) -> None:
        with UnitOfWork():
            self.centre = self._unit(f"C{learners}")
            self.account = self._person("Giáo vụ")
            db.session.add_all([self.centre, self.account])
            db.session.flush()
            self.centre.path = f"/{self.centre.id}/"
            self.actor = Actor(
                self.account.id,
                self.account.public_id,
                "Giáo vụ",
                None,
                (Grant(Role.STAFF, self.centre.path),),
            )
            self.course_class = self._class(f"L{learners}")
            self._people(learners)
            self._tests(f"{learners}")
            self._roll()
            self._regulation()

    @staticmethod
    def _unit(code: str) -> Unit:
        return Unit(kind=UnitKind.CENTRE, code=code, name=code, sort_key=code, search_key=code, path=f"/{code}/",
                    valid_from=date(2020, 1, 1))  # fmt: skip

    @staticmethod
    def _person(name: str) -> Account:
        return Account(full_name=name, created_at=clock.now())

    def _class(self, code: str) -> CourseClass:
        programme = Programme(unit_id=self.centre.id, code=code, title=code)
        db.session.add(programme)
        db.session.flush()
        made = CourseClass(unit_id=self.centre.id, programme_id=programme.id, code=code, title=code,
                           starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 1))  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made

    def _people(self, learners: int) -> None:
        accounts = [self._person(f"Nguyễn Thị Ửng {number}") for number in range(learners)]
        db.session.add_all(accounts)
        db.session.flush()
        self.enrolments = [
            Enrolment(class_id=self.course_class.id, account_id=one.id, unit_id=self.centre.id, enrolled_at=clock.now())
            for one in accounts
        ]  # fmt: skip
        db.session.add_all(self.enrolments)
        db.session.flush()

    def _tests(self, stem: str) -> None:
        bank = QuestionBank(unit_id=self.centre.id, title=stem)
        db.session.add(bank)
        db.session.flush()
        now = clock.now()
        self.tests = [
            Assessment(public_id=f"t{number}x{stem}", unit_id=self.centre.id, class_id=self.course_class.id,
                       bank_id=bank.id, kind=AssessmentKind.FINAL_TEST if number == 0 else AssessmentKind.MODULE_TEST,
                       state=AssessmentState.RELEASED, title=f"Bài {number}", pool={}, author_id=self.account.id,
                       created_at=now, opens_at=now + timedelta(minutes=number))
            for number in range(TESTS)
        ]  # fmt: skip
        db.session.add_all(self.tests)
        db.session.flush()
        attempts = [
            Attempt(assessment_id=test.id, account_id=one.account_id, number=1, seed=1, slots=[],
                    state=AttemptState.CLOSED, started_at=now, last_seen_at=now, closed_at=now,
                    closed_by=ClosedBy.LEARNER)
            for test in self.tests for one in self.enrolments
        ]  # fmt: skip
        db.session.add_all(attempts)
        db.session.flush()
        db.session.add_all(
            Result(attempt_id=one.id, assessment_id=one.assessment_id, account_id=one.account_id, unit_id=None,
                   total=one.id * 37 % 1001, theory=one.id * 53 % 1001, practice=one.id * 71 % 1001, topics=[],
                   answered=4, questions=4, passed=True, recorded_at=now)
            for one in attempts
        )  # fmt: skip

    def _roll(self) -> None:
        for number in range(MEETINGS):
            meeting = ClassMeeting(class_id=self.course_class.id, held_on=date(2026, 1, 1) + timedelta(days=number),
                                   half=Half.MORNING, called_at=clock.now(), called_by_id=self.account.id)  # fmt: skip
            meeting.absences = [
                Absence(enrolment_id=one.id, leave=Leave.EXCUSED) for one in self.enrolments[number % 7 :: 7]
            ]
            db.session.add(meeting)

    def _regulation(self) -> None:
        regulation = found_regulation(actor=self.actor, unit=self.centre, title="Quy chế", content=ELEMENTARY)
        db.session.flush()
        db.session.add(
            ProgrammeRegulation(programme_id=self.course_class.programme_id, regulation_id=regulation.id)
        )
        db.session.flush()
        first, *others = [f"assessment:{one.public_id}" for one in self.tests]
        operations.set_sources(
            actor=self.actor,
            course_class=self.course_class,
            chosen={"final": [first], "module_tests": others, "essay": ["manual:"]},
        )
        marks: dict[tuple[int, str], int | None] = {
            (one.id, "essay"): one.id * 50 % 1001 for one in self.enrolments
        }
        operations.set_marks(actor=self.actor, course_class=self.course_class, marks=marks)

    def compute(self) -> None:
        """What the button does, with its commit."""
        with UnitOfWork():
            operations.compute(actor=self.actor, course_class=self.course_class)

    def show(self) -> None:
        """What the table's page reads, a fresh computation beside the stored one included."""
        db.session.expire_all()
        result = queries.class_result_of(self.course_class.id)
        if result is None:
            raise LookupError("nothing was computed")
        rows = queries.rows_of(self.course_class.id, result.id)
        gathered = queries.gather(self.course_class, [(row.enrolment_id, row.account_id) for row in rows])
        if queries.changed(rows, queries.reckon(gathered, content_of(result.version))):
            raise ArithmeticError("the stored result differs from a fresh one")


def measured(work: Callable[[], None]) -> tuple[float, int]:
    """The best of three in milliseconds of the wall clock, and the statements of the last."""
    best, statements = float("inf"), [0]

    def note(*_arguments: Any) -> None:
        statements[0] += 1

    event.listen(Engine, "before_cursor_execute", note)
    for _ in range(3):
        statements[0] = 0
        start = time.perf_counter()
        work()
        best = min(best, (time.perf_counter() - start) * 1000)
    event.remove(Engine, "before_cursor_execute", note)
    return best, statements[0]


def main() -> None:
    """Measure and print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    wants_json = parser.parse_args().json
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                mode=Mode.TESTING,
                instance=Path(folder),
                database_url=f"sqlite:///{folder}/bench.sqlite3",
                secret_key="only for measuring, longer than thirty-two characters",  # noqa: S106  (a throw-away)
                trusted_hosts=("localhost",),
            )
        )
        with app.app_context():
            db.create_all()
            db.session.execute(sa.text("SELECT 1"))
            db.session.rollback()
            rows: list[dict[str, Any]] = []
            for size in SIZES:
                bench = Bench(size)
                for name, work in (("compute", bench.compute), ("show", bench.show)):
                    best, statements = measured(work)
                    rows.append(
                        {"learners": size, "what": name, "ms": round(best, 1), "statements": statements}
                    )
            db.session.remove()
            db.engine.dispose()
    stick = yardstick_ms()
    if wants_json:
        print(json.dumps({"yardstick_ms": stick, "rows": rows}, indent=2))
        return
    print(f"yardstick {stick:.1f} ms of CPU")
    for row in rows:
        print(f"{row['learners']:>4} learners  {row['what']:<8} {row['ms']:>8} ms  {row['ms'] / stick:>6.1f} yardsticks  {row['statements']:>3} statements")  # fmt: skip


if __name__ == "__main__":
    main()
