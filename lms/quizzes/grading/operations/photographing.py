"""Essays written by hand: a cover page each, photographs in sequence, handed in by staff."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotAllowed
from lms.core.files import Prepared
from lms.core.messages import N_
from lms.core.ordering import moved, number_from_one
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionState
from lms.quizzes.grading.operations.writing import HANDED_IN, append, own_row

MOST_PHOTOS = 40


@operation
def make_covers(*, actor: Actor, task: EssayTask) -> list[Submission]:
    """The rows of everybody in the class, by name, made where there are none: their keys stand on the covers.

    Raises:
        NotAllowed: the actor doesn't run the task's centre.
        Invalid: the task takes no handwriting.
    """
    _must_run(actor, task)
    account_ids = db.session.scalars(
        sa.select(Enrolment.account_id)
        .where(Enrolment.class_id == task.class_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Enrolment.account_id)
    ).all()
    there = set(db.session.scalars(sa.select(Submission.account_id).where(Submission.task_id == task.id)))
    for account_id in account_ids:
        if account_id not in there:
            own_row(task=task, account_id=account_id)
    record(actor=actor, action="essay.covers", subject=task, data={"covers": len(account_ids)})
    return [
        one.submission
        for one in queries.people(task)
        if one.submission is not None and one.submission.account_id in set(account_ids)
    ]


def _must_run(actor: Actor, task: EssayTask) -> None:
    if not rules.may_run(actor, task):
        raise NotAllowed
    if not task.handwritten:
        raise Invalid(N_("Bài này không nhận bài viết tay. Hãy sửa bài và chọn thêm cách nộp này."))
    if task.state in {EssayState.DRAFT, EssayState.PUBLISHED}:
        raise Closed(N_("Chỉ in bìa và chụp bài khi bài đã mở và chưa công bố điểm."))


@operation
def add_photos(*, actor: Actor, submission: Submission, photos: Sequence[Prepared]) -> int:
    """Put photographs behind those that are there, in this order; how many pages there are now.

    Raises:
        NotAllowed: the actor doesn't run the task's centre.
        Closed: the essay was handed in.
        Invalid: there are too many pages.
    """
    held = _held(actor, submission)
    if len(held.pages) + len(photos) > MOST_PHOTOS:
        raise Invalid(N_("Mỗi bài nhiều nhất %(most)s trang."), most=MOST_PHOTOS)
    for photo in photos:
        append(submission=held, actor=actor, prepared=photo)
    held.handwritten = True
    return len(held.pages)


def _held(actor: Actor, submission: Submission) -> Submission:
    _must_run(actor, submission.task)
    held = own_row(task=submission.task, account_id=submission.account_id)
    if held.state is not SubmissionState.DRAFT:
        raise Closed(HANDED_IN)
    return held


@operation
def remove_photo(*, actor: Actor, submission: Submission, page_key: str) -> None:
    """Take one photograph out, to take it again.

    Raises:
        NotFound: there is no such page.
        Closed: the essay was handed in.
    """
    held = _held(actor, submission)
    held.pages.remove(queries.page_of(held.pages, page_key))


@operation
def move_page(*, actor: Actor, submission: Submission, page_key: str, up: bool) -> None:
    """Change places with the page before or after; at the edge nothing happens.

    Raises:
        NotFound: there is no such page.
        Closed: the essay was handed in.
    """
    held = _held(actor, submission)
    page = queries.page_of(held.pages, page_key)
    order = moved(held.pages, page, up=up)
    if order is None:
        return
    number_from_one(order)
    db.session.flush()
    db.session.expire(held, ["pages"])


@operation
def hand_in_photos(*, actor: Actor, submission: Submission) -> None:
    """The essay is whole: hand it in on the learner's behalf.

    Raises:
        Closed: it was handed in already.
        Invalid: there is no photograph.
    """
    held = _held(actor, submission)
    if not held.pages:
        raise Invalid(N_("Chưa có ảnh nào. Hãy chụp bài trước."))
    _hand_in(actor, held)


def _hand_in(actor: Actor, held: Submission) -> None:
    held.state = SubmissionState.HANDED_IN
    held.handwritten = True
    held.handed_in_at = clock.now()
    record(
        actor=actor,
        action="essay.handed_in",
        subject=held,
        data={"files": len(held.pages), "handwritten": True},
    )


@operation
def hand_in_all(*, actor: Actor, task: EssayTask) -> int:
    """Hand in whatever was photographed and is still a draft; how many.

    Raises:
        NotAllowed: the actor doesn't run the task's centre.
    """
    _must_run(actor, task)
    photographed = [
        own_row(task=task, account_id=one.account.id)
        for one in queries.people(task)
        if one.is_photographed_draft
    ]
    for held in photographed:
        _hand_in(actor, held)
    return len(photographed)
