"""Lessons with their files, unsaved drafts, activities, and progress."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Keyed, Model, choice
from lms.core.stored_file import StoredFile
from lms.courses.catalogue.models import Module, SourceDocument
from lms.courses.classes.models import CourseClass


class LessonState(StrEnum):
    """Whether learners see a lesson."""

    DRAFT = "draft"
    PUBLISHED = "published"


class DoneWhen(StrEnum):
    """When a lesson counts as studied: it was opened, the learner says so, or all its activities are done."""

    OPENED = "opened"
    CONFIRMED = "confirmed"
    ACTIVITIES = "activities"


class Lesson(Keyed, Model):
    """A lesson of a module; ``body`` is sanitised HTML. ``revision`` counts saves, so that two editors meet politely."""

    __tablename__ = "lesson"
    __table_args__ = (
        sa.UniqueConstraint("module_id", "position"),
        sa.CheckConstraint("position > 0", name="position_positive"),
    )

    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(250))
    body: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[LessonState] = mapped_column(choice(LessonState, "state"), default=LessonState.DRAFT)
    done_when: Mapped[DoneWhen] = mapped_column(choice(DoneWhen, "done_when"), default=DoneWhen.CONFIRMED)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    module: Mapped[Module] = relationship()
    files: Mapped[list["LessonFile"]] = relationship(
        back_populates="lesson", order_by="LessonFile.position", cascade="all, delete-orphan"
    )
    sources: Mapped[list["LessonSource"]] = relationship(
        back_populates="lesson", order_by="LessonSource.id", cascade="all, delete-orphan"
    )


class LessonFile(Keyed, Model):
    """A picture in a lesson's text, or a document shown or offered below it."""

    __tablename__ = "lesson_file"

    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lesson.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    position: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    inline: Mapped[bool] = mapped_column(default=False)

    lesson: Mapped[Lesson] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class LessonSource(Model):
    """A source document that a lesson cites; ``note`` says where in it."""

    __tablename__ = "lesson_source"
    __table_args__ = (sa.UniqueConstraint("lesson_id", "source_document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lesson.id"))
    source_document_id: Mapped[int] = mapped_column(sa.ForeignKey("source_document.id"), index=True)
    note: Mapped[str] = mapped_column(sa.String(200), default="")

    lesson: Mapped[Lesson] = relationship(back_populates="sources")
    document: Mapped[SourceDocument] = relationship()


class LessonDraft(Model):
    """What somebody typed into a lesson and has not saved: one a person and lesson, gone once it is saved.

    ``revision`` is the lesson's when typing began; only the person who typed it ever sees it.
    """

    __tablename__ = "lesson_draft"

    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lesson.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    title: Mapped[str] = mapped_column(sa.String(250), default="")
    body: Mapped[str] = mapped_column(sa.Text, default="")
    done_when: Mapped[DoneWhen] = mapped_column(choice(DoneWhen, "done_when"))
    revision: Mapped[int]
    kept_at: Mapped[datetime]


class Activity(Keyed, Model):
    """Something to do in a module of a class. ``kind`` is registered by the room that offers it, ``target`` its key."""

    __tablename__ = "activity"
    __table_args__ = (
        sa.UniqueConstraint("class_id", "kind", "target"),
        sa.Index("ix_activity_class_module", "class_id", "module_id", "position"),
    )

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    lesson_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lesson.id"))
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(sa.String(40))
    target: Mapped[str] = mapped_column(sa.String(64))
    required: Mapped[bool] = mapped_column(default=True)

    course_class: Mapped[CourseClass] = relationship()
    module: Mapped[Module] = relationship()
    lesson: Mapped[Lesson | None] = relationship()


class LessonProgress(Model):
    """What a learner did with a lesson."""

    __tablename__ = "lesson_progress"

    lesson_id: Mapped[int] = mapped_column(sa.ForeignKey("lesson.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
