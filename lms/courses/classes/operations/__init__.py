"""Verbs of the classes room."""

from lms.courses.classes.operations.keeping import (
    AT_MOST,
    ClassData,
    edit_class,
    enrol_called,
    enrol_unit,
    lock_class,
    open_class,
    withdraw,
)
from lms.courses.classes.operations.setting_up import set_monitor, set_quota

__all__ = [
    "AT_MOST",
    "ClassData",
    "edit_class",
    "enrol_called",
    "enrol_unit",
    "lock_class",
    "open_class",
    "set_monitor",
    "set_quota",
    "withdraw",
]
