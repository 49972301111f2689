"""The register of source documents: entered by lecturers too, replaced, and what cites a replaced one is listed."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import SourceDocument
from lms.courses.catalogue.operations.documents import _follows, _issued
from lms.courses.study.models import LessonSource
from tests.courses.study.stories import lesson_in, module_of
from tests.visitor import Visitor
from tests.world import World


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre("Trung tâm Chính trị A")


@pytest.fixture
def lecturer(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.LECTURER, centre))


def _document(centre: Unit, code: str, **fields: object) -> SourceDocument:
    with UnitOfWork():
        made = SourceDocument(unit_id=centre.id, code=code, title=f"Quy định {code}", **fields)
        db.session.add(made)
    return made


def _form(document: SourceDocument, **changes: str) -> dict[str, str]:
    return {"title": document.title, "code": document.code, **changes}


def test_a_lecturer_enters_a_document(lecturer: Visitor) -> None:
    data = {
        "title": "Quy định về những điều đảng viên không được làm",
        "number": "37-QĐ/TW",
        "issued": "25/10/2021",
    }
    lecturer.post(
        "/sources/new", {**data, "issuer": "Ban Chấp hành Trung ương", "in_force_from": "2021-10-25"}
    )
    made = db.session.scalars(sa.select(SourceDocument)).one()
    assert (made.code, made.issued) == ("VB1", "2021-10-25")
    page = lecturer.page(f"/sources/{made.public_id}").text_content()
    assert "37-QĐ/TW" in page
    assert "25/10/2021" in page
    assert "37-QĐ/TW" in lecturer.get("/sources?q=dang+vien").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("19/01/2011", "2011-01-19"),
        ("9/1/2011", "2011-01-09"),
        ("10/1947", "1947-10"),
        ("1927", "1927"),
        ("", ""),
        ("2011-01-19", "2011-01-19"),
        ("31/02/2011", None),
        ("hôm qua", None),
        ("13/2011", None),
    ],
)
def test_a_day_of_issue_is_as_exact_as_is_known(typed: str, stored: str | None) -> None:
    assert _issued(typed) == stored


def test_what_cites_a_replaced_document_has_to_be_looked_at(
    lecturer: Visitor, world: World, centre: Unit
) -> None:
    old, new = _document(centre, "QD47", number="47-QĐ/TW"), _document(centre, "QD37", number="37-QĐ/TW")
    lesson = lesson_in(module_of(world.course_class(centre).programme), world.person(Role.LECTURER, centre))
    with UnitOfWork():
        db.session.add(LessonSource(lesson_id=lesson.id, source_document_id=old.id, note="Điều 3"))
    assert "Không có chỗ nào cần rà soát" in lecturer.get("/sources/stale").get_data(as_text=True)
    lecturer.post(f"/sources/{old.public_id}/edit", _form(old, replaced_by=new.public_id))
    stale = lecturer.page("/sources/stale").text_content()
    assert lesson.title in stale
    assert "Điều 3" in stale
    assert "37-QĐ/TW" in stale
    assert "1 chỗ trích dẫn" in lecturer.get("/sources").get_data(as_text=True)
    assert lesson.title in lecturer.get(f"/sources/{old.public_id}").get_data(as_text=True)


def test_two_documents_do_not_replace_each_other(lecturer: Visitor, centre: Unit) -> None:
    old, new = _document(centre, "A"), _document(centre, "B")
    lecturer.post(f"/sources/{old.public_id}/edit", _form(old, replaced_by=new.public_id))
    answer = lecturer.post(f"/sources/{new.public_id}/edit", _form(new, replaced_by=old.public_id), 422)
    assert "không thể thay thế lẫn nhau" in answer.get_data(as_text=True)
    assert _follows(old.id, old.id)
    assert not _follows(new.id, old.id)


def test_bad_input_is_named(lecturer: Visitor, centre: Unit) -> None:
    _document(centre, "A")
    answer = lecturer.post("/sources/new", {"title": " ", "issued": "mai", "code": "a"}, 422)
    text = answer.get_data(as_text=True)
    assert "Hãy nhập tên văn bản" in text
    again = lecturer.post("/sources/new", {"title": "X", "issued": "mai", "code": "a"}, 422)
    said = again.get_data(as_text=True)
    assert "mang mã này" in said
    assert "Ngày ban hành chưa đúng" in said


def test_a_document_of_the_province_is_read_and_not_corrected(app: Flask, world: World) -> None:
    province = world.unit("Tỉnh ủy")
    centre = world.unit("Trung tâm A", province)
    document = _document(province, "T1")
    lecturer = Visitor(app).sign_in_as(world.person(Role.LECTURER, centre))
    lecturer.get(f"/sources/{document.public_id}")
    lecturer.get(f"/sources/{document.public_id}/edit", 404)


def test_a_stranger_may_not(app: Flask, world: World, centre: Unit, stranger: Visitor) -> None:
    document = _document(centre, "A")
    stranger.get("/sources", 302)
    elsewhere = Visitor(app).sign_in_as(world.person(Role.LECTURER, world.centre("Trung tâm B")))
    elsewhere.get(f"/sources/{document.public_id}", 404)
    elsewhere.post(f"/sources/{document.public_id}/edit", _form(document), 404)
    learner = Visitor(app).sign_in_as(world.learner(centre))
    learner.get("/sources", 403)
