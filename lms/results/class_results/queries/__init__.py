"""Reads of class results: what they are formed from, what is stored, who waits for a signature."""

from lms.results.class_results.queries.gathering import Gathered, gather, reckon, typed_marks
from lms.results.class_results.queries.results import (
    changed,
    class_result_in,
    class_result_of,
    leaders_over,
    learner_results,
    own_result,
    own_results,
    passed_pairs,
    rows_of,
    signing_waiting,
)
from lms.results.class_results.queries.rolls import MissingRolls, missing_rolls
from lms.results.class_results.queries.sheets import sheets_of
from lms.results.class_results.queries.sources import (
    ASSESSMENT,
    ATTENDANCE,
    ESSAY,
    MANUAL,
    Offer,
    Source,
    offers_of,
    proposal,
    sources_of,
)

__all__ = [
    "ASSESSMENT",
    "ATTENDANCE",
    "ESSAY",
    "MANUAL",
    "Gathered",
    "MissingRolls",
    "Offer",
    "Source",
    "changed",
    "class_result_in",
    "class_result_of",
    "gather",
    "leaders_over",
    "learner_results",
    "missing_rolls",
    "offers_of",
    "own_result",
    "own_results",
    "passed_pairs",
    "proposal",
    "reckon",
    "rows_of",
    "sheets_of",
    "signing_waiting",
    "sources_of",
    "typed_marks",
]
