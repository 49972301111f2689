"""What the pages of the exams room share."""

from flask import url_for

from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.quizzes.exams import rules
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.operations import Telling
from lms.quizzes.exams.queries.sessions import session_in
from lms.quizzes.papers.models import Assessment
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import zone_name

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


def telling(assessment: Assessment) -> Telling:
    """Where notices of the assessment's sessions lead."""
    url = url_for("delivery.assessment", assessment_id=assessment.public_id)
    return Telling(url=url, zone=zone_name())
