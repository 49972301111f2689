"""Pages of the exams room."""

from lms.quizzes.exams.views import door, minutes, planning, prints, running  # noqa: F401  (imported for their routes)
from lms.quizzes.exams.views.blueprint import blueprint

__all__ = ["blueprint"]
