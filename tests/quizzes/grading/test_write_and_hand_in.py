"""A learner writes, saves, adds files and hands in; nothing is lost after the due time."""

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core import clock, files
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import Closed, Invalid
from lms.core.stored_file import StoredFile
from lms.quizzes.grading import operations, queries
from lms.quizzes.grading.activity import ESSAY
from lms.quizzes.grading.models import EssayTask, SubmissionState
from tests.quizzes.grading.stories import EssayStory, picture

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def docx() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", '<w:p w:author="Nguyễn Văn Đức"/>')
        made.writestr("docProps/core.xml", "<creator>Nguyễn Văn Đức</creator>")
    return target.getvalue()


def test_from_the_page_to_the_receipt_without_scripts(told: EssayStory) -> None:
    task = told.task()
    visitor = told.visit(told.learner)
    url = f"/my-essays/{task.public_id}"
    assert "Trình bày và liên hệ." in visitor.get(url).get_data(as_text=True)
    visitor.post(url, {"text": "Bài viết của tôi", "revision": "0"}, 303)
    assert "Bài viết của tôi" in visitor.get(url).get_data(as_text=True)
    answer = visitor.post(url, {"text": "Bài viết xong", "revision": "1", "do": "hand-in"}, 303)
    asked = visitor.get(answer.headers["Location"]).get_data(as_text=True)
    assert "3 chữ" in asked
    assert "không sửa được nữa" in asked
    visitor.post(f"{url}/hand-in", status=303)
    assert "Nộp lúc" in visitor.get(url).get_data(as_text=True)
    assert told.work_of(task).text == "Bài viết xong"
    visitor.get("/my-essays")
    assert ESSAY.done([task.public_id], [told.learner.id, told.friend.id]) == {
        (task.public_id, told.learner.id)
    }


def test_autosave_counts_revisions_and_shows_a_newer_text(told: EssayStory) -> None:
    task = told.task()
    visitor = told.visit(told.learner)
    url = f"/my-essays/{task.public_id}/save"
    assert visitor.post_json(url, {"text": "một", "revision": 0})["revision"] == 1
    assert visitor.post_json(url, {"text": "một", "revision": 0})["revision"] == 1  # the answer got lost
    stale = visitor.post_json(url, {"text": "hai", "revision": 0}, 409)
    assert (stale["error"], stale["text"], stale["revision"]) == ("stale", "một", 1)
    assert visitor.post_json(url, {"text": "hai", "revision": 1})["revision"] == 2
    visitor.post_json(url, {"text": 5}, 422)
    visitor.post_json(url, {"text": "x" * 100_001, "revision": 2}, 422)
    both = visitor.post(f"/my-essays/{task.public_id}", {"text": "ba", "revision": "0"}, 409).get_data(
        as_text=True
    )
    assert "hai" in both
    assert "ba" in both


def test_files_are_known_by_what_they_hold(told: EssayStory) -> None:
    task = told.task()
    visitor = told.visit(told.learner)
    url = f"/my-essays/{task.public_id}"
    sent = [
        (io.BytesIO(PDF), "bai.pdf"),
        (io.BytesIO(docx()), "bai.docx"),
        (io.BytesIO(picture(turned=True)), "anh.jpg"),
        (io.BytesIO(b"MZ virus"), "bai-2.pdf"),
        (io.BytesIO(b""), "rong.pdf"),
    ]
    visitor.post(f"{url}/files", {"files": sent}, 303, content_type="multipart/form-data")
    page = visitor.get(url).get_data(as_text=True)
    assert "không phải Word" in page
    assert "rỗng" in page
    pages = queries.submission_of(task.id, told.learner.id).pages
    assert [one.file.name for one in pages] == ["bai.pdf", "bai.docx", "anh.jpg"]
    got = visitor.get(f"{url}/files/{pages[0].public_id}")
    assert got.data == PDF
    photo = files.open_bytes(pages[2].file)
    assert b"CANARY-EXIF" not in photo
    visitor.post(f"{url}/files/{pages[0].public_id}/remove", status=303)
    assert len(queries.submission_of(task.id, told.learner.id).pages) == 2
    friend = told.visit(told.friend)
    friend.get(f"{url}/files/{pages[1].public_id}", 404)
    told.visit(told.staff).get(f"{url}/files/{pages[1].public_id}", 403)


