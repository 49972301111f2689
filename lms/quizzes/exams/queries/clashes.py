"""What stands in the way of a session: others of the centre at the same time with its rooms, invigilators, learners."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account
from lms.core.db import db
from lms.courses.classes.models import CourseClass
from lms.quizzes.exams.models import Candidate, ExamSession, ExamState
from lms.quizzes.exams.queries.candidates import SITTING


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a session is, under whom and with whom; ``exam_id`` is its own, if it is held already."""

    unit_id: int
    starts_at: datetime
    ends_at: datetime
    place: str
    rooms: Sequence[str]
    invigilators: Sequence[str]
    accounts: Collection[int]
    exam_id: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Another session at the same time, with the rooms, invigilators and learners that both want."""

    exam: ExamSession
    rooms: Sequence[str] = ()
    invigilators: Sequence[str] = ()
    learners: Sequence[str] = ()


def clashes(plan: Plan) -> list[Clash]:
    """The sessions of the centre that this one clashes with, in the order of time; two statements at most.

    Rooms of one name are one room unless both sessions name places, and these differ.
    """
    others = (
        db.session.scalars(
            sa.select(ExamSession)
            .join(ExamSession.course_class)
            .where(
                CourseClass.unit_id == plan.unit_id,
                ExamSession.state.in_((ExamState.PLANNED, ExamState.OPEN)),
                ExamSession.starts_at < plan.ends_at,
                ExamSession.ends_at > plan.starts_at,
                ExamSession.id != (plan.exam_id or 0),
            )
            .options(contains_eager(ExamSession.course_class), joinedload(ExamSession.rooms))
            .order_by(ExamSession.starts_at, ExamSession.id)
        )
        .unique()
        .all()
    )
    twice = _learners({one.id for one in others}, plan.accounts)
    found = [
        Clash(
            exam=one,
            rooms=_same(plan.rooms, [room.name for room in one.rooms]) if _same_place(plan, one) else (),
            invigilators=_same(plan.invigilators, [one.invigilator_one, one.invigilator_two]),
            learners=twice.get(one.id, ()),
        )
        for one in others
    ]
    return [one for one in found if one.rooms or one.invigilators or one.learners]


def clashes_of(exam: ExamSession, people: Iterable[Candidate]) -> list[Clash]:
    """What a session that is held, with these candidates, clashes with; two statements at most."""
    return clashes(
        Plan(
            unit_id=exam.course_class.unit_id,
            starts_at=exam.starts_at,
            ends_at=exam.ends_at,
            place=exam.place,
            rooms=[room.name for room in exam.rooms],
            invigilators=[exam.invigilator_one, exam.invigilator_two],
            accounts={one.account_id for one in people if one.admission in SITTING},
            exam_id=exam.id,
        )
    )


def _same_place(plan: Plan, other: ExamSession) -> bool:
    return not plan.place or not other.place or plan.place.casefold() == other.place.casefold()


def _same(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    known = {one.casefold() for one in theirs if one}
    return [one for one in mine if one.casefold() in known]


def _learners(exam_ids: Collection[int], accounts: Collection[int]) -> dict[int, list[str]]:
    """Names of those who have a seat in these sessions, by session."""
    if not exam_ids or not accounts:
        return {}
    rows = db.session.execute(
        sa.select(Candidate.session_id, Candidate.account_id, Account.full_name)
        .join(Account, Account.id == Candidate.account_id)
        .where(Candidate.session_id.in_(exam_ids), Candidate.admission.in_(SITTING))
        .order_by(Account.sort_key, Account.id)
    )
    wanted = set(accounts)
    found: dict[int, list[str]] = {}
    for row in rows:
        if row.account_id in wanted:
            found.setdefault(row.session_id, []).append(row.full_name)
    return found
