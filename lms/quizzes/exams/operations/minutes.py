"""Incidents, and the minutes from the first word to a recorded correction."""

from collections.abc import Mapping
from datetime import datetime

from lms.audit.operations import record
from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.exams import rules
from lms.quizzes.exams.models import ExamIncident, ExamSession, ExamState
from lms.quizzes.exams.queries.candidates import candidate_in, candidate_of
from lms.quizzes.exams.queries.minutes import TEXTS, corrections, present_facts, texts
from lms.quizzes.exams.queries.progress import sitters
from lms.quizzes.exams.queries.sessions import held

LONGEST = 4000
TAKEN_IN = N_("Giáo vụ nộp bài thay: %(reason)s")
LOCKED = N_("Biên bản đã chốt. Muốn sửa thì đính chính và ghi lý do.")


@operation
def note_incident(
    *, actor: Actor, exam: ExamSession, text: str, candidate_key: str = "", at: datetime | None = None
) -> ExamIncident:
    """Note what happened, now or at ``at``, perhaps with the candidate concerned.

    Raises:
        NotAllowed: the actor doesn't read the class.
        NotFound: no such candidate.
        Closed: the session has not started, or its minutes are locked.
        Invalid: nothing is written, or it lies ahead.
    """
    exam = held(exam.id)
    if not rules.may_read(actor, exam.course_class.unit.path):
        raise NotAllowed
    if not rules.takes_incidents(exam):
        raise Closed(N_("Chỉ ghi sự việc khi ca thi đang diễn ra hoặc chưa chốt biên bản."))
    words = _clean(text)
    moment = clock.now()
    if not words:
        raise Invalid(fields={"text": N_("Hãy ghi sự việc.")})
    if at is not None and at > moment:
        raise Invalid(fields={"at": N_("Giờ xảy ra không thể ở phía trước.")})
    noted = ExamIncident(
        session_id=exam.id,
        candidate_id=candidate_in(exam, candidate_key).id if candidate_key else None,
        at=at or moment,
        text=words,
        noted_by_id=actor.id,
    )
    db.session.add(noted)
    record(actor=actor, action="exam.incident", subject=exam, data={"text": words})
    return noted


def note_taken_in(*, attempt: Attempt, actor: Actor, reason: str) -> None:
    """Staff handed in for a candidate of a session that runs: an incident, so that the minutes say so."""
    candidate = candidate_of(attempt.assessment_id, attempt.account_id)
    if candidate is None or not rules.takes_incidents(candidate.exam_session):
        return
    db.session.add(
        ExamIncident(
            session_id=candidate.session_id,
            candidate_id=candidate.id,
            at=attempt.closed_at or clock.now(),
            text=_clean(str(Message(TAKEN_IN, {"reason": reason}))),
            noted_by_id=actor.id,
        )
    )


def _clean(text: str) -> str:
    return vietnamese.nfc(text.replace("\x00", "")).strip()[:LONGEST]


@operation
def save_minutes(*, actor: Actor, exam: ExamSession, written: Mapping[str, str]) -> None:
    """Keep what was written so far.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Closed: the minutes are locked.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state is ExamState.MINUTED:
        raise Closed(LOCKED)
    exam.minutes = {**(exam.minutes or {}), "texts": {name: _clean(written.get(name, "")) for name in TEXTS}}


@operation
def lock_minutes(*, actor: Actor, exam: ExamSession) -> None:
    """Lock the minutes with the facts as they stand.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: the session isn't over, or its minutes are locked already.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state is ExamState.MINUTED:
        raise Conflict(N_("Biên bản đã chốt rồi."))
    if exam.state is not ExamState.OVER:
        raise Conflict(N_("Hãy kết thúc ca thi trước khi chốt biên bản."))
    found = present_facts(exam, sitters(exam))
    exam.minutes = {"texts": texts(exam), "facts": found, "corrections": []}
    exam.state, exam.minuted_at, exam.minuted_by_id = ExamState.MINUTED, clock.now(), actor.id
    record(actor=actor, action="exam.minuted", subject=exam, data=found["counts"])


@operation
def correct_minutes(*, actor: Actor, exam: ExamSession, written: Mapping[str, str], reason: str) -> None:
    """Correct what was written in locked minutes; the words before, who and why stay with it. The facts stay.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        Conflict: the minutes aren't locked.
        Invalid: no reason, or nothing is different.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if exam.state is not ExamState.MINUTED:
        raise Conflict(N_("Biên bản chưa chốt, cứ sửa thẳng."))
    why = vietnamese.clean_name(reason)[:LONGEST]
    before = texts(exam)
    after = {name: _clean(written.get(name, "")) for name in TEXTS}
    if not why:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do đính chính.")})
    if before == after:
        raise Invalid(N_("Nội dung chưa khác bản đã chốt."))
    made = {"at": clock.now().isoformat(), "by": actor.full_name, "reason": why, "before": before}
    exam.minutes = {**(exam.minutes or {}), "texts": after, "corrections": [*corrections(exam), made]}
    record(actor=actor, action="exam.minutes_corrected", subject=exam, data={"reason": why, "before": before})
