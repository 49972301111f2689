"""What has changed in the class since the list of a session was made."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.courses.classes.models import EnrolmentState
from lms.quizzes.exams.models import Admission, Candidate, ExamSession, ExamState
from lms.quizzes.exams.queries.candidates import SITTING, unlisted
from lms.quizzes.exams.queries.eligibility import bars


@dataclass(frozen=True, slots=True)
class Changes:
    """How many came into the class, withdrew from it, may not sit any more, and may sit again."""

    came: int = 0
    went: int = 0
    barred: int = 0
    freed: int = 0

    def __bool__(self) -> bool:
        """Whether the list is out of date."""
        return any((self.came, self.went, self.barred, self.freed))


def has_withdrawn(candidate: Candidate) -> bool:
    """Has a seat and has not been here, but is in the class no more."""
    return (
        candidate.admission in SITTING
        and candidate.card_checked_at is None
        and candidate.enrolment is not None
        and candidate.enrolment.state is EnrolmentState.WITHDRAWN
    )


def changes(exam: ExamSession, people: Sequence[Candidate]) -> Changes:
    """What renewing the list of these candidates would change; attendance counts before the start only."""
    went = {one.id for one in people if has_withdrawn(one)}
    barred = bars(exam.course_class, exam.assessment) if exam.state is ExamState.PLANNED else None
    here = [one for one in people if one.id not in went] if barred is not None else []
    return Changes(
        came=unlisted(exam.course_class, exam.assessment_id, exam.id),
        went=len(went),
        barred=sum(
            one.admission is Admission.LISTED and (one.enrolment_id or 0) in (barred or {}) for one in here
        ),
        freed=sum(
            one.admission is Admission.BARRED and (one.enrolment_id or 0) not in (barred or {})
            for one in here
        ),
    )
