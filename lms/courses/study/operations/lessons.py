"""Writing lessons: made, saved against the revision that was read, published, ordered, deleted."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.articles import clean_article, pictures_in, plain_of, with_pictures
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.core.ordering import moved, number_from_one
from lms.courses.catalogue.models import Module
from lms.courses.study import rules
from lms.courses.study.models import DoneWhen, Lesson, LessonDraft, LessonFile, LessonState
from lms.courses.study.queries import lessons as queries

LONGEST_BODY = 400_000
"""Characters of HTML; pictures are files of their own."""
TOO_LONG = N_("Bài dài quá mức cho phép. Hãy chia thành hai bài.")


class StaleError(Conflict):
    """Somebody saved the lesson since it was read."""

    default = N_("Bài này vừa được người khác lưu bản mới hơn. Phần vừa soạn vẫn còn ở dưới, chưa được lưu.")


@dataclass(frozen=True)
class LessonData:
    """What was written; ``body`` is HTML of any origin, ``revision`` what it was based on."""

    title: str
    body: str
    done_when: DoneWhen
    revision: int


def _check(actor: Actor, unit: Unit) -> None:
    if not rules.may_write(actor, unit.path):
        raise NotAllowed


def hold(*, lesson: Lesson) -> None:
    """Nobody else changes the lesson until the transaction ends; it is read anew."""
    db.session.execute(
        sa.select(Lesson)
        .where(Lesson.id == lesson.id)
        .with_for_update(of=Lesson)
        .execution_options(populate_existing=True)
    )


def _hold_module(module_id: int) -> None:
    db.session.execute(sa.select(Module.id).where(Module.id == module_id).with_for_update(key_share=True))


def forget_draft(*, actor: Actor, lesson: Lesson) -> None:
    """Nothing unsaved of the actor's is held of this lesson any more."""
    own = sa.and_(LessonDraft.lesson_id == lesson.id, LessonDraft.account_id == actor.id)
    db.session.execute(sa.delete(LessonDraft).where(own))


def _titled(title: str) -> str:
    title = vietnamese.clean_name(title)
    if not title:
        raise Invalid(fields={"title": N_("Hãy nhập tên bài học.")})
    return title


@operation
def add_lesson(*, actor: Actor, module: Module, unit: Unit, title: str) -> Lesson:
    """An empty draft at the end of a module of ``unit``'s programme.

    Raises:
        NotAllowed: the actor writes no lessons there.
        Invalid: there is no title.
    """
    _check(actor, unit)
    title = _titled(title)
    _hold_module(module.id)
    last = db.session.scalar(sa.select(sa.func.max(Lesson.position)).where(Lesson.module_id == module.id))
    moment = clock.now()
    lesson = Lesson(
        module_id=module.id,
        position=(last or 0) + 1,
        title=title,
        author_id=actor.id,
        created_at=moment,
        edited_at=moment,
    )
    db.session.add(lesson)
    record(actor=actor, action="lesson.made", subject=lesson, data={"title": title})
    return lesson


@operation
def save_lesson(*, actor: Actor, lesson: Lesson, unit: Unit, data: LessonData) -> None:
    """Store what was written, cleaned, in place of the actor's draft.

    Pictures of other lessons that the actor reads are taken over.

    Raises:
        NotAllowed: the actor writes no lessons there.
        StaleError: somebody saved it since ``data.revision``.
        Invalid: there is no title, or the text is too long.
    """
    _check(actor, unit)
    hold(lesson=lesson)
    if lesson.revision != data.revision:
        raise StaleError
    body = clean_article(data.body)
    if len(body) > LONGEST_BODY:
        raise Invalid(fields={"body": TOO_LONG})
    before = (lesson.title, lesson.body, lesson.done_when)
    lesson.title = _titled(data.title)
    lesson.body = _with_own_pictures(actor, lesson, body)
    lesson.done_when = data.done_when
    forget_draft(actor=actor, lesson=lesson)
    if before == (lesson.title, lesson.body, lesson.done_when):
        return
    lesson.revision += 1
    lesson.edited_at = clock.now()
    data_ = {
        "title": lesson.title,
        "revision": lesson.revision,
        "done_when": lesson.done_when.value,
        "length": len(lesson.body),
    }
    record(actor=actor, action="lesson.saved", subject=lesson, data=data_)


def _with_own_pictures(actor: Actor, lesson: Lesson, body: str) -> str:
    """The body with pictures of this lesson only: one copied from another is filed here too, an unknown one goes."""
    keys = {one.public_id: one.public_id for one in lesson.files}
    foreign = [key for key in pictures_in(body) if key not in keys]
    for key, file in queries.files_called(rules.seen_scope(actor), foreign).items():
        copy = LessonFile(file_id=file.file_id, title=file.title, inline=True, position=len(lesson.files) + 1)
        lesson.files.append(copy)
        db.session.flush()
        keys[key] = copy.public_id
    return with_pictures(body, keys)


@operation
def publish(*, actor: Actor, lesson: Lesson, unit: Unit) -> None:
    """Let the learners of the programme's classes read it.

    Raises:
        NotAllowed: the actor writes no lessons there.
        Conflict: there is nothing in it to read.
    """
    _check(actor, unit)
    hold(lesson=lesson)
    shown = [one for one in lesson.files if not one.inline]
    if not shown and not plain_of(lesson.body):
        raise Conflict(N_("Bài chưa có nội dung. Hãy soạn bài hoặc đính kèm tệp rồi mới đăng."))
    if lesson.state is not LessonState.PUBLISHED:
        lesson.state = LessonState.PUBLISHED
        record(actor=actor, action="lesson.published", subject=lesson, data={"revision": lesson.revision})


@operation
def take_back(*, actor: Actor, lesson: Lesson, unit: Unit) -> None:
    """Make it a draft again, which no learner sees; what learners did with it is kept.

    Raises:
        NotAllowed: the actor writes no lessons there.
    """
    _check(actor, unit)
    hold(lesson=lesson)
    if lesson.state is LessonState.PUBLISHED:
        lesson.state = LessonState.DRAFT
        record(actor=actor, action="lesson.taken_back", subject=lesson)


@operation
def move_lesson(*, actor: Actor, lesson: Lesson, unit: Unit, up: bool) -> None:
    """Change places with the lesson before or after in its module.

    Raises:
        NotAllowed: the actor writes no lessons there.
    """
    _check(actor, unit)
    _hold_module(lesson.module_id)
    order = moved(queries.lessons_of(lesson.module), lesson, up=up)
    if order is None:
        return
    number_from_one(order)
    record(actor=actor, action="lesson.moved", subject=lesson, data={"position": lesson.position})


@operation
def delete_lesson(*, actor: Actor, lesson: Lesson, unit: Unit) -> None:
    """Delete a draft that no learner ever opened and no activity belongs to.

    Raises:
        NotAllowed: the actor writes no lessons there.
        Conflict: it is published, was read, or holds activities.
    """
    _check(actor, unit)
    _hold_module(lesson.module_id)
    if lesson.state is LessonState.PUBLISHED:
        raise Conflict(N_("Bài đang đăng. Hãy gỡ bài xuống trước khi xóa."))
    if queries.is_in_use(lesson):
        raise Conflict(
            N_("Đã có học viên đọc bài hoặc có việc giao gắn với bài, nên bài chỉ gỡ xuống chứ không xóa.")
        )
    record(actor=actor, action="lesson.deleted", subject=lesson, data={"title": lesson.title})
    db.session.execute(sa.delete(LessonDraft).where(LessonDraft.lesson_id == lesson.id))
    db.session.delete(lesson)
