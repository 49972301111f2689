"""Pages of the study room."""

from lms.courses.study.views import arranging, files, learning, lessons
from lms.courses.study.views.blueprint import blueprint

__all__ = ["arranging", "blueprint", "files", "learning", "lessons"]
