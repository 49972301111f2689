"""At the door: cards, and people who are not on the list."""

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.courses.classes.operations import enrol_called
from lms.quizzes.exams import rules, seating
from lms.quizzes.exams.models import Admission, Candidate, ExamSession
from lms.quizzes.exams.operations.places import Telling, seat_latecomers, tell
from lms.quizzes.exams.queries.candidates import candidate_in, candidates
from lms.quizzes.exams.queries.places import next_number, next_position
from lms.quizzes.exams.queries.sessions import held

NOT_OPEN = N_("Ca thi không đang diễn ra. Bấm Bắt đầu ca thi trước khi đối chiếu giấy tờ.")
WHY = N_("Hãy ghi lý do, để đưa vào biên bản.")
REASON_LENGTH = 300


def _reason(text: str) -> str:
    words = vietnamese.clean_name(text)[:REASON_LENGTH]
    if not words:
        raise Invalid(fields={"reason": WHY})
    return words


@operation
def check_card(*, actor: Actor, exam: ExamSession, key: str) -> Candidate:
    """Tick that the identity card was compared; a second tick changes nothing.

    Raises:
        NotAllowed: the actor doesn't read the class.
        NotFound: no such candidate.
        Closed: the session isn't open.
        Conflict: the person may not sit.
    """
    exam = held(exam.id)
    if not rules.may_read(actor, exam.course_class.unit.path):
        raise NotAllowed
    if not rules.takes_cards(exam):
        raise Closed(NOT_OPEN)
    candidate = candidate_in(exam, key)
    if candidate.admission not in rules.SITS:
        raise Conflict(N_("Người này chưa được vào thi. Hãy chờ giáo vụ hoặc lãnh đạo đồng ý."))
    if candidate.card_checked_at is None:
        candidate.card_checked_at, candidate.card_checked_by_id = clock.now(), actor.id
    return candidate


@operation
def uncheck_card(*, actor: Actor, exam: ExamSession, key: str, reason: str) -> None:
    """Take a tick back, with a reason that is recorded.

    Raises:
        NotAllowed: the actor doesn't read the class.
        NotFound: no such candidate.
        Closed: the session isn't open.
        Invalid: no reason.
    """
    exam = held(exam.id)
    if not rules.may_read(actor, exam.course_class.unit.path):
        raise NotAllowed
    if not rules.takes_cards(exam):
        raise Closed(NOT_OPEN)
    candidate = candidate_in(exam, key)
    words = _reason(reason)
    if candidate.card_checked_at is None:
        return
    candidate.card_checked_at = candidate.card_checked_by_id = None
    record(
        actor=actor,
        action="exam.card_unchecked",
        subject=exam,
        data={"number": candidate.number, "reason": words},
    )


@operation
def note_unlisted(*, actor: Actor, exam: ExamSession, account: Account) -> Candidate:
    """Note that somebody who is not on the list stands at the door and waits for a word.

    Raises:
        NotAllowed: the actor doesn't read the class.
        Closed: the session is over.
        Conflict: the person is on the list already.
    """
    exam = held(exam.id)
    if not rules.may_read(actor, exam.course_class.unit.path):
        raise NotAllowed
    if not rules.takes_people(exam):
        raise Closed(N_("Ca thi đã kết thúc, không nhận thêm người."))
    known = next((one for one in candidates(exam.id) if one.account_id == account.id), None)
    if known is not None and rules.is_listed(known):
        raise Conflict(N_("%(name)s đã có trong danh sách ca thi này."), name=account.full_name)
    if known is None:
        known = Candidate(
            session_id=exam.id,
            account_id=account.id,
            enrolment_id=_enrolment_id(exam, account.id),
            position=next_position(exam),
        )
        db.session.add(known)
    known.admission = Admission.WAITING
    record(actor=actor, action="exam.unlisted", subject=exam, data={"account": account.public_id})
    return known


@operation
def admit(*, actor: Actor, exam: ExamSession, key: str, reason: str, telling: Telling) -> Candidate:
    """Let somebody sit who was barred, refused or waits: a number unless there is one, a free seat, and a reason.

    Who is not in the class is enrolled in it, since only its learners can open the paper.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        NotFound: no such candidate.
        Closed: the session is over.
        Conflict: the person has a seat, or none is free.
        Invalid: no reason, or the person can't be enrolled.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    if not rules.takes_people(exam):
        raise Closed(N_("Ca thi đã kết thúc, không nhận thêm người."))
    candidate = candidate_in(exam, key)
    if not rules.can_be_admitted(exam, candidate):
        raise Conflict(N_("Người này đã được vào thi."))
    words = _reason(reason)
    _enrol(actor, exam, candidate)
    was, because = candidate.admission, candidate.reason
    if candidate.number is None:
        candidate.number = seating.number_text(exam.number_prefix, next_number(exam))
    candidate.admission, candidate.reason = Admission.ADMITTED, words
    db.session.flush()
    seat_latecomers(exam, [candidate])
    record(
        actor=actor,
        action="exam.admitted",
        subject=exam,
        data={"number": candidate.number, "was": was.value, "because": because, "reason": words},
    )
    tell(exam=exam, telling=telling)
    return candidate


def _enrol(actor: Actor, exam: ExamSession, candidate: Candidate) -> None:
    enrolled = candidate.enrolment
    if enrolled is None or enrolled.state is not EnrolmentState.ACTIVE:
        code = next((name.value for name in candidate.account.names if name.kind.value == "code"), "")
        try:
            enrol_called(actor=actor, course_class=exam.course_class, typed=code)
        except Invalid:
            raise Invalid(
                fields={
                    "reason": N_(
                        "Không ghi danh người này vào lớp được: không phải học viên đang dùng tài khoản của trung tâm."
                    )
                }
            ) from None
        db.session.flush()
    candidate.enrolment_id = _enrolment_id(exam, candidate.account_id)


def _enrolment_id(exam: ExamSession, account_id: int) -> int | None:
    return db.session.scalar(
        sa.select(Enrolment.id).where(Enrolment.class_id == exam.class_id, Enrolment.account_id == account_id)
    )


@operation
def refuse(*, actor: Actor, exam: ExamSession, key: str, reason: str) -> None:
    """Send away somebody who waits at the door, with a reason.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        NotFound: no such candidate.
        Conflict: the person doesn't wait.
        Invalid: no reason.
    """
    exam = held(exam.id)
    if not rules.may_keep(actor, exam.course_class.unit.path):
        raise NotAllowed
    candidate = candidate_in(exam, key)
    if not rules.can_be_refused(exam, candidate):
        raise Conflict(N_("Người này không chờ xét ở ca thi này."))
    candidate.admission, candidate.reason = Admission.REFUSED, _reason(reason)
    record(
        actor=actor,
        action="exam.refused",
        subject=exam,
        data={"account": candidate.account.public_id, "reason": candidate.reason},
    )
