"""Imports: whose drafts there are, and one draft with its questions as the preview shows them."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.vietnamese import search_key
from lms.jobs.models import Job
from lms.quizzes import kinds
from lms.quizzes.bank import conversion, drafts
from lms.quizzes.bank.conversion import Built
from lms.quizzes.bank.drafts import Draft
from lms.quizzes.bank.models import (
    ImportBatch,
    ImportItem,
    ImportState,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    Topic,
)
from lms.quizzes.bank.queries.questions import known_texts

OPEN = (ImportState.READING, ImportState.DRAFT, ImportState.FAILED)
FIRST_WORDS = 90
_ORDER = {"failed": 0, "doubtful": 1, "understood": 2}


@dataclass
class ItemView:
    """A question of an import as the preview shows it."""

    item: ImportItem
    built: Built
    duplicate_of: str | None = None
    repeats: int | None = None
    """Number of the question earlier in the same file that says the same."""

    @cached_property
    def draft(self) -> Draft:
        """The question as it can be edited."""
        return draft_of_item(self.item)

    @property
    def number(self) -> int:
        """Position in the file, from 1."""
        return self.item.position

    @property
    def known_kind(self) -> bool:
        """Whether questions of this kind can be stored."""
        return kinds.known(self.built.kind)

    @property
    def is_repeated(self) -> bool:
        """Whether the bank or the file already has it."""
        return self.duplicate_of is not None or self.repeats is not None

    @property
    def mark(self) -> str:
        """The chip: one of ``words.MARKS``."""
        item, sure = self.item, self.item.accepted or self.item.status == "understood"
        states = (
            ("imported", item.question_id is not None),
            ("skipped", item.skipped),
            ("unknown_kind", not self.known_kind),
            ("incomplete", sure and bool(self.built.problems)),
            ("accepted", item.accepted),
            ("duplicate", sure and self.is_repeated),
        )
        return next((name for name, holds in states if holds), item.status)

    @property
    def is_ready(self) -> bool:
        """Whether *Nhập* takes it: understood or accepted, fit, and not passed over."""
        return self.mark in {"understood", "accepted"}

    @property
    def is_open(self) -> bool:
        """Whether somebody should still look at it."""
        return self.mark in {"doubtful", "failed", "duplicate", "incomplete"}

    @property
    def is_relabelled(self) -> bool:
        """Whether the file prints another number than its position."""
        digits = re.findall(r"\d+", self.item.label)
        return bool(self.item.label) and digits[:1] != [str(self.number)]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which of topic, level and aspect it doesn't have yet."""
        return tuple(
            name
            for name, value in (
                ("topic", self.item.topic_id),
                ("level", self.item.level),
                ("aspect", self.item.aspect),
            )
            if value is None
        )

    @cached_property
    def first_words(self) -> str:
        """The beginning of the stem, on one line."""
        stem = str((self.item.mended or self.item.document)["draft"]["stem"])
        words = " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", stem)).split())
        return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True)
class DraftView:
    """A whole import as the preview shows it; ``items`` doubtful first."""

    batch: ImportBatch
    items: list[ItemView]
    marks: Counter[str] = field(default_factory=Counter)

    @property
    def ready(self) -> list[ItemView]:
        """What *Nhập* would take, in the order of the file."""
        return sorted((view for view in self.items if view.is_ready), key=lambda view: view.number)

    @property
    def open(self) -> list[ItemView]:
        """What somebody should still look at."""
        return [view for view in self.items if view.is_open]

    @property
    def new_topics(self) -> list[str]:
        """Topics that the file names, of questions that have none: what the bank doesn't have yet."""
        named = (view.item.document.get("topic") for view in self.items if view.item.topic_id is None)
        return list(dict.fromkeys(words for words in named if words))

    def find(self, public_id: str) -> ItemView | None:
        """The question with this key."""
        return next((view for view in self.items if view.item.public_id == public_id), None)

    def neighbours(self, view: ItemView) -> tuple[ItemView | None, ItemView | None]:
        """The questions before and after it in the list."""
        place = self.items.index(view)
        before = self.items[place - 1] if place else None
        return before, self.items[place + 1] if place + 1 < len(self.items) else None

    def next_open(self, view: ItemView) -> ItemView | None:
        """The next question to look at, from here on and then from the top; else the one after this."""
        place = self.items.index(view)
        rest = self.items[place + 1 :] + self.items[:place]
        return next((other for other in rest if other.is_open), rest[0] if rest else None)

    @property
    def lacking(self) -> int:
        """How many that could be taken have no topic, level or aspect yet."""
        return sum(bool(view.lacks) for view in self.items if view.is_ready)


