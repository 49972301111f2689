"""Graders mark beside the rubric, alone or two under codes; marks settle, are corrected with a reason."""

import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core import files
from lms.core.db import UnitOfWork, db
from lms.core.errors import Closed, Conflict, Invalid, NotFound
from lms.quizzes.grading import operations, queries
from lms.quizzes.grading.models import EssayMark, EssayTask, Submission, SubmissionState
from lms.quizzes.grading.operations import Marking
from tests.counting import counted
from tests.quizzes.grading.stories import EssayStory
from tests.quizzes.grading.test_write_and_hand_in import PDF, docx


def fields(told: EssayStory, task: EssayTask, *texts: str, **more: str) -> dict[str, str]:
    return {**{f"points-{one.id}": text for one, text in zip(task.criteria, texts, strict=True)}, **more}


def test_one_grader_marks_and_it_is_settled_at_once(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task, text="<script>alert(1)</script> Liên hệ xã tôi")
    visitor = told.visit(told.lecturer)
    assert "Chấm bài tiếp" in visitor.get("/essays/marking").get_data(as_text=True)
    url = visitor.post(f"/essays/{task.public_id}/next", status=303).headers["Location"]
    page = visitor.get(url).get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    visitor.post(url, fields(told, task, "3,5", "", "", do="save", comment="Khá"), 303)
    assert 'value="3,5"' in visitor.get(url).get_data(as_text=True)
    assert "Chưa cho điểm" in visitor.post(url, fields(told, task, "3,5", "1", "", do="give"), 422).get_data(
        as_text=True
    )
    wrong = visitor.post(url, fields(told, task, "4,25", "1", "3", do="give"), 422).get_data(as_text=True)
    assert "Điểm từ 0 đến 4" in wrong
    assert "Điểm viết bằng số" in visitor.post(
        url, fields(told, task, "3,125", "1", "3", do="give"), 422
    ).get_data(as_text=True)
    visitor.post(url, fields(told, task, "3,5", "1", "3,25", do="give", comment="Khá"), 303)
    settled = db.session.get_one(Submission, work.id)
    assert settled.state is SubmissionState.SETTLED
    assert (settled.mark, settled.theory, settled.practice) == (775, 750, 813)  # 4,5/6 and 3,25/4 of ten
    visitor.post(url, fields(told, task, "1", "1", "1", do="give"), 409)
    assert "7,75" in visitor.get(f"/essays/{task.public_id}").get_data(as_text=True)


def test_a_correction_needs_a_reason_and_keeps_the_first_mark(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    told.codes(task)
    told.marks(task, work, 300, 100, 300)
    url = f"/essays/{task.public_id}/marking/{told.work_of(task).code}"
    visitor = told.visit(told.lecturer)
    assert "Lý do sửa điểm" in visitor.post(
        url, fields(told, task, "4", "1", "3", do="correct"), 422
    ).get_data(as_text=True)
    visitor.post(url, fields(told, task, "4", "1", "3", do="correct", reason="Cộng nhầm"), 303)
    visitor.post(url, fields(told, task, "4", "2", "3", do="correct", reason="Cộng nhầm lần nữa"), 303)
    found = told.work_of(task)
    assert (found.mark, found.first_mark) == (900, 700)
    events = db.session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "essay.corrected").order_by(AuditEvent.id)
    ).all()
    assert [(one.data["before"], one.data["after"], one.data["reason"]) for one in events] == [
        (700, 800, "Cộng nhầm"),
        (800, 900, "Cộng nhầm lần nữa"),
    ]


def test_two_near_marks_settle_as_their_mean(told: EssayStory) -> None:
    task = told.double()
    work = told.hands_in(task)
    told.closes(task)
    told.codes(task)
    told.marks(task, work, 300, 200, 300)
    assert told.work_of(task).state is SubmissionState.HANDED_IN
    told.marks(task, work, 325, 200, 300, by=told.second)
    found = told.work_of(task)
    assert (found.state, found.mark, found.theory) == (SubmissionState.SETTLED, 813, 854)


