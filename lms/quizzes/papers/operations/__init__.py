"""Verbs of the papers room."""

from lms.quizzes.papers.operations.composing import (
    Settings,
    change_assessment,
    create_assessment,
    delete_assessment,
    duplicate_assessment,
    set_blueprint,
)
from lms.quizzes.papers.operations.releasing import (
    archive_assessment,
    release_assessment,
    return_assessment,
    submit_assessment,
    withdraw_release,
)

__all__ = [
    "Settings",
    "archive_assessment",
    "change_assessment",
    "create_assessment",
    "delete_assessment",
    "duplicate_assessment",
    "release_assessment",
    "return_assessment",
    "set_blueprint",
    "submit_assessment",
    "withdraw_release",
]
