"""Noting that somebody took attendance data away."""

from collections.abc import Mapping
from typing import Any

from lms.audit.operations import record
from lms.core.actor import Actor
from lms.core.db import operation
from lms.courses.classes.models import CourseClass


@operation
def note_taken(*, actor: Actor, action: str, class_id: int, data: Mapping[str, Any]) -> None:
    """Note that the attendance of a class was exported or printed; called once the answer is made.

    The class comes by its id: the row itself would be read again.
    """
    record(actor=actor, action=action, subject=(CourseClass.__tablename__, class_id), data=data)
