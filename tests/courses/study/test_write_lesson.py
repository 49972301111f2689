"""A lecturer writes a lesson: drafted, saved clean, two at once without loss, published, ordered, deleted."""

import pytest
import sqlalchemy as sa

from lms.audit.queries import trail
from lms.core.actor import Role
from lms.core.db import db
from lms.courses.study.models import DoneWhen, Lesson, LessonFile, LessonState
from tests.courses.study.conftest import School
from tests.courses.study.stories import file_of, lesson_in, module_of
from tests.visitor import Visitor


def _form(lesson: Lesson, **changes: str) -> dict[str, str]:
    return {
        "title": lesson.title,
        "revision": str(lesson.revision),
        "done_when": lesson.done_when.value,
        "html": lesson.body,
        **changes,
    }


def _url(lesson: Lesson, rest: str = "/edit") -> str:
    return f"/lessons/{lesson.public_id}{rest}"


def _now(lesson: Lesson) -> Lesson:
    return db.session.get_one(Lesson, lesson.id)


@pytest.fixture
def lecturer(school: School) -> Visitor:
    return school.visit(school.lecturer)


@pytest.fixture
def draft(school: School) -> Lesson:
    return lesson_in(school.module, school.lecturer, state=LessonState.DRAFT)


def test_a_lesson_begins_with_its_title(school: School, lecturer: Visitor) -> None:
    address = f"/modules/{school.module.public_id}/lessons"
    assert "Chưa có bài học nào" in lecturer.get(address).get_data(as_text=True)
    lecturer.post(address, {"title": "  Nguồn gốc  "})
    made = db.session.scalars(sa.select(Lesson)).one()
    assert (made.title, made.state, made.position) == ("Nguồn gốc", LessonState.DRAFT, 1)
    lecturer.get(_url(made))
    assert "Hãy nhập tên bài học" in lecturer.post(address, {"title": " "}, 422).get_data(as_text=True)


def test_what_is_saved_is_clean(lecturer: Visitor, draft: Lesson) -> None:
    wild = '<h2 onclick="x()">Mục</h2><script>alert(1)</script><p style="color:red"><b>đậm</b></p><a href="javascript:x">x</a>'
    lecturer.post(_url(draft), _form(draft, html=wild, done_when="opened"))
    stored = _now(draft)
    assert stored.body == '<h2>Mục</h2><p><b>đậm</b></p><a rel="noopener noreferrer">x</a>'
    assert (stored.revision, stored.done_when) == (2, DoneWhen.OPENED)
    assert [one.action for one in trail("lesson", draft.id)] == ["lesson.saved"]


def test_saving_what_is_stored_makes_no_new_revision(lecturer: Visitor, draft: Lesson) -> None:
    lecturer.post(_url(draft), _form(draft))
    assert _now(draft).revision == 1


def test_who_saves_second_sees_both_and_loses_nothing(
    school: School, lecturer: Visitor, draft: Lesson
) -> None:
    mine = _form(draft, html="<p>Bản của tôi</p>")
    theirs = _form(draft, html="<p>Bản của người kia</p>")
    lecturer.post(_url(draft), theirs)
    page = lecturer.post(_url(draft), mine, 409).get_data(as_text=True)
    assert "Bản của tôi" in page
    assert "Bản của người kia" in page
    assert _now(draft).body == "<p>Bản của người kia</p>"
    assert 'name="revision" value="2"' in page
    lecturer.post(_url(draft), {**mine, "revision": "2", "html": "<p>Cả hai</p>"})
    assert _now(draft).body == "<p>Cả hai</p>"


def test_a_lesson_without_a_title_keeps_what_was_typed(lecturer: Visitor, draft: Lesson) -> None:
    page = lecturer.post(_url(draft), _form(draft, title=" ", html="<p>Đã gõ</p>"), 422).get_data(
        as_text=True
    )
    assert "Đã gõ" in page
    assert _now(draft).revision == 1


def test_without_scripts_plain_paragraphs_are_written(lecturer: Visitor, draft: Lesson) -> None:
    form = {
        key: value
        for key, value in _form(draft, body="Đoạn một\r\ndòng hai\r\n\r\nĐoạn <hai>").items()
        if key != "html"
    }
    lecturer.post(_url(draft), form)
    assert _now(draft).body == "<p>Đoạn một<br>dòng hai</p><p>Đoạn &lt;hai&gt;</p>"


