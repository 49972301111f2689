"""Pages of the papers room."""

from lms.quizzes.papers.views import blueprint_table, composing, listing, preview, releasing
from lms.quizzes.papers.views.blueprint import blueprint

__all__ = ["blueprint", "blueprint_table", "composing", "listing", "preview", "releasing"]
