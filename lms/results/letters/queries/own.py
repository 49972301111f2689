"""What a unit sees of the learners it sent, and of nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.attendance.models import Absence, ClassMeeting
from lms.courses.attendance.queries import standings_in
from lms.courses.attendance.standing import Standing
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState

NOTHING = Standing(0, 0, 0, 0)


@dataclass(frozen=True)
class OwnClass:
    """A class with learners of the unit; ``attended`` of ``periods`` teaching periods by all of them together."""

    course_class: CourseClass
    learners: int
    attended: int
    periods: int
    published: bool
    passed: int


@dataclass(frozen=True)
class OwnLearner:
    """A learner of the unit; ``result`` only after publication. ``absences`` are the half days missed."""

    enrolment: Enrolment
    standing: Standing
    absences: Sequence[Absence]
    result: LearnerResult | None


def own_classes(scope: Scope) -> list[OwnClass]:
    """The classes to which the scope's units sent learners, the latest first; four statements."""
    sent = db.session.execute(
        sa.select(Enrolment.id, Enrolment.class_id)
        .join(Enrolment.unit)
        .where(within(scope), Enrolment.state == EnrolmentState.ACTIVE)
    ).all()
    class_ids = {row.class_id for row in sent}
    classes = db.session.scalars(
        sa.select(CourseClass)
        .where(CourseClass.id.in_(class_ids))
        .options(joinedload(CourseClass.programme))
        .order_by(CourseClass.starts_on.desc(), CourseClass.id.desc())
    ).all()
    present = standings_in(class_ids)
    passed = _passed([row.id for row in sent])
    found = []
    for one in classes:
        mine = [row.id for row in sent if row.class_id == one.id]
        stood = [present.get(key, NOTHING) for key in mine]
        found.append(
            OwnClass(
                one,
                len(mine),
                sum(each.attended for each in stood),
                sum(each.held for each in stood),
                one.id in passed,
                passed.get(one.id, 0),
            )
        )
    return found


def _passed(enrolment_ids: Sequence[int]) -> dict[int, int]:
    """How many of these passed, by class whose result is published."""
    rows = db.session.execute(
        sa.select(ClassResult.class_id, sa.func.sum(sa.case((LearnerResult.passed, 1), else_=0)))
        .join(LearnerResult, LearnerResult.class_result_id == ClassResult.id)
        .where(ClassResult.state == ResultState.PUBLISHED, LearnerResult.enrolment_id.in_(enrolment_ids))
        .group_by(ClassResult.class_id)
    )
    return {class_id: int(count) for class_id, count in rows}


def class_of_unit(scope: Scope, key: str) -> CourseClass:
    """The class of this public id, if a unit of the scope sent somebody to it.

    Raises:
        NotFound: there is none.
    """
    mine = sa.select(Enrolment.class_id).join(Enrolment.unit).where(within(scope))
    found = db.session.scalar(
        sa.select(CourseClass)
        .where(CourseClass.public_id == key, CourseClass.id.in_(mine))
        .options(joinedload(CourseClass.programme), joinedload(CourseClass.unit))
    )
    if found is None:
        raise NotFound
    return found


def own_learners(scope: Scope, course_class: CourseClass) -> list[OwnLearner]:
    """The scope's learners in the class with attendance, and their results once published; five statements."""
    enrolments = db.session.scalars(
        sa.select(Enrolment)
        .join(Enrolment.account)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id == course_class.id, within(scope))
        .options(contains_eager(Enrolment.account), contains_eager(Enrolment.unit))
        .order_by(Account.sort_key, Account.id)
    ).all()
    ids = [one.id for one in enrolments]
    present = standings_in([course_class.id])
    absences: dict[int, list[Absence]] = {}
    for one in db.session.scalars(
        sa.select(Absence)
        .join(Absence.meeting)
        .where(Absence.enrolment_id.in_(ids))
        .options(contains_eager(Absence.meeting))
        .order_by(ClassMeeting.held_on, ClassMeeting.half)
    ):
        absences.setdefault(one.enrolment_id, []).append(one)
    results = {
        one.enrolment_id: one
        for one in db.session.scalars(
            sa.select(LearnerResult)
            .join(LearnerResult.class_result)
            .where(ClassResult.state == ResultState.PUBLISHED, LearnerResult.enrolment_id.in_(ids))
        )
    }
    return [
        OwnLearner(one, present.get(one.id, NOTHING), absences.get(one.id, []), results.get(one.id))
        for one in enrolments
    ]
