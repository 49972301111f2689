"""What a learner may open: the own classes and their published lessons."""

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.catalogue.models import Module, Programme
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.study.models import Activity, Lesson, LessonProgress, LessonState
from lms.courses.study.queries import course
from lms.courses.study.queries.course import Deeds, LessonHead, Part, Task
from lms.courses.study.reckoning import Tally


def my_lesson(account_id: int, class_key: str, key: str) -> tuple[CourseClass, Lesson, bool]:
    """A published lesson of a class in which the account is enrolled now, and whether it was opened before.

    Raises:
        NotFound: there is none.
    """
    row = db.session.execute(
        sa.select(CourseClass, Lesson, LessonProgress.opened_at)
        .join(Enrolment, Enrolment.class_id == CourseClass.id)
        .join(CourseClass.programme)
        .join(Module, Module.programme_id == Programme.id)
        .join(Lesson, Lesson.module_id == Module.id)
        .outerjoin(
            LessonProgress,
            sa.and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.account_id == account_id),
        )
        .where(
            CourseClass.public_id == class_key,
            Lesson.public_id == key,
            Lesson.state == LessonState.PUBLISHED,
            Enrolment.account_id == account_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .options(contains_eager(CourseClass.programme))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2] is not None


@dataclass(frozen=True, slots=True)
class Overview:
    """A class that somebody studies: what there is, how far, and the first thing left that can be done now."""

    course_class: CourseClass
    parts: list[Part]
    deeds: Deeds
    whole: Tally
    next: LessonHead | Task | None


def study_overview(account_id: int, key: str | None = None) -> list[Overview]:
    """The classes in which the account is enrolled now, the latest first, or the one of this public id.

    Two statements whatever the number of classes, and two for each room that offers activities.
    """
    statement = (
        sa.select(CourseClass, Activity)
        .join(Enrolment, Enrolment.class_id == CourseClass.id)
        .join(CourseClass.programme)
        .outerjoin(Activity, Activity.class_id == CourseClass.id)
        .where(Enrolment.account_id == account_id, Enrolment.state == EnrolmentState.ACTIVE)
        .options(contains_eager(CourseClass.programme))
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc(), Activity.position, Activity.id)
    )
    if key is not None:
        statement = statement.where(CourseClass.public_id == key)
    rows = db.session.execute(statement).all()
    if not rows:
        return []
    classes = {one.id: one for one, _activity in rows}
    tasks = course.with_targets(activity for _one, activity in rows if activity is not None)
    outlines, marks = course.outlines_and_marks(
        {one.programme_id for one in classes.values()}, account_id=account_id
    )
    parts = {
        one.id: [replace(part, tasks=[]) for part in outlines.get(one.programme_id, [])]
        for one in classes.values()
    }
    course.place(parts, tasks)
    deeds = Deeds(marks, course.done_tasks(tasks, [account_id]))
    return [_overview(one, parts[one.id], deeds, account_id) for one in classes.values()]


def _overview(course_class: CourseClass, parts: list[Part], deeds: Deeds, account_id: int) -> Overview:
    shown = [part for part in parts if part.lessons or part.tasks]
    return Overview(course_class, shown, deeds, deeds.whole(shown, account_id), deeds.next(shown, account_id))


def studied_class(account_id: int, key: str) -> Overview:
    """A class in which the account is enrolled now.

    Raises:
        NotFound: there is none.
    """
    found = study_overview(account_id, key)
    if not found:
        raise NotFound
    return found[0]
