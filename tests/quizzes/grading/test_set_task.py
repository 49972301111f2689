"""A lecturer sets an essay: words, rubric, graders; opens, closes and reopens it."""

import pytest
import sqlalchemy as sa

from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.notices.models import Notice
from lms.quizzes.grading import operations
from lms.quizzes.grading.forms import paragraphs, plain
from lms.quizzes.grading.models import EssayState, EssayTask
from lms.quizzes.grading.operations import TaskInput
from tests.quizzes.grading.stories import RUBRIC, EssayStory


def posted(told: EssayStory, *most: str, **more: str) -> dict[str, object]:
    return {
        "title": "Bài thu hoạch",
        "prompt": "Đoạn một\n\n<b>Đoạn</b> hai",
        "due_at": "2030-01-01T17:00",
        "typed": "y",
        "graders": "1",
        "difference_limit": "1,0",
        "first": told.lecturer.public_id,
        "criterion-title": [f"Tiêu chí {n}" for n in range(len(most))],
        "criterion-description": ["" for _ in most],
        "criterion-aspect": ["theory", *("practice" for _ in most[1:])],
        "criterion-most": list(most),
        **more,
    }


def test_a_lecturer_sets_a_task_and_opens_it(told: EssayStory) -> None:
    visitor = told.visit(told.lecturer)
    key = told.course_class.public_id
    visitor.get(f"/classes/{key}/essays/new")
    visitor.post(f"/classes/{key}/essays/new", posted(told, "6", "3,75", "0,25"), 303)
    task = db.session.scalars(sa.select(EssayTask)).one()
    assert [one.most for one in task.criteria] == [600, 375, 25]
    assert task.prompt == "<p>Đoạn một</p><p>&lt;b&gt;Đoạn&lt;/b&gt; hai</p>"
    assert "Tiêu chí 0" in visitor.get(f"/essays/{task.public_id}").get_data(as_text=True)
    assert task.title in visitor.get(f"/classes/{key}/essays").get_data(as_text=True)
    visitor.get(f"/essays/{task.public_id}/edit")
    visitor.post(f"/essays/{task.public_id}/open", status=303)
    assert db.session.get_one(EssayTask, task.id).state is EssayState.OPEN
    told_to = set(db.session.scalars(sa.select(Notice.account_id)))
    assert told_to == {told.learner.id, told.friend.id}


def test_the_form_speaks_of_modules_as_the_programme_does(told: EssayStory) -> None:
    with UnitOfWork():
        told.course_class.programme.module_word = "bài"
    page = told.visit(told.lecturer).get(f"/classes/{told.course_class.public_id}/essays/new")
    assert "Thuộc bài nào" in page.get_data(as_text=True)
    assert "chuyên đề" not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("most", "says"),
    [
        (["6", "3"], "còn thiếu 1 cho đủ 10"),
        (["6", "5,25"], "thừa 1,25 so với 10"),
        (["6", "bốn"], "Điểm ở dòng 2 chưa đúng"),
        (["", ""], "ở dòng 1 phải có điểm"),
        ([], "ít nhất một tiêu chí"),
    ],
)
def test_a_rubric_that_is_not_ten_says_by_how_much(told: EssayStory, most: list[str], says: str) -> None:
    visitor = told.visit(told.lecturer)
    answer = visitor.post(f"/classes/{told.course_class.public_id}/essays/new", posted(told, *most), 422)
    assert says in answer.get_data(as_text=True)
    assert db.session.scalars(sa.select(EssayTask)).all() == []


def test_adding_a_row_keeps_what_was_typed(told: EssayStory) -> None:
    visitor = told.visit(told.lecturer)
    answer = visitor.post(
        f"/classes/{told.course_class.public_id}/essays/new", posted(told, "6", do="row"), 200
    )
    assert 'value="Tiêu chí 0"' in answer.get_data(as_text=True)


def test_two_people_who_edit_meet(told: EssayStory) -> None:
    task = told.task(opened=False)
    actor = told.world.actor(told.staff)
    given = TaskInput(title="Tên mới", criteria=RUBRIC)
    with UnitOfWork():
        operations.save_task(actor=actor, task=task, given=given, revision=1)
    with pytest.raises(Conflict), UnitOfWork():
        operations.save_task(actor=actor, task=task, given=given, revision=1)


