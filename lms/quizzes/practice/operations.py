"""Answering a practice question: the first answer counts, since the feedback tells the right one."""

from datetime import timedelta
from typing import Any

from lms.core import seeds
from lms.core.actor import Actor
from lms.core.db import operation
from lms.core.errors import Closed, Conflict, Invalid, NotFound
from lms.core.messages import N_
from lms.quizzes.delivery.models import AttemptState
from lms.quizzes.delivery.operations.saving import Outcome, Save, save_answer
from lms.quizzes.delivery.queries.attempts import attempt_by_public_id, standing
from lms.quizzes.delivery.queries.papers import kind_at, paper_of
from lms.quizzes.papers.rules import is_practice


@operation
def answer_question(
    *, actor: Actor, token_hash: str | None, attempt_id: str, slot: int, values: list[str]
) -> None:
    """Record the answer to one question of a practice attempt.

    Raises:
        NotFound: not this learner's practice attempt, or no such question in it.
        Invalid: nothing was chosen, or what came is no answer to this question.
        Closed: the attempt is over.
        Conflict: the question was answered before.
    """
    attempt = attempt_by_public_id(attempt_id, actor.id)
    if attempt is None or not is_practice(attempt.assessment):
        raise NotFound
    paper = paper_of(attempt, shuffle=attempt.assessment.shuffle_options)
    if not 1 <= slot <= paper.length:
        raise NotFound
    if attempt.state is not AttemptState.IN_PROGRESS:
        raise Closed
    if standing(attempt.id, slot) is not None:
        raise Conflict(N_("Câu này đã trả lời rồi."))
    answer = _read(kind_at(paper, slot)[0], values)
    save = Save(
        slot=slot, revision=1, base=0, key=seeds.token(), client="practice", answer=answer, flagged=False
    )
    receipt = save_answer(token_hash=token_hash, paper=paper, save=save, grace=timedelta(0))
    if receipt.outcome is not Outcome.SAVED:
        raise Conflict(N_("Câu này đã trả lời rồi."))


def _read(kind: Any, values: list[str]) -> Any:
    try:
        answer = kind.from_form(values)
    except ValueError:
        raise Invalid(N_("Câu trả lời không đúng mẫu của câu hỏi này.")) from None
    if kind.is_empty(answer):
        raise Invalid(N_("Hãy chọn câu trả lời trước."))
    return answer