def test_marks_too_far_apart_go_to_a_third_who_decides(told: EssayStory) -> None:
    task = told.double()
    work = told.hands_in(task)
    told.closes(task)
    told.codes(task)
    third = told.world.actor(told.third)
    code = told.work_of(task).code
    told.marks(task, work, 400, 200, 400)
    with pytest.raises(NotFound), UnitOfWork():
        operations.save_mark(actor=third, task=task, code=code, marking=Marking({}, ""))
    assert queries.waiting(task, 3) == []
    told.marks(task, work, 200, 200, 200, by=told.second)
    assert told.work_of(task).state is SubmissionState.HANDED_IN
    assert "lệch quá" in told.visit(told.staff).get(f"/essays/{task.public_id}").get_data(as_text=True)
    assert [one.code for one in queries.waiting(task, 3)] == [code]
    told.marks(task, work, 300, 100, 300, by=told.third)
    assert told.work_of(task).mark == 700
    with pytest.raises(NotFound), UnitOfWork():
        operations.correct_mark(
            actor=told.world.actor(told.other), task=task, code=code, marking=Marking({}, ""), reason="x"
        )


def test_a_correction_may_not_part_the_two(told: EssayStory) -> None:
    task = told.double()
    work = told.hands_in(task)
    told.closes(task)
    told.codes(task)
    for who in (told.lecturer, told.second):
        told.marks(task, work, 300, 100, 300, by=who)
    with pytest.raises(Conflict), UnitOfWork():
        operations.correct_mark(
            actor=told.world.actor(told.lecturer),
            task=task,
            code=told.work_of(task).code,
            marking=Marking(told.points(task, 400, 200, 400), ""),
            reason="Chấm nhầm",
        )
    assert told.work_of(task).mark == 700
    assert told.work_of(task).first_mark is None


def test_under_codes_a_grader_learns_nothing_of_the_learner(told: EssayStory) -> None:
    task = told.double()
    actor = told.world.actor(told.learner)
    told.hands_in(task, told.friend)
    for name, data in (("Nguyen Van Duc.pdf", PDF), ("Nguyen Van Duc.docx", docx())):
        prepared = files.prepare(data, name)
        with UnitOfWork():
            operations.add_file(actor=actor, task_key=task.public_id, prepared=prepared)
    work = told.hands_in(task)
    with pytest.raises(Closed), UnitOfWork():
        operations.begin_marking(actor=told.world.actor(told.lecturer), task=task)
    told.closes(task)
    told.codes(task)
    visitor = told.visit(told.lecturer)
    code = told.work_of(task).code
    url = f"/essays/{task.public_id}/marking/{code}"
    handed_in = db.session.get_one(Submission, work.id).handed_in_at
    telling = ["Nguyễn Văn Đức", "Nguyen Van Duc", told.learner.public_id, work.public_id, told.unit.name]
    telling.append(told.work_of(task).pages[0].public_id)
    for address in (url, f"/essays/{task.public_id}", "/essays/marking"):
        page = visitor.get(address).get_data(as_text=True)
        assert [one for one in telling if one in page] == [], address
        assert f"{handed_in:%H:%M}" not in re.sub(
            r"<details class=\"mt-4\">.*", "", page, flags=re.DOTALL
        ) or (address != url)
    for number in (1, 2):
        answer = visitor.get(f"{url}/files/{number}")
        said = f"{answer.headers} ".encode() + answer.data
        assert b"Duc" not in said
        assert "Đức".encode() not in said
    with zipfile.ZipFile(io.BytesIO(visitor.get(f"{url}/files/2").data)) as opened:
        assert b"".join(opened.read(one) for one in opened.namelist()).find("Đức".encode()) == -1
    visitor.get(f"{url}/files/3", 404)
    visitor.get(f"/essays/{task.public_id}/export.xlsx", 403)


