"""Banks and topics within a scope, and what a bank holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.quizzes.bank.models import (
    Aspect,
    Level,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    Topic,
)


@dataclass(frozen=True)
class BankRow:
    """A bank in the list, with how many questions are in each state."""

    bank: QuestionBank
    counts: Counter[QuestionState]

    @property
    def public_id(self) -> str:
        """The bank's key."""
        return self.bank.public_id


def banks_in(scope: Scope) -> list[BankRow]:
    """The banks of the scope's units, by unit and title."""
    banks = db.session.scalars(
        sa.select(QuestionBank)
        .join(QuestionBank.unit)
        .where(within(scope))
        .options(joinedload(QuestionBank.unit))
        .order_by(Unit.sort_key, QuestionBank.title, QuestionBank.id)
    ).all()
    counted = db.session.execute(
        sa.select(Question.bank_id, Question.state, sa.func.count())
        .where(Question.bank_id.in_([bank.id for bank in banks]))
        .group_by(Question.bank_id, Question.state)
    )
    counts: dict[int, Counter[QuestionState]] = {bank.id: Counter() for bank in banks}
    for bank_id, state, count in counted:
        counts[bank_id][state] = count
    return [BankRow(bank, counts[bank.id]) for bank in banks]


def bank(public_id: str, scope: Scope) -> QuestionBank:
    """The bank with its unit; ``NotFound`` outside of the scope."""
    found = db.session.scalar(
        sa.select(QuestionBank)
        .join(QuestionBank.unit)
        .where(QuestionBank.public_id == public_id, within(scope))
        .options(joinedload(QuestionBank.unit))
    )
    if found is None:
        raise NotFound
    return found


def topics_of(bank_id: int) -> Sequence[Topic]:
    """The bank's topics in their order."""
    return db.session.scalars(
        sa.select(Topic).where(Topic.bank_id == bank_id).order_by(Topic.position, Topic.id)
    ).all()


def topic_uses(bank_id: int) -> dict[int, int]:
    """How many questions of the bank each topic has now (topic id → count)."""
    rows = db.session.execute(
        sa.select(QuestionVersion.topic_id, sa.func.count().label("uses"))
        .join(Question, Question.latest_version_id == QuestionVersion.id)
        .where(Question.bank_id == bank_id)
        .group_by(QuestionVersion.topic_id)
    )
    return {row.topic_id: row.uses for row in rows}


@dataclass(frozen=True)
class PoolRow:
    """An approved version that a new paper may draw."""

    version_id: int
    question_id: int
    topic_id: int
    level: Level
    aspect: Aspect


def approved_pool(bank_id: int) -> list[PoolRow]:
    """Every approved version of the bank's questions that are in use, in the order of their ids."""
    rows = db.session.execute(
        sa.select(
            QuestionVersion.id,
            QuestionVersion.question_id,
            QuestionVersion.topic_id,
            QuestionVersion.level,
            QuestionVersion.aspect,
        )
        .join(Question, Question.approved_version_id == QuestionVersion.id)
        .where(Question.bank_id == bank_id, Question.state != QuestionState.RETIRED)
        .order_by(QuestionVersion.id)
    )
    return [PoolRow(*row) for row in rows]


Cell = tuple[int, Level, Aspect]


def cell_counts(bank_id: int) -> dict[Cell, int]:
    """How many approved versions each cell (topic id, level, aspect) of the bank has; empty cells are missing."""
    rows = db.session.execute(
        sa.select(QuestionVersion.topic_id, QuestionVersion.level, QuestionVersion.aspect, sa.func.count())
        .join(Question, Question.approved_version_id == QuestionVersion.id)
        .where(Question.bank_id == bank_id, Question.state != QuestionState.RETIRED)
        .group_by(QuestionVersion.topic_id, QuestionVersion.level, QuestionVersion.aspect)
    )
    return {(topic_id, level, aspect): count for topic_id, level, aspect, count in rows}
