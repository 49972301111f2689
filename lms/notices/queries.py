"""A person's own messages, and nobody else's."""

import sqlalchemy as sa

from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.paging import PER_PAGE, Page, nearest
from lms.notices.models import Notice

COUNTED_AT_MOST = 100


def unread(account_id: int) -> int:
    """How many messages the person has not read, a hundred at most; one statement over an index."""
    some = (
        sa.select(Notice.id)
        .where(Notice.account_id == account_id, Notice.read_at.is_(None))
        .limit(COUNTED_AT_MOST)
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0


def notices(account_id: int, page: int = 1) -> Page[Notice]:
    """One page of the person's messages, the latest first; two statements."""
    total = (
        db.session.scalar(
            sa.select(sa.func.count()).select_from(Notice).where(Notice.account_id == account_id)
        )
        or 0
    )
    page = nearest(page, total)
    rows = db.session.scalars(
        sa.select(Notice)
        .where(Notice.account_id == account_id)
        .order_by(Notice.created_at.desc(), Notice.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Page(rows.all(), page, total)


def notice_of(account_id: int, key: str) -> Notice:
    """The person's message of this public id.

    Raises:
        NotFound: there is none of his.
    """
    found = db.session.scalar(
        sa.select(Notice).where(Notice.account_id == account_id, Notice.public_id == key)
    )
    if found is None:
        raise NotFound
    return found
