"""Saving an answer: the hot path, and the promise that nothing acknowledged is lost.

One INSERT decides and records at once. It goes by Core, not the ORM: at the peak of an examination this is
nearly everything that the server does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from lms.auth.access.models import SignInSession
from lms.auth.accounts.models import Account, AccountState
from lms.core import clock
from lms.core.db import db, operation
from lms.core.errors import Invalid
from lms.core.messages import N_
from lms.quizzes.delivery.models import Attempt, AttemptState, Response
from lms.quizzes.delivery.queries.attempts import Standing, saved_with_key, standing
from lms.quizzes.delivery.queries.papers import Paper, kind_at
from lms.quizzes.kinds.base import MalformedAnswer

NAME_LENGTH = 64


class Outcome(StrEnum):
    """What became of a save."""

    SAVED = "saved"
    STALE = "stale"
    CLOSED = "closed"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Save:
    """What a browser sends: ``revision`` is the sender's own for the slot, ``base`` the newest it had seen stored."""

    slot: int
    revision: int
    base: int
    key: str
    client: str
    answer: Any
    flagged: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server's word on a save."""

    outcome: Outcome
    saved_at: datetime
    revision: int
    deadline_at: datetime | None = None
    stored: Standing | None = None


_attempt = Attempt.__table__
_session = SignInSession.__table__
_account = Account.__table__
_earlier = Response.__table__.alias("earlier")
_saved = cast("sa.Table", Response.__table__)

_newer_exists = sa.exists().where(
    _earlier.c.attempt_id == _attempt.c.id,
    _earlier.c.slot == sa.bindparam("p_slot"),
    sa.or_(
        _earlier.c.revision >= sa.bindparam("p_revision"),
        sa.and_(_earlier.c.revision > sa.bindparam("p_base"), _earlier.c.client != sa.bindparam("p_client")),
    ),
)
_source = (
    sa.select(
        _attempt.c.id,
        sa.bindparam("p_slot", type_=sa.Integer),
        sa.bindparam("p_revision", type_=sa.Integer),
        sa.bindparam("p_answer", type_=_saved.c.answer.type),
        sa.bindparam("p_flagged", type_=sa.Boolean),
        sa.bindparam("p_key", type_=sa.String),
        sa.bindparam("p_client", type_=sa.String),
        sa.bindparam("p_now", type_=_saved.c.saved_at.type),
    )
    .select_from(
        _attempt.join(_session, _session.c.account_id == _attempt.c.account_id).join(
            _account, _account.c.id == _attempt.c.account_id
        )
    )
    .where(
        _attempt.c.id == sa.bindparam("p_attempt"),
        _attempt.c.state == AttemptState.IN_PROGRESS,
        sa.or_(_attempt.c.deadline_at.is_(None), _attempt.c.deadline_at > sa.bindparam("p_limit")),
        _session.c.token_hash == sa.bindparam("p_token"),
        _session.c.expires_at > sa.bindparam("p_now"),
        _account.c.state == AccountState.ACTIVE,
        ~_account.c.must_change_password,
        ~_newer_exists,
    )
    .with_for_update(read=True, of=_attempt)
)
_COLUMNS = ("attempt_id", "slot", "revision", "answer", "flagged", "idempotency_key", "client", "saved_at")
_deadline = (
    sa.select(_attempt.c.deadline_at).where(_attempt.c.id == sa.bindparam("p_attempt")).scalar_subquery()
)
_INSERTS: dict[str, ReturningInsert[datetime | None]] = {
    # Of two saves of one revision at the same instant the first has it; the second inserts nothing and is told.
    "sqlite": sqlite.insert(_saved)
    .from_select(_COLUMNS, _source)
    .on_conflict_do_nothing()
    .returning(_deadline),
    "postgresql": postgresql.insert(_saved)
    .from_select(_COLUMNS, _source)
    .on_conflict_do_nothing()
    .returning(_deadline),
}


@operation
def save_answer(*, token_hash: str | None, paper: Paper, save: Save, grace: timedelta) -> Receipt:
    """Store one answer durably (once the caller commits) or say why not. One statement when all is well.

    The statement itself checks that the sender is signed in as the attempt's learner, that the attempt is open,
    that the deadline plus transport ``grace`` has not passed, and that nothing newer is stored.

    Raises:
        Invalid: no such slot, or an answer that no form of ours sends.
    """
    answer = _checked(paper, save)
    moment = clock.now()
    row = db.session.execute(
        _INSERTS[db.engine.dialect.name],
        {
            "p_attempt": paper.attempt_id,
            "p_slot": save.slot,
            "p_revision": save.revision,
            "p_base": save.base,
            "p_answer": answer,
            "p_flagged": save.flagged,
            "p_key": save.key,
            "p_client": save.client,
            "p_now": moment,
            "p_limit": moment - grace,
            "p_token": token_hash or "",
        },
    ).one_or_none()
    if row is not None:
        return Receipt(Outcome.SAVED, moment, save.revision, deadline_at=row[0])
    return _explain(token_hash, paper, save, moment, moment - grace)


def _checked(paper: Paper, save: Save) -> Any:
    if not 1 <= save.slot <= paper.length:
        raise Invalid(N_("Bài này không có câu số %(slot)s."), slot=save.slot)
    if (
        save.revision < 1
        or save.base < 0
        or (paper.practice and save.revision > 1)  # its feedback tells the right answer: the first one counts
        or not 0 < len(save.key) <= NAME_LENGTH
        or len(save.client) > NAME_LENGTH
    ):
        raise Invalid(N_("Yêu cầu lưu bài không đúng mẫu."))
    kind, version = kind_at(paper, save.slot)
    try:
        return kind.parse(save.answer, version.content)
    except MalformedAnswer:
        raise Invalid(N_("Câu trả lời không đúng mẫu của câu hỏi này.")) from None


def _explain(token_hash: str | None, paper: Paper, save: Save, moment: datetime, limit: datetime) -> Receipt:
    """Why nothing was inserted: a stranger, a repeated send, a closed attempt or a stale revision."""
    owner = db.session.scalar(
        sa.select(_session.c.account_id)
        .join(_account, _account.c.id == _session.c.account_id)
        .where(
            _session.c.token_hash == (token_hash or ""),
            _session.c.expires_at > moment,
            _account.c.state == AccountState.ACTIVE,
            ~_account.c.must_change_password,
        )
    )
    if owner != paper.account_id:
        return Receipt(Outcome.STRANGER, moment, 0)
    state, deadline = db.session.execute(
        sa.select(_attempt.c.state, _attempt.c.deadline_at).where(_attempt.c.id == paper.attempt_id)
    ).one()
    repeated = saved_with_key(paper.attempt_id, save.slot, save.key)
    if repeated is not None:
        return Receipt(Outcome.SAVED, repeated.saved_at, repeated.revision, deadline_at=deadline)
    stored = standing(paper.attempt_id, save.slot)
    closed = state != AttemptState.IN_PROGRESS or (deadline is not None and deadline <= limit)
    outcome = Outcome.CLOSED if closed else Outcome.STALE
    return Receipt(outcome, moment, save.revision, deadline_at=deadline, stored=stored)
