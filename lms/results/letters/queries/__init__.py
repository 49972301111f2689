"""Reads of letters, of what they are made from, and of what a unit sees of its own learners."""

from lms.results.letters.queries.letters import (
    LetterRow,
    letter_kept,
    letter_to,
    letters_of,
    letters_to,
    liaisons_of,
    making_job,
    published_result,
    rows_of,
)
from lms.results.letters.queries.material import Material, material_of
from lms.results.letters.queries.own import OwnClass, OwnLearner, class_of_unit, own_classes, own_learners

__all__ = [
    "LetterRow",
    "Material",
    "OwnClass",
    "OwnLearner",
    "class_of_unit",
    "letter_kept",
    "letter_to",
    "letters_of",
    "letters_to",
    "liaisons_of",
    "making_job",
    "material_of",
    "own_classes",
    "own_learners",
    "published_result",
    "rows_of",
]
