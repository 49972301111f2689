"""Essay tasks, submissions, and the marks graders give."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.core.db import Keyed, Model, choice
from lms.core.stored_file import StoredFile
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import Aspect


class EssayState(StrEnum):
    """A task is written, opened to learners, closed to them, and at last its marks are settled and published."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class EssayTask(Keyed, Model):
    """An essay asked of a class. ``graders`` is 1, or 2 under codes (*số phách*) where ``anonymous``.

    ``difference_limit``: hundredths of a point; two marks further apart go to a third grader. ``joined_at``: when codes
    and names were joined (*ráp phách*), which only a task under codes needs.
    """

    __tablename__ = "essay_task"
    __table_args__ = (
        sa.CheckConstraint("graders IN (1, 2)", name="graders_one_or_two"),
        sa.CheckConstraint("difference_limit >= 0", name="difference_not_negative"),
        sa.CheckConstraint("typed OR uploaded OR handwritten", name="some_way_in"),
        sa.Index("ix_essay_task_class", "class_id"),
    )

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    module_id: Mapped[int | None] = mapped_column(sa.ForeignKey("module.id"))
    title: Mapped[str] = mapped_column(sa.String(250))
    prompt: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[EssayState] = mapped_column(choice(EssayState, "state"), default=EssayState.DRAFT)
    due_at: Mapped[datetime | None]
    typed: Mapped[bool] = mapped_column(default=True)
    uploaded: Mapped[bool] = mapped_column(default=True)
    handwritten: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False)
    graders: Mapped[int] = mapped_column(default=1)
    difference_limit: Mapped[int] = mapped_column(default=100)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    revision: Mapped[int] = mapped_column(default=1)

    course_class: Mapped[CourseClass] = relationship()
    module: Mapped[Module | None] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    criteria: Mapped[list["RubricCriterion"]] = relationship(
        back_populates="task", order_by="RubricCriterion.position", cascade="all, delete-orphan"
    )
    graders_named: Mapped[list["EssayGrader"]] = relationship(
        back_populates="task", order_by="EssayGrader.turn", cascade="all, delete-orphan"
    )


class RubricCriterion(Model):
    """One line of the rubric: theory or practice, ``most`` in hundredths of a point. All lines sum to 10 points."""

    __tablename__ = "rubric_criterion"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "position"),
        sa.CheckConstraint("most > 0", name="most_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("essay_task.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(250))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    aspect: Mapped[Aspect] = mapped_column(choice(Aspect, "aspect"))
    most: Mapped[int]

    task: Mapped[EssayTask] = relationship(back_populates="criteria")


class EssayGrader(Model):
    """Who marks a task: turn 1 and 2, and 3 where the two differ too much."""

    __tablename__ = "essay_grader"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "account_id"),
        sa.CheckConstraint("turn IN (1, 2, 3)", name="turn"),
    )

    task_id: Mapped[int] = mapped_column(sa.ForeignKey("essay_task.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    task: Mapped[EssayTask] = relationship(back_populates="graders_named")
    account: Mapped[Account] = relationship()


class SubmissionState(StrEnum):
    """A draft is the learner's own; what is handed in is marked; ``settled`` has its mark."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    SETTLED = "settled"


class Submission(Keyed, Model):
    """A learner's essay. ``code`` is its *số phách*, given when marking begins. Marks in hundredths of a point.

    ``public_id`` is what the QR on its cover page holds. ``extended_until``: until when this learner alone may still
    write. ``revision`` counts the saves of the text, so it begins with 0. ``first_mark`` is the settled mark before
    the first correction. ``mark`` is the settled one on the 10-point scale; ``theory`` and ``practice`` are shares of what their criteria
    allow, on the same scale, None where the rubric has none.
    """

    __tablename__ = "submission"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "account_id"),
        sa.UniqueConstraint("task_id", "code"),
        sa.CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 1000", name="mark_on_scale"),
        sa.CheckConstraint("(state = 'settled') = (mark IS NOT NULL)", name="settled_whole"),
    )

    task_id: Mapped[int] = mapped_column(sa.ForeignKey("essay_task.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    state: Mapped[SubmissionState] = mapped_column(
        choice(SubmissionState, "state"), default=SubmissionState.DRAFT
    )
    text: Mapped[str] = mapped_column(sa.Text, default="")
    handwritten: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str | None] = mapped_column(sa.String(12))
    saved_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    extended_until: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    mark: Mapped[int | None]
    first_mark: Mapped[int | None]
    theory: Mapped[int | None]
    practice: Mapped[int | None]
    settled_at: Mapped[datetime | None]

    task: Mapped[EssayTask] = relationship()
    account: Mapped[Account] = relationship()
    pages: Mapped[list["SubmissionPage"]] = relationship(
        back_populates="submission", order_by="SubmissionPage.position", cascade="all, delete-orphan"
    )
    marks: Mapped[list["EssayMark"]] = relationship(
        back_populates="submission", order_by="EssayMark.turn", cascade="all, delete-orphan"
    )


class SubmissionPage(Keyed, Model):
    """A file the learner uploaded, or a photographed page."""

    __tablename__ = "submission_page"
    __table_args__ = (sa.UniqueConstraint("submission_id", "position"),)

    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"))
    position: Mapped[int]
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    added_at: Mapped[datetime]

    submission: Mapped[Submission] = relationship(back_populates="pages")
    file: Mapped[StoredFile] = relationship()


class EssayMark(Model):
    """What one grader gives: ``points`` maps a criterion's id to hundredths of a point. Final once ``given_at`` is set."""

    __tablename__ = "essay_mark"
    __table_args__ = (
        sa.CheckConstraint("turn IN (1, 2, 3)", name="turn"),
        sa.CheckConstraint("total BETWEEN 0 AND 1000", name="total_on_scale"),
    )

    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    grader_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    points: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[int] = mapped_column(default=0)
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime]
    given_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship(back_populates="marks")
    grader: Mapped[Account] = relationship()
