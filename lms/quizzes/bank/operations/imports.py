"""An import's way: upload, read by a job, mend, bring in or give up."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.audit.operations import record
from lms.core import clock, files
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotAllowed
from lms.core.file_names import safe_name
from lms.core.messages import N_, Message
from lms.jobs.operations import enqueue
from lms.quizzes.bank import queries, rules, words
from lms.quizzes.bank.models import (
    BankMedia,
    ImportBatch,
    ImportItem,
    ImportState,
    Question,
    QuestionBank,
    QuestionState,
)
from lms.quizzes.bank.operations.locking import lock
from lms.quizzes.bank.operations.mending import Filling, must_be_own_topic, must_mend
from lms.quizzes.bank.operations.questions import Placing, add_version
from lms.quizzes.bank.queries import ItemView

JOB = "bank.read_import"
LISTED = 12
NAME_LENGTH = 255
LACKS = {
    "topic": N_("Chưa có chủ đề: câu %(numbers)s."),
    "level": N_("Chưa có mức độ: câu %(numbers)s."),
    "aspect": N_("Chưa chọn lý luận hay thực tiễn: câu %(numbers)s."),
}


@operation
def start_import(
    *, actor: Actor, bank: QuestionBank, upload: files.Prepared, name: str, filling: Filling
) -> ImportBatch:
    """Keep the uploaded file and have it read in the background."""
    if not rules.may_write(actor, bank):
        raise NotAllowed
    must_be_own_topic(bank_id=bank.id, topic_id=filling.topic_id)
    stored = files.save(upload)
    db.session.add(stored)
    db.session.flush()
    batch = ImportBatch(
        bank_id=bank.id,
        author_id=actor.id,
        file_id=stored.id,
        file_name=safe_name(name)[:NAME_LENGTH],
        state=ImportState.READING,
        created_at=clock.now(),
    )
    record(
        actor=actor, action="import.uploaded", subject=batch, data={"bank": bank.id, "name": batch.file_name}
    )
    payload = {
        "batch": batch.id,
        "topic": filling.topic_id,
        "level": filling.level,
        "aspect": filling.aspect,
    }
    enqueue(kind=JOB, payload=payload, actor_id=actor.id, idempotency_key=job_key(batch_id=batch.id))
    return batch


def job_key(*, batch_id: int) -> str:
    """Names the one job that reads this import."""
    return f"{JOB}:{batch_id}"


@operation
def keep_reading(
    *,
    batch_id: int,
    document: Mapping[str, Any],
    questions: Sequence[dict[str, Any]],
    pictures: Mapping[str, files.Prepared],
    filling: Filling,
) -> None:
    """Write down what the reader understood: ``questions`` with their drafts, ``pictures`` by public id."""
    batch = db.session.get_one(ImportBatch, batch_id)
    lock(row=batch)
    if batch.state is not ImportState.READING:
        return
    batch.format = str(document["format"])[:20]
    batch.problems = list(document["problems"])
    if document.get("refused") or not questions:
        batch.state = ImportState.FAILED
        return
    _keep_pictures(batch.bank_id, pictures)
    topics = queries.topics_of(batch.bank_id)
    for position, question in enumerate(questions, start=1):
        topic = queries.matching_topic(topics, question.get("topic"))
        item = _item(position, question, filling)
        item.batch_id, item.topic_id = batch.id, topic.id if topic else filling.topic_id
        db.session.add(item)
    batch.state = ImportState.DRAFT


def _item(position: int, question: dict[str, Any], filling: Filling) -> ImportItem:
    return ImportItem(
        position=position,
        label=str(question["label"])[:60],
        status=str(question["status"]),
        document=question,
        level=words.level_of(question.get("level")) or filling.level,
        aspect=words.aspect_of(question.get("aspect")) or filling.aspect,
    )


def _keep_pictures(bank_id: int, pictures: Mapping[str, files.Prepared]) -> None:
    for public_id, prepared in pictures.items():
        stored = files.save(prepared)
        stored.public_id = public_id
        db.session.flush()
        db.session.add(BankMedia(bank_id=bank_id, file_id=stored.id))


@operation
def bring_in(*, actor: Actor, batch: ImportBatch) -> int:
    """*Nhập*: every understood or accepted question becomes version 1 of a question in review.

    All or nothing; ``Invalid`` says which questions lack what. A second time it does nothing and returns 0.
    """
    lock(row=batch)
    if batch.state is ImportState.IMPORTED and actor.id == batch.author_id:
        return 0
    must_mend(actor=actor, batch=batch)
    ready = queries.draft_view(batch).ready
    if not ready:
        raise Invalid(N_("Chưa có câu nào nhập được. Hãy xem lại các câu còn ngờ rồi bấm Nhập."))
    _must_be_complete(ready)
    made = [(view, _question(actor, batch)) for view in ready]
    db.session.flush()
    for view, question in made:
        view.item.question_id = question.id
        add_version(
            actor_id=actor.id, question=question, number=1, built=view.built, placing=_placing(view.item)
        )
    batch.state = ImportState.IMPORTED
    batch.imported_at = clock.now()
    record(actor=actor, action="import.brought_in", subject=batch, data={"questions": len(made)})
    return len(made)


@operation
def discard(*, actor: Actor, batch: ImportBatch) -> None:
    """Give the draft up; nothing of it was in the bank."""
    if not rules.may_write(actor, batch.bank) or actor.id != batch.author_id:
        raise NotAllowed
    lock(row=batch)
    if batch.state is ImportState.IMPORTED:
        raise Closed(N_("Tệp này đã nhập vào ngân hàng, không bỏ được nữa."))
    batch.state = ImportState.DISCARDED
    record(actor=actor, action="import.discarded", subject=batch)


def _question(actor: Actor, batch: ImportBatch) -> Question:
    question = Question(
        bank_id=batch.bank_id,
        state=QuestionState.IN_REVIEW,
        author_id=actor.id,
        batch_id=batch.id,
        created_at=clock.now(),
    )
    db.session.add(question)
    return question


def _placing(item: ImportItem) -> Placing:
    if item.topic_id is None or item.level is None or item.aspect is None:
        raise Invalid
    return Placing(topic_id=item.topic_id, level=item.level, aspect=item.aspect)


def _must_be_complete(ready: Sequence[ItemView]) -> None:
    """``Invalid`` that names the questions that lack a topic, a level or an aspect."""
    fields: dict[str, Message | str] = {}
    for name, text in LACKS.items():
        numbers = [str(view.number) for view in ready if name in view.lacks]
        if numbers:
            shown = ", ".join(numbers[:LISTED]) + (" …" if len(numbers) > LISTED else "")
            fields[name] = Message(text, {"numbers": shown})
    if fields:
        raise Invalid(N_("Chưa nhập được vì còn câu thiếu thông tin."), fields=fields)
