"""Tables of the question bank."""

from lms.quizzes.bank.models.imports import ImportBatch, ImportItem, ImportState
from lms.quizzes.bank.models.questions import (
    Aspect,
    BankMedia,
    Decision,
    Level,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    ReviewDecision,
    Topic,
)

__all__ = [
    "Aspect",
    "BankMedia",
    "Decision",
    "ImportBatch",
    "ImportItem",
    "ImportState",
    "Level",
    "Question",
    "QuestionBank",
    "QuestionState",
    "QuestionVersion",
    "ReviewDecision",
    "Topic",
]
