"""Joining codes and names (*ráp phách*), and letting learners see their marks."""

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, NotAllowed
from lms.core.messages import N_
from lms.notices.operations import notify
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionState


@operation
def join_names(*, actor: Actor, task: EssayTask) -> None:
    """Join codes and names: from now on names and marks are seen together.

    Raises:
        NotAllowed: the actor doesn't run the task's centre.
        Closed: the task has no codes, or they are joined already.
        Conflict: work still comes in, or something handed in is not settled.
    """
    queries.lock(task)
    if not rules.may_run(actor, task):
        raise NotAllowed
    if not rules.is_blind(task):
        raise Closed(N_("Bài này không đánh phách, hoặc đã ráp phách rồi."))
    _must_be_settled(task)
    task.joined_at = clock.now()
    settled = sa.select(sa.func.count()).where(
        Submission.task_id == task.id, Submission.state == SubmissionState.SETTLED
    )
    record(actor=actor, action="essay.joined", subject=task, data={"essays": db.session.scalar(settled)})


def _must_be_settled(task: EssayTask) -> None:
    if task.state is EssayState.OPEN:
        raise Conflict(N_("Bài vẫn đang nhận bài nộp. Hãy đóng nhận bài trước."))
    left = len(queries.unfinished(task))
    if left:
        raise Conflict(N_("Còn %(count)s bài chưa chấm xong."), count=left)


@operation
def publish(*, actor: Actor, task: EssayTask, url: str) -> None:
    """Let learners see mark, points and comments, and tell those who handed in; ``url`` is a learner's page.

    Raises:
        NotAllowed: the actor doesn't run the task's centre.
        Closed: it was published, or never opened.
        Conflict: work still comes in, something is not settled, or codes are not joined.
    """
    queries.lock(task)
    if not rules.may_run(actor, task):
        raise NotAllowed
    if task.state in {EssayState.DRAFT, EssayState.PUBLISHED}:
        raise Closed(N_("Bài này chưa mở, hoặc đã công bố điểm rồi."))
    _must_be_settled(task)
    if rules.is_blind(task):
        raise Conflict(N_("Bài có đánh phách. Hãy ráp phách trước khi công bố."))
    learners = db.session.scalars(
        sa.select(Submission.account_id).where(
            Submission.task_id == task.id, Submission.state == SubmissionState.SETTLED
        )
    ).all()
    if not learners:
        raise Conflict(N_("Chưa có bài nào được chấm, không có gì để công bố."))
    task.state = EssayState.PUBLISHED
    task.published_at = clock.now()
    task.published_by_id = actor.id
    task.revision += 1
    notify(
        account_ids=learners,
        text=N_("Đã có điểm bài thu hoạch: %(title)s"),
        params={"title": task.title},
        url=url,
        once=f"essay.published.{task.id}",
    )
    record(actor=actor, action="essay.published", subject=task, data={"learners": len(learners)})


@operation
def note_export(*, actor: Actor, task: EssayTask, rows: int) -> None:
    """Note that somebody took the marks away; called once the answer is made."""
    record(actor=actor, action="essay.exported", subject=task, data={"rows": rows})
