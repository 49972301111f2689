"""What the pages of the exams room share."""

from flask import url_for

from lms.core import clock
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.quizzes.exams import rules
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.operations import Telling
from lms.quizzes.exams.queries.sessions import session_in
from lms.quizzes.papers.models import Assessment
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import long_moment, zone_name

blueprint = GuardedBlueprint("exams", "lms.quizzes.exams", template_folder="templates")
READ = roles(*rules.READERS)
KEEP = roles(*rules.KEEPERS)


def read_class(key: str) -> CourseClass:
    """The class, for whoever sees its sessions."""
    return class_in(require_actor().scope(*rules.READERS), key)


def kept_class(key: str) -> CourseClass:
    """The class, for whoever plans its sessions."""
    return class_in(require_actor().scope(*rules.KEEPERS), key)


def read_exam(key: str) -> ExamSession:
    """The session, for whoever sees it and keeps its door."""
    return session_in(require_actor().scope(*rules.READERS), key)


def kept_exam(key: str) -> ExamSession:
    """The session, for whoever runs it."""
    return session_in(require_actor().scope(*rules.KEEPERS), key)


def hours(exam: ExamSession) -> str:
    """``08:00 – 10:00 thứ Sáu 27/11/2026``, or both moments whole where they lie on two days."""
    begin, end = (clock.to_local(one, zone_name()) for one in (exam.starts_at, exam.ends_at))
    first = f"{begin:%H:%M}" if begin.date() == end.date() else long_moment(exam.starts_at)
    return f"{first} – {long_moment(exam.ends_at)}"


def telling(assessment: Assessment) -> Telling:
    """Where notices of the assessment's sessions lead."""
    url = url_for("delivery.assessment", assessment_id=assessment.public_id)
    return Telling(url=url, zone=zone_name())
