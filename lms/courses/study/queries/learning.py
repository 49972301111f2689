"""What a learner may open: the own classes and their published lessons."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.catalogue.models import Module, Programme
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.study.models import Lesson, LessonProgress, LessonState
from lms.courses.study.reckoning import Mark, is_done


def my_class(account_id: int, key: str) -> CourseClass:
    """A class in which the account is enrolled now, with its programme.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        sa.select(CourseClass)
        .join(Enrolment, Enrolment.class_id == CourseClass.id)
        .join(CourseClass.programme)
        .where(
            CourseClass.public_id == key,
            Enrolment.account_id == account_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .options(contains_eager(CourseClass.programme))
    )
    if found is None:
        raise NotFound
    return found


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
    """A class that somebody studies: how many of its lessons are done, and the first that isn't."""

    class_key: str
    class_title: str
    done: int
    lessons: int
    next_key: str
    next_title: str


def study_overview(account_id: int) -> list[Overview]:
    """The classes that the account studies and that have lessons, the latest first; one statement.

    A lesson that waits for its activities counts as soon as its page or its class's page was seen after them.
    """
    rows = db.session.execute(
        sa.select(
            CourseClass.id,
            CourseClass.public_id.label("class_key"),
            CourseClass.title.label("class_title"),
            Lesson.public_id.label("lesson_key"),
            Lesson.title.label("lesson_title"),
            Lesson.done_when,
            LessonProgress.opened_at,
            LessonProgress.done_at,
        )
        .join(Enrolment, Enrolment.class_id == CourseClass.id)
        .join(Module, Module.programme_id == CourseClass.programme_id)
        .join(Lesson, Lesson.module_id == Module.id)
        .outerjoin(
            LessonProgress,
            sa.and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.account_id == account_id),
        )
        .where(
            Enrolment.account_id == account_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Lesson.state == LessonState.PUBLISHED,
        )
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc(), Module.position, Lesson.position)
    ).all()
    found: dict[int, Overview] = {}
    for row in rows:
        mark = Mark(opened=row.opened_at is not None, confirmed=row.done_at is not None)
        done = is_done(row.done_when, mark, [])
        before = found.get(row.id) or Overview(row.class_key, row.class_title, 0, 0, "", "")
        is_next = not done and not before.next_key
        found[row.id] = Overview(
            row.class_key,
            row.class_title,
            before.done + done,
            before.lessons + 1,
            row.lesson_key if is_next else before.next_key,
            row.lesson_title if is_next else before.next_title,
        )
    return list(found.values())
