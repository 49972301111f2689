"""What the papers room asks of delivery before it takes a release back."""

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.delivery.models import Attempt


def attempts_begun(assessment_id: int) -> int:
    """How many attempts at the assessment have begun, running or closed."""
    count = db.session.scalar(
        sa.select(sa.func.count()).select_from(Attempt).where(Attempt.assessment_id == assessment_id)
    )
    return count or 0
