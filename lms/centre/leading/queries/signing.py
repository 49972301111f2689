"""What waits for a leader's signature, of every kind, as rows of one list."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Actor, Role
from lms.core.db import db
from lms.core.messages import N_, Message
from lms.core.vietnamese import after_class
from lms.courses.classes.models import CourseClass
from lms.quizzes.papers.models import Assessment, AssessmentState
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.class_results.queries import missing_rolls

PAPER, RESULT = "paper", "result"


@dataclass(frozen=True, slots=True)
class Signable:
    """Something to sign. ``key`` names it, with the revision that was shown, in what the page sends back."""

    key: str
    title: str
    kind: Message
    detail: Message
    endpoint: str
    arguments: dict[str, str]
    warnings: tuple[Message, ...] = ()
    """What has to be known, and said to be known, before it is signed."""

    @property
    def is_result(self) -> bool:
        """Whether it is a class's result, not a paper."""
        return self.key.startswith(f"{RESULT}:")


def _in_short(passed: int, learners: int, lacking: int) -> Message:
    counts = {"passed": passed, "learners": learners, "lacking": lacking}
    if lacking:
        return Message(N_("%(passed)s/%(learners)s đạt, %(lacking)s người chưa đủ điểm"), counts)
    return Message(N_("%(passed)s/%(learners)s đạt"), counts)


def waiting(actor: Actor) -> list[Signable]:
    """Class results that were checked, then papers that were submitted; three statements."""
    scope = actor.scope(Role.LEADER)
    results = db.session.execute(
        sa.select(
            ClassResult.public_id,
            CourseClass.title,
            CourseClass.id.label("class_id"),
            CourseClass.public_id.label("class_key"),
            sa.func.count(LearnerResult.enrolment_id).label("learners"),
            sa.func.sum(sa.case((LearnerResult.passed, 1), else_=0)).label("passed"),
            sa.func.sum(sa.case((LearnerResult.band == "", 1), else_=0)).label("lacking"),
        )
        .join(CourseClass, CourseClass.id == ClassResult.class_id)
        .join(Unit, Unit.id == CourseClass.unit_id)
        .outerjoin(LearnerResult, LearnerResult.class_result_id == ClassResult.id)
        .where(within(scope), ClassResult.state == ResultState.CHECKED)
        .group_by(ClassResult.id, CourseClass.id)
        .order_by(ClassResult.checked_at)
    ).all()
    rolls = missing_rolls([row.class_id for row in results])
    papers = db.session.execute(
        sa.select(
            Assessment.public_id,
            Assessment.title,
            Assessment.revision,
            CourseClass.title.label("class_title"),
        )
        .join(Unit, Unit.id == Assessment.unit_id)
        .join(CourseClass, CourseClass.id == Assessment.class_id)
        .where(
            within(scope),
            Assessment.state == AssessmentState.DRAFT,
            Assessment.submitted_at.is_not(None),
        )
        .order_by(Assessment.submitted_at)
    )
    return [
        *(
            Signable(
                key=f"{RESULT}:{row.public_id}",
                title=row.title,
                kind=Message(N_("Kết quả lớp")),
                detail=_in_short(int(row.passed or 0), row.learners, int(row.lacking or 0)),
                endpoint="class_results.show",
                arguments={"key": row.class_key},
                warnings=(rolls[row.class_id].words,) if row.class_id in rolls else (),
            )
            for row in results
        ),
        *(
            Signable(
                key=f"{PAPER}:{row.public_id}:{row.revision}",
                title=row.title,
                kind=Message(N_("Đề chờ phát hành")),
                detail=Message(N_("Lớp %(title)s"), {"title": after_class(row.class_title)}),
                endpoint="papers.show",
                arguments={"key": row.public_id},
            )
            for row in papers
        ),
    ]
