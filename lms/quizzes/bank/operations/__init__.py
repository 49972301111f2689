"""Verbs of the question bank."""

from lms.quizzes.bank.operations.banks import add_topic, move_topic, open_bank, rename_topic
from lms.quizzes.bank.operations.imports import (
    bring_in,
    discard,
    job_key,
    keep_reading,
    start_import,
)
from lms.quizzes.bank.operations.mending import (
    Filling,
    accept_item,
    fill_missing,
    mend_item,
    restore_item,
    skip_item,
    take_topics,
)
from lms.quizzes.bank.operations.questions import (
    Placing,
    revise_question,
    submit_questions,
    write_question,
)
from lms.quizzes.bank.operations.review import (
    approve_import,
    approve_question,
    approve_questions,
    retire_question,
    return_question,
)

__all__ = [
    "Filling",
    "Placing",
    "accept_item",
    "add_topic",
    "approve_import",
    "approve_question",
    "approve_questions",
    "bring_in",
    "discard",
    "fill_missing",
    "job_key",
    "keep_reading",
    "mend_item",
    "move_topic",
    "open_bank",
    "rename_topic",
    "restore_item",
    "retire_question",
    "return_question",
    "revise_question",
    "skip_item",
    "start_import",
    "submit_questions",
    "take_topics",
    "write_question",
]
