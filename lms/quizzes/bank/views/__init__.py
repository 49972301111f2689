"""Pages of the question bank."""

from lms.quizzes.bank.views import banks, imports, questions, review
from lms.quizzes.bank.views.blueprint import blueprint

__all__ = ["banks", "blueprint", "imports", "questions", "review"]
