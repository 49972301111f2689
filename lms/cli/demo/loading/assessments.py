"""Classes, one finished assessment with results, one that is open, one to practise with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.cli.demo.loading.bank import Bank, Catalogue
from lms.cli.demo.loading.hours import at
from lms.cli.demo.loading.people import People
from lms.cli.demo.records import Content
from lms.core import clock, seeds
from lms.core.actor import Actor
from lms.core.db import db
from lms.courses.classes.models import CourseClass, Enrolment
from lms.quizzes import kinds
from lms.quizzes.bank.models import Aspect, Level
from lms.quizzes.delivery.models import Response
from lms.quizzes.delivery.operations.closing import hand_in
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.papers.models import (
    Assessment,
    AssessmentKind,
    AssessmentState,
    BlueprintCell,
    ReviewRule,
)
from lms.quizzes.papers.pool import freeze_pool
from lms.quizzes.papers.versions import snapshots
from lms.results.gradebook.models import Publication

CLASSES = (
    ("NV", "Lớp bồi dưỡng nghiệp vụ công tác đảng, khóa 3 năm 2026", "chinh_thuc", -40, -20),
    ("NT", "Lớp bồi dưỡng nhận thức về Đảng, khóa 7 năm 2026", "quan_chung", -10, 20),
    ("DV", "Lớp bồi dưỡng đảng viên mới, khóa 5 năm 2026", "du_bi", -5, 25),
)
WIDE = ("dieu_le_dang", "chi_bo", "hien_phap", "dan_chu")
PRACTICE = (
    ("dieu_le_dang", Level.RECOGNISE, Aspect.THEORY, 2),
    ("dieu_le_dang", Level.APPLY, Aspect.PRACTICE, 2),
    ("chi_bo", Level.UNDERSTAND, Aspect.THEORY, 1),
    ("chi_bo", Level.APPLY, Aspect.PRACTICE, 2),
    ("tu_tuong_hcm", Level.RECOGNISE, Aspect.THEORY, 1),
    ("tu_tuong_hcm", Level.APPLY, Aspect.PRACTICE, 1),
    ("hien_phap", Level.APPLY, Aspect.PRACTICE, 1),
)
GRADED = (
    *((topic, Level.RECOGNISE, Aspect.THEORY, 1) for topic in ("lich_su_dang", "tu_tuong_hcm", *WIDE)),
    *((topic, Level.APPLY, Aspect.PRACTICE, 1) for topic in ("lich_su_dang", "tu_tuong_hcm", *WIDE)),
    *((topic, Level.UNDERSTAND, Aspect.THEORY, 1) for topic in WIDE),
    *((topic, Level.APPLY_HIGH, Aspect.PRACTICE, 1) for topic in WIDE),
)
OPEN_TITLE = "Kiểm tra cuối khóa"
FINISHED_TITLE = "Kiểm tra cuối khóa nghiệp vụ công tác đảng"
PRACTICE_TITLE = "Luyện tập: Điều lệ Đảng và sinh hoạt chi bộ"


@dataclass(frozen=True)
class Made:
    """The classes by their short names, the finished assessment and when it was sat, and what classes practise with."""

    classes: dict[str, CourseClass]
    finished: Assessment
    sat_at: datetime
    practice: dict[str, Assessment]


def build(content: Content, people: People, catalogue: Catalogue, bank: Bank) -> Made:
    """Make the classes and their assessments."""
    classes = {}
    for programme, title, standing, starts, ends in CLASSES:
        made = CourseClass(
            unit_id=people.centre.id,
            programme_id=catalogue.programmes[_programme_code(content, standing, programme)].id,
            code=f"{programme}-2026",
            title=title,
            starts_on=clock.to_local(at(starts, 8)).date(),
            ends_on=clock.to_local(at(ends, 8)).date(),
        )
        made.enrolments = [
            Enrolment(
                account_id=people.accounts[learner.code].id,
                unit_id=people.units[learner.unit].id,
                enrolled_at=at(starts - 3, 9, 30),
            )
            for learner in content.learners
            if learner.standing == standing
        ]
        db.session.add(made)
        classes[programme] = made
    db.session.flush()
    maker = _Maker(people, bank)
    sat_at = at(-21, 8)
    finished = maker.graded(classes["NV"], FINISHED_TITLE, sat_at, sat_at + timedelta(hours=2))
    finished.review_rule = ReviewRule.KEY_AND_EXPLANATION
    practice = {}
    for name in ("NT", "DV"):
        practice[name] = maker.practice(classes[name])
        maker.graded(classes[name], OPEN_TITLE, *_open_now())
    maker.submitted(classes["DV"], "Kiểm tra giữa khóa đảng viên mới", at(10, 8))
    _sit(finished, sat_at, people)
    return Made(classes, finished, sat_at, practice)


def _open_now() -> tuple[datetime, datetime]:
    """A window around the present."""
    return at(-1, 7), at(7, 17)


def _programme_code(content: Content, standing: str, default: str) -> str:
    return next((one.code for one in content.programmes if one.audience == standing), default)


class _Maker:
    def __init__(self, people: People, bank: Bank) -> None:
        self._people = people
        self._bank = bank

    def graded(self, course_class: CourseClass, title: str, opens: datetime, closes: datetime) -> Assessment:
        assessment = self._assessment(course_class, title, AssessmentKind.FINAL_TEST, GRADED)
        assessment.opens_at, assessment.closes_at = opens, closes
        assessment.created_at = opens - timedelta(days=5)
        assessment.time_limit = 30 * 60
        assessment.instructions = "Mỗi câu 0,5 điểm. Được làm một lần. Không cần làm theo thứ tự."
        return self._released(assessment)

    def submitted(self, course_class: CourseClass, title: str, opens: datetime) -> Assessment:
        """A draft that waits for a leader."""
        assessment = self._assessment(course_class, title, AssessmentKind.MODULE_TEST, PRACTICE)
        assessment.opens_at, assessment.closes_at = opens, opens + timedelta(hours=2)
        assessment.time_limit = 20 * 60
        assessment.submitted_at = at(-1, 15, 40)
        return assessment

    def practice(self, course_class: CourseClass) -> Assessment:
        assessment = self._assessment(course_class, PRACTICE_TITLE, AssessmentKind.PRACTICE, PRACTICE)
        assessment.attempts_allowed = 0
        assessment.review_rule = ReviewRule.KEY_AND_EXPLANATION
        return self._released(assessment)

    def _assessment(
        self,
        course_class: CourseClass,
        title: str,
        kind: AssessmentKind,
        cells: tuple[tuple[str, Level, Aspect, int], ...],
    ) -> Assessment:
        assessment = Assessment(
            unit_id=self._people.centre.id,
            class_id=course_class.id,
            bank_id=self._bank.bank.id,
            kind=kind,
            title=title,
            author_id=self._people.accounts["GV03"].id,
            created_at=at(-8, 14, 10),
        )
        assessment.cells = [
            BlueprintCell(
                position=position,
                topic_id=self._bank.topics[topic].id,
                level=level,
                aspect=aspect,
                count=count,
                weight=50,
            )
            for position, (topic, level, aspect, count) in enumerate(cells, start=1)
        ]
        db.session.add(assessment)
        return assessment

    def _released(self, assessment: Assessment) -> Assessment:
        db.session.flush()
        assessment.pool = freeze_pool(assessment)
        assessment.state = AssessmentState.RELEASED
        assessment.released_at = assessment.opens_at or at(-7, 14)
        assessment.released_by_id = self._people.accounts["GV01"].id
        db.session.flush()
        return assessment


def _sit(assessment: Assessment, day: datetime, people: People) -> None:
    """Everybody of the class but one sits the assessment, each with an ability of their own; then it is published."""
    rows = db.session.scalars(
        sa.select(Account)
        .join(Enrolment, Enrolment.account_id == Account.id)
        .where(Enrolment.class_id == assessment.class_id)
        .order_by(Account.id)
    ).all()
    for number, account in enumerate(rows[:-1]):
        actor = Actor(account.id, account.public_id, account.full_name, account.unit_id, ())
        with clock.frozen(day + timedelta(minutes=number % 5)) as hands:
            attempt = start_attempt(actor=actor, assessment_id=assessment.public_id)
            versions = snapshots(slot["version"] for slot in attempt.slots)
            ability = 45 + seeds.derive(7, "ability", account.full_name) % 50
            for slot, drawn in enumerate(attempt.slots, start=1):
                hands.tick(timedelta(seconds=30 + seeds.derive(7, number, slot) % 45))
                version = versions[drawn["version"]]
                harder = {Aspect.THEORY: 5, Aspect.PRACTICE: -12}[version.aspect]
                right = seeds.derive(11, account.full_name, version.id) % 100 < ability + harder
                kind = kinds.get(version.kind)
                answer = kind.correct_answer(version.content, version.key)
                if not right:
                    answer = _other(
                        version.kind, version.content, version.key, seeds.derive(13, number, slot)
                    )
                db.session.add(
                    Response(
                        attempt_id=attempt.id,
                        slot=slot,
                        revision=1,
                        answer=answer,
                        idempotency_key=seeds.token(),
                        client="demo",
                        saved_at=clock.now(),
                    )
                )
            db.session.flush()
            hand_in(actor=actor, attempt_id=attempt.public_id, grace=timedelta(seconds=10))
    db.session.add(
        Publication(
            assessment_id=assessment.id,
            published_at=day + timedelta(days=1),
            published_by_id=people.accounts["NV01"].id,
        )
    )


def _other(kind: str, content: dict[str, Any], key: dict[str, Any], seed: int) -> kinds.Answer:
    """A wrong answer."""
    correct = key["correct"]
    if kind == "true_false":
        return not bool(correct)
    options = [option["id"] for option in content["options"]]
    wrong = [one for one in options if one not in correct]
    chosen: str = wrong[seed % len(wrong)]
    return [chosen] if kind == "multiple_response" else chosen


def reopen() -> None:
    """Keep the demo's open assessments open: their windows move with the present."""
    opens_at, closes_at = _open_now()
    db.session.execute(
        sa.update(Assessment)
        .where(Assessment.title == OPEN_TITLE, Assessment.state == AssessmentState.RELEASED)
        .values(opens_at=opens_at, closes_at=closes_at)
    )
