"""One writer of a row at a time."""

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.bank.models import ImportBatch, Question


def lock(*, row: Question | ImportBatch) -> None:
    """Let nobody else change the row before this transaction ends, and read it anew when it is next used."""
    table = type(row)
    db.session.execute(sa.select(table.id).where(table.id == row.id).with_for_update())
    db.session.expire(row)
