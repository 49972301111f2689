"""Questions by the source documents they cite."""

from collections.abc import Collection
from textwrap import shorten

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.courses.catalogue.uses import Citation
from lms.quizzes.bank.models import Question, QuestionBank, QuestionState, QuestionVersion

LONGEST_TITLE = 90


def citations(document_ids: Collection[int], scope: Scope) -> list[Citation]:
    """The questions within the scope whose latest version cites these documents, retired ones left out."""
    rows = db.session.execute(
        sa.select(
            QuestionVersion.source_id,
            QuestionVersion.source_place,
            QuestionVersion.plain,
            Question.public_id,
            QuestionBank.public_id.label("bank_key"),
        )
        .join(Question, Question.latest_version_id == QuestionVersion.id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .join(Unit, Unit.id == QuestionBank.unit_id)
        .where(
            QuestionVersion.source_id.in_(document_ids),
            Question.state != QuestionState.RETIRED,
            within(scope),
        )
        .order_by(QuestionBank.id, Question.id)
    )
    return [
        Citation(
            row.source_id,
            shorten(row.plain, LONGEST_TITLE, placeholder=" …"),
            row.source_place,
            "bank.question",
            {"key": row.bank_key, "question_key": row.public_id},
        )
        for row in rows
    ]
