"""Verbs of class results."""

from lms.results.class_results.operations.computing import compute, move_to_version
from lms.results.class_results.operations.filling import replace_mark, set_marks, set_remarks, set_sources
from lms.results.class_results.operations.signing import (
    check,
    give_back,
    publish,
    reopen,
    sign,
    sign_results,
    withdraw,
)

__all__ = [
    "check",
    "compute",
    "give_back",
    "move_to_version",
    "publish",
    "reopen",
    "replace_mark",
    "set_marks",
    "set_remarks",
    "set_sources",
    "sign",
    "sign_results",
    "withdraw",
]
