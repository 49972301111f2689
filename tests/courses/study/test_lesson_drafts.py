"""What a lecturer typed and did not save: held on the server, offered again, gone once it is saved or given up."""

from typing import Any

import pytest
import sqlalchemy as sa

from lms.audit.queries import trail
from lms.core.actor import Role
from lms.core.db import db
from lms.courses.study.models import Lesson, LessonDraft, LessonState
from lms.courses.study.operations.lessons import LONGEST_BODY
from tests.courses.study.conftest import School
from tests.courses.study.stories import file_of, lesson_in
from tests.visitor import Visitor


def _url(lesson: Lesson, rest: str = "/edit") -> str:
    return f"/lessons/{lesson.public_id}{rest}"


def _typed(lesson: Lesson, **changes: Any) -> dict[str, Any]:
    sent = {"title": lesson.title, "html": lesson.body, "revision": lesson.revision, "done_when": "confirmed"}
    return {**sent, **changes}


def _drafts() -> list[LessonDraft]:
    return list(db.session.scalars(sa.select(LessonDraft)))


@pytest.fixture
def lecturer(school: School) -> Visitor:
    return school.visit(school.lecturer)


@pytest.fixture
def lesson(school: School) -> Lesson:
    return lesson_in(school.module, school.lecturer, "Bài soạn dở", state=LessonState.DRAFT)


@pytest.mark.database
def test_what_was_typed_survives_the_page_and_is_taken_up_again(lecturer: Visitor, lesson: Lesson) -> None:
    kept = lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Gõ</p>"))
    assert kept["kept_at"]
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, title="Tên mới", html="<p>Gõ dở dang</p>"))
    page = lecturer.get(_url(lesson)).get_data(as_text=True)
    assert "Có bản chưa lưu từ" in page
    assert "Gõ dở dang" not in page
    assert "Có bản chưa lưu" in lecturer.get(f"/modules/{lesson.module.public_id}/lessons").get_data(
        as_text=True
    )
    page = lecturer.get(_url(lesson, "/edit?draft=1")).get_data(as_text=True)
    assert "Gõ dở dang" in page
    assert 'value="Tên mới"' in page
    assert "Có bản chưa lưu từ" not in page
    assert db.session.get_one(Lesson, lesson.id).title == "Bài soạn dở"
    assert trail("lesson", lesson.id) == []


def test_saving_or_giving_up_ends_it(lecturer: Visitor, lesson: Lesson) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Một</p>"))
    lecturer.post(_url(lesson), {**_typed(lesson, html="<p>Một hai</p>"), "revision": "1"})
    assert _drafts() == []
    now = db.session.get_one(Lesson, lesson.id)
    lecturer.post_json(_url(lesson, "/draft"), _typed(now, html="<p>Ba</p>"))
    lecturer.post(_url(lesson, "/draft/drop"))
    assert _drafts() == []
    assert db.session.get_one(Lesson, lesson.id).body == "<p>Một hai</p>"


def test_what_is_stored_already_is_no_draft(lecturer: Visitor, lesson: Lesson) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Khác</p>"))
    assert lecturer.post_json(_url(lesson, "/draft"), _typed(lesson)) == {"kept_at": ""}
    assert _drafts() == []


def test_it_is_clean_and_not_too_long(lecturer: Visitor, lesson: Lesson) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>a</p><script>x()</script>", title=" "))
    assert [(one.title, one.body) for one in _drafts()] == [("", "<p>a</p>")]
    long = f"<p>{'x' * LONGEST_BODY}</p>"
    assert (
        "chia thành hai"
        in lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html=long), 422)["message"]
    )
    unfit: tuple[Any, ...] = (
        [],
        {"html": "x"},
        _typed(lesson, revision="1"),
        _typed(lesson, done_when="never"),
    )
    for wrong in unfit:
        lecturer.post_json(_url(lesson, "/draft"), wrong, 422)


def test_somebody_saved_meanwhile_and_both_are_shown(
    school: School, lecturer: Visitor, lesson: Lesson
) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Của tôi</p>"))
    other = school.visit(school.staff)
    other.post(_url(lesson), {**_typed(lesson, html="<p>Của giáo vụ</p>"), "revision": "1"})
    page = lecturer.get(_url(lesson, "/edit?draft=1")).get_data(as_text=True)
    assert "Của tôi" in page
    assert "Của giáo vụ" in page
    assert 'name="revision" value="2"' in page


def test_after_a_file_is_added_the_typed_words_stand_there_again(lecturer: Visitor, lesson: Lesson) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Gõ dở</p>"))
    answer = lecturer.post(_url(lesson, "/sources"), {"cite-source": ""})
    assert answer.location.endswith("/edit?draft=1")


def test_a_picture_in_a_draft_is_not_taken_away(school: School, lecturer: Visitor, lesson: Lesson) -> None:
    file = file_of(lesson)
    shown = f'<p>x</p><img src="/files/lessons/{file.public_id}" alt="a">'
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html=shown))
    at = _url(lesson, f"/files/{file.public_id}/remove")
    page = school.visit(school.staff).post(at, status=409).get_data(as_text=True)
    assert "Ảnh này đang nằm trong bản chưa lưu" in page
    lecturer.post(_url(lesson, "/draft/drop"))
    lecturer.post(at)


def test_save_and_publish_is_one_button(lecturer: Visitor, lesson: Lesson) -> None:
    lecturer.post(_url(lesson), {**_typed(lesson, html=""), "revision": "1", "do": "publish"})
    assert db.session.get_one(Lesson, lesson.id).state is LessonState.DRAFT
    lecturer.post(_url(lesson), {**_typed(lesson, html="<p>Đủ</p>"), "revision": "2", "do": "publish"})
    now = db.session.get_one(Lesson, lesson.id)
    assert (now.body, now.state) == ("<p>Đủ</p>", LessonState.PUBLISHED)


def test_a_deleted_lesson_takes_its_drafts_along(school: School, lecturer: Visitor, lesson: Lesson) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Gõ dở</p>"))
    school.visit(school.staff).post(_url(lesson, "/delete"))
    assert _drafts() == []


def test_a_stranger_may_not(school: School, lecturer: Visitor, lesson: Lesson, stranger: Visitor) -> None:
    lecturer.post_json(_url(lesson, "/draft"), _typed(lesson, html="<p>Chỉ của tôi</p>"))
    colleague = school.visit(school.world.person(Role.LECTURER, school.centre))
    for rest in ("/edit", "/edit?draft=1", "/preview"):
        assert "Chỉ của tôi" not in colleague.get(_url(lesson, rest)).get_data(as_text=True)
    colleague.post(_url(lesson, "/draft/drop"))
    assert len(_drafts()) == 1
    elsewhere = school.visit(school.world.person(Role.LECTURER, school.world.centre("B")))
    elsewhere.post_json(_url(lesson, "/draft"), _typed(lesson), 404)
    elsewhere.post(_url(lesson, "/draft/drop"), status=404)
    school.visit(school.learner).post_json(_url(lesson, "/draft"), _typed(lesson), 403)
    stranger.post_json(_url(lesson, "/draft"), _typed(lesson), 401)
