"""Pictures are made fit, PDFs shown, other documents kept; who may not see the lesson doesn't see its files."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from lms.core import files
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import SourceDocument
from lms.courses.study.models import Lesson, LessonFile, LessonSource, LessonState
from lms.courses.study.pictures import LONGEST_SIDE, NotAPictureError, fitted
from tests.courses.study.conftest import School
from tests.courses.study.stories import file_of, lesson_in
from tests.pictures import png
from tests.visitor import Visitor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def lecturer(school: School) -> Visitor:
    return school.visit(school.lecturer)


@pytest.fixture
def lesson(school: School) -> Lesson:
    return lesson_in(school.module, school.lecturer)


def _attach(
    visitor: Visitor, lesson: Lesson, data: bytes, name: str, status: int = 302, **options: object
) -> object:
    form = {"file-file": (BytesIO(data), name), "file-title": "Tài liệu"}
    return visitor.post(
        f"/lessons/{lesson.public_id}/files", form, status, content_type="multipart/form-data", **options
    )


def _files(lesson: Lesson) -> list[LessonFile]:
    return list(db.session.scalars(sa.select(LessonFile).where(LessonFile.lesson_id == lesson.id)))


def photograph(width: int = 3000, height: int = 2000) -> bytes:
    """A photograph that lies on its side and tells where it was taken."""
    picture = Image.new("RGB", (width, height), (166, 30, 45))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CANARYCAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photograph_comes_upright_small_and_without_its_place() -> None:
    data = photograph()
    assert b"CANARYCAMERA" in data
    made = fitted(data)
    with Image.open(BytesIO(made)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1067, LONGEST_SIDE)
        assert not picture.getexif()
    assert b"CANARYCAMERA" not in made


def test_a_see_through_drawing_stays_one() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    with Image.open(BytesIO(fitted(out.getvalue()))) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGBA", (20, 10))


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\nrubbish", b"\xff\xd8\xff" + b"x" * 50, PDF, png()[:45]]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPictureError):
        fitted(data)


def test_the_editor_sends_a_picture_and_gets_its_address(lecturer: Visitor, lesson: Lesson) -> None:
    answer = _attach(lecturer, lesson, png(), "hinh.png", 200, headers={"Accept": "application/json"})
    said = answer.get_json()  # type: ignore[attr-defined]
    assert said["url"] == f"/files/lessons/{_files(lesson)[0].public_id}"
    assert _files(lesson)[0].inline
    shown = lecturer.get(said["url"])
    assert shown.mimetype == "image/png"
    assert "private" in shown.headers["Cache-Control"]


def test_a_broken_picture_is_refused_in_words(lecturer: Visitor, lesson: Lesson) -> None:
    answer = _attach(
        lecturer, lesson, b"\x89PNG\r\n\x1a\n?", "hinh.png", 422, headers={"Accept": "application/json"}
    )
    assert "Không đọc được ảnh này" in answer.get_json()["message"]  # type: ignore[attr-defined]
    assert _files(lesson) == []


def test_a_pdf_is_shown_in_the_page_and_only_there(school: School, lecturer: Visitor, lesson: Lesson) -> None:
    _attach(lecturer, lesson, PDF, "bài giảng.pdf")
    learner = school.visit(school.learner)
    page = learner.get(f"{school.learn}/{lesson.public_id}")
    assert "object-src 'self'" in page.headers["Content-Security-Policy"]
    address = f"/files/lessons/{_files(lesson)[0].public_id}"
    assert f'data="{address}#' in page.get_data(as_text=True)
    pdf = learner.get(address)
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in pdf.headers["Content-Security-Policy"]
    assert "object-src" not in learner.get(school.learn).headers["Content-Security-Policy"]


def test_another_document_is_kept_and_not_opened_here(lecturer: Visitor, lesson: Lesson) -> None:
    _attach(lecturer, lesson, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "de-cuong.doc")
    answer = lecturer.get(f"/files/lessons/{_files(lesson)[0].public_id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("data", [b"MZ\x90\x00", b"<html><script>alert(1)</script>", b"<svg xmlns='x'/>"])
def test_what_lessons_do_not_take_is_refused(lecturer: Visitor, lesson: Lesson, data: bytes) -> None:
    _attach(lecturer, lesson, data, "tep.pdf")
    assert _files(lesson) == []
    assert "không phải PDF" in lecturer.get(f"/lessons/{lesson.public_id}/edit").get_data(as_text=True)


def test_a_picture_in_the_text_is_not_taken_away(school: School, lecturer: Visitor) -> None:
    lesson = lesson_in(school.module, school.lecturer)
    file, loose = file_of(lesson), file_of(lesson)
    with UnitOfWork():
        lesson.body = f'<img src="/files/lessons/{file.public_id}" alt="">'
    at = f"/lessons/{lesson.public_id}/files"
    page = lecturer.post(f"{at}/{file.public_id}/remove", status=409).get_data(as_text=True)
    assert "Ảnh này đang nằm trong bài" in page
    assert "Lưu bài học" in page
    lecturer.post(f"{at}/{loose.public_id}/remove")
    assert [one.id for one in _files(lesson)] == [file.id]


def test_files_open_to_whoever_may_see_the_lesson(school: School, lesson: Lesson, stranger: Visitor) -> None:
    world = school.world
    published = f"/files/lessons/{file_of(lesson).public_id}"
    draft = f"/files/lessons/{file_of(lesson_in(school.module, school.lecturer, state=LessonState.DRAFT)).public_id}"
    learner = school.visit(school.learner)
    learner.get(published)
    learner.get(draft, 404)
    school.visit(school.lecturer).get(draft)
    school.visit(world.learner(school.centre)).get(published, 404)
    school.visit(world.learner(school.centre, world.course_class(school.centre))).get(published, 404)
    school.visit(world.person(Role.LECTURER, world.centre("B"))).get(published, 404)
    stranger.get(published, 302)


def test_a_lesson_cites_documents_with_their_place(school: School, lecturer: Visitor, lesson: Lesson) -> None:
    other = school.world.centre("B")
    with UnitOfWork():
        document = SourceDocument(
            unit_id=school.centre.id, code="QD37", number="37-QĐ/TW", title="Quy định 37"
        )
        foreign = SourceDocument(unit_id=other.id, code="X", title="Của trung tâm khác")
        db.session.add_all([document, foreign])
    offered = lecturer.page(f"/lessons/{lesson.public_id}/edit").xpath("//select[@name='cite-source']/option")
    assert [one.text for one in offered[1:]] == ["Quy định 37 (37-QĐ/TW)"]
    at = f"/lessons/{lesson.public_id}/sources"
    lecturer.post(at, {"cite-source": document.public_id, "cite-place": "Điều 3"})
    lecturer.post(at, {"cite-source": document.public_id, "cite-place": "Điều 4"})
    lecturer.post(at, {"cite-source": foreign.public_id, "cite-place": "Điều 5"})
    assert [one.note for one in db.session.scalars(sa.select(LessonSource))] == ["Điều 4"]
    read = school.visit(school.learner).get(f"{school.learn}/{lesson.public_id}").get_data(as_text=True)
    assert "Điều 4, Quy định 37 (37-QĐ/TW)" in read
    lecturer.post(f"{at}/{document.public_id}/drop")
    assert list(db.session.scalars(sa.select(LessonSource))) == []


def test_the_bytes_are_those_of_the_fitted_picture(lecturer: Visitor, lesson: Lesson) -> None:
    _attach(lecturer, lesson, photograph(), "anh.jpg")
    stored = _files(lesson)[0].file
    assert b"CANARYCAMERA" not in files.open_bytes(stored)
