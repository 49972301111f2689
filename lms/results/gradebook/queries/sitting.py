"""One attempt as staff looks into it: answers, marks, and every save that was acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.core.db import db
from lms.quizzes.delivery.models import Attempt, ExtraTime, ItemMark, Response
from lms.results.gradebook.models import Result
from lms.results.gradebook.queries.rounds import latest_result


@dataclass(frozen=True, slots=True)
class Save:
    """One acknowledged save of a slot; ``client`` tells page loads apart."""

    slot: int
    revision: int
    answer: Any
    flagged: bool
    client: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class ItemView:
    """A slot of the paper with its mark (``None`` before marking) and its saves, oldest first."""

    slot: int
    weight: int
    share: Fraction | None
    saves: Sequence[Save]

    @property
    def answer(self) -> Any:
        """The answer that stands."""
        return self.saves[-1].answer if self.saves else None


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with everything that is known of it; ``extra`` in seconds."""

    attempt: Attempt
    learner: Account
    result: Result | None
    items: Sequence[ItemView]
    extra: int
    saves: Sequence[Save]
    """The save log: every save in the order of time."""


def sitting_in(assessment_id: int, attempt_id: str) -> Sitting | None:
    """The attempt of this assessment; five statements."""
    attempt = db.session.scalars(
        sa.select(Attempt)
        .options(sa.orm.joinedload(Attempt.account), sa.orm.joinedload(Attempt.assessment))
        .where(Attempt.public_id == attempt_id, Attempt.assessment_id == assessment_id)
    ).one_or_none()
    if attempt is None:
        return None
    saves = _saves(attempt.id)
    shares = _shares(attempt.id)
    extra = db.session.scalar(
        sa.select(sa.func.sum(ExtraTime.seconds)).where(
            ExtraTime.assessment_id == assessment_id, ExtraTime.account_id == attempt.account_id
        )
    )
    items = [
        ItemView(
            slot=slot,
            weight=entry["weight"],
            share=shares.get(slot),
            saves=[save for save in saves if save.slot == slot],
        )
        for slot, entry in enumerate(attempt.slots, start=1)
    ]
    log = sorted(saves, key=lambda save: (save.saved_at, save.slot, save.revision))
    return Sitting(attempt, attempt.account, latest_result(attempt.id), items, int(extra or 0), log)


def _saves(attempt_id: int) -> list[Save]:
    rows = db.session.execute(
        sa.select(
            Response.slot,
            Response.revision,
            Response.answer,
            Response.flagged,
            Response.client,
            Response.saved_at,
        )
        .where(Response.attempt_id == attempt_id)
        .order_by(Response.slot, Response.revision)
    )
    return [Save(*row) for row in rows]


def _shares(attempt_id: int) -> dict[int, Fraction]:
    """The newest round's share of each slot."""
    rows = db.session.execute(
        sa.select(ItemMark.slot, ItemMark.share_numerator, ItemMark.share_denominator)
        .where(ItemMark.attempt_id == attempt_id)
        .order_by(ItemMark.round)
    )
    return {slot: Fraction(numerator, denominator) for slot, numerator, denominator in rows}
