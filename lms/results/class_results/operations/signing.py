"""From the draft to what learners see: checked, signed, published — and back, with a reason."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.auth.units.queries import is_small_centre
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.core.vietnamese import after_class, clean_name
from lms.courses.classes.models import CourseClass, Enrolment
from lms.notices.operations import notify
from lms.results.class_results import rules
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.class_results.queries import class_result_in, leaders_over, missing_rolls
from lms.results.class_results.turns import existing, must_be_fresh, must_keep

NOTE_LENGTH = 1000


def _tell(result: ClassResult, course_class: CourseClass, text: str, account_ids: Sequence[int]) -> None:
    """A notice to those who work on the result, once for each turn of it."""
    notify(
        account_ids=account_ids,
        text=text,
        params={"title": after_class(course_class.title)},
        url=f"/classes/{course_class.public_id}/result",
        once=f"class_result.{result.public_id}.{clock.now().isoformat()}",
    )


@operation
def check(*, actor: Actor, course_class: CourseClass) -> None:
    """The word of staff that the computed figures are right; the centre's leaders are told.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Conflict: it is no draft, or marks have changed since it was computed.
    """
    must_keep(actor, course_class)
    result = existing(course_class)
    if result.state is not ResultState.DRAFT:
        raise Conflict(N_("Kết quả này không còn là bản nháp. Hãy tải lại trang."))
    must_be_fresh(course_class, result)
    result.state, result.checked_at, result.checked_by_id = ResultState.CHECKED, clock.now(), actor.id
    result.returned_note = ""
    record(actor=actor, action="class_result.checked", subject=result, data=_rolls(course_class))
    leaders = [one for one in leaders_over(course_class.unit) if one != actor.id]
    _tell(result, course_class, N_("Kết quả lớp %(title)s chờ ký."), leaders)


@operation
def reopen(*, actor: Actor, course_class: CourseClass) -> None:
    """Take the word back before it is signed, to correct something.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Conflict: it isn't waiting for a signature.
    """
    must_keep(actor, course_class)
    result = existing(course_class)
    if result.state is not ResultState.CHECKED:
        raise Conflict(N_("Chỉ mở lại được kết quả đang chờ ký."))
    _to_draft(result)
    record(actor=actor, action="class_result.reopened", subject=result)


@operation
def sign(*, actor: Actor, course_class: CourseClass, aware: bool = False) -> None:
    """The leader's signature. ``aware``: the leader was told that rolls are missing and signs all the same.

    Raises:
        NotAllowed: the actor is no leader here, or checked it himself where the centre isn't small.
        Conflict: it isn't waiting for a signature, marks have changed, or rolls are missing and the leader isn't aware.
    """
    unit = course_class.unit
    if not actor.holds(unit.path, *rules.SIGNERS):
        raise NotAllowed
    result = existing(course_class)
    if result.state is not ResultState.CHECKED:
        raise Conflict(N_("Kết quả này không chờ ký. Hãy tải lại trang."))
    if not rules.may_sign(actor, unit.path, result, small=is_small_centre(unit)):
        raise NotAllowed(N_("Người đã kiểm tra thì không ký. Giám đốc hoặc phó giám đốc khác ký."))
    must_be_fresh(course_class, result)
    rolls = _rolls(course_class)
    if rolls and not aware:
        raise Conflict(
            N_(
                "Lớp còn %(missing)s/%(meetings)s buổi chưa điểm danh. Chưa ký; người ký phải xác nhận đã biết việc này."
            ),
            **rolls["rolls"],
        )
    result.state, result.signed_at, result.signed_by_id = ResultState.SIGNED, clock.now(), actor.id
    record(actor=actor, action="class_result.signed", subject=result, data=rolls)
    if result.checked_by_id and result.checked_by_id != actor.id:
        text = N_("Kết quả lớp %(title)s đã ký, có thể công bố.")
        _tell(result, course_class, text, [result.checked_by_id])


def _rolls(course_class: CourseClass) -> dict[str, dict[str, int]]:
    """What the trail says of rolls that nobody called; empty where there are none."""
    found = missing_rolls([course_class.id]).get(course_class.id)
    return {} if found is None else {"rolls": {"missing": found.missing, "meetings": found.meetings}}


@operation
def sign_results(*, actor: Actor, keys: Sequence[str], aware: bool = False) -> int:
    """Sign several at once by their public ids, all or none; how many. ``aware`` as in :func:`sign`.

    Raises:
        NotFound: one isn't within the actor's scope.
        NotAllowed, Conflict: as :func:`sign`.
    """
    for key in dict.fromkeys(keys):
        course_class = class_result_in(rules.signed_scope(actor), key).course_class
        sign(actor=actor, course_class=course_class, aware=aware)
    return len(set(keys))


@operation
def give_back(*, actor: Actor, course_class: CourseClass, note: str) -> None:
    """Send a checked or signed result back to staff, saying why; whoever checked it is told.

    Raises:
        NotAllowed: the actor is no leader here.
        Conflict: it is a draft, or published.
        Invalid: no note.
    """
    if not actor.holds(course_class.unit.path, *rules.SIGNERS):
        raise NotAllowed
    result = existing(course_class)
    if not rules.may_return(actor, course_class.unit.path, result):
        raise Conflict(N_("Chỉ trả lại được kết quả đang chờ ký hoặc đã ký mà chưa công bố."))
    words = clean_name(note)[:NOTE_LENGTH]
    if not words:
        raise Invalid(fields={"note": N_("Hãy ghi lý do trả lại, để giáo vụ biết cần sửa gì.")})
    checker = result.checked_by_id
    _to_draft(result)
    result.returned_note = words
    record(actor=actor, action="class_result.returned", subject=result, data={"note": words})
    if checker and checker != actor.id:
        _tell(result, course_class, N_("Kết quả lớp %(title)s bị trả lại, có ghi lý do."), [checker])


@operation
def publish(*, actor: Actor, course_class: CourseClass) -> None:
    """Let learners see their results, and tell them.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Conflict: it isn't signed.
    """
    must_keep(actor, course_class)
    result = existing(course_class)
    if result.state is not ResultState.SIGNED:
        raise Conflict(N_("Kết quả phải được ký rồi mới công bố."))
    result.state, result.published_at, result.published_by_id = (
        ResultState.PUBLISHED,
        clock.now(),
        actor.id,
    )
    record(actor=actor, action="class_result.published", subject=result)
    learners = db.session.scalars(
        sa.select(Enrolment.account_id)
        .join(LearnerResult, LearnerResult.enrolment_id == Enrolment.id)
        .where(LearnerResult.class_result_id == result.id)
    ).all()
    notify(
        account_ids=learners,
        text=N_("Đã có kết quả lớp %(title)s."),
        params={"title": after_class(course_class.title)},
        url=f"/classes/{course_class.public_id}/result/mine",
        once=f"class_result.{result.public_id}.{result.published_at.isoformat()}",
    )


@operation
def withdraw(*, actor: Actor, course_class: CourseClass, reason: str) -> None:
    """Take a publication back to correct something: the reason and every mark as published go into the trail.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Conflict: it isn't published.
        Invalid: no reason.
    """
    must_keep(actor, course_class)
    result = existing(course_class)
    if result.state is not ResultState.PUBLISHED:
        raise Conflict(N_("Kết quả hiện không được công bố, không có gì để thu lại."))
    words = clean_name(reason)[:NOTE_LENGTH]
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do thu lại.")})
    marks = {
        key: [mark, band]
        for key, mark, band in db.session.execute(
            sa.select(Account.public_id, LearnerResult.mark, LearnerResult.band_title)
            .join(Enrolment, Enrolment.account_id == Account.id)
            .join(LearnerResult, LearnerResult.enrolment_id == Enrolment.id)
            .where(LearnerResult.class_result_id == result.id)
        )
    }
    data = {"reason": words, "published_at": result.published_at, "marks": marks}
    _to_draft(result)
    result.published_at = result.published_by_id = None
    result.returned_note = words
    record(actor=actor, action="class_result.withdrawn", subject=result, data=data)


def _to_draft(result: ClassResult) -> None:
    result.state = ResultState.DRAFT
    result.checked_at = result.checked_by_id = result.signed_at = result.signed_by_id = None
