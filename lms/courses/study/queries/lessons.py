"""Lessons of a module, one lesson with its files and sources, and which file somebody may see."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.attendance.models import ClassMeeting
from lms.courses.catalogue.models import Module, Programme
from lms.courses.catalogue.uses import Citation
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.courses.study.models import (
    Activity,
    Lesson,
    LessonDraft,
    LessonFile,
    LessonProgress,
    LessonSource,
    LessonState,
)

WHOLE = (
    selectinload(Lesson.files).joinedload(LessonFile.file),
    selectinload(Lesson.sources).joinedload(LessonSource.document),
)


def lessons_of(module: Module) -> Sequence[Lesson]:
    """The module's lessons in order, without their text."""
    return db.session.scalars(
        sa.select(Lesson)
        .where(Lesson.module_id == module.id)
        .order_by(Lesson.position)
        .options(sa.orm.defer(Lesson.body))
    ).all()


def lesson_in(scope: Scope, key: str) -> tuple[Lesson, Unit]:
    """The lesson of this public id with module, programme, files and sources, and its centre; three statements.

    Raises:
        NotFound: there is none within the scope.
    """
    row = db.session.execute(
        sa.select(Lesson, Unit)
        .join(Lesson.module)
        .join(Module.programme)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(Lesson.public_id == key, within(scope))
        .options(contains_eager(Lesson.module).contains_eager(Module.programme), *WHOLE)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def draft_of(lesson: Lesson, account_id: int) -> LessonDraft | None:
    """What the account typed into the lesson and has not saved."""
    return db.session.get(LessonDraft, (lesson.id, account_id))


def draft_bodies(lesson: Lesson) -> Sequence[str]:
    """What whoever typed into the lesson has not saved."""
    return db.session.scalars(sa.select(LessonDraft.body).where(LessonDraft.lesson_id == lesson.id)).all()


def drafted(module: Module, account_id: int) -> set[int]:
    """The module's lessons, by id, of which the account holds something unsaved."""
    rows = db.session.scalars(
        sa.select(LessonDraft.lesson_id)
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .where(Lesson.module_id == module.id, LessonDraft.account_id == account_id)
    )
    return set(rows)


def unsaved(account_id: int, scope: Scope, most: int) -> Sequence[tuple[str, str]]:
    """Public id and title of lessons within the scope of which the account holds something unsaved, the latest first."""
    rows = db.session.execute(
        sa.select(Lesson.public_id, Lesson.title)
        .join(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .join(Lesson.module)
        .join(Module.programme)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(LessonDraft.account_id == account_id, within(scope))
        .order_by(LessonDraft.kept_at.desc(), Lesson.id)
        .limit(most)
    )
    return [(row.public_id, row.title) for row in rows]


def file_for(*, account_id: int, reads: Scope, key: str) -> LessonFile:
    """A file of a lesson within ``reads``, or of a published lesson of a programme the account now studies.

    Raises:
        NotFound: there is none that the account may see.
    """
    studies = sa.exists().where(
        CourseClass.programme_id == Programme.id,
        Enrolment.class_id == CourseClass.id,
        Enrolment.account_id == account_id,
        Enrolment.state == EnrolmentState.ACTIVE,
    )
    found = db.session.scalar(
        sa.select(LessonFile)
        .join(LessonFile.lesson)
        .join(Lesson.module)
        .join(Module.programme)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(
            LessonFile.public_id == key,
            sa.or_(within(reads), sa.and_(Lesson.state == LessonState.PUBLISHED, studies)),
        )
        .options(joinedload(LessonFile.file))
    )
    if found is None:
        raise NotFound
    return found


def files_called(scope: Scope, keys: Collection[str]) -> dict[str, LessonFile]:
    """Files of lessons within the scope by public id, of those asked for."""
    if not keys:
        return {}
    found = db.session.scalars(
        sa.select(LessonFile)
        .join(LessonFile.lesson)
        .join(Lesson.module)
        .join(Module.programme)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(LessonFile.public_id.in_(keys), within(scope))
    )
    return {one.public_id: one for one in found}


# --- what the catalogue asks


def _by_module(table: type[Lesson | Activity | ClassMeeting], ids: Collection[int]) -> dict[int, int]:
    column = table.module_id
    rows = db.session.execute(sa.select(column, sa.func.count()).where(column.in_(ids)).group_by(column))
    return {row[0]: row[1] for row in rows if row[0] is not None}


def lesson_counts(module_ids: Collection[int]) -> dict[int, int]:
    """How many lessons each module has."""
    return _by_module(Lesson, module_ids)


def activity_counts(module_ids: Collection[int]) -> dict[int, int]:
    """How many activities classes have in each module."""
    return _by_module(Activity, module_ids)


def meeting_counts(module_ids: Collection[int]) -> dict[int, int]:
    """How many half days of classes teach each module."""
    return _by_module(ClassMeeting, module_ids)


def citations(document_ids: Collection[int], scope: Scope) -> list[Citation]:
    """Lessons within the scope that cite these documents."""
    rows = db.session.execute(
        sa.select(LessonSource.source_document_id, LessonSource.note, Lesson.title, Lesson.public_id)
        .join(LessonSource.lesson)
        .join(Lesson.module)
        .join(Module.programme)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(LessonSource.source_document_id.in_(document_ids), within(scope))
        .order_by(Programme.id, Module.position, Lesson.position)
    )
    return [
        Citation(row.source_document_id, row.title, row.note, "study.preview", {"key": row.public_id})
        for row in rows
    ]


def is_in_use(lesson: Lesson) -> bool:
    """Whether a learner opened it, or an activity of a class belongs to it."""
    opened = sa.exists().where(LessonProgress.lesson_id == lesson.id)
    held = sa.exists().where(Activity.lesson_id == lesson.id)
    return bool(db.session.scalar(sa.select(sa.or_(opened, held))))


def whole_lesson(lesson_id: int) -> Lesson:
    """A lesson that the caller may show, with its files and sources; three statements."""
    return db.session.scalars(
        sa.select(Lesson)
        .where(Lesson.id == lesson_id)
        .options(*WHOLE)
        .execution_options(populate_existing=True)
    ).one()
