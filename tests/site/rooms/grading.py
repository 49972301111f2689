"""Essays: a draft, one that is open and being written, one that is marked, one under codes, one that may be published."""

from datetime import timedelta
from typing import TYPE_CHECKING

from lms.core import clock, files
from lms.core.db import UnitOfWork
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading.models import EssayTask
from lms.quizzes.grading.operations import (
    CriterionInput,
    Marking,
    TaskInput,
    add_file,
    add_photos,
    begin_marking,
    close_task,
    create_task,
    give_mark,
    hand_in,
    make_covers,
    open_task,
    save_text,
)
from lms.quizzes.grading.queries import marked
from tests.pictures import png
from tests.site.rows import Endpoint, Row

if TYPE_CHECKING:
    from tests.site.fullworld import Builder

LEARNER, LECTURER, STAFF = "learner", "lecturer", "staff"
LEARNERS = (LEARNER, "other")
AGAIN = {"until": "2030-01-01T17:00", "reason": "Máy hỏng"}
TASK_DATA = {
    "title": "Bài thu hoạch",
    "typed": "y",
    "graders": "1",
    "difference_limit": "1,0",
    "first": "@account.lecturer",
    "criterion-title": "Nội dung",
    "criterion-description": "",
    "criterion-aspect": "theory",
    "criterion-most": "10",
    "revision": "1",
}


def _task(name: str) -> dict[str, str | int]:
    return {"key": f"essay.{name}"}


def _code(name: str) -> dict[str, str | int]:
    return {"key": f"essay.{name}", "code": f"essay.{name}.code"}


CLASS = {"key": "class"}
COVER = {"cover": "essay.cover"}
PHOTO = {**COVER, "page_key": "essay.photo"}
FILE = {"key": "essay.open", "page_key": "essay.file"}
ROWS: dict[Endpoint, Row] = {
    ("essays.index", "GET"): Row(CLASS),
    ("essays.new", "GET"): Row(CLASS),
    ("essays.create", "POST"): Row(CLASS, data=TASK_DATA),
    ("essays.show", "GET"): Row(_task("open")),
    ("essays.edit", "GET"): Row(_task("draft")),
    ("essays.save", "POST"): Row(_task("draft"), data=TASK_DATA),
    ("essays.start", "POST"): Row(_task("draft")),
    ("essays.close", "POST"): Row(_task("open")),
    ("essays.reopen", "POST"): Row(_task("closed")),
    ("essays.delete", "POST"): Row(_task("draft")),
    ("essays.again", "GET"): Row({**_task("open"), "account_key": "account.other"}),
    ("essays.let_again", "POST"): Row({**_task("open"), "account_key": "account.other"}, data=AGAIN),
    ("essays.covers", "POST"): Row(_task("open")),
    ("essays.photographs", "GET"): Row(_task("open")),
    ("essays.take", "POST"): Row(_task("open")),
    ("essays.cover", "GET"): Row(COVER),
    ("essays.take_more", "POST"): Row(COVER),
    ("essays.change_page", "POST"): Row(PHOTO, data={"do": "up"}),
    ("essays.hand_in_all", "POST"): Row(_task("open")),
    ("essays.hand_in_photos", "POST"): Row(COVER),
    ("essays.photo", "GET"): Row(PHOTO),
    ("essays.mine", "GET"): Row(),
    ("essays.next_one", "POST"): Row(_task("closed"), (LECTURER,)),
    ("essays.marking", "GET"): Row(_code("blind"), (LECTURER,)),
    ("essays.give", "POST"): Row(_code("closed"), (LECTURER,), {"do": "save", "comment": "Khá"}),
    ("essays.marked_file", "GET"): Row({**_code("closed"), "number": 1}, (LECTURER,)),
    ("essays.join", "POST"): Row(_task("blind")),
    ("essays.publish", "POST"): Row(_task("settled")),
    ("essays.export_marks", "GET"): Row(_task("settled"), noted=True),
    ("essays.own", "GET"): Row(),
    ("essays.work", "GET"): Row(_task("open"), LEARNERS),
    ("essays.keep", "POST"): Row(_task("open"), LEARNERS, {"text": "Bài", "revision": "1"}, status=(409,)),
    ("essays.autosave", "POST"): Row(
        _task("open"), LEARNERS, {"text": "Bài của tôi", "revision": 0}, json=True, status=(409,)
    ),
    ("essays.add_file", "POST"): Row(_task("open"), LEARNERS),
    ("essays.remove_file", "POST"): Row(FILE, (LEARNER,)),
    ("essays.own_file", "GET"): Row(FILE, (LEARNER,)),
    ("essays.ask", "GET"): Row(_task("open"), LEARNERS),
    ("essays.hand_in", "POST"): Row(_task("open"), LEARNERS),
}


