"""Pages of essays."""

from lms.quizzes.grading.views import (
    files,
    learner,
    marking,
    opening,
    photographing,
    publishing,
    setting,
    taking,
)
from lms.quizzes.grading.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "files",
    "learner",
    "marking",
    "opening",
    "photographing",
    "publishing",
    "setting",
    "taking",
]
