"""What an attempt came to, and whether the learner may know."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import Model
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers.models import Assessment


class Result(Model):
    """The result of one closed attempt; marks in 1/100 on the 10-point scale, None where nothing was asked.

    ``topics`` lists ``{"topic": id, "title": text, "mark": hundredths, "questions": n}``; the title as of then.
    """

    __tablename__ = "result"
    __table_args__ = (
        sa.CheckConstraint("total BETWEEN 0 AND 1000", name="total_on_scale"),
        sa.CheckConstraint("theory IS NULL OR theory BETWEEN 0 AND 1000", name="theory_on_scale"),
        sa.CheckConstraint("practice IS NULL OR practice BETWEEN 0 AND 1000", name="practice_on_scale"),
        sa.Index("ix_result_assessment_account", "assessment_id", "account_id"),
    )

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, default=1)
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    total: Mapped[int]
    theory: Mapped[int | None]
    practice: Mapped[int | None]
    topics: Mapped[list[Any]]
    answered: Mapped[int]
    questions: Mapped[int]
    passed: Mapped[bool]
    recorded_at: Mapped[datetime]

    attempt: Mapped[Attempt] = relationship()
    account: Mapped[Account] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Publication(Model):
    """Staff's word that the results of an assessment may be seen; without it no learner sees a mark."""

    __tablename__ = "publication"

    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"), primary_key=True)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    assessment: Mapped[Assessment] = relationship()
    published_by: Mapped[Account] = relationship()