def furnish(builder: "Builder") -> None:
    """The tasks, what the learner made of them, and their marks."""
    _make(builder, "draft", opened=False)
    opened = _make(builder, "open", handwritten=True)
    _write(builder, opened, LEARNER, file=True)
    _photograph(builder, opened)
    closed = _make(builder, "closed")
    _write(builder, closed, LEARNER, file=True, done=True)
    _close(builder, closed, "closed")
    blind = _make(builder, "blind", anonymous=True)
    settled = _make(builder, "settled")
    for name, task in (("blind", blind), ("settled", settled)):
        _write(builder, task, LEARNER, done=True)
        code = _close(builder, task, name)
        _mark(builder, task, code)


def _make(builder: "Builder", name: str, *, opened: bool = True, **fields: bool) -> EssayTask:
    lecturer = builder.world.actor(builder.house.people[LECTURER])
    given = TaskInput(
        title=f"Thu hoạch {name}",
        prompt="<p>Liên hệ thực tế.</p>",
        due_at=clock.now() + timedelta(days=2),
        criteria=[CriterionInput("Nội dung", "", Aspect.THEORY, 1000)],
        **fields,
    )
    with UnitOfWork():
        task = create_task(actor=lecturer, course_class=builder.course_class, given=given)
    if opened:
        with UnitOfWork():
            open_task(actor=lecturer, task=task, url=f"/my-essays/{task.public_id}")
    builder.keep(f"essay.{name}", task)
    return task


def _write(builder: "Builder", task: EssayTask, who: str, *, file: bool = False, done: bool = False) -> None:
    actor = builder.world.actor(builder.house.people[who])
    with UnitOfWork():
        save_text(actor=actor, task_key=task.public_id, text="Bài của tôi", base=0)
    if file:
        prepared = files.prepare(png(), "hinh.png")
        with UnitOfWork():
            page = add_file(actor=actor, task_key=task.public_id, prepared=prepared)
        builder.keep("essay.file" if task.handwritten else "essay.closed.file", page)
    if done:
        with UnitOfWork():
            hand_in(actor=actor, task_key=task.public_id)


def _photograph(builder: "Builder", task: EssayTask) -> None:
    staff = builder.world.actor(builder.house.people[STAFF])
    other = builder.house.people["other"]
    with UnitOfWork():
        made = make_covers(actor=staff, task=task)
    cover = next(one for one in made if one.account_id == other.id)
    prepared = files.prepare(png(), "trang.png")
    with UnitOfWork():
        add_photos(actor=staff, submission=cover, photos=[prepared])
    builder.keep("essay.cover", cover)
    builder.keep("essay.photo", cover.pages[0])


def _close(builder: "Builder", task: EssayTask, name: str) -> str:
    lecturer = builder.world.actor(builder.house.people[LECTURER])
    with UnitOfWork():
        close_task(actor=lecturer, task=task)
    with UnitOfWork():
        begin_marking(actor=lecturer, task=task)
    code = marked(task)[0].code or ""
    builder.house.ids[f"essay.{name}.code"] = code
    return code


def _mark(builder: "Builder", task: EssayTask, code: str) -> None:
    lecturer = builder.world.actor(builder.house.people[LECTURER])
    with UnitOfWork():
        give_mark(
            actor=lecturer,
            task=task,
            code=code,
            marking=Marking({one.id: 700 for one in task.criteria}, "Khá"),
        )
