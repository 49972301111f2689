"""Pages of the study room."""

from lms.courses.study.views import arranging, drafts, files, learning, lessons
from lms.courses.study.views.blueprint import blueprint

__all__ = ["arranging", "blueprint", "drafts", "files", "learning", "lessons"]
