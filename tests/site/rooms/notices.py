"""Addresses of the notices room, and a message for each learner."""

import sqlalchemy as sa

from lms.core.db import UnitOfWork, db
from lms.notices.models import Notice
from lms.notices.operations import notify
from tests.site.fullworld import Builder
from tests.site.rows import Row

ROWS = {
    ("notices.index", "GET"): Row(),
    ("notices.open_notice", "POST"): Row({"key": "notice"}, ("learner",)),
    ("notices.read_all", "POST"): Row(),
}


def furnish(builder: Builder) -> None:
    """One message."""
    learner = builder.house.people["learner"]
    with UnitOfWork():
        notify(account_ids=[learner.id], text="Tin thử", params={}, url="/learn", once="site")
    chosen = sa.select(Notice).where(Notice.account_id == learner.id, Notice.once == "site")
    builder.keep("notice", db.session.scalars(chosen).one())
