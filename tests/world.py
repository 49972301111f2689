"""The people and things that stories need, made straight in the database and committed."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from lms.auth.accounts.models import Account, NameKind, RoleGrant, SignInName
from lms.auth.units.models import Unit, UnitKind
from lms.core import clock, vietnamese
from lms.core.actor import Actor, Grant, Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass, Enrolment
from lms.quizzes.bank.models import (
    Aspect,
    Level,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    Topic,
)
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState, BlueprintCell


class World:
    """Each method adds one thing, fills what the story doesn't care about, and commits."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def unit(self, name: str = "", parent: Unit | None = None, kind: UnitKind = UnitKind.PARTY_ORG) -> Unit:
        number = next(self._numbers)
        name = name or f"Đảng bộ xã số {number}"
        with UnitOfWork():
            unit = Unit(
                parent_id=parent.id if parent else None,
                kind=kind,
                code=f"DV{number}",
                name=name,
                short_name=name,
                sort_key=vietnamese.text_sort_key(name),
                search_key=vietnamese.search_key(name),
                path=f"/new{number}/",
                valid_from=date(2020, 1, 1),
            )
            db.session.add(unit)
            db.session.flush()
            unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        return unit

    def centre(self, name: str = "Trung tâm Chính trị thử nghiệm", **settings: Any) -> Unit:
        centre = self.unit(name, kind=UnitKind.CENTRE)
        with UnitOfWork():
            centre.settings = settings
        return centre

    def account(
        self, name: str = "Nguyễn Văn An", unit: Unit | None = None, roles: dict[Role, Unit] | None = None
    ) -> Account:
        number = next(self._numbers)
        with UnitOfWork():
            account = Account(
                full_name=name,
                unit_id=unit.id if unit else None,
                must_change_password=False,
                created_at=clock.now(),
            )
            account.names = [SignInName(kind=NameKind.CODE, value=f"hv{number:05d}")]
            account.grants = [RoleGrant(role=role, unit_id=where.id) for role, where in (roles or {}).items()]
            db.session.add(account)
        return account

    def person(self, role: Role, unit: Unit, name: str = "") -> Account:
        return self.account(name or f"Người {role.value}", unit, {role: unit})

    def learner(
        self, unit: Unit, course_class: CourseClass | None = None, name: str = "Trần Thị Bình"
    ) -> Account:
        account = self.person(Role.LEARNER, unit, name)
        if course_class is not None:
            self.enrol(account, course_class)
        return account

    def actor(self, account: Account) -> Actor:
        grants = tuple(Grant(grant.role, grant.unit.path) for grant in account.grants)
        return Actor(account.id, account.public_id, account.full_name, account.unit_id, grants)

    def course_class(self, centre: Unit) -> CourseClass:
        number = next(self._numbers)
        with UnitOfWork():
            programme = Programme(unit_id=centre.id, code=f"CT{number}", title="Bồi dưỡng đảng viên mới")
            db.session.add(programme)
            db.session.flush()
            made = CourseClass(
                unit_id=centre.id,
                programme_id=programme.id,
                code=f"L{number}",
                title=f"Lớp đảng viên mới {number}",
                starts_on=date(2026, 1, 1),
                ends_on=date(2027, 1, 1),
            )
            db.session.add(made)
        return made

    def enrol(self, account: Account, course_class: CourseClass) -> None:
        with UnitOfWork():
            db.session.add(
                Enrolment(
                    class_id=course_class.id,
                    account_id=account.id,
                    unit_id=account.unit_id,
                    enrolled_at=clock.now(),
                )
            )

    def bank(self, centre: Unit, topics: int = 2) -> QuestionBank:
        with UnitOfWork():
            bank = QuestionBank(unit_id=centre.id, title="Ngân hàng thử")
            bank.topics = [Topic(position=n, title=f"Chủ đề {n}") for n in range(1, topics + 1)]
            db.session.add(bank)
        return bank

    def question(
        self,
        bank: QuestionBank,
        author: Account,
        *,
        topic: int = 0,
        level: Level = Level.RECOGNISE,
        aspect: Aspect = Aspect.THEORY,
        state: QuestionState = QuestionState.APPROVED,
        stem: str = "",
        correct: str = "b",
    ) -> QuestionVersion:
        number = next(self._numbers)
        stem = stem or f"Câu hỏi thử số {number}?"
        with UnitOfWork():
            question = Question(
                bank_id=bank.id, state=QuestionState.DRAFT, author_id=author.id, created_at=clock.now()
            )
            db.session.add(question)
            db.session.flush()
            version = QuestionVersion(
                question_id=question.id,
                number=1,
                kind="single_choice",
                content={
                    "stem": f"<p>{stem}</p>",
                    "options": [
                        {"id": letter, "text": f"Phương án {letter} của câu {number}", "pinned": False}
                        for letter in "abcd"
                    ],
                },
                key={"correct": [correct]},
                explanation="CANARY-GIAI-THICH",
                plain=stem,
                search_key=vietnamese.search_key(stem),
                topic_id=bank.topics[topic].id,
                level=level,
                aspect=aspect,
                author_id=author.id,
                created_at=clock.now(),
            )
            db.session.add(version)
            db.session.flush()
            question.latest_version_id = version.id
            if state is QuestionState.APPROVED:
                question.approved_version_id = version.id
            question.state = state
        return version

    def assessment(
        self,
        course_class: CourseClass,
        bank: QuestionBank,
        author: Account,
        *,
        kind: AssessmentKind = AssessmentKind.FINAL_TEST,
        questions: int = 4,
        minutes: int | None = 30,
        released: bool = True,
        **fields: Any,
    ) -> Assessment:
        now = clock.now()
        versions = [
            self.question(bank, author, topic=n % len(bank.topics), aspect=list(Aspect)[n % 2])
            for n in range(questions)
        ]
        with UnitOfWork():
            assessment = Assessment(
                unit_id=course_class.unit_id,
                class_id=course_class.id,
                bank_id=bank.id,
                kind=kind,
                title="Kiểm tra cuối khóa",
                opens_at=now - timedelta(minutes=5),
                closes_at=now + timedelta(hours=3),
                time_limit=minutes * 60 if minutes else None,
                author_id=author.id,
                created_at=now,
            )
            for name, value in fields.items():
                setattr(assessment, name, value)
            assessment.cells = [BlueprintCell(position=1, count=questions, weight=100)]
            if released:
                assessment.state = AssessmentState.RELEASED
                assessment.released_at = now
                assessment.pool = {
                    "cells": [
                        {"topic": None, "level": None, "aspect": None, "count": questions, "weight": 100}
                    ],
                    "items": [
                        [one.id, one.question_id, one.topic_id, one.level.value, one.aspect.value]
                        for one in versions
                    ],
                }
            db.session.add(assessment)
        return assessment
