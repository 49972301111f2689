"""Opening a task to learners, closing it, opening it again, and taking away one that nobody saw."""

from datetime import datetime

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotAllowed
from lms.core.messages import N_
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.notices.operations import notify
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import EssayState, EssayTask, Submission


@operation
def open_task(*, actor: Actor, task: EssayTask, url: str) -> None:
    """Give the task to the learners of the class and tell them; ``url`` is its page for a learner.

    Raises:
        Closed: it is no draft.
        Invalid: the rubric is unfinished, the due time is over, or a grader is missing.
    """
    queries.lock(task)
    _must_edit(actor, task)
    if task.state is not EssayState.DRAFT:
        raise Closed(N_("Bài này đã mở rồi."))
    _check_due(task.due_at)
    turns = {one.turn for one in task.graders_named}
    if not set(range(1, task.graders + 1)) <= turns:
        raise Invalid(N_("Chưa phân công đủ người chấm. Hãy sửa bài và chọn người chấm trước."))
    task.state = EssayState.OPEN
    task.revision += 1
    learners = db.session.scalars(
        sa.select(Enrolment.account_id).where(
            Enrolment.class_id == task.class_id, Enrolment.state == EnrolmentState.ACTIVE
        )
    ).all()
    notify(
        account_ids=learners,
        text=N_("Có bài thu hoạch mới: %(title)s"),
        params={"title": task.title},
        url=url,
        once=f"essay.opened.{task.id}",
    )
    record(actor=actor, action="essay.opened", subject=task)


def _check_due(due_at: datetime | None) -> None:
    if due_at is not None and due_at <= clock.now():
        raise Invalid(N_("Hạn nộp đã qua. Hãy sửa hạn nộp trước khi mở."))


def _must_edit(actor: Actor, task: EssayTask) -> None:
    if not rules.may_edit(actor, task):
        raise NotAllowed


@operation
def close_task(*, actor: Actor, task: EssayTask) -> None:
    """Take no more work; drafts stay as they are.

    Raises:
        Closed: it is not open.
    """
    queries.lock(task)
    _must_edit(actor, task)
    if task.state is not EssayState.OPEN:
        raise Closed(N_("Bài này đang không nhận bài."))
    task.state = EssayState.CLOSED
    task.revision += 1
    record(actor=actor, action="essay.closed", subject=task)


@operation
def reopen_task(*, actor: Actor, task: EssayTask) -> None:
    """Take work again, while nothing was marked.

    Raises:
        Closed: it is not closed, or marking has begun.
        Invalid: the due time is over.
    """
    queries.lock(task)
    _must_edit(actor, task)
    if task.state is not EssayState.CLOSED:
        raise Closed(N_("Chỉ mở lại được bài đã đóng."))
    if queries.marks_begun(task):
        raise Closed(N_("Đã bắt đầu chấm, không mở lại cho cả lớp được. Có thể mở lại cho từng người."))
    _check_due(task.due_at)
    task.state = EssayState.OPEN
    task.revision += 1
    record(actor=actor, action="essay.opened", subject=task)


@operation
def delete_task(*, actor: Actor, task: EssayTask) -> None:
    """Take away a task that learners have not seen.

    Raises:
        Closed: it was opened.
    """
    queries.lock(task)
    _must_edit(actor, task)
    made = db.session.scalar(sa.select(sa.exists().where(Submission.task_id == task.id)))
    if task.state is not EssayState.DRAFT or made:
        raise Closed(N_("Học viên đã thấy bài này, không xóa được."))
    record(actor=actor, action="essay.deleted", subject=task, data={"title": task.title})
    db.session.delete(task)
