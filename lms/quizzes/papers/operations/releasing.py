"""From a draft to something learners sit, and away again."""

from lms.audit.operations import record
from lms.auth.units.queries import is_small_centre
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.notices.operations import notify
from lms.quizzes.papers import queries, rules
from lms.quizzes.papers.checking import lines_of, release_problems, shortfalls
from lms.quizzes.papers.models import Assessment, AssessmentState
from lms.quizzes.papers.pool import freeze_pool

REASON_LENGTH = 2000
OWN = N_("Người soạn không tự phát hành bài kiểm tra của mình. Nhờ một lãnh đạo khác đồng ý.")
INCOMPLETE = N_("Đề chưa phát hành được. Làm xong những việc ghi ở dưới rồi bấm lại.")
SHORT = N_("Ngân hàng chưa đủ câu cho ma trận này nên chưa phát hành được. Xem các ô còn thiếu ở dưới.")


@operation
def submit_assessment(*, actor: Actor, assessment: Assessment, revision: int) -> None:
    """Ask a leader to release a draft that could be released as it is.

    Raises:
        Invalid: it couldn't.
        Conflict: it was changed since ``revision``.
    """
    queries.lock(assessment.id)
    small = is_small_centre(assessment.unit)
    if not rules.may_submit(actor, assessment, small_centre=small):
        raise NotAllowed
    _must_be_ready(assessment, revision)
    assessment.submitted_at = clock.now()
    assessment.review_note = ""
    record(actor=actor, action="assessment.submitted", subject=assessment, data={"revision": revision})


@operation
def return_assessment(*, actor: Actor, assessment: Assessment, reason: str) -> None:
    """Send a submitted draft back to its author with a reason."""
    queries.lock(assessment.id)
    if not rules.may_return(actor, assessment):
        raise NotAllowed
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do, để người soạn biết cần sửa gì.")})
    assessment.submitted_at = None
    assessment.review_note = reason
    record(actor=actor, action="assessment.returned", subject=assessment, data={"reason": reason})


@operation
def release_assessment(*, actor: Actor, assessment: Assessment, revision: int) -> None:
    """Freeze the pool and let learners in when the window opens.

    Raises:
        NotAllowed: somebody else has to release it.
        Invalid: the bank can't fill the blueprint, or the window is wrong.
        Conflict: it was changed since ``revision``, or released already.
    """
    queries.lock(assessment.id)
    if assessment.state is not AssessmentState.DRAFT:
        raise Conflict(N_("Đề này đã phát hành rồi."))
    small = is_small_centre(assessment.unit)
    if not rules.may_release(actor, assessment, small_centre=small):
        raise NotAllowed(OWN if rules.is_author(actor, assessment) else None)
    _must_be_ready(assessment, revision)
    assessment.pool = freeze_pool(assessment)
    assessment.state = AssessmentState.RELEASED
    assessment.released_at = clock.now()
    assessment.released_by_id = actor.id
    assessment.review_note = ""
    record(
        actor=actor,
        action="assessment.released",
        subject=assessment,
        data={"revision": revision, "pool": len(assessment.pool["items"])},
    )
    notify(
        account_ids=queries.learners_of(assessment),
        text=N_("Có bài mới: %(title)s, lớp %(course_class)s."),
        params={"title": assessment.title, "course_class": assessment.course_class.title},
        url=f"/assessments/{assessment.public_id}",
        once=f"assessment.released:{assessment.id}:{revision}",
    )


@operation
def withdraw_release(*, actor: Actor, assessment: Assessment) -> None:
    """Make a released assessment a draft again, as long as nobody has begun.

    Raises:
        Conflict: somebody has.
    """
    queries.lock(assessment.id)
    if not rules.may_withdraw(actor, assessment):
        raise NotAllowed
    if queries.attempts_begun(assessment.id):
        raise Conflict(N_("Đã có người vào làm nên không thu hồi được nữa."))
    assessment.state = AssessmentState.DRAFT
    assessment.pool = None
    assessment.released_at = None
    assessment.released_by_id = None
    assessment.submitted_at = None
    assessment.revision += 1
    record(actor=actor, action="assessment.withdrawn", subject=assessment)


@operation
def archive_assessment(*, actor: Actor, assessment: Assessment) -> None:
    """Put an assessment away that is over; its results stay."""
    queries.lock(assessment.id)
    if not rules.may_archive(actor, assessment, clock.now()):
        raise NotAllowed(N_("Chỉ cất được đề đã hết giờ làm, hoặc đề luyện tập."))
    assessment.state = AssessmentState.ARCHIVED
    record(actor=actor, action="assessment.archived", subject=assessment)


def _must_be_ready(assessment: Assessment, revision: int) -> None:
    if assessment.revision != revision:
        raise Conflict(N_("Đề vừa được sửa. Hãy xem lại rồi quyết định."))
    problems = release_problems(assessment, clock.now())
    if problems:
        raise Invalid(INCOMPLETE)
    if shortfalls(lines_of(assessment), assessment.bank_id):
        raise Invalid(SHORT)
