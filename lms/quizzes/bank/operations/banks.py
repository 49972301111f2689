"""Opening banks; adding, renaming and ordering topics."""

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.messages import N_
from lms.core.vietnamese import clean_name, search_key
from lms.quizzes.bank import queries, rules
from lms.quizzes.bank.models import QuestionBank, Topic

TITLE_LENGTH = 200


@operation
def open_bank(*, actor: Actor, unit: Unit, title: str) -> QuestionBank:
    """A new, empty bank of a centre."""
    if not rules.may_open_bank(actor, unit.path):
        raise NotAllowed
    bank = QuestionBank(unit_id=unit.id, title=_title(title))
    record(actor=actor, action="bank.opened", subject=bank, data={"title": bank.title})
    return bank


@operation
def add_topic(*, actor: Actor, bank: QuestionBank, title: str) -> Topic:
    """A topic at the end of the bank's list."""
    _must_write(actor, bank)
    topics = queries.topics_of(bank.id)
    title = _title(title)
    _must_be_new(title, [topic.title for topic in topics])
    topic = Topic(bank_id=bank.id, title=title, position=max((one.position for one in topics), default=0) + 1)
    db.session.add(topic)
    record(actor=actor, action="bank.topic_added", subject=bank, data={"title": title})
    return topic


@operation
def rename_topic(*, actor: Actor, bank: QuestionBank, topic_key: str, title: str) -> Topic:
    """Another name for a topic; its questions stay with it."""
    _must_write(actor, bank)
    topic = _topic(bank, topic_key)
    title = _title(title)
    others = [one.title for one in queries.topics_of(bank.id) if one.id != topic.id]
    _must_be_new(title, others)
    before, topic.title = topic.title, title
    record(actor=actor, action="bank.topic_renamed", subject=bank, data={"from": before, "to": title})
    return topic


@operation
def move_topic(*, actor: Actor, bank: QuestionBank, topic_key: str, up: bool) -> None:
    """Let a topic change places with its neighbour; at the end of the list nothing happens."""
    _must_write(actor, bank)
    topics = list(queries.topics_of(bank.id))
    place = topics.index(_topic(bank, topic_key))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(topics):
        return
    topics[place], topics[other] = topics[other], topics[place]
    for position, topic in enumerate(topics, start=1):
        topic.position = position
    record(
        actor=actor, action="bank.topics_ordered", subject=bank, data={"order": [one.id for one in topics]}
    )


def _must_write(actor: Actor, bank: QuestionBank) -> None:
    if not rules.may_write(actor, bank):
        raise NotAllowed


def _title(words: str) -> str:
    title = clean_name(words)
    if not title or len(title) > TITLE_LENGTH:
        text = N_("Tên phải có từ 1 đến %(most)s chữ.")
        raise Invalid(text, most=TITLE_LENGTH)
    return title


def _must_be_new(title: str, others: list[str]) -> None:
    if search_key(title) in {search_key(other) for other in others}:
        raise Invalid(N_("Đã có chủ đề “%(title)s” trong ngân hàng này."), title=title)


def _topic(bank: QuestionBank, key: str) -> Topic:
    topic = db.session.scalar(sa.select(Topic).where(Topic.bank_id == bank.id, Topic.public_id == key))
    if topic is None:
        raise NotFound
    return topic