def test_two_graders_see_each_others_marks_only_at_the_end(told: EssayStory) -> None:
    task = told.double()
    work = told.hands_in(task)
    told.closes(task)
    told.codes(task)
    url = f"/essays/{task.public_id}/marking/{told.work_of(task).code}"
    told.marks(task, work, 312, 123, 321, comment="CANARY-NHAN-XET")
    second = told.visit(told.second)
    for address in (url, f"/essays/{task.public_id}"):
        page = second.get(address).get_data(as_text=True)
        assert "7,56" not in page
        assert "CANARY" not in page
    told.marks(task, work, 300, 100, 300, by=told.second)
    assert "7,56" in second.get(url).get_data(as_text=True)


def test_codes_come_from_no_order(told: EssayStory) -> None:
    task = told.task()
    for place in range(12):
        learner = told.world.learner(told.unit, told.course_class, f"Người {place}")
        told.hands_in(task, learner)
    told.codes(task)
    codes = [one.code for one in queries.marked(task)]
    assert len(set(codes)) == 12
    by_id = db.session.scalars(
        sa.select(Submission.code).where(Submission.task_id == task.id).order_by(Submission.id)
    ).all()
    assert list(by_id) != sorted(by_id)
    with UnitOfWork():
        assert operations.begin_marking(actor=told.world.actor(told.lecturer), task=task) == 0


def test_points_outside_a_criterion_never_get_in(told: EssayStory) -> None:
    task = told.task()
    told.hands_in(task)
    told.codes(task)
    for points in ((401, 0, 0), (-1, 0, 0)):
        with pytest.raises(Invalid), UnitOfWork():
            operations.save_mark(
                actor=told.world.actor(told.lecturer),
                task=task,
                code=told.work_of(task).code,
                marking=Marking(told.points(task, *points), ""),
            )
    assert db.session.scalars(sa.select(EssayMark)).all() == []


def test_the_marking_page_costs_the_same_for_one_and_for_many(told: EssayStory) -> None:
    task = told.task()
    told.hands_in(task)
    told.codes(task)
    visitor = told.visit(told.lecturer)
    url = f"/essays/{task.public_id}/marking/{told.work_of(task).code}"
    visitor.get(url)  # what is remembered between requests is remembered
    counts: dict[str, list[int]] = {}
    for more in (0, 30):
        for place in range(more):
            told.hands_in(task, told.world.learner(told.unit, told.course_class, f"Người {place}"))
        for address in (url, f"/essays/{task.public_id}", "/essays/marking"):
            with counted() as statements:
                visitor.get(address)
            counts.setdefault(address, []).append(len(statements))
    assert all(few == many <= 12 for few, many in counts.values()), counts


def test_a_stranger_may_not(told: EssayStory) -> None:
    task = told.task()
    told.hands_in(task)
    told.codes(task)
    code = told.work_of(task).code
    for who in (told.other, told.staff):
        visitor = told.visit(who)
        visitor.get(f"/essays/{task.public_id}/marking/{code}", 404)
        visitor.post(f"/essays/{task.public_id}/marking/{code}", fields(told, task, "1", "1", "1"), 404)
        visitor.post(f"/essays/{task.public_id}/next", status=404)
    told.visit(told.learner).get(f"/essays/{task.public_id}/marking/{code}", 403)
    told.visit(told.lecturer).get(f"/essays/{task.public_id}/marking/00000x", 404)


def test_essays_under_codes_are_offered_only_once_they_are_closed(told: EssayStory) -> None:
    task = told.double()
    told.hands_in(task)
    visitor = told.visit(told.lecturer)
    page = f"/essays/{task.public_id}"
    assert "Chấm bài tiếp" not in visitor.get(page).get_data(as_text=True)
    told.closes(task)
    assert "Chấm bài tiếp" in visitor.get(page).get_data(as_text=True)
