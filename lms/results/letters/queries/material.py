"""What the letters of a class are made from; the same few statements whatever the number of learners and units."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.auth.units.letterhead import letterhead
from lms.auth.units.models import Unit, UnitName
from lms.core import clock
from lms.core.db import db
from lms.courses.attendance.queries import standings
from lms.courses.attendance.standing import Standing
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.papers.models import Assessment, AssessmentKind
from lms.results.class_results.models import ClassResult, LearnerResult
from lms.results.gradebook.models import Result
from lms.results.gradebook.queries import is_current
from lms.results.letters.content import Facts, LearnerRow, Means, TopicMark, report, topic_means

NOTHING = Standing(0, 0, 0, 0)


@dataclass(frozen=True)
class Material:
    """Everything there is to say; ``units`` are names as of the class's end, by id."""

    facts: Facts
    head: dict[str, str]
    learners: list[LearnerRow]
    units: dict[int, str] = field(default_factory=dict)

    @cached_property
    def means(self) -> Means:
        """Every topic's mean over the class, reckoned once for all its letters."""
        return topic_means([one for one in self.learners if not one.withdrawn])

    def report(self, unit_id: int) -> dict[str, Any]:
        """The content of the letter to one unit."""
        own = [one for one in self.learners if one.unit_id == unit_id]
        return report(self.facts, self.units[unit_id], own, self.learners, self.means)


def material_of(course_class: CourseClass, result: ClassResult) -> Material:
    """The material of a class whose ``result`` has been published."""
    present = standings(course_class)
    topics = _topics(course_class)
    rows = db.session.execute(
        sa.select(Enrolment, Account, LearnerResult)
        .join(Account, Account.id == Enrolment.account_id)
        .outerjoin(
            LearnerResult,
            (LearnerResult.enrolment_id == Enrolment.id) & (LearnerResult.class_result_id == result.id),
        )
        .where(Enrolment.class_id == course_class.id)
        .order_by(Account.sort_key, Account.id)
    ).all()
    learners = [
        _learner(one, person, own, present.get(one.id, NOTHING), topics.get(person.id, ()))
        for one, person, own in rows
    ]
    units = {one.unit_id for one in learners if one.unit_id is not None}
    return Material(
        _facts(course_class, result),
        letterhead(course_class.unit).to_json(),
        learners,
        names_at(units, course_class.ends_on),
    )


def _facts(course_class: CourseClass, result: ClassResult) -> Facts:
    bands = result.version.content.get("bands", [])
    passing = [one["lower"] for one in bands if one.get("passes")]
    return Facts(
        title=course_class.title,
        code=course_class.code,
        programme=course_class.programme.title,
        starts_on=course_class.starts_on,
        ends_on=course_class.ends_on,
        place=course_class.place,
        bands=tuple((one["code"], one["title"]) for one in bands),
        pass_mark=min(passing, default=500),
    )


def _learner(
    enrolment: Enrolment,
    person: Account,
    own: LearnerResult | None,
    present: Standing,
    topics: Collection[TopicMark],
) -> LearnerRow:
    known = LearnerRow(
        name=person.full_name,
        born=person.born,
        unit_id=enrolment.unit_id,
        periods=present.held,
        missed=present.missed,
        excused=present.excused,
        withdrawn=enrolment.state is EnrolmentState.WITHDRAWN,
        topics=tuple(topics),
    )
    if own is None:
        return known
    return LearnerRow(
        **{
            name: getattr(known, name) for name in ("name", "born", "unit_id", "periods", "missed", "excused")
        },
        withdrawn=known.withdrawn,
        topics=known.topics,
        theory=own.theory,
        practice=own.practice,
        mark=own.mark,
        band=own.band,
        band_title=own.band_title,
        passed=own.passed,
        remark=own.remark,
    )


def _topics(course_class: CourseClass) -> dict[int, list[TopicMark]]:
    """Marks by topic of everybody's best attempt at each graded assessment, by account id."""
    rows = db.session.execute(
        sa.select(Result.assessment_id, Result.account_id, Result.topics)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .where(
            Assessment.class_id == course_class.id,
            Assessment.kind != AssessmentKind.PRACTICE,
            is_current(),
        )
        .order_by(Result.total.desc(), Result.attempt_id)
    )
    seen: set[tuple[int, int]] = set()
    found: dict[int, list[TopicMark]] = {}
    for row in rows:
        if (row.assessment_id, row.account_id) in seen:
            continue
        seen.add((row.assessment_id, row.account_id))
        found.setdefault(row.account_id, []).extend(
            TopicMark(one["topic"], one["title"], one["mark"], one["questions"])
            for one in row.topics
            if one["mark"] is not None
        )
    return found


def names_at(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """What these units were called on ``day``, or today if that comes first; two statements.

    A unit without a history has its present name; before its first name it has that one.
    """
    day = min(day, clock.to_local(clock.now()).date())
    present = db.session.execute(sa.select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    names = {row.id: row.name for row in present}
    first: set[int] = set()
    for one in db.session.scalars(
        sa.select(UnitName).where(UnitName.unit_id.in_(unit_ids)).order_by(UnitName.valid_from)
    ):
        if one.valid_from <= day or one.unit_id not in first:
            names[one.unit_id] = one.name
        first.add(one.unit_id)
    return names
