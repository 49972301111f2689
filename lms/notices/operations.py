"""Telling people something, once; and noting what they read."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.core import clock, seeds
from lms.core.actor import Actor
from lms.core.db import PUBLIC_ID_LENGTH, db, operation
from lms.core.messages import Message, Param
from lms.notices.models import Notice


@operation
def notify(
    *, account_ids: Collection[int], text: str, params: Mapping[str, Param], url: str, once: str
) -> None:
    """Tell these people ``text`` (a message id with ``params``), leading to the address ``url``; one statement.

    Whoever got a notice under the key ``once`` already gets no second one.

    Raises:
        KeyError: ``text`` names a parameter that ``params`` lack; better now than when it is read.
    """
    _tell(dict.fromkeys(account_ids, (params, once)), text=text, url=url)


@operation
def notify_each(*, told: Mapping[int, tuple[Mapping[str, Param], str]], text: str, url: str) -> None:
    """The same with each person's own parameters and ``once`` key, by account id; a statement for each 500 people."""
    _tell(told, text=text, url=url)


def _tell(told: Mapping[int, tuple[Mapping[str, Param], str]], *, text: str, url: str) -> None:
    if not told:
        return
    for params, _once in told.values():
        str(Message(text, params))
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    now = clock.now()
    rows = [
        {
            "public_id": seeds.token(PUBLIC_ID_LENGTH),
            "account_id": account_id,
            "text": text,
            "params": dict(told[account_id][0]),
            "url": url,
            "once": told[account_id][1],
            "created_at": now,
        }
        for account_id in sorted(told)
    ]
    for start in range(0, len(rows), 500):
        db.session.execute(insert(Notice).values(rows[start : start + 500]).on_conflict_do_nothing())


@operation
def mark_read(*, actor: Actor, key: str | None = None) -> None:
    """Note that the actor read one notice, or all of them."""
    mine = sa.update(Notice).where(Notice.account_id == actor.id, Notice.read_at.is_(None))
    if key is not None:
        mine = mine.where(Notice.public_id == key)
    db.session.execute(mine.values(read_at=clock.now()))
