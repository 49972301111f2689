"""Reads of results: a learner's own, and those of an assessment."""

from lms.results.gradebook.queries.assessments import (
    assessment_in,
    publication_of,
    released_in,
    writing_count,
)
from lms.results.gradebook.queries.learner import (
    OwnResult,
    PublishedResult,
    own_results,
    published_results,
)
from lms.results.gradebook.queries.rounds import accounts_with_results, is_current, latest_result
from lms.results.gradebook.queries.sitting import ItemView, Save, Sitting, sitting_in
from lms.results.gradebook.queries.table import result_rows

__all__ = [
    "ItemView",
    "OwnResult",
    "PublishedResult",
    "Save",
    "Sitting",
    "accounts_with_results",
    "assessment_in",
    "is_current",
    "latest_result",
    "own_results",
    "publication_of",
    "published_results",
    "released_in",
    "result_rows",
    "sitting_in",
    "writing_count",
]
