"""Pictures of questions: stored files that a bank may show."""

from collections.abc import Mapping
from typing import Any

from lms.quizzes.bank import editing
from lms.quizzes.bank.models import QuestionVersion
from lms.quizzes.kinds.documents import options_of, stem_of


def media_of(version: QuestionVersion) -> tuple[str, ...]:
    """Public ids of the pictures that the version shows a learner (explanation left out)."""
    return media_of_content(version.content)


def media_of_content(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The same of a version's content; its addresses read ``/files/<public id>``."""
    return editing.images_of(stem_of(content), *(option.text for option in options_of(content)))
