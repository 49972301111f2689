"""From the opened door to the last paper."""

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import operation
from lms.core.errors import Conflict, NotAllowed
from lms.core.messages import N_
from lms.quizzes.exams import rules
from lms.quizzes.exams.models import ExamSession, ExamState
from lms.quizzes.exams.queries.progress import counts, sitters
from lms.quizzes.exams.queries.sessions import held


@operation
def start_session(*, actor: Actor, exam: ExamSession) -> None:
    """Open the door: cards can be ticked, seats stay as they are. A second time changes nothing.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: the session is over.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state is ExamState.OPEN:
        return
    if exam.state is not ExamState.PLANNED:
        raise Conflict(N_("Ca thi này đã kết thúc."))
    exam.state, exam.opened_at = ExamState.OPEN, clock.now()
    record(actor=actor, action="exam.started", subject=exam)


@operation
def end_session(*, actor: Actor, exam: ExamSession, early: bool = False) -> None:
    """Close the session once nobody writes; then the minutes are finished.

    That is when its time is over, as soon as everybody with a seat has handed in, or ``early`` by staff's word: who has
    not come by then is absent, and can't begin any more.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: it has not started, somebody may still come, or somebody is still writing.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state is not ExamState.OPEN:
        raise Conflict(N_("Ca thi này không đang diễn ra."))
    found = counts(sitters(exam))
    if not early and clock.now() < exam.ends_at and not found.all_in:
        raise Conflict(N_("Chưa đến giờ kết thúc ca thi, và chưa phải ai cũng đã nộp bài."))
    if found.writing:
        raise Conflict(
            N_("Còn %(count)s người đang làm bài. Chờ nộp xong, hoặc nộp thay ở trang theo dõi."),
            count=found.writing,
        )
    exam.state, exam.ended_at = ExamState.OVER, clock.now()
    record(
        actor=actor,
        action="exam.ended",
        subject=exam,
        data={
            "listed": found.listed,
            "present": found.present,
            "handed_in": found.handed_in,
            "early": exam.ended_at < exam.ends_at,
        },
    )
