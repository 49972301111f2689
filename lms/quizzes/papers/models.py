"""Assessments, their blueprints and the pools that papers are drawn from."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import Keyed, Model, choice
from lms.core.vietnamese import search_key
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import Aspect, Level, QuestionBank, Topic


class AssessmentKind(StrEnum):
    """Practice (luyện tập), module test (kiểm tra), final test (kiểm tra cuối khóa)."""

    PRACTICE = "practice"
    MODULE_TEST = "module_test"
    FINAL_TEST = "final_test"


class AssessmentState(StrEnum):
    """A draft can change; a released one cannot, since its pool is frozen; an archived one is only read."""

    DRAFT = "draft"
    RELEASED = "released"
    ARCHIVED = "archived"


class ReviewRule(StrEnum):
    """What a learner may look at once the result is published."""

    MARK_ONLY = "mark_only"
    OWN_ANSWERS = "own_answers"
    KEY_AND_EXPLANATION = "key_and_explanation"


class Assessment(Keyed, Model):
    """A practice quiz or a graded assessment of a class.

    ``pass_mark`` is in hundredths of the 10-point scale; ``time_limit`` in seconds; ``attempts_allowed`` 0 is
    unlimited. ``pool`` is frozen at release (its form stands in ``papers.pool``). ``revision`` counts the author's
    changes, so that a form or an approval that is based on an older one is noticed. A draft with ``submitted_at``
    waits for a leader; ``review_note`` is why the last one sent it back.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        sa.CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="window"),
        sa.CheckConstraint("time_limit IS NULL OR time_limit > 0", name="time_limit_positive"),
        sa.CheckConstraint("attempts_allowed >= 0", name="attempts_not_negative"),
        sa.CheckConstraint("pass_mark BETWEEN 0 AND 1000", name="pass_mark_on_scale"),
        sa.CheckConstraint("state = 'draft' OR pool IS NOT NULL", name="released_has_pool"),
        sa.CheckConstraint("kind = 'practice' OR attempts_allowed > 0", name="graded_attempts_counted"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"), index=True)
    bank_id: Mapped[int] = mapped_column(sa.ForeignKey("question_bank.id"))
    kind: Mapped[AssessmentKind] = mapped_column(choice(AssessmentKind, "kind"))
    state: Mapped[AssessmentState] = mapped_column(
        choice(AssessmentState, "state"), default=AssessmentState.DRAFT
    )
    title: Mapped[str] = mapped_column(sa.String(250))
    search_key: Mapped[str] = mapped_column(sa.Text, default="")
    instructions: Mapped[str] = mapped_column(sa.Text, default="")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    time_limit: Mapped[int | None]
    attempts_allowed: Mapped[int] = mapped_column(default=1)
    pass_mark: Mapped[int] = mapped_column(default=500)
    review_rule: Mapped[ReviewRule] = mapped_column(
        choice(ReviewRule, "review_rule"), default=ReviewRule.OWN_ANSWERS
    )
    shuffle_options: Mapped[bool] = mapped_column(default=True)
    pool: Mapped[dict[str, Any] | None]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None]
    review_note: Mapped[str] = mapped_column(sa.Text, default="")
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship()
    course_class: Mapped[CourseClass] = relationship()
    bank: Mapped[QuestionBank] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    cells: Mapped[list["BlueprintCell"]] = relationship(
        back_populates="assessment", order_by="BlueprintCell.position", cascade="all, delete-orphan"
    )

    @validates("title")
    def _searchable(self, _name: str, title: str) -> str:
        self.search_key = search_key(title)
        return title


class BlueprintCell(Model):
    """So many questions of one topic × level × aspect; an empty part means any. ``weight`` in 1/100 point each."""

    __tablename__ = "blueprint_cell"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "position"),
        sa.CheckConstraint("count > 0", name="count_positive"),
        sa.CheckConstraint("weight > 0", name="weight_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"))
    position: Mapped[int]
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"))
    level: Mapped[Level | None] = mapped_column(choice(Level, "level"))
    aspect: Mapped[Aspect | None] = mapped_column(choice(Aspect, "aspect"))
    count: Mapped[int]
    weight: Mapped[int] = mapped_column(default=100)

    assessment: Mapped[Assessment] = relationship(back_populates="cells")
    topic: Mapped[Topic | None] = relationship()
