"""Two centres, each with one of everything: every role, every state of a question, an import, an assessment, an attempt.

Rows are named by plain words (``house["attempt.open"]`` is a public id), so that the table of routes can say which
row an address means.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from lms.auth.accounts.models import Account
from lms.core import clock, files
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import SourceDocument
from lms.jobs.models import Job
from lms.jobs.operations import enqueue
from lms.jobs.runner import run_pending
from lms.quizzes import kinds
from lms.quizzes.bank.models import (
    Aspect,
    BankMedia,
    ImportBatch,
    Level,
    Question,
    QuestionState,
    QuestionVersion,
)
from lms.quizzes.bank.operations import Filling, bring_in, job_key, start_import
from lms.quizzes.delivery.models import Attempt, Response
from lms.quizzes.delivery.operations.closing import hand_in
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState, ReviewRule
from lms.results.gradebook.models import Result
from lms.results.gradebook.operations import publish
from tests.pictures import png
from tests.quizzes.bank.stories import TEXT
from tests.site.rooms import room_files
from tests.world import World

OTHER = "other"
"""A second learner of the same class."""
ROLES = (*(role.value for role in Role), OTHER)
KEPT, SHOWN, DRILL = "CANARYKEPT", "CANARYSHOWN", "CANARYDRILL"
"""What the explanations and keys of three sets of questions hold: never to be seen by a learner, to be seen after
publication, and to be seen question by question while practising."""
KEPT_MARK, SHOWN_MARK = 777, 666


@dataclass
class House:
    """One centre; ``ids`` are public ids by name, ``people`` accounts by role."""

    ids: dict[str, str] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


def build() -> tuple[House, House]:
    """Both centres, committed."""
    world = World()
    first, second = (Builder(world, name).build() for name in ("Trung tâm Một", "Trung tâm Hai"))
    return first, second


class Builder:
    """Builds one centre; a room's file adds its own with :meth:`keep`."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.house = House()
        self.centre = world.centre(name)
        self.unit = world.unit(parent=self.centre)
        self.course_class = world.course_class(self.centre)
        self.bank = world.bank(self.centre)

    def build(self) -> House:
        self._people()
        self._names()
        sets = {canary: self._questions(canary) for canary in (KEPT, SHOWN, DRILL)}
        self._question_states()
        self._import()
        self._things()
        self._drafts()
        self._running(sets)
        self._finished(sets)
        for room in room_files():
            room.furnish(self)
        return self.house

    def keep(self, name: str, row: object) -> None:
        """Give the row of the site a name."""
        self.house.ids[name] = row.public_id  # type: ignore[attr-defined]  # every row with an address has one

    def _people(self) -> None:
        for role in Role:
            sent = role in {Role.LEARNER, Role.UNIT}
            self.house.people[role.value] = self.world.person(
                role, self.unit if sent else self.centre, f"Người {role}"
            )
        self.house.people[OTHER] = self.world.person(Role.LEARNER, self.unit, "Người khác")
        for name in (Role.LEARNER.value, OTHER):
            self.world.enrol(self.house.people[name], self.course_class)
        for name, account in self.house.people.items():
            self.keep(f"account.{name}", account)

    def _names(self) -> None:
        self.keep("centre", self.centre)
        self.keep("unit", self.unit)
        self.keep("class", self.course_class)
        self.keep("bank", self.bank)
        self.keep("topic", self.bank.topics[0])
        self.keep("topic.second", self.bank.topics[1])
        with UnitOfWork():
            source = SourceDocument(
                unit_id=self.centre.id, code="DL", number="Số 1-QĐ/TW", title="Văn bản thử"
            )
            db.session.add(source)
        self.keep("source", source)

    def _questions(self, canary: str) -> list[QuestionVersion]:
        """One approved question of every kind, its explanation and accepted texts marked."""
        made = []
        for number, name in enumerate(kinds.names(), start=1):
            sample = kinds.get(name).samples(number)
            version = self.world.question(
                self.bank,
                self.house.people["lecturer"],
                topic=number % 2,
                level=list(Level)[number % 4],
                aspect=list(Aspect)[number % 2],
                stem=f"Câu {name}",
            )
            with UnitOfWork():
                version.kind, version.content = (
                    name,
                    {**sample.content, "stem": f"<p>Câu {name} của bộ {canary[6:]}</p>"},
                )
                version.key = {**sample.key, **({"accepted": [canary]} if "accepted" in sample.key else {})}
                version.explanation = f"<p>{canary}-{number}-</p>"
            made.append(version)
        return made

    def _question_states(self) -> None:
        for state in QuestionState:
            version = self.world.question(self.bank, self.house.people["lecturer"], state=state)
            self.keep(f"question.{state}", version.question)
            self.keep(f"version.{state}", version)

    def _import(self) -> None:
        """A file that is read, one that waits for *Nhập*, one whose questions wait for a leader."""
        lecturer = self.world.actor(self.house.people["lecturer"])
        filling = Filling(topic_id=self.bank.topics[0].id, level=Level.APPLY, aspect=Aspect.THEORY)
        for name in ("draft", "imported", "reading"):
            text = TEXT.replace(
                "?", f" ({name})?"
            )  # a text that the bank has already would not be taken by itself
            upload = files.prepare(text.encode(), "cau-hoi.txt")
            with UnitOfWork():
                batch = start_import(
                    actor=lecturer, bank=self.bank, upload=upload, name="cau-hoi.txt", filling=filling
                )
            self.keep(f"batch.{name}", batch)
            if name == "reading":
                self._put_off(batch)
                continue
            run_pending(current_app._get_current_object(), duties=False)  # type: ignore[attr-defined]  # a proxy's own
            self.keep(f"item.{name}", db.session.get_one(ImportBatch, batch.id).items[0])
            if name == "imported":
                with UnitOfWork():
                    bring_in(actor=lecturer, batch=db.session.get_one(ImportBatch, batch.id))
                question = db.session.scalars(
                    sa.select(Question).where(Question.batch_id == batch.id)
                ).first()
                self.keep("question.imported", question)

    @staticmethod
    def _put_off(batch: ImportBatch) -> None:
        key = job_key(batch_id=batch.id)
        with UnitOfWork():
            later = clock.now() + timedelta(days=365)
            db.session.execute(sa.update(Job).where(Job.idempotency_key == key).values(due_at=later))

    def _things(self) -> None:
        with UnitOfWork():
            later = clock.now() + timedelta(days=365)
            job = enqueue(
                kind="site.later", payload={}, actor_id=self.house.people["lecturer"].id, due_at=later
            )
            picture = files.save(png(), "hinh.png")
            db.session.flush()
            db.session.add(BankMedia(bank_id=self.bank.id, file_id=picture.id))
        self.keep("job", job)
        self.keep("file", picture)

    def _assessment(self, name: str, versions: list[QuestionVersion], **fields: object) -> Assessment:
        fields = {"released": True, "title": f"Đề {name}", **fields}
        made = self.world.assessment(
            self.course_class, self.bank, self.house.people["lecturer"], questions=1, **fields
        )
        with UnitOfWork():
            made.cells[0].count = len(versions)
            if made.pool is not None:
                cell = {"topic": None, "level": None, "aspect": None, "count": len(versions), "weight": 100}
                made.pool = {"cells": [cell], "items": [_pool_item(one) for one in versions]}
        self.keep(f"assessment.{name}", made)
        return made

    def _drafts(self) -> None:
        approved = self._questions("CANARYDRAFT")[:1]
        self._assessment("draft", approved, released=False)
        self._assessment("submitted", approved, released=False, submitted_at=clock.now())

    def _running(self, sets: dict[str, list[QuestionVersion]]) -> None:
        self._assessment("ready", sets[KEPT])
        self._attempt("open", self._assessment("open", sets[KEPT]), close=False)
        practice = self._assessment("practice", sets[DRILL], kind=AssessmentKind.PRACTICE, attempts_allowed=0)
        self._attempt("practice", practice, close=False)
        drilled = self._assessment("drilled", sets[SHOWN], kind=AssessmentKind.PRACTICE, attempts_allowed=0)
        self._attempt("drilled", drilled, close=True)

    def _finished(self, sets: dict[str, list[QuestionVersion]]) -> None:
        staff = self.world.actor(self.house.people["staff"])
        over = self._assessment("over", sets[KEPT], review_rule=ReviewRule.KEY_AND_EXPLANATION)
        self._attempt("over", over, close=True)
        self._end(over, KEPT_MARK)
        for rule in ReviewRule:
            versions = sets[SHOWN if rule is ReviewRule.KEY_AND_EXPLANATION else KEPT]
            assessment = self._assessment(rule.value, versions, review_rule=rule)
            self._attempt(rule.value, assessment, close=True)
            self._end(assessment, SHOWN_MARK)
            with UnitOfWork():
                publish(actor=staff, assessment_id=assessment.public_id)
        archived = self._assessment("archived", sets[KEPT])
        with UnitOfWork():
            archived.state = AssessmentState.ARCHIVED

    def _attempt(self, name: str, assessment: Assessment, *, close: bool) -> None:
        """The learner begins, answers the first question — or every second one — and perhaps hands in."""
        learner = self.world.actor(self.house.people["learner"])
        with UnitOfWork():
            attempt = start_attempt(actor=learner, assessment_id=assessment.public_id)
        with UnitOfWork():
            for slot in range(1, len(attempt.slots) + 1, 2) if close else [1]:
                db.session.add(_wrong_answer(attempt, slot))
        if close:
            with UnitOfWork():
                hand_in(actor=learner, attempt_id=attempt.public_id, grace=timedelta(0))
        self.keep(f"attempt.{name}", attempt)

    @staticmethod
    def _end(assessment: Assessment, mark: int) -> None:
        with UnitOfWork():
            assessment.opens_at = clock.now() - timedelta(hours=3)
            assessment.closes_at = clock.now() - timedelta(minutes=1)
            db.session.execute(
                sa.update(Result)
                .where(Result.assessment_id == assessment.id)
                .values(total=mark, theory=mark, practice=mark)
            )


def _pool_item(version: QuestionVersion) -> list[object]:
    return [version.id, version.question_id, version.topic_id, version.level.value, version.aspect.value]


def _wrong_answer(attempt: Attempt, slot: int) -> Response:
    version = db.session.get_one(QuestionVersion, attempt.slots[slot - 1]["version"])
    number = list(kinds.names()).index(version.kind) + 1
    wrong = sorted(kinds.get(version.kind).samples(number).wrong, key=lambda one: (not one[0], one[1]))
    return Response(
        attempt_id=attempt.id,
        slot=slot,
        revision=1,
        answer=wrong[0][0],
        idempotency_key=f"key-{slot}",
        client="tab",
        saved_at=clock.now(),
    )
