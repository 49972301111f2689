"""Class results and each learner's path from marks to result."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Keyed, Model, choice
from lms.courses.classes.models import CourseClass, Enrolment
from lms.results.regulations.models import RegulationVersion


class ComponentSource(Model):
    """Where a component of the regulation takes its marks from in a class.

    ``kind`` is ``assessment``, ``essay``, ``attendance`` or ``manual``; ``target`` the public id of the assessment or
    essay task. Several rows of one component: their marks are averaged.
    """

    __tablename__ = "component_source"
    __table_args__ = (sa.UniqueConstraint("class_id", "component", "kind", "target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    component: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[str] = mapped_column(sa.String(20))
    target: Mapped[str] = mapped_column(sa.String(64), default="")


class ManualMark(Model):
    """A mark typed by staff, such as conduct; hundredths of a point on the 10-point scale."""

    __tablename__ = "manual_mark"
    __table_args__ = (sa.CheckConstraint("mark BETWEEN 0 AND 1000", name="mark_on_scale"),)

    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), primary_key=True)
    component: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    mark: Mapped[int]
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    given_at: Mapped[datetime]


class ResultState(StrEnum):
    """Where a class's result stands: staff compute and check it, the leader signs, then it is published."""

    DRAFT = "draft"
    CHECKED = "checked"
    SIGNED = "signed"
    PUBLISHED = "published"


class ClassResult(Keyed, Model):
    """The result of a class under one version of its regulation; ``returned_note`` is why the leader sent it back."""

    __tablename__ = "class_result"
    __table_args__ = (
        sa.UniqueConstraint("class_id"),
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_whole"),
        sa.CheckConstraint(
            "state NOT IN ('signed', 'published') OR signed_at IS NOT NULL", name="signed_whole"
        ),
    )

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("regulation_version.id"))
    state: Mapped[ResultState] = mapped_column(choice(ResultState, "state"), default=ResultState.DRAFT)
    computed_at: Mapped[datetime]
    computed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    returned_note: Mapped[str] = mapped_column(sa.Text, default="")

    course_class: Mapped[CourseClass] = relationship()
    version: Mapped[RegulationVersion] = relationship()
    learners: Mapped[list["LearnerResult"]] = relationship(
        back_populates="class_result", cascade="all, delete-orphan"
    )


class LearnerResult(Model):
    """A learner's result. ``mark`` is the rounded total in hundredths of a point, None where it can't be formed.

    ``path`` is the working of :mod:`lms.results.classification`, step by step; ``band`` the code of the class of result
    (*xếp loại*), empty without one.
    """

    __tablename__ = "learner_result"
    __table_args__ = (
        sa.CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 1000", name="mark_on_scale"),
        sa.CheckConstraint("theory IS NULL OR theory BETWEEN 0 AND 1000", name="theory_on_scale"),
        sa.CheckConstraint("practice IS NULL OR practice BETWEEN 0 AND 1000", name="practice_on_scale"),
    )

    class_result_id: Mapped[int] = mapped_column(sa.ForeignKey("class_result.id"), primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), primary_key=True, index=True)
    mark: Mapped[int | None]
    theory: Mapped[int | None]
    practice: Mapped[int | None]
    band: Mapped[str] = mapped_column(sa.String(40), default="")
    band_title: Mapped[str] = mapped_column(sa.String(80), default="")
    passed: Mapped[bool] = mapped_column(default=False)
    path: Mapped[dict[str, Any]] = mapped_column(default=dict)
    remark: Mapped[str] = mapped_column(sa.Text, default="")

    class_result: Mapped[ClassResult] = relationship(back_populates="learners")
    enrolment: Mapped[Enrolment] = relationship()
