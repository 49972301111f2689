"""Computing the result of a class, and moving the class to another version of its regulation."""

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotFound
from lms.core.messages import N_
from lms.core.vietnamese import clean_name
from lms.courses.classes.models import CourseClass
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.class_results.queries import changed, gather, reckon, rows_of
from lms.results.class_results.turns import CLOSED, lock, must_keep
from lms.results.regulations.models import ClassRegulation, RegulationVersion
from lms.results.regulations.operations import settle_version
from lms.results.regulations.queries import content_of

REASON_LENGTH = 300


@operation
def compute(*, actor: Actor, course_class: CourseClass) -> ClassResult:
    """Form the result of everybody in the class anew, as a draft; remarks stay. A checked one has to be checked again.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Conflict: no regulation, no sources, or nobody in the class.
        Closed: it was signed or published.
    """
    must_keep(actor, course_class)
    result = lock(course_class)
    if result is not None and result.state in {ResultState.SIGNED, ResultState.PUBLISHED}:
        raise Closed(CLOSED[result.state])
    version = settle_version(actor=actor, course_class=course_class)
    gathered = gather(course_class)
    if not gathered.sources:
        raise Conflict(N_("Chưa chọn nguồn điểm cho các thành phần. Mở “Nguồn điểm” và lưu trước."))
    if not gathered.learners:
        raise Conflict(N_("Lớp chưa có học viên nên chưa có gì để tính."))
    outcomes = reckon(gathered, content_of(version))
    rows = rows_of(course_class.id, result.id if result else None)
    differing = changed(rows, outcomes)
    if result is None:
        result = ClassResult(class_id=course_class.id)
        db.session.add(result)
    result.version_id, result.state = version.id, ResultState.DRAFT
    result.computed_at, result.computed_by_id = clock.now(), actor.id
    result.checked_at = result.checked_by_id = result.signed_at = result.signed_by_id = None
    db.session.flush()
    remarks = {row.enrolment_id: row.remark for row in rows}
    db.session.execute(sa.delete(LearnerResult).where(LearnerResult.class_result_id == result.id))
    db.session.execute(
        sa.insert(LearnerResult),
        [
            {
                "class_result_id": result.id,
                "enrolment_id": number,
                "mark": one.mark,
                "theory": one.theory,
                "practice": one.practice,
                "band": one.band,
                "band_title": one.band_title,
                "passed": one.passed,
                "path": one.path,
                "remark": remarks.get(number, ""),
            }
            for number, one in outcomes.items()
        ],
    )
    data = {"learners": len(outcomes), "changed": len(differing), "version": version.number}
    record(actor=actor, action="class_result.computed", subject=result, data=data)
    return result


@operation
def move_to_version(*, actor: Actor, course_class: CourseClass, version_key: str, reason: str) -> None:
    """Let the class follow another version of its regulation, with the reason; possible only before signing.

    A computed result becomes a draft that has to be computed anew.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Closed: the result was signed or published.
        NotFound: no such version of the class's regulation.
        Conflict: the class follows it already, or has no regulation.
        Invalid: no reason was given.
    """
    must_keep(actor, course_class)
    result = lock(course_class)
    if result is not None and result.state in {ResultState.SIGNED, ResultState.PUBLISHED}:
        raise Closed(CLOSED[result.state])
    now = settle_version(actor=actor, course_class=course_class)
    wanted = db.session.scalar(
        sa.select(RegulationVersion).where(
            RegulationVersion.public_id == version_key, RegulationVersion.regulation_id == now.regulation_id
        )
    )
    if wanted is None:
        raise NotFound
    if wanted.id == now.id:
        raise Conflict(N_("Lớp đang theo phiên bản này rồi."))
    words = clean_name(reason)[:REASON_LENGTH]
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do chuyển phiên bản.")})
    own = db.session.get_one(ClassRegulation, course_class.id)
    own.version_id, own.set_at, own.set_by_id, own.reason = wanted.id, clock.now(), actor.id, words
    if result is not None:
        result.state = ResultState.DRAFT
        result.checked_at = result.checked_by_id = None
    data = {"from": now.number, "to": wanted.number, "reason": words}
    record(actor=actor, action="class_result.version_moved", subject=course_class, data=data)