def test_without_scripts_untouched_text_keeps_its_formatting(school: School, lecturer: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer, body="<h2>Mục</h2><p>Chữ <b>đậm</b></p>")
    shown = lecturer.page(_url(lesson)).xpath("//textarea[@name='body']")[0].text_content()
    form = {key: value for key, value in _form(lesson, title="Tên mới", body=shown).items() if key != "html"}
    lecturer.post(_url(lesson), form)
    assert (_now(lesson).title, _now(lesson).body) == ("Tên mới", "<h2>Mục</h2><p>Chữ <b>đậm</b></p>")


def test_pictures_are_the_lessons_own(school: School, lecturer: Visitor, draft: Lesson) -> None:
    other = file_of(lesson_in(school.module, school.lecturer))
    hidden = file_of(
        lesson_in(module_of(school.world.course_class(school.world.centre("B")).programme), school.lecturer)
    )
    html = "".join(
        f'<img src="/files/lessons/{one}" alt="a">' for one in (other.public_id, hidden.public_id, "khong-co")
    )
    lecturer.post(_url(draft), _form(draft, html=f'{html}<img src="https://x.example/a.png">'))
    copy = db.session.scalars(sa.select(LessonFile).where(LessonFile.lesson_id == draft.id)).one()
    assert _now(draft).body == f'<img src="/files/lessons/{copy.public_id}" alt="a">'
    assert copy.file_id == other.file_id


def test_a_lesson_is_published_and_taken_back(school: School, lecturer: Visitor, draft: Lesson) -> None:
    learner = school.visit(school.learner)
    address = f"{school.learn}/{draft.public_id}"
    learner.get(address, 404)
    lecturer.post(_url(draft, "/publish"))
    learner.get(address)
    lecturer.post(_url(draft, "/take-back"))
    learner.get(address, 404)
    assert [one.action for one in trail("lesson", draft.id)] == ["lesson.taken_back", "lesson.published"]


def test_an_empty_lesson_is_not_published(school: School, lecturer: Visitor) -> None:
    empty = lesson_in(school.module, school.lecturer, state=LessonState.DRAFT, body="<p> </p>")
    assert "chưa có nội dung" in lecturer.post(_url(empty, "/publish"), status=409).get_data(as_text=True)


def test_lessons_change_places(school: School, lecturer: Visitor) -> None:
    first, second, third = (lesson_in(school.module, school.lecturer, title) for title in "ABC")
    lecturer.post(_url(third, "/move?to=up"))
    lecturer.post(_url(first, "/move?to=up"))
    lecturer.post(_url(second, "/move?to=down"))
    order = sa.select(Lesson.title).order_by(Lesson.position)
    assert list(db.session.scalars(order)) == ["A", "C", "B"]


def test_a_draft_is_deleted_and_a_lesson_that_was_read_is_not(
    school: School, lecturer: Visitor, draft: Lesson
) -> None:
    lecturer.post(_url(draft, "/delete"))
    read = lesson_in(school.module, school.lecturer)
    assert "gỡ bài xuống" in lecturer.post(_url(read, "/delete"), status=409).get_data(as_text=True)
    school.visit(school.learner).get(f"{school.learn}/{read.public_id}")
    lecturer.post(_url(read, "/take-back"))
    assert "chứ không xóa" in lecturer.post(_url(read, "/delete"), status=409).get_data(as_text=True)
    assert list(db.session.scalars(sa.select(Lesson.id))) == [read.id]


def test_the_preview_shows_what_learners_will_see(lecturer: Visitor, draft: Lesson) -> None:
    page = lecturer.page(_url(draft, "/preview")).text_content()
    assert "Nội dung của bài." in page
    assert "bản nháp" in page


def test_an_overseer_reads_and_does_not_write(school: School, draft: Lesson) -> None:
    overseer = school.visit(school.world.person(Role.OVERSEER, school.centre))
    overseer.get(_url(draft, "/preview"))
    overseer.get(f"/modules/{school.module.public_id}/lessons")
    overseer.get(_url(draft), 403)
    overseer.post(_url(draft), _form(draft), 403)


def test_a_stranger_may_not(school: School, draft: Lesson, stranger: Visitor) -> None:
    stranger.get(_url(draft), 302)
    elsewhere = school.visit(school.world.person(Role.LECTURER, school.world.centre("B")))
    elsewhere.get(_url(draft), 404)
    elsewhere.post(_url(draft), _form(draft), 404)
    elsewhere.post(_url(draft, "/publish"), status=404)
    learner = school.visit(school.learner)
    learner.get(_url(draft, "/preview"), 403)


def test_the_editors_page_alone_lets_the_editor_read_what_is_pasted(lecturer: Visitor, draft: Lesson) -> None:
    policy = lecturer.get(_url(draft)).headers["Content-Security-Policy"]
    assert "trusted-types ProseMirrorClipboard" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "trusted-types 'none'" in lecturer.get("/programmes").headers["Content-Security-Policy"]
