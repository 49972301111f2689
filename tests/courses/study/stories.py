"""Modules, lessons and files for the stories of this room."""

from io import BytesIO
from typing import Any

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.core import clock, files
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Module, Programme
from lms.courses.study.models import Lesson, LessonFile, LessonState
from tests.pictures import png


def module_of(programme: Programme, title: str = "Chuyên đề một") -> Module:
    """One more module."""
    with UnitOfWork():
        last = db.session.scalar(
            sa.select(sa.func.max(Module.position)).where(Module.programme_id == programme.id)
        )
        made = Module(programme_id=programme.id, position=(last or 0) + 1, title=title, periods=4)
        db.session.add(made)
    return made


def lesson_in(module: Module, author: Account, title: str = "Bài một", **fields: Any) -> Lesson:
    """One more lesson, published unless ``state`` says otherwise."""
    moment = clock.now()
    with UnitOfWork():
        last = db.session.scalar(sa.select(sa.func.max(Lesson.position)).where(Lesson.module_id == module.id))
        given = {"state": LessonState.PUBLISHED, "body": "<p>Nội dung của bài.</p>", **fields}
        made = Lesson(
            module_id=module.id,
            position=(last or 0) + 1,
            title=title,
            author_id=author.id,
            created_at=moment,
            edited_at=moment,
            **given,
        )
        db.session.add(made)
    return made


def file_of(lesson: Lesson, data: bytes = b"", name: str = "hinh.png", *, inline: bool = True) -> LessonFile:
    """One more file of a lesson."""
    with UnitOfWork():
        stored = files.save(BytesIO(data or png()), name)
        made = LessonFile(lesson_id=lesson.id, file=stored, title=name, inline=inline)
        db.session.add(made)
    return made
