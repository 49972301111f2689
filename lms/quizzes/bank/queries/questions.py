"""Questions of a bank: the list with its filters, one question with its history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.accounts.models import Account
from lms.auth.units.queries import within
from lms.core import vietnamese
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.paging import PER_PAGE, Page, nearest
from lms.quizzes.bank.models import (
    Aspect,
    ImportItem,
    Level,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    ReviewDecision,
    Topic,
)


@dataclass(frozen=True)
class QuestionFilter:
    """What the list is narrowed to; ``sort`` is a name of ``SORTS``, with ``-`` before it descending."""

    topic: str = ""
    level: Level | None = None
    aspect: Aspect | None = None
    state: QuestionState | None = None
    text: str = ""
    batch: str = ""
    sort: str = ""


_LEVEL_ORDER = sa.case({level: place for place, level in enumerate(Level)}, value=QuestionVersion.level)
_STATE_ORDER = sa.case({state: place for place, state in enumerate(QuestionState)}, value=Question.state)
SORTS: dict[str, Any] = {
    "text": QuestionVersion.search_key,
    "topic": Topic.position,
    "level": _LEVEL_ORDER,
    "aspect": QuestionVersion.aspect,
    "state": _STATE_ORDER,
    "author": Account.sort_key,
    "version": QuestionVersion.number,
    "created": Question.created_at,
}


def _filtered(bank_id: int, wanted: QuestionFilter) -> sa.Select[Question]:
    chosen = (
        sa.select(Question)
        .join(QuestionVersion, Question.latest_version_id == QuestionVersion.id)
        .join(QuestionVersion.topic)
        .join(Account, Account.id == Question.author_id)
        .where(Question.bank_id == bank_id)
    )
    for column, value in (
        (QuestionVersion.level, wanted.level),
        (QuestionVersion.aspect, wanted.aspect),
        (Question.state, wanted.state),
        (Topic.public_id, wanted.topic or None),
    ):
        if value is not None:
            chosen = chosen.where(column == value)
    for word in vietnamese.search_key(wanted.text).split():
        chosen = chosen.where(QuestionVersion.search_key.contains(word, autoescape=True))
    if wanted.batch:
        chosen = chosen.where(
            Question.id.in_(
                sa.select(ImportItem.question_id).where(
                    ImportItem.batch.has(public_id=wanted.batch), ImportItem.question_id.is_not(None)
                )
            )
        )
    return chosen


def _ordered(chosen: sa.Select[Question], sort: str) -> sa.Select[Question]:
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return chosen.order_by(Question.id.desc())
    return chosen.order_by(column.desc() if sort.startswith("-") else column.asc(), Question.id)


def _loaded(chosen: sa.Select[Question]) -> sa.Select[Question]:
    return chosen.options(
        contains_eager(Question.latest).contains_eager(QuestionVersion.topic), contains_eager(Question.author)
    )


def questions(bank_id: int, wanted: QuestionFilter, page: int = 1) -> Page[Question]:
    """One page of the bank's questions."""
    chosen = _filtered(bank_id, wanted)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    page = nearest(page, total)
    rows = _ordered(_loaded(chosen), wanted.sort).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return Page(db.session.scalars(rows).all(), page, total)


def all_questions(bank_id: int, wanted: QuestionFilter) -> Sequence[Question]:
    """Every question that the filter leaves, for an export."""
    return db.session.scalars(_ordered(_loaded(_filtered(bank_id, wanted)), wanted.sort)).all()


def question(public_id: str, bank_key: str, scope: Scope) -> Question:
    """The question with its bank and latest version; ``NotFound`` outside of the scope."""
    found = db.session.scalar(
        sa.select(Question)
        .join(Question.bank)
        .join(QuestionBank.unit)
        .where(Question.public_id == public_id, QuestionBank.public_id == bank_key, within(scope))
        .options(
            contains_eager(Question.bank).contains_eager(QuestionBank.unit),
            joinedload(Question.latest).joinedload(QuestionVersion.topic),
            joinedload(Question.latest).joinedload(QuestionVersion.source),
            joinedload(Question.author),
            selectinload(Question.versions).joinedload(QuestionVersion.author),
        )
    )
    if found is None or found.latest is None:
        raise NotFound
    return found


def questions_by_keys(bank_id: int, keys: Sequence[str]) -> Sequence[Question]:
    """The chosen questions of one bank; keys of other banks are left out."""
    return db.session.scalars(
        sa.select(Question)
        .where(Question.bank_id == bank_id, Question.public_id.in_(keys))
        .options(joinedload(Question.latest))
        .order_by(Question.id)
    ).all()


def decisions_of(question_id: int) -> Sequence[tuple[ReviewDecision, int, str]]:
    """What reviewers said of the question's versions, latest first: decision, version number, reviewer's name."""
    rows = db.session.execute(
        sa.select(ReviewDecision, QuestionVersion.number, Account.full_name)
        .join(QuestionVersion, QuestionVersion.id == ReviewDecision.version_id)
        .join(Account, Account.id == ReviewDecision.reviewer_id)
        .where(QuestionVersion.question_id == question_id)
        .order_by(ReviewDecision.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def known_texts(bank_id: int, search_keys: Sequence[str]) -> dict[str, str]:
    """Which of these normalised texts the bank already has in its latest versions: text → question's key."""
    rows = db.session.execute(
        sa.select(QuestionVersion.search_key, Question.public_id)
        .join(Question, Question.latest_version_id == QuestionVersion.id)
        .where(Question.bank_id == bank_id, QuestionVersion.search_key.in_(set(search_keys) - {""}))
    )
    return {row.search_key: row.public_id for row in rows}


UsageSource = Callable[[int], Sequence[tuple[str, str]]]
"""Given a question's id: where it is used, as (words, URL or "") pairs."""

usage_sources: list[UsageSource] = []
"""Rooms above plug in here where they use questions."""


def usage_of(question_id: int) -> list[tuple[str, str]]:
    """Where the question is used, from every room that registered."""
    return [place for source in usage_sources for place in source(question_id)]
