"""Which pictures of questions a person may see."""

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.stored_file import StoredFile
from lms.quizzes.bank.models import BankMedia, QuestionBank
from lms.quizzes.bank.queries import media_of_content
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.versions import snapshots


def picture_for(*, account_id: int, reads: Scope, public_id: str) -> StoredFile | None:
    """A picture of a bank within ``reads``, or of a paper that the account has been given."""
    stored = db.session.scalar(sa.select(StoredFile).where(StoredFile.public_id == public_id))
    if stored is None:
        return None
    banks = sa.select(BankMedia.bank_id).where(BankMedia.file_id == stored.id)
    readable = sa.exists().where(QuestionBank.id.in_(banks), Unit.id == QuestionBank.unit_id, within(reads))
    if db.session.scalar(sa.select(readable)):
        return stored
    papers = db.session.scalars(
        sa.select(Attempt.slots)
        .join(Assessment, Assessment.id == Attempt.assessment_id)
        .where(Attempt.account_id == account_id, Assessment.bank_id.in_(banks))
    )
    versions = snapshots({slot["version"] for slots in papers for slot in slots})
    return stored if any(public_id in media_of_content(one.content) for one in versions.values()) else None
