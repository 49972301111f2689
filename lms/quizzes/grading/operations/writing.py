"""What a learner does: write, add files, hand in; and staff's leave to write again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.audit.operations import record
from lms.core import clock, files, seeds
from lms.core.actor import Actor
from lms.core.db import PUBLIC_ID_LENGTH, db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed, NotFound
from lms.core.files import Prepared
from lms.core.messages import N_
from lms.core.vietnamese import clean_name, nfc
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.notices.operations import notify
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import (
    EssayState,
    EssayTask,
    Submission,
    SubmissionPage,
    SubmissionState,
)

TEXT_LENGTH = 100_000
MOST_FILES = 20
OVER = N_("Đã hết hạn nộp. Bài đang viết vẫn được giữ; muốn nộp thì báo giáo vụ mở lại.")
HANDED_IN = N_("Bài đã nộp rồi, không sửa được nữa.")


class Stale(Conflict):
    """Another window saved a newer text; ``stored`` and ``revision`` are what stands."""

    def __init__(self, stored: str, revision: int) -> None:
        super().__init__(N_("Bài này vừa được lưu từ một cửa sổ khác. Hãy chọn giữ bản nào."))
        self.stored, self.revision = stored, revision


@operation
def save_text(*, actor: Actor, task_key: str, text: str, base: int) -> Submission:
    """Keep the text that the learner wrote on top of revision ``base``.

    The same text again is no conflict, so that a save whose answer got lost may be sent once more.

    Raises:
        NotFound: the learner was not given this task.
        Closed: it was handed in, or the time is over.
        Stale: another window saved since ``base``.
        Invalid: the task takes no typed text, or the text is too long.
    """
    task, submission = _open_work(actor, task_key)
    if not task.typed:
        raise Invalid(N_("Bài này không nhận bài gõ."))
    clean = nfc(text).replace("\r\n", "\n").replace("\x00", "")
    if len(clean) > TEXT_LENGTH:
        raise Invalid(N_("Bài dài quá %(most)s chữ cái."), most=TEXT_LENGTH)
    if clean == submission.text:
        return submission
    if submission.revision != base:
        raise Stale(submission.text, submission.revision)
    submission.text = clean
    submission.revision += 1
    submission.saved_at = clock.now()
    return submission


def _open_work(actor: Actor, task_key: str) -> tuple[EssayTask, Submission]:
    """The task and the learner's own work, made if there is none, held and still open to writing."""
    task = queries.learner_task(actor.id, task_key)
    submission = own_row(task=task, account_id=actor.id)
    if submission.state is not SubmissionState.DRAFT:
        raise Closed(HANDED_IN)
    if not rules.takes_work(task, submission, clock.now()):
        raise Closed(OVER)
    return task, submission


def own_row(*, task: EssayTask, account_id: int) -> Submission:
    """The learner's row, made where there is none, locked."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {
        "public_id": seeds.token(PUBLIC_ID_LENGTH),
        "task_id": task.id,
        "account_id": account_id,
        "state": SubmissionState.DRAFT,
        "text": "",
        "handwritten": False,
        "saved_at": clock.now(),
        "revision": 0,
    }
    db.session.execute(
        insert(Submission).values(values).on_conflict_do_nothing(index_elements=["task_id", "account_id"])
    )
    return db.session.scalars(
        sa.select(Submission)
        .where(Submission.task_id == task.id, Submission.account_id == account_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


@operation
def add_file(*, actor: Actor, task_key: str, prepared: Prepared) -> SubmissionPage:
    """Put a file, already written and checked, at the end of the learner's own.

    Raises:
        Closed: it was handed in, or the time is over.
        Invalid: the task takes no files, or there are too many.
    """
    task, submission = _open_work(actor, task_key)
    if not task.uploaded:
        raise Invalid(N_("Bài này không nhận tệp."))
    if len(submission.pages) >= MOST_FILES:
        raise Invalid(N_("Mỗi bài nhiều nhất %(most)s tệp. Hãy bỏ bớt tệp cũ."), most=MOST_FILES)
    return append(submission=submission, actor=actor, prepared=prepared)


def append(*, submission: Submission, actor: Actor, prepared: Prepared) -> SubmissionPage:
    """One more page, behind the others."""
    last = max((page.position for page in submission.pages), default=0)
    page = SubmissionPage(position=last + 1, added_by_id=actor.id, added_at=clock.now())
    page.file = files.save(prepared)
    submission.pages.append(page)
    submission.saved_at = clock.now()
    db.session.flush()
    return page


@operation
def remove_file(*, actor: Actor, task_key: str, page_key: str) -> None:
    """Take a file out before handing in.

    Raises:
        NotFound: the learner has no such file.
        Closed: it was handed in, or the time is over.
    """
    _, submission = _open_work(actor, task_key)
    page = queries.page_of(submission.pages, page_key)
    submission.pages.remove(page)
    submission.saved_at = clock.now()


@operation
def hand_in(*, actor: Actor, task_key: str) -> Submission:
    """Give the work away to be marked; doing it again changes nothing.

    Raises:
        Closed: the time is over.
        Invalid: nothing was written and no file added.
    """
    task = queries.learner_task(actor.id, task_key)
    submission = own_row(task=task, account_id=actor.id)
    if submission.state is not SubmissionState.DRAFT:
        return submission
    if not rules.takes_work(task, submission, clock.now()):
        raise Closed(OVER)
    if not submission.text.strip() and not submission.pages:
        raise Invalid(N_("Bài còn trống. Hãy viết bài hoặc thêm tệp trước khi nộp."))
    submission.state = SubmissionState.HANDED_IN
    submission.handed_in_at = clock.now()
    record(actor=actor, action="essay.handed_in", subject=submission, data={"files": len(submission.pages)})
    return submission


@operation
def let_write_again(
    *, actor: Actor, task: EssayTask, account_id: int, until: datetime, reason: str, url: str
) -> None:
    """Let one learner write and hand in until then, with a reason; what was handed in becomes a draft again.

    Raises:
        NotAllowed: the actor doesn't run the task's centre.
        NotFound: the learner is not of the class.
        Closed: the essay is being marked, or the task was never opened.
        Invalid: no reason, or a moment in the past.
    """
    if not rules.may_run(actor, task):
        raise NotAllowed
    enrolled = sa.exists().where(
        Enrolment.class_id == task.class_id,
        Enrolment.account_id == account_id,
        Enrolment.state == EnrolmentState.ACTIVE,
    )
    if not db.session.scalar(sa.select(enrolled)):
        raise NotFound
    if task.state is EssayState.DRAFT:
        raise Closed(N_("Bài này chưa mở cho học viên."))
    words = clean_name(reason)
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do mở lại.")})
    if until <= clock.now():
        raise Invalid(fields={"until": N_("Hạn mới phải sau lúc này.")})
    submission = own_row(task=task, account_id=account_id)
    if submission.state is SubmissionState.SETTLED or submission.marks:
        raise Closed(N_("Bài này đã bắt đầu chấm, không mở lại được."))
    submission.state = SubmissionState.DRAFT
    submission.handed_in_at = None
    submission.code = None
    submission.extended_until = until
    notify(
        account_ids=[account_id],
        text=N_("Được viết tiếp và nộp lại bài thu hoạch: %(title)s"),
        params={"title": task.title},
        url=url,
        once=f"essay.again.{submission.id}.{until.isoformat()}",
    )
    record(actor=actor, action="essay.reopened", subject=submission, data={"reason": words, "until": until})
