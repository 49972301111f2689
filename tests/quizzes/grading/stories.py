"""A class with an essay, told by a few names and points."""

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading.models import EssayTask, Submission
from lms.quizzes.grading.operations import (
    CriterionInput,
    Marking,
    TaskInput,
    begin_marking,
    close_task,
    create_task,
    give_mark,
    hand_in,
    open_task,
    save_text,
)
from tests.visitor import Visitor
from tests.world import World

RUBRIC = (
    CriterionInput("Trình bày", "Nêu đủ ba nội dung", Aspect.THEORY, 400),
    CriterionInput("Lập luận", "", Aspect.THEORY, 200),
    CriterionInput("Liên hệ", "Có số liệu ở địa phương", Aspect.PRACTICE, 400),
)


def picture(text: str = "", *, turned: bool = False, size: tuple[int, int] = (3000, 1500)) -> bytes:
    """A JPEG photograph with a QR of ``text``; ``turned`` carries EXIF that says so, with a place in it."""
    import segno  # noqa: PLC0415  (heavy engine)
    from PIL import Image  # noqa: PLC0415  (heavy engine)

    page = Image.new("RGB", size, "white")
    if text:
        code = io.BytesIO()
        segno.make(text, error="q", micro=False).save(code, kind="png", scale=10, border=4)
        page.paste(Image.open(code).convert("RGB"), (200, 150))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
        exif[0x010E] = "CANARY-EXIF"
        exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    page.save(target, "JPEG", exif=exif)
    return target.getvalue()


def writing(text: str = "", *, blur: float = 0, torn: bool = False) -> bytes:
    """A photographed page of black strokes, with a QR of ``text`` on it; out of focus, or with a stain across the QR."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415  (heavy engine)

    page = Image.open(io.BytesIO(picture(text, size=(1200, 1600)))).convert("RGB")
    draw = ImageDraw.Draw(page)
    for line in range(800, 1500, 40):
        for stroke in range(100, 1100, 25):
            draw.line((stroke, line, stroke + 12, line - 22), fill="black", width=4)
    if torn:
        draw.rectangle((330, 280, 520, 440), fill="white")
    target = io.BytesIO()
    (page.filter(ImageFilter.GaussianBlur(blur)) if blur else page).save(target, "JPEG")
    return target.getvalue()


class EssayStory:
    """A centre, its people, a class of two learners and an open essay; more graders where they are asked for."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.centre = world.centre()
        self.unit = world.unit(parent=self.centre)
        self.staff = world.person(Role.STAFF, self.centre, "Phạm Thị Vụ")
        self.lecturer = world.person(Role.LECTURER, self.centre, "Đỗ Giảng Viên")
        self.second = world.person(Role.LECTURER, self.centre, "Vũ Chấm Hai")
        self.third = world.person(Role.LECTURER, self.centre, "Mai Chấm Ba")
        self.other = world.person(Role.LECTURER, self.centre, "Hồ Không Chấm")
        self.course_class = world.course_class(self.centre)
        self.learner = world.learner(self.unit, self.course_class, "Nguyễn Văn Đức")
        self.friend = world.learner(self.unit, self.course_class, "Trần Thị Ân")

    def visit(self, account: Account) -> Visitor:
        return Visitor(self.app).sign_in_as(account)

    def task(self, *, opened: bool = True, named: Sequence[Account] = (), **given: Any) -> EssayTask:
        """A task by the lecturer, due in two days."""
        fields = {
            "title": "Bài thu hoạch cuối khóa",
            "prompt": "<p>Trình bày và liên hệ.</p>",
            "due_at": clock.now() + timedelta(days=2),
            "criteria": RUBRIC,
            "named": dict(enumerate(named, start=1)),
            **given,
        }
        author = self.world.actor(self.lecturer)
        with UnitOfWork():
            task = create_task(actor=author, course_class=self.course_class, given=TaskInput(**fields))
        if opened:
            with UnitOfWork():
                open_task(actor=author, task=task, url=f"/my-essays/{task.public_id}")
        return task

    def double(self, limit: int = 100) -> EssayTask:
        """One under codes with two graders and a third in reserve."""
        return self.task(
            anonymous=True, graders=2, difference_limit=limit, named=[self.lecturer, self.second, self.third]
        )

    def hands_in(self, task: EssayTask, who: Account | None = None, text: str = "Bài của tôi.") -> Submission:
        actor = self.world.actor(who or self.learner)
        with UnitOfWork():
            save_text(actor=actor, task_key=task.public_id, text=text, base=0)
        with UnitOfWork():
            return hand_in(actor=actor, task_key=task.public_id)

    def closes(self, task: EssayTask) -> None:
        with UnitOfWork():
            close_task(actor=self.world.actor(self.lecturer), task=task)

    def codes(self, task: EssayTask) -> None:
        """Marking begins."""
        with UnitOfWork():
            begin_marking(actor=self.world.actor(self.lecturer), task=task)

    def points(self, task: EssayTask, *points: int) -> dict[int, int | None]:
        return {one.id: value for one, value in zip(task.criteria, points, strict=True)}

    def marks(
        self,
        task: EssayTask,
        submission: Submission,
        *points: int,
        by: Account | None = None,
        comment: str = "",
    ) -> Submission:
        code = db.session.get_one(Submission, submission.id).code
        with UnitOfWork():
            return give_mark(
                actor=self.world.actor(by or self.lecturer),
                task=task,
                code=code,
                marking=Marking(points=self.points(task, *points), comment=comment),
            )

    def work_of(self, task: EssayTask, who: Account | None = None) -> Submission:
        account = who or self.learner
        return db.session.scalars(
            sa.select(Submission).where(Submission.task_id == task.id, Submission.account_id == account.id)
        ).one()
