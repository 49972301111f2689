"""Who may do what in the question bank.

Whether a centre is a *trung tâm nhỏ* is asked from outside (``small_centre``): it is a setting of the unit tree.
"""

from lms.core.actor import Actor, Role
from lms.quizzes.bank.models import ImportBatch, ImportState, Question, QuestionBank, QuestionState

READERS = (Role.LECTURER, Role.STAFF, Role.LEADER, Role.OVERSEER)


def may_read(actor: Actor, bank: QuestionBank) -> bool:
    """See banks, questions and their keys."""
    return actor.holds(bank.unit.path, *READERS)


def may_write(actor: Actor, bank: QuestionBank) -> bool:
    """Write topics and questions, and bring in files."""
    return actor.holds(bank.unit.path, Role.LECTURER)


def may_open_bank(actor: Actor, unit_path: str) -> bool:
    """Open a new bank at a centre."""
    return actor.holds(unit_path, Role.LECTURER, Role.LEADER)


def may_review(actor: Actor, bank: QuestionBank) -> bool:
    """Decide on questions of this bank at all."""
    return actor.holds(bank.unit.path, Role.LEADER)


def is_author(actor: Actor, question: Question) -> bool:
    """Whether the actor wrote the question or its latest version."""
    return actor.id == question.author_id or (
        question.latest is not None and actor.id == question.latest.author_id
    )


def may_decide(actor: Actor, bank: QuestionBank, question: Question, *, small_centre: bool) -> bool:
    """Approve or return this question: a leader who didn't write it; in a small centre the director who did."""
    return (
        may_review(actor, bank)
        and question.state is QuestionState.IN_REVIEW
        and (small_centre or not is_author(actor, question))
    )


def may_retire(actor: Actor, bank: QuestionBank, question: Question) -> bool:
    """Take a question out of use."""
    return may_review(actor, bank) and question.state is not QuestionState.RETIRED


def may_submit(actor: Actor, bank: QuestionBank, question: Question) -> bool:
    """Ask for a review of the latest version."""
    return may_write(actor, bank) and question.state is QuestionState.DRAFT


def may_see_import(actor: Actor, batch: ImportBatch) -> bool:
    """A draft is its author's own; what came of it is for everybody who reads the bank."""
    if actor.id == batch.author_id:
        return may_write(actor, batch.bank)
    return batch.state is ImportState.IMPORTED and may_read(actor, batch.bank)


def may_mend_import(actor: Actor, batch: ImportBatch) -> bool:
    """Correct, fill, skip and bring in."""
    return actor.id == batch.author_id and batch.state is ImportState.DRAFT and may_write(actor, batch.bank)


def may_approve_import(actor: Actor, batch: ImportBatch, *, small_centre: bool) -> bool:
    """Approve everything of an import that still waits, in one click."""
    return (
        may_review(actor, batch.bank)
        and batch.state is ImportState.IMPORTED
        and (small_centre or actor.id != batch.author_id)
    )
