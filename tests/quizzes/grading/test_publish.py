"""Codes and names are joined, marks published; only then a learner sees them."""

import io

import openpyxl
import pytest
import sqlalchemy as sa

from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import Conflict, NotAllowed
from lms.notices.models import Notice
from lms.quizzes.grading import operations, queries
from lms.quizzes.grading.models import EssayState, EssayTask
from lms.quizzes.grading.queries import EssayMarks
from tests.quizzes.grading.stories import EssayStory


def test_a_learner_sees_mark_points_and_comment_only_after_publication(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    told.codes(task)
    told.marks(task, work, 325, 150, 300, comment="CANARY-NHAN-XET")
    told.closes(task)
    mine = told.visit(told.learner)
    url = f"/my-essays/{task.public_id}"
    page = mine.get(url).get_data(as_text=True)
    assert "CANARY" not in page
    assert "7,75" not in page
    staff = told.visit(told.staff)
    asked = staff.get(f"/essays/{task.public_id}").get_data(as_text=True)
    assert "1 người không nộp bài" in asked
    staff.post(f"/essays/{task.public_id}/publish", status=303)
    page = mine.get(url).get_data(as_text=True)
    assert "CANARY-NHAN-XET" in page
    assert "7,75" in page
    assert "3,25 / 4,0" in page
    titles = db.session.scalars(sa.select(Notice).where(Notice.once.startswith("essay.published"))).all()
    assert [one.account_id for one in titles] == [told.learner.id]
    assert told.visit(told.friend).get(url).get_data(as_text=True).find("CANARY") == -1


def test_nothing_is_published_while_something_waits(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    told.hands_in(task, told.friend)
    told.codes(task)
    told.marks(task, work, 300, 100, 300)
    actor = told.world.actor(told.staff)
    with pytest.raises(Conflict, match="đóng nhận bài"), UnitOfWork():
        operations.publish(actor=actor, task=task, url="/")
    told.closes(task)
    with pytest.raises(Conflict, match="Còn 1 bài"), UnitOfWork():
        operations.publish(actor=actor, task=task, url="/")
    with pytest.raises(NotAllowed), UnitOfWork():
        operations.publish(actor=told.world.actor(told.lecturer), task=task, url="/")
    assert db.session.get_one(EssayTask, task.id).state is EssayState.CLOSED


def test_under_codes_names_are_joined_first_and_by_staff_alone(told: EssayStory) -> None:
    task = told.double()
    work = told.hands_in(task)
    told.closes(task)
    told.codes(task)
    told.marks(task, work, 300, 100, 300)
    staff = told.visit(told.staff)
    page = staff.get(f"/essays/{task.public_id}").get_data(as_text=True)
    assert "Nguyễn Văn Đức" in page
    assert told.work_of(task).code not in page
    assert "7,0" not in page
    staff.post(f"/essays/{task.public_id}/join", status=303)
    assert db.session.get_one(EssayTask, task.id).joined_at is None  # one grader has yet to mark
    told.marks(task, work, 400, 100, 300, by=told.second)
    ids = ([task.id], [told.learner.id, told.friend.id])
    assert queries.essay_marks(*ids) == {}
    with pytest.raises(Conflict, match="ráp phách"), UnitOfWork():
        operations.publish(actor=told.world.actor(told.staff), task=task, url="/")
    told.visit(told.lecturer).post(f"/essays/{task.public_id}/join", status=403)
    staff.post(f"/essays/{task.public_id}/join", status=303)
    page = staff.get(f"/essays/{task.public_id}").get_data(as_text=True)
    assert "7,0 · 8,0" in page
    assert queries.essay_marks(*ids) == {
        (task.id, told.learner.id): EssayMarks(mark=750, theory=750, practice=750, published=False)
    }
    staff.post(f"/essays/{task.public_id}/publish", status=303)
    assert queries.essay_marks(*ids)[task.id, told.learner.id].published


def test_the_workbook_has_marks_as_numbers(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    told.codes(task)
    told.marks(task, work, 325, 150, 300)
    answer = told.visit(told.staff).get(f"/essays/{task.public_id}/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert [row[1] for row in rows] == ["Trần Thị Ân", "Nguyễn Văn Đức"]
    assert rows[1][6:9] == [7.92, 7.5, 7.75]
    assert rows[0][8] is None


def test_marks_are_asked_in_one_statement(told: EssayStory) -> None:
    assert queries.essay_marks([], []) == {}


def test_a_stranger_may_not(told: EssayStory) -> None:
    task = told.task()
    elsewhere = told.visit(told.world.person(Role.STAFF, told.world.centre("Nơi khác")))
    elsewhere.post(f"/essays/{task.public_id}/publish", status=404)
    elsewhere.post(f"/essays/{task.public_id}/join", status=404)
    elsewhere.get(f"/essays/{task.public_id}/export.xlsx", 404)
    told.visit(told.lecturer).post(f"/essays/{task.public_id}/publish", status=403)
