"""Addresses of programmes, source documents, lessons and what a class studies."""

import io
from datetime import date

from lms.core import clock, files
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Module, SourceDocument
from lms.courses.study.models import Activity, Lesson, LessonFile, LessonProgress, LessonSource, LessonState
from tests.pictures import png
from tests.site.fullworld import OTHER, Builder
from tests.site.rows import Endpoint, Row

LEARNERS = ("learner", OTHER)
PROGRAMME = {"key": "programme"}
MODULE = {"key": "programme", "module_key": "module"}
MODULE_DATA = {"title": "Chuyên đề đổi tên", "periods": "6"}
PROGRAMME_DATA = {"title": "Chương trình đổi tên", "code": "CT-SITE", "module_word": "bài"}
SOURCE = {"key": "source"}
SOURCE_DATA = {"title": "Văn bản nhập thử", "issued": "2011"}
LESSON = {"key": "lesson"}
LESSON_DATA = {"title": "Bài một", "html": "<p>Nội dung</p>", "revision": "1", "done_when": "confirmed"}
CLASS = {"key": "class"}
ACTIVITY = {"key": "class", "activity_key": "activity"}
READ = {"key": "class", "lesson_key": "lesson"}

ROWS: dict[Endpoint, Row] = {
    ("catalogue.index", "GET"): Row(),
    ("catalogue.new", "GET"): Row(),
    ("catalogue.create", "POST"): Row(
        data={**PROGRAMME_DATA, "title": "Chương trình mới làm", "code": "CT-MOI"}
    ),
    ("catalogue.show", "GET"): Row(PROGRAMME),
    ("catalogue.edit", "GET"): Row(PROGRAMME),
    ("catalogue.save", "POST"): Row(PROGRAMME, data=PROGRAMME_DATA),
    ("catalogue.add_module", "POST"): Row(PROGRAMME, data=MODULE_DATA),
    ("catalogue.module", "GET"): Row(MODULE),
    ("catalogue.save_module", "POST"): Row(MODULE, data=MODULE_DATA),
    ("catalogue.move_module", "POST"): Row(MODULE),
    ("catalogue.delete_module", "POST"): Row({"key": "programme", "module_key": "module.empty"}),
    ("sources.index", "GET"): Row(),
    ("sources.stale", "GET"): Row(),
    ("sources.new", "GET"): Row(),
    ("sources.create", "POST"): Row(data=SOURCE_DATA),
    ("sources.show", "GET"): Row(SOURCE),
    ("sources.edit", "GET"): Row(SOURCE),
    ("sources.save", "POST"): Row(SOURCE, data=SOURCE_DATA),
    ("study.module", "GET"): Row({"key": "module"}),
    ("study.add_lesson", "POST"): Row({"key": "module"}, data={"title": "Bài mới"}),
    ("study.edit", "GET"): Row(LESSON),
    ("study.save", "POST"): Row(LESSON, data=LESSON_DATA),
    ("study.keep_draft", "POST"): Row(
        LESSON,
        data={"title": "Bài một", "html": "<p>Gõ dở</p>", "revision": 1, "done_when": "confirmed"},
        json=True,
    ),
    ("study.drop_draft", "POST"): Row(LESSON),
    ("study.preview", "GET"): Row(LESSON),
    ("study.publish", "POST"): Row({"key": "lesson.draft"}),
    ("study.take_back", "POST"): Row(LESSON),
    ("study.move", "POST"): Row(LESSON),
    ("study.delete", "POST"): Row({"key": "lesson.draft"}),
    ("study.attach", "POST"): Row(LESSON),
    ("study.detach", "POST"): Row({"key": "lesson", "file_key": "lesson.file"}),
    ("study.cite", "POST"): Row(LESSON, data={"cite-source": "@source"}),
    ("study.drop_source", "POST"): Row({"key": "lesson", "source_key": "source"}),
    ("study.file", "GET"): Row(
        {"key": "lesson.file"}, (*LEARNERS, "lecturer", "staff", "leader", "overseer")
    ),
    ("study.of_class", "GET"): Row(CLASS),
    ("study.progress", "GET"): Row(CLASS),
    ("study.add_activity", "POST"): Row(CLASS, status=(422,)),
    ("study.move_activity", "POST"): Row(ACTIVITY),
    ("study.require_activity", "POST"): Row(ACTIVITY),
    ("study.remove_activity", "POST"): Row(ACTIVITY),
    ("study.my_class", "GET"): Row(CLASS, LEARNERS),
    ("study.read", "GET"): Row(READ, LEARNERS),
    ("study.confirm", "POST"): Row(READ, LEARNERS),
}


def furnish(builder: Builder) -> None:
    """Two modules, a published lesson with a file and a replaced source, a draft, an activity of the class.

    Both learners opened the lesson before: the first opening is noted, a later one is not.
    """
    lecturer = builder.house.people["lecturer"]
    moment = clock.now()
    with UnitOfWork():
        programme = builder.course_class.programme
        module = Module(programme_id=programme.id, position=1, title="Chuyên đề một", periods=4)
        empty = Module(programme_id=programme.id, position=2, title="Chuyên đề hai", periods=4)
        newer = SourceDocument(
            unit_id=builder.centre.id, code="DLM", title="Văn bản mới", in_force_from=date(2026, 1, 1)
        )
        db.session.add_all([module, empty, newer])
        db.session.flush()
        source = db.session.query(SourceDocument).filter_by(public_id=builder.house["source"]).one()
        source.replaced_by_id = newer.id
        made = {
            state: Lesson(
                module_id=module.id,
                position=position,
                title=f"Bài {position} của {builder.centre.name}",
                body="<p>Nội dung bài</p>",
                state=state,
                author_id=lecturer.id,
                created_at=moment,
                edited_at=moment,
            )
            for position, state in enumerate((LessonState.PUBLISHED, LessonState.DRAFT), start=1)
        }
        published = made[LessonState.PUBLISHED]
        stored = files.save(io.BytesIO(png()), "hinh.png")
        file = LessonFile(file=stored, inline=True, title="Hình")
        published.files = [file]
        published.sources = [LessonSource(source_document_id=source.id, note="Điều 1")]
        db.session.add_all(made.values())
        db.session.flush()
        activity = Activity(
            class_id=builder.course_class.id,
            module_id=module.id,
            kind="practice_quiz",
            target=builder.house["assessment.practice"],
        )
        db.session.add(activity)
        for name in LEARNERS:
            account = builder.house.people[name]
            db.session.add(LessonProgress(lesson_id=published.id, account_id=account.id, opened_at=moment))
    builder.keep("programme", programme)
    builder.keep("module", module)
    builder.keep("module.empty", empty)
    builder.keep("lesson", published)
    builder.keep("lesson.draft", made[LessonState.DRAFT])
    builder.keep("lesson.file", file)
    builder.keep("activity", activity)
