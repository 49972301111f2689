"""A leader's word on questions: approve, return, retire."""

from collections.abc import Sequence

from lms.audit.operations import record, record_many
from lms.auth.units.queries import is_small_centre
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.quizzes.bank import queries, rules
from lms.quizzes.bank.models import (
    Decision,
    ImportBatch,
    Question,
    QuestionBank,
    QuestionState,
    ReviewDecision,
)
from lms.quizzes.bank.operations.locking import lock

OWN = N_("Người soạn không tự duyệt câu của mình. Nhờ một lãnh đạo khác duyệt.")


@operation
def approve_question(*, actor: Actor, question: Question, version_number: int) -> None:
    """Let new papers draw the version that the leader saw."""
    _must_decide(actor, question, version_number)
    _approve(actor, question)
    record(actor=actor, action="question.approved", subject=question, data={"version": version_number})


@operation
def return_question(*, actor: Actor, question: Question, version_number: int, reason: str) -> None:
    """Send it back to its author with a reason; a version approved before stays in use."""
    reason = _reason(reason)
    _must_decide(actor, question, version_number)
    question.state = QuestionState.DRAFT
    _decide(actor, question, Decision.RETURNED, reason)
    record(actor=actor, action="question.returned", subject=question, data={"version": version_number})


@operation
def retire_question(*, actor: Actor, question: Question, reason: str) -> None:
    """Take it out of use: no new paper draws it; old papers and results keep it."""
    reason = _reason(reason)
    lock(row=question)
    if not rules.may_review(actor, question.bank):
        raise NotAllowed
    if not rules.may_retire(actor, question.bank, question):
        return
    question.state = QuestionState.RETIRED
    question.approved_version_id = None
    _decide(actor, question, Decision.RETIRED, reason)
    record(actor=actor, action="question.retired", subject=question, data={"reason": reason})


@operation
def approve_questions(*, actor: Actor, bank: QuestionBank, questions: Sequence[Question]) -> int:
    """Approve those that wait and that the actor may decide on; how many they were."""
    if not rules.may_review(actor, bank):
        raise NotAllowed
    small = is_small_centre(bank.unit)
    chosen = [one for one in questions if rules.may_decide(actor, bank, one, small_centre=small)]
    waiting = [one for one in questions if one.state is QuestionState.IN_REVIEW]
    if waiting and not chosen:
        raise NotAllowed(OWN)
    for question in chosen:
        _approve(actor, question)
    record_many(actor=actor, action="question.approved", entries=[(one, None) for one in chosen])
    return len(chosen)


@operation
def approve_import(*, actor: Actor, batch: ImportBatch) -> int:
    """Approve every question of the import that still waits; those already decided stay as they are."""
    if not rules.may_review(actor, batch.bank):
        raise NotAllowed
    small = is_small_centre(batch.bank.unit)
    if not rules.may_approve_import(actor, batch, small_centre=small):
        raise NotAllowed(OWN)
    count = approve_questions(actor=actor, bank=batch.bank, questions=queries.batch_questions(batch.id))
    record(actor=actor, action="import.approved", subject=batch, data={"questions": count})
    return count


def _must_decide(actor: Actor, question: Question, version_number: int) -> None:
    lock(row=question)
    if not rules.may_review(actor, question.bank):
        raise NotAllowed
    if question.latest is None or question.latest.number != version_number:
        raise Conflict(N_("Câu này vừa có phiên bản mới hơn. Hãy xem lại trước khi duyệt."))
    if question.state is not QuestionState.IN_REVIEW:
        raise Conflict(N_("Câu này không còn chờ duyệt."))
    small = is_small_centre(question.bank.unit)
    if not rules.may_decide(actor, question.bank, question, small_centre=small):
        raise NotAllowed(OWN)


def _approve(actor: Actor, question: Question) -> None:
    question.state = QuestionState.APPROVED
    question.approved_version_id = question.latest_version_id
    _decide(actor, question, Decision.APPROVED, "")


def _decide(actor: Actor, question: Question, decision: Decision, reason: str) -> None:
    db.session.add(
        ReviewDecision(
            version_id=question.latest_version_id,
            reviewer_id=actor.id,
            decision=decision,
            reason=reason,
            decided_at=clock.now(),
        )
    )


def _reason(words: str) -> str:
    reason = words.strip()
    if not reason:
        raise Invalid(N_("Hãy ghi lý do."), fields={"reason": N_("Hãy ghi lý do.")})
    return reason
