"""Mending an import's draft: one question at a time, saved at once, or what is missing in all of them."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotAllowed, NotFound
from lms.core.messages import N_
from lms.core.vietnamese import clean_name
from lms.quizzes.bank import conversion, drafts, editing, queries, rules
from lms.quizzes.bank.drafts import Draft
from lms.quizzes.bank.models import Aspect, ImportBatch, ImportItem, Level, Topic
from lms.quizzes.bank.operations.banks import TITLE_LENGTH, add_topic
from lms.quizzes.bank.operations.questions import refuse_foreign_pictures


@dataclass(frozen=True)
class Filling:
    """What questions get that have none of their own."""

    topic_id: int | None = None
    level: Level | None = None
    aspect: Aspect | None = None


@operation
def mend_item(
    *,
    actor: Actor,
    batch: ImportBatch,
    item_key: str,
    draft: Draft | None = None,
    pressed: str | None = None,
    filling: Filling | None = None,
) -> ImportItem:
    """Correct one question: its whole text, only its key (``pressed``), or its place. What isn't given stays."""
    item = _open_item(actor, batch, item_key, "import.mended")
    if draft is not None:
        refuse_foreign_pictures(bank_id=batch.bank_id, draft=draft)
        _keep(item, draft)
    if pressed is not None:
        present = queries.draft_of_item(item)
        _keep(item, editing.with_key(present, pressed))
    if filling is not None:
        must_be_own_topic(bank_id=batch.bank_id, topic_id=filling.topic_id)
        item.topic_id, item.level, item.aspect = filling.topic_id, filling.level, filling.aspect
    item.skipped = False
    return item


def _keep(item: ImportItem, draft: Draft) -> None:
    """What equals the question as it was read is no correction."""
    read = drafts.from_json(item.document["draft"])
    item.mended = None if draft == read else conversion.mended_json(draft)


@operation
def accept_item(*, actor: Actor, batch: ImportBatch, item_key: str) -> ImportItem:
    """Say that the question is right as it shows; ``Invalid`` when it can't be used like that."""
    item = _open_item(actor, batch, item_key, "import.accepted")
    built = conversion.build(queries.draft_of_item(item))
    if built.problems:
        raise Invalid(built.problems[0].message, fields=None, **built.problems[0].params)
    item.accepted, item.skipped = True, False
    return item


@operation
def skip_item(*, actor: Actor, batch: ImportBatch, item_key: str, skipped: bool) -> ImportItem:
    """Leave the question out, or take it back in."""
    item = _open_item(actor, batch, item_key, "import.skipped" if skipped else "import.unskipped")
    item.skipped = skipped
    item.accepted = False
    return item


@operation
def restore_item(*, actor: Actor, batch: ImportBatch, item_key: str) -> ImportItem:
    """Drop all corrections: the question is again as it was read."""
    item = _open_item(actor, batch, item_key, "import.restored")
    item.mended, item.accepted, item.skipped = None, False, False
    return item


@operation
def fill_missing(*, actor: Actor, batch: ImportBatch, filling: Filling) -> int:
    """Give topic, level and aspect to the questions that have none; how many got something."""
    must_mend(actor=actor, batch=batch)
    must_be_own_topic(bank_id=batch.bank_id, topic_id=filling.topic_id)
    filled = 0
    for item in queries.items_of(batch.id):
        before = item.topic_id, item.level, item.aspect
        after = (
            item.topic_id or filling.topic_id,
            item.level or filling.level,
            item.aspect or filling.aspect,
        )
        item.topic_id, item.level, item.aspect = after
        filled += before != after
    record(actor=actor, action="import.filled", subject=batch, data={"questions": filled})
    return filled


@operation
def take_topics(*, actor: Actor, batch: ImportBatch) -> int:
    """Add the topics that the file names and the bank lacks, and give them to their questions; how many topics.

    Questions that somebody already gave a topic keep it.
    """
    must_mend(actor=actor, batch=batch)
    items = [item for item in queries.items_of(batch.id) if item.topic_id is None]
    topics = list(queries.topics_of(batch.bank_id))
    added = 0
    for item in items:
        words = clean_name(item.document.get("topic") or "")[:TITLE_LENGTH]
        if not words:
            continue
        topic = queries.matching_topic(topics, words)
        if topic is None:
            topic = add_topic(actor=actor, bank=batch.bank, title=words)
            db.session.flush()
            topics.append(topic)
            added += 1
        item.topic_id = topic.id
    record(actor=actor, action="import.topics_taken", subject=batch, data={"topics": added})
    return added


def must_mend(*, actor: Actor, batch: ImportBatch) -> None:
    """Refuse whoever isn't its author, and a draft that is closed."""
    if not rules.may_write(actor, batch.bank) or actor.id != batch.author_id:
        raise NotAllowed
    if not rules.may_mend_import(actor, batch):
        raise Closed(N_("Bản nhập này đã khép lại, không sửa được nữa."))


def _open_item(actor: Actor, batch: ImportBatch, item_key: str, action: str) -> ImportItem:
    must_mend(actor=actor, batch=batch)
    item = queries.item(batch.id, item_key)
    record(actor=actor, action=action, subject=batch, data={"question": item.position})
    return item


def must_be_own_topic(*, bank_id: int, topic_id: int | None) -> None:
    """``NotFound`` for a topic of another bank."""
    if topic_id is None:
        return
    found = db.session.scalar(sa.select(Topic.id).where(Topic.id == topic_id, Topic.bank_id == bank_id))
    if found is None:
        raise NotFound
