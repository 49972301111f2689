"""Writing questions: every change is a new version."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms.audit.operations import record, record_many
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.core.stored_file import StoredFile
from lms.core.vietnamese import clean_name
from lms.quizzes.bank import conversion, editing, rules
from lms.quizzes.bank.conversion import Built
from lms.quizzes.bank.drafts import Draft
from lms.quizzes.bank.models import (
    Aspect,
    BankMedia,
    Level,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    Topic,
)
from lms.quizzes.bank.operations.locking import lock

PLACE_LENGTH = 200


@dataclass(frozen=True)
class Placing:
    """Where a question belongs, and what it cites."""

    topic_id: int
    level: Level
    aspect: Aspect
    source_id: int | None = None
    source_place: str = ""


@operation
def write_question(*, actor: Actor, bank: QuestionBank, draft: Draft, placing: Placing) -> Question:
    """A new question in state draft. ``Invalid`` with the kind's problems when the draft isn't fit."""
    if not rules.may_write(actor, bank):
        raise NotAllowed
    built = fit(bank=bank, draft=draft, placing=placing)
    question = Question(
        bank_id=bank.id, state=QuestionState.DRAFT, author_id=actor.id, created_at=clock.now()
    )
    db.session.add(question)
    add_version(actor_id=actor.id, question=question, number=1, built=built, placing=placing)
    record(actor=actor, action="question.written", subject=question, data={"bank": bank.id})
    return question


@operation
def revise_question(
    *, actor: Actor, question: Question, draft: Draft, placing: Placing, based_on: int
) -> QuestionVersion:
    """A new version of the question, back in draft; papers keep the approved one until this is approved.

    ``based_on`` is the number that the author saw; ``Conflict`` when there is a newer one.
    """
    if not rules.may_write(actor, question.bank):
        raise NotAllowed
    lock(row=question)
    latest = question.latest
    if latest is None or latest.number != based_on:
        raise Conflict(N_("Câu này vừa có phiên bản mới hơn. Hãy mở lại câu hỏi rồi sửa tiếp."))
    built = fit(bank=question.bank, draft=draft, placing=placing)
    question.state = QuestionState.DRAFT
    version = add_version(
        actor_id=actor.id, question=question, number=latest.number + 1, built=built, placing=placing
    )
    record(actor=actor, action="question.revised", subject=question, data={"version": version.number})
    return version


@operation
def submit_questions(*, actor: Actor, bank: QuestionBank, questions: Sequence[Question]) -> int:
    """Ask for a review of those that are drafts; how many they were."""
    chosen = [question for question in questions if rules.may_submit(actor, bank, question)]
    if not rules.may_write(actor, bank):
        raise NotAllowed
    for question in chosen:
        question.state = QuestionState.IN_REVIEW
    record_many(actor=actor, action="question.submitted", entries=[(one, None) for one in chosen])
    return len(chosen)


def fit(*, bank: QuestionBank, draft: Draft, placing: Placing) -> Built:
    """The draft as a version stores it; ``Invalid`` when it or its place isn't fit for this bank."""
    built = conversion.build(draft)
    if built.problems:
        first = built.problems[0]
        raise Invalid(first.message, fields={first.field or "stem": first.text}, **first.params)
    topic = db.session.get(Topic, placing.topic_id)
    if topic is None or topic.bank_id != bank.id:
        raise Invalid(N_("Chọn chủ đề của ngân hàng này."), fields={"topic": N_("Chọn chủ đề.")})
    refuse_foreign_pictures(bank_id=bank.id, draft=draft)
    return built


def refuse_foreign_pictures(*, bank_id: int, draft: Draft) -> None:
    """``Invalid`` when the draft shows a stored file that isn't a picture of this bank."""
    shown = editing.images_of(draft.stem, *draft.options, draft.explanation)
    if not shown:
        return
    own = db.session.scalars(
        sa.select(StoredFile.public_id)
        .join(BankMedia, BankMedia.file_id == StoredFile.id)
        .where(BankMedia.bank_id == bank_id, StoredFile.public_id.in_(shown))
    ).all()
    if set(shown) - set(own):
        raise Invalid(N_("Câu hỏi có hình không thuộc ngân hàng này."))


def add_version(
    *, actor_id: int, question: Question, number: int, built: Built, placing: Placing
) -> QuestionVersion:
    """Write one version and make it the latest; flushes, since each row points at the other."""
    version = QuestionVersion(
        question=question,
        number=number,
        kind=built.kind,
        content=built.content,
        key=built.key,
        explanation=built.explanation,
        plain=built.plain,
        search_key=built.search_key,
        topic_id=placing.topic_id,
        level=placing.level,
        aspect=placing.aspect,
        source_id=placing.source_id,
        source_place=clean_name(placing.source_place)[:PLACE_LENGTH],
        author_id=actor_id,
        created_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    question.latest_version_id = version.id
    return version
