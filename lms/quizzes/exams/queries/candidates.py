"""Candidates: those of a session, one person's, and what delivery asks."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account
from lms.core import vietnamese
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.messages import N_, Message
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.delivery.places import Place
from lms.quizzes.exams.models import Admission, Candidate, ExamRoom, ExamSession, ExamState
from lms.quizzes.papers.models import Assessment

SITTING = (Admission.LISTED, Admission.ADMITTED)
OBSTACLES = {
    Admission.BARRED: N_("Không đủ điều kiện dự thi. %(reason)s. Hãy gặp giáo vụ."),
    Admission.WAITING: N_("Chưa có tên trong danh sách dự thi, đang chờ giáo vụ xét."),
    Admission.REFUSED: N_("Không được dự ca thi này. %(reason)s. Hãy gặp giáo vụ."),
}
ENDED = N_("Ca thi đã kết thúc, không vào thi được nữa. Hãy gặp giáo vụ.")
BEFORE_END = (ExamState.PLANNED, ExamState.OPEN)
UNLISTED = N_("Chưa có tên trong danh sách dự thi. Hãy báo cán bộ coi thi hoặc giáo vụ.")
UNCHECKED = N_("Cán bộ coi thi chưa đối chiếu giấy tờ. Hãy đưa giấy tờ cho cán bộ coi thi ở cửa phòng.")


def _full() -> sa.Select[Candidate]:
    return (
        sa.select(Candidate)
        .join(Candidate.account)
        .options(
            contains_eager(Candidate.account).joinedload(Account.unit),
            joinedload(Candidate.enrolment).joinedload(Enrolment.unit),
            joinedload(Candidate.room),
        )
    )


def candidates(exam_id: int, *, room_id: int | None = None, text: str = "") -> Sequence[Candidate]:
    """The session's candidates in the order of their numbers, with name, unit and room; one statement.

    ``text`` is looked for in names, tones and marks left out, and in numbers.
    """
    chosen = _full().where(Candidate.session_id == exam_id)
    if room_id is not None:
        chosen = chosen.where(Candidate.room_id == room_id)
    words = vietnamese.search_key(text).split()
    if words:
        by_name = sa.and_(*(Account.search_key.contains(word, autoescape=True) for word in words))
        by_number = sa.func.lower(Candidate.number).contains("".join(words), autoescape=True)
        chosen = chosen.where(sa.or_(by_name, by_number))
    return db.session.scalars(chosen.order_by(Candidate.position, Candidate.id)).all()


def candidate_in(exam: ExamSession, key: str) -> Candidate:
    """The session's candidate of this public id.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(_full().where(Candidate.session_id == exam.id, Candidate.public_id == key))
    if found is None:
        raise NotFound
    return found


def candidate_of(assessment_id: int, account_id: int) -> Candidate | None:
    """A person's place in the sessions of an assessment, with room: the one with a seat, else the latest."""
    found = db.session.scalars(
        sa.select(Candidate)
        .join(ExamSession, ExamSession.id == Candidate.session_id)
        .options(joinedload(Candidate.room))
        .where(ExamSession.assessment_id == assessment_id, Candidate.account_id == account_id)
        .order_by(Candidate.admission.in_(SITTING).desc(), Candidate.id.desc())
    )
    return found.first()


def place_of(assessment_id: int, account_id: int) -> Place | None:
    """What delivery asks of a learner: number, room, seat and what stands in the way; one statement."""
    row = db.session.execute(
        sa.select(
            Candidate.number,
            Candidate.seat,
            Candidate.admission,
            Candidate.reason,
            Candidate.card_checked_at,
            ExamRoom.name,
            ExamSession.card_required,
            ExamSession.state,
        )
        .select_from(ExamSession)
        .outerjoin(
            Candidate, sa.and_(Candidate.session_id == ExamSession.id, Candidate.account_id == account_id)
        )
        .outerjoin(ExamRoom, ExamRoom.id == Candidate.room_id)
        .where(ExamSession.assessment_id == assessment_id)
        .order_by(
            sa.case((Candidate.admission.in_(SITTING), 0), (Candidate.id.is_not(None), 1), else_=2),
            ExamSession.id.desc(),
        )
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Place(row.number or "", row.name or "", row.seat, _obstacle(row))


def _obstacle(row: Any) -> Message | None:
    if row.admission is None:
        return Message(UNLISTED)
    if row.admission in OBSTACLES:
        return Message(OBSTACLES[row.admission], {"reason": row.reason.rstrip(".")})
    if row.state not in BEFORE_END:
        return Message(ENDED)
    if row.card_required and row.card_checked_at is None:
        return Message(UNCHECKED)
    return None


def numbers_of(assessment_id: int) -> tuple[dict[int, str], set[int]]:
    """Candidate numbers of an assessment by account id, and who has a seat; one statement."""
    rows = db.session.execute(
        sa.select(Candidate.account_id, Candidate.number, Candidate.admission)
        .join(ExamSession, ExamSession.id == Candidate.session_id)
        .where(ExamSession.assessment_id == assessment_id, Candidate.number.is_not(None))
        .order_by(Candidate.id)
    ).all()
    return (
        {row.account_id: row.number for row in rows},
        {row.account_id for row in rows if row.admission in SITTING},
    )


def listed_elsewhere(assessment_id: int, exam_id: int | None) -> set[int]:
    """Account ids that another session of the assessment has a seat or a bar for."""
    elsewhere = (
        sa.select(Candidate.account_id)
        .join(ExamSession)
        .where(
            ExamSession.assessment_id == assessment_id,
            Candidate.admission.in_((*SITTING, Admission.BARRED)),
        )
    )
    if exam_id is not None:
        elsewhere = elsewhere.where(ExamSession.id != exam_id)
    return set(db.session.scalars(elsewhere))


def seats_needed(course_class: CourseClass, assessment: Assessment) -> int:
    """How many of the class no session of the assessment has listed yet; who will be barred is among them."""
    return unlisted(course_class, assessment.id, None)


def unlisted(course_class: CourseClass, assessment_id: int, exam_id: int | None) -> int:
    """How many of the class stand neither on this session's list nor, seated or barred, on another's; one statement."""
    listed = (
        sa.exists()
        .where(Candidate.account_id == Enrolment.account_id, Candidate.session_id == ExamSession.id)
        .where(ExamSession.assessment_id == assessment_id)
        .where(sa.or_(ExamSession.id == exam_id, Candidate.admission.in_((*SITTING, Admission.BARRED))))
    )
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Enrolment)
            .where(Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE, ~listed)
        )
        or 0
    )


def learners(course_class: CourseClass) -> Sequence[Enrolment]:
    """The active enrolments of a class in the order of names; one statement."""
    return db.session.scalars(
        sa.select(Enrolment)
        .join(Enrolment.account)
        .where(Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE)
        .options(contains_eager(Enrolment.account))
        .order_by(Account.sort_key, Account.id)
    ).all()
