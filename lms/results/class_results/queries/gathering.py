"""Everything that the result of a class is formed from, in a fixed number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.db import db
from lms.courses.attendance.queries import standings
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.grading.queries import essay_marks
from lms.results.class_results.models import ManualMark
from lms.results.class_results.queries.sources import ASSESSMENT, ESSAY, MANUAL, Source, sources_of
from lms.results.classification.compute import Attendance, Outcome, SourceMark, result
from lms.results.classification.regulation import Component, ComponentKind, Regulation
from lms.results.gradebook.models import Result
from lms.results.gradebook.queries import is_current

Given = Mapping[tuple[int, int], tuple[int, int | None, int | None]]
"""Mark, theory and practice by the source's row and the account."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is: learners as enrolment and account id, sources by component, and their marks."""

    learners: Sequence[tuple[int, int]]
    sources: Mapping[str, Sequence[Source]]
    assessments: Given
    essays: Given
    typed: Mapping[tuple[int, str], tuple[int, str]]
    attendance: Mapping[int, Attendance]

    def marks_of(self, component: Component, enrolment_id: int, account_id: int) -> list[SourceMark]:
        """The sources of a component with what they gave a learner.

        A typed mark stands for the sources where the component has others; its note says why.
        """
        sources = self.sources.get(component.code, ())
        typed = self.typed.get((enrolment_id, component.code))
        if typed is not None:
            return [SourceMark(component.title, typed[0], note=typed[1])]
        if component.kind is ComponentKind.ATTENDANCE and not any(one.kind == MANUAL for one in sources):
            return []
        return [self._mark(component, source, account_id) for source in sources]

    def _mark(self, component: Component, source: Source, account_id: int) -> SourceMark:
        given = {ASSESSMENT: self.assessments, ESSAY: self.essays}.get(source.kind, {})
        mark = given.get((source.target_id or 0, account_id))
        title = source.title or component.title
        return SourceMark(title, None) if mark is None else SourceMark(title, *mark)


def gather(course_class: CourseClass, learners: Sequence[tuple[int, int]] | None = None) -> Gathered:
    """What the result is formed from; seven statements at most, six where ``learners`` are known."""
    if learners is None:
        learners = _learners(course_class.id)
    sources = sources_of(course_class.id)
    every = [one for listed in sources.values() for one in listed]
    accounts = [account_id for _, account_id in learners]
    return Gathered(
        learners=learners,
        sources=sources,
        assessments=_assessment_marks(
            {one.target_id for one in every if one.kind == ASSESSMENT and one.target_id}
        ),
        essays=_essay_marks(
            {one.target_id for one in every if one.kind == ESSAY and one.target_id}, accounts
        ),
        typed=typed_marks(course_class.id),
        attendance={
            enrolment_id: Attendance(one.total, one.held, min(one.missed, one.held))
            for enrolment_id, one in standings(course_class).items()
        },
    )


def _learners(class_id: int) -> list[tuple[int, int]]:
    rows = db.session.execute(
        sa.select(Enrolment.id, Enrolment.account_id)
        .where(Enrolment.class_id == class_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Enrolment.id)
    )
    return [(row.id, row.account_id) for row in rows]


def _assessment_marks(assessment_ids: Collection[int]) -> Given:
    """The result that counts of everybody: the best total of the closed attempts, the earliest of equals."""
    if not assessment_ids:
        return {}
    rows = db.session.execute(
        sa.select(Result.assessment_id, Result.account_id, Result.total, Result.theory, Result.practice)
        .join(Attempt, Attempt.id == Result.attempt_id)
        .where(Result.assessment_id.in_(assessment_ids), is_current())
        .order_by(Result.total, Attempt.number.desc())
    )
    return {(row.assessment_id, row.account_id): (row.total, row.theory, row.practice) for row in rows}


def _essay_marks(task_ids: Collection[int], account_ids: Collection[int]) -> Given:
    if not task_ids:
        return {}
    settled = essay_marks(task_ids, account_ids)
    return {key: (one.mark, one.theory, one.practice) for key, one in settled.items()}


def typed_marks(class_id: int) -> dict[tuple[int, str], tuple[int, str]]:
    """Marks and notes that staff typed, by enrolment id and component; one statement."""
    rows = db.session.execute(
        sa.select(ManualMark.enrolment_id, ManualMark.component, ManualMark.mark, ManualMark.note)
        .join(Enrolment, Enrolment.id == ManualMark.enrolment_id)
        .where(Enrolment.class_id == class_id)
    )
    return {(row.enrolment_id, row.component): (row.mark, row.note) for row in rows}


def reckon(gathered: Gathered, regulation: Regulation) -> dict[int, Outcome]:
    """The outcome of every learner, by enrolment id; asks the database nothing."""
    nothing = Attendance(0, 0, 0)
    return {
        enrolment_id: result(
            regulation,
            {one.code: gathered.marks_of(one, enrolment_id, account_id) for one in regulation.components},
            gathered.attendance.get(enrolment_id, nothing),
        )
        for enrolment_id, account_id in gathered.learners
    }
