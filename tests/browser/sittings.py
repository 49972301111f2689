"""An assessment with one learner before it, and what the database holds of the sitting."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from lms.auth.access.names import normalise_name
from lms.auth.access.passwords import hash_password
from lms.auth.accounts.models import Account, NameKind, SignInName
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.bank.models import Aspect, Level, Question, QuestionBank, QuestionState, QuestionVersion
from lms.quizzes.delivery.models import Attempt, AttemptState, ItemMark, Response
from lms.quizzes.papers.models import Assessment, AssessmentState, BlueprintCell
from lms.quizzes.papers.pool import freeze_pool
from tests.browser.people import PATIENCE, option
from tests.world import World

CHOICES = 3
PASSWORD = "cho-nguoi-thu-2026"


@dataclass
class Sitting:
    """One assessment of three single choices and one short answer, its learner and its centre."""

    world: World
    centre: Unit
    assessment: Assessment
    learner: Account

    @property
    def front(self) -> str:
        return f"/assessments/{self.assessment.public_id}"

    def person(self, role: Role) -> Account:
        return self.world.person(role, self.centre)

    def start(self, page: Page) -> str:
        """Begin as learners do; the paper's address."""
        page.goto(self.front)
        page.get_by_role("button", name="Vào thi").click()
        page.wait_for_url("**/attempts/*")
        ready(page)
        return page.url

    @property
    def attempt(self) -> Attempt:
        db.session.rollback()
        return db.session.scalars(sa.select(Attempt).where(Attempt.assessment_id == self.assessment.id)).one()

    @property
    def typed(self) -> int:
        """The slot whose answer is typed; slots come in an order of the attempt's own."""
        kinds = self._kinds()
        return kinds.index("short_answer") + 1

    @property
    def choices(self) -> list[int]:
        """The slots of the single choices, in the paper's order."""
        return [slot for slot, kind in enumerate(self._kinds(), start=1) if kind == "single_choice"]

    def _kinds(self) -> list[str]:
        return [db.session.get_one(QuestionVersion, slot["version"]).kind for slot in self.attempt.slots]

    @property
    def saved(self) -> dict[int, list[Any]]:
        """Every acknowledged answer by slot, in the order of their revisions, which must have no gap."""
        rows = db.session.execute(
            sa.select(Response.slot, Response.revision, Response.answer)
            .where(Response.attempt_id == self.attempt.id)
            .order_by(Response.slot, Response.revision)
        ).all()
        history: dict[int, list[Any]] = {}
        for slot, revision, answer in rows:
            history.setdefault(slot, []).append(answer)
            assert revision == len(history[slot])
        return history

    @property
    def marked(self) -> dict[int, bool]:
        """By slot, whether the closed attempt's mark counts it as answered."""
        rows = db.session.scalars(sa.select(ItemMark).where(ItemMark.attempt_id == self.attempt.id))
        return {mark.slot: mark.answered for mark in rows}

    @property
    def is_closed(self) -> bool:
        return self.attempt.state is AttemptState.CLOSED

    def end_at(self, moment: datetime) -> None:
        """Move the running attempt's deadline."""
        attempt = self.attempt
        with UnitOfWork():
            attempt.deadline_at = moment

    def end_in(self, seconds: float) -> None:
        self.end_at(clock.now() + timedelta(seconds=seconds))


def give_password(account: Account) -> str:
    """A password (``PASSWORD``) for somebody whom the world made; the name to sign in with."""
    code = f"{account.names[0].value}p"
    with UnitOfWork():
        account.password_hash = hash_password(PASSWORD)
        account.names.append(SignInName(kind=NameKind.CODE, value=normalise_name(code)))
    return code


def sitting(world: World) -> Sitting:
    """A fresh centre with everything that one sitting needs."""
    centre = world.centre()
    course_class = world.course_class(centre)
    bank = world.bank(centre)
    author = world.person(Role.LECTURER, centre)
    learner = world.learner(world.unit(parent=centre), course_class)
    assessment = world.assessment(course_class, bank, author, questions=CHOICES, released=False)
    short_answer(bank, author)
    _release(assessment)
    return Sitting(world, centre, assessment, learner)


def short_answer(bank: QuestionBank, author: Account) -> None:
    """A question whose answer is typed."""
    with UnitOfWork():
        question = Question(
            bank_id=bank.id, state=QuestionState.DRAFT, author_id=author.id, created_at=clock.now()
        )
        db.session.add(question)
        db.session.flush()
        version = QuestionVersion(
            question_id=question.id,
            number=1,
            kind="short_answer",
            content={"stem": "<p>Nơi trung tâm mẫu đặt trụ sở?</p>"},
            key={"accepted": ["Bình Minh"], "compare": "case"},
            plain="Nơi trung tâm mẫu đặt trụ sở?",
            search_key="noi dat trung tam mau",
            topic_id=bank.topics[0].id,
            level=Level.APPLY_HIGH,
            aspect=Aspect.PRACTICE,
            author_id=author.id,
            created_at=clock.now(),
        )
        db.session.add(version)
        db.session.flush()
        question.latest_version_id = question.approved_version_id = version.id
        question.state = QuestionState.APPROVED


def _release(assessment: Assessment) -> None:
    """Two cells: the choices, then what is typed."""
    cells = [(Level.RECOGNISE, CHOICES), (Level.APPLY_HIGH, 1)]
    with UnitOfWork():
        assessment.cells = [
            BlueprintCell(position=at, level=level, count=count, weight=100)
            for at, (level, count) in enumerate(cells, start=2)
        ]
        db.session.flush()
        assessment.pool = freeze_pool(assessment)
        assessment.state = AssessmentState.RELEASED
        assessment.released_at = clock.now()


def ready(page: Page) -> None:
    """The paper's scripts have taken over the form."""
    expect(page.locator("[data-save-chip]")).to_be_visible()


def chip(page: Page) -> Any:
    """The state of saving, to be expected of."""
    return expect(page.locator("[data-save-chip]"))


def all_saved(page: Page) -> None:
    chip(page).to_have_text("Đã lưu")


def go(page: Page, slot: int) -> None:
    """To a question by the overview."""
    if page.locator("#overview").is_hidden():
        page.get_by_role("button", name="Tổng quan").click()
    page.locator(f"#overview [data-goto='{slot}']").click()
    expect(page.locator(f"#q-{slot}")).to_be_visible()


def eventually(holds: Callable[[], object]) -> None:
    """Wait until the database says so."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.1)


def choose(page: Page, slot: int, letter: str) -> None:
    go(page, slot)
    option(page, slot, letter).click()


def chosen(page: Page, slot: int, letter: str) -> None:
    expect(page.locator(f'#q-{slot} input[value="{letter}"]')).to_be_checked()


def strip(page: Page) -> Any:  # playwright does not export what expect() gives
    return expect(page.locator("[data-network]"))