def test_the_rubric_stands_once_a_mark_was_given(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    told.codes(task)
    told.marks(task, work, 300, 200, 300)
    actor = told.world.actor(told.lecturer)
    with UnitOfWork():
        operations.save_task(
            actor=actor,
            task=task,
            given=TaskInput(title="Tên mới", criteria=[], named={1: told.lecturer}),
            revision=task.revision,
        )
    found = db.session.get_one(EssayTask, task.id)
    assert (found.title, [one.most for one in found.criteria]) == ("Tên mới", [400, 200, 400])
    with pytest.raises(Invalid), UnitOfWork():
        operations.save_task(
            actor=actor, task=task, given=TaskInput(title="X", graders=2), revision=found.revision
        )
    with pytest.raises(Invalid), UnitOfWork():
        operations.name_graders(actor=actor, task=task, named={1: told.second})


def test_when_a_lecturer_falls_ill_staff_let_another_take_over(told: EssayStory) -> None:
    task = told.double()
    work, other = told.hands_in(task), told.hands_in(task, told.friend)
    told.closes(task)
    told.codes(task)
    told.marks(task, work, 300, 100, 300, by=told.second)
    staff = told.world.actor(told.staff)
    for named in ({1: told.second, 2: told.third}, {1: told.lecturer}):
        with pytest.raises(Invalid), UnitOfWork():
            operations.name_graders(actor=staff, task=task, named=named)
    with UnitOfWork():
        operations.name_graders(actor=staff, task=task, named={1: told.lecturer, 2: told.other})
    for essay in (work, other):
        told.marks(task, essay, 300, 100, 300)
    told.marks(task, other, 300, 100, 300, by=told.other)
    assert [told.work_of(task).mark, told.work_of(task, told.friend).mark] == [700, 700]
    given_by = {one.grader_id for one in told.work_of(task).marks}
    assert given_by == {told.lecturer.id, told.second.id}
    told.visit(told.second).get(f"/essays/{task.public_id}", 404)


def test_what_was_written_as_plain_text_comes_back() -> None:
    text = "Đoạn một\nvẫn đoạn một\n\n1 < 2 & <b>không đậm</b>"
    assert plain(paragraphs(text)) == text


def test_it_reopens_only_while_nothing_was_marked(told: EssayStory) -> None:
    task = told.task()
    work = told.hands_in(task)
    visitor = told.visit(told.lecturer)
    visitor.post(f"/essays/{task.public_id}/close", status=303)
    visitor.post(f"/essays/{task.public_id}/reopen", status=303)
    assert db.session.get_one(EssayTask, task.id).state is EssayState.OPEN
    told.closes(task)
    told.codes(task)
    told.marks(task, work, 300, 200, 300)
    with pytest.raises(Closed), UnitOfWork():
        operations.reopen_task(actor=told.world.actor(told.lecturer), task=task)


def test_a_draft_is_deleted_an_open_one_is_not(told: EssayStory) -> None:
    draft, opened = told.task(opened=False), told.task()
    visitor = told.visit(told.lecturer)
    visitor.post(f"/essays/{draft.public_id}/delete", status=303)
    visitor.post(f"/essays/{opened.public_id}/delete", status=409)
    assert [one.id for one in db.session.scalars(sa.select(EssayTask))] == [opened.id]


def test_a_stranger_may_not(told: EssayStory) -> None:
    task = told.task()
    for who in (told.other, told.world.person(Role.STAFF, told.world.centre("Nơi khác"))):
        visitor = told.visit(who)
        visitor.get(f"/essays/{task.public_id}", 404)
        visitor.get(f"/essays/{task.public_id}/edit", 404)
        visitor.post(f"/essays/{task.public_id}/close", status=404)
    assert task.title not in told.visit(told.other).get(
        f"/classes/{told.course_class.public_id}/essays"
    ).get_data(as_text=True)
    told.visit(told.learner).get(f"/essays/{task.public_id}", 403)
    with pytest.raises(NotAllowed), UnitOfWork():
        operations.close_task(actor=told.world.actor(told.other), task=task)