def test_too_many_files_are_refused(told: EssayStory, monkeypatch: pytest.MonkeyPatch) -> None:
    task = told.task()
    actor = told.world.actor(told.learner)
    monkeypatch.setattr(operations.writing, "MOST_FILES", 1)
    for name in ("một.pdf", "hai.pdf"):
        prepared = files.prepare(PDF, name)
        if name == "hai.pdf":
            with pytest.raises(Invalid), UnitOfWork():
                operations.add_file(actor=actor, task_key=task.public_id, prepared=prepared)
        else:
            with UnitOfWork():
                operations.add_file(actor=actor, task_key=task.public_id, prepared=prepared)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 1


def test_nothing_written_is_not_handed_in(told: EssayStory) -> None:
    task = told.task()
    with pytest.raises(Invalid), UnitOfWork():
        operations.hand_in(actor=told.world.actor(told.learner), task_key=task.public_id)


def test_after_the_due_time_the_draft_stays_until_staff_reopen_it(told: EssayStory) -> None:
    task = told.task()
    visitor = told.visit(told.learner)
    url = f"/my-essays/{task.public_id}"
    visitor.post_json(f"{url}/save", {"text": "viết dở", "revision": 0})
    with UnitOfWork():
        db.session.get_one(EssayTask, task.id).due_at = clock.now() - timedelta(minutes=1)
    assert visitor.post_json(f"{url}/save", {"text": "trễ", "revision": 1}, 409)["error"] == "closed"
    late = visitor.post(url, {"text": "bản trễ", "revision": "1"}, 409).get_data(as_text=True)
    assert "bản trễ" in late  # what was typed is shown, to be copied
    visitor.post(f"{url}/hand-in", status=409)
    page = visitor.get(url).get_data(as_text=True)
    assert "Đã hết hạn nộp" in page
    assert "viết dở" in page
    staff = told.visit(told.staff)
    again = f"/essays/{task.public_id}/again/{told.learner.public_id}"
    staff.get(again)
    staff.post(again, {"until": "2030-01-01T10:00", "reason": " "}, 422)
    staff.post(again, {"until": "2001-01-01T10:00", "reason": "Ốm"}, 422)
    staff.post(again, {"until": "2030-01-01T10:00", "reason": "Ốm, có giấy"}, 303)
    visitor.post(f"{url}/hand-in", status=303)
    assert told.work_of(task).state is SubmissionState.HANDED_IN
    told.visit(told.friend).post(f"/my-essays/{task.public_id}/hand-in", status=409)


def test_whoever_handed_in_may_be_let_write_again_until_marking_begins(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    actor = told.world.actor(told.staff)
    again = {
        "actor": actor,
        "task": task,
        "account_id": told.learner.id,
        "until": clock.now() + timedelta(days=1),
        "reason": "Nộp nhầm tệp",
        "url": "/",
    }
    with UnitOfWork():
        operations.let_write_again(**again)
    assert told.work_of(task).state is SubmissionState.DRAFT
    assert told.work_of(task).text == "Bài của tôi."
    with UnitOfWork():
        operations.hand_in(actor=told.world.actor(told.learner), task_key=task.public_id)
    told.codes(task)
    told.marks(task, work, 100, 100, 100)
    with pytest.raises(Closed), UnitOfWork():
        operations.let_write_again(**again)


def test_a_stranger_may_not(told: EssayStory) -> None:
    task, draft = told.task(), told.task(opened=False)
    elsewhere = told.world.learner(told.unit, told.world.course_class(told.centre))
    visitor = told.visit(elsewhere)
    visitor.get(f"/my-essays/{task.public_id}", 404)
    visitor.post_json(f"/my-essays/{task.public_id}/save", {"text": "x", "revision": 0}, 404)
    visitor.post(f"/my-essays/{task.public_id}/hand-in", status=404)
    told.visit(told.learner).get(f"/my-essays/{draft.public_id}", 404)
    told.visit(told.lecturer).get(f"/my-essays/{task.public_id}", 403)
    told.visit(told.lecturer).get(f"/essays/{task.public_id}/again/{told.learner.public_id}", 403)
    unit = told.world.person(Role.UNIT, told.unit)
    told.visit(unit).get(f"/my-essays/{task.public_id}", 403)