def draft_of_item(item: ImportItem) -> Draft:
    """The question as it was read, or as it was mended since."""
    return drafts.from_json((item.mended or item.document)["draft"])


def batch(public_id: str, scope: Scope) -> ImportBatch:
    """The import with bank, unit and author; ``NotFound`` outside of the scope."""
    found = db.session.scalar(
        sa.select(ImportBatch)
        .join(ImportBatch.bank)
        .join(QuestionBank.unit)
        .where(ImportBatch.public_id == public_id, within(scope))
        .options(
            contains_eager(ImportBatch.bank).contains_eager(QuestionBank.unit),
            joinedload(ImportBatch.author),
        )
    )
    if found is None:
        raise NotFound
    return found


def items_of(batch_id: int) -> Sequence[ImportItem]:
    """The questions of an import in the order of the file."""
    return db.session.scalars(
        sa.select(ImportItem).where(ImportItem.batch_id == batch_id).order_by(ImportItem.position)
    ).all()


def item(batch_id: int, public_id: str) -> ImportItem:
    """One question of the import."""
    found = db.session.scalar(
        sa.select(ImportItem).where(ImportItem.batch_id == batch_id, ImportItem.public_id == public_id)
    )
    if found is None:
        raise NotFound
    return found


def draft_view(batch: ImportBatch) -> DraftView:
    """The import as the preview shows it; two statements."""
    views = [
        ItemView(one, conversion.built_from_json((one.mended or one.document)["built"]))
        for one in items_of(batch.id)
    ]
    known = known_texts(batch.bank_id, [view.built.search_key for view in views])
    seen: dict[str, int] = {}
    for view in views:
        text = view.built.search_key
        view.duplicate_of = known.get(text)
        if text and not view.item.skipped:
            first = seen.setdefault(text, view.number)
            view.repeats = first if first != view.number else None
    views.sort(key=lambda view: (_ORDER.get(view.item.status, 0), view.number))
    return DraftView(batch, views, Counter(view.mark for view in views))


def own_drafts(bank_id: int, author_id: int) -> Sequence[ImportBatch]:
    """The person's imports of this bank that are not finished, latest first."""
    return db.session.scalars(
        sa.select(ImportBatch)
        .where(
            ImportBatch.bank_id == bank_id,
            ImportBatch.author_id == author_id,
            ImportBatch.state.in_(OPEN),
        )
        .order_by(ImportBatch.id.desc())
    ).all()


@dataclass(frozen=True)
class WaitingBatch:
    """An import of which questions wait for a leader."""

    batch: ImportBatch
    waiting: int


def waiting_batches(bank_id: int) -> list[WaitingBatch]:
    """The bank's imports with questions in review, oldest first."""
    rows = db.session.execute(
        sa.select(ImportBatch, sa.func.count())
        .join(Question, Question.batch_id == ImportBatch.id)
        .where(ImportBatch.bank_id == bank_id, Question.state == QuestionState.IN_REVIEW)
        .options(selectinload(ImportBatch.author))
        .group_by(ImportBatch.id)
        .order_by(ImportBatch.id)
    )
    return [WaitingBatch(row[0], row[1]) for row in rows]


def batch_questions(batch_id: int) -> Sequence[Question]:
    """The questions that an import brought, in the order of the file."""
    return db.session.scalars(
        sa.select(Question)
        .where(Question.batch_id == batch_id)
        .options(joinedload(Question.latest).joinedload(QuestionVersion.topic))
        .order_by(Question.id)
    ).all()


def reading_job(idempotency_key: str) -> Job | None:
    """The job that reads a file, by its key."""
    return db.session.scalar(sa.select(Job).where(Job.idempotency_key == idempotency_key))


def matching_topic(topics: Sequence[Topic], words: str | None) -> Topic | None:
    """The topic that a file names, whatever its tones and capitals."""
    wanted = search_key(words or "")
    return next((topic for topic in topics if wanted and search_key(topic.title) == wanted), None)
