"""What a class has to do in each module: chosen from what the rooms above offer, put in order, required or not."""

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.messages import N_
from lms.core.ordering import moved
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from lms.courses.classes.operations import lock_class
from lms.courses.study import rules
from lms.courses.study.models import Activity, Lesson
from lms.courses.study.queries import course
from lms.courses.study.registry import kinds


def _hold(actor: Actor, course_class: CourseClass) -> list[Activity]:
    """The class's activities, which nobody else changes now."""
    if not rules.may_arrange(actor, course_class.unit.path, course.lecturer_ids(course_class)):
        raise NotAllowed
    lock_class(course_class=course_class)
    return list(course.activities_of(course_class.id))


@operation
def add_activity(
    *,
    actor: Actor,
    course_class: CourseClass,
    module_key: str,
    kind: str,
    target: str,
    lesson_key: str = "",
    required: bool = True,
) -> Activity:
    """Put what ``target`` of ``kind`` names into a module of the class, or to one of the module's lessons.

    Raises:
        NotAllowed: the actor doesn't arrange this class.
        Invalid: no such module, lesson or offer.
        Conflict: the class has this activity already.
    """
    present = _hold(actor, course_class)
    module = db.session.scalar(
        sa.select(Module).where(
            Module.public_id == module_key, Module.programme_id == course_class.programme_id
        )
    )
    if module is None:
        raise Invalid(fields={"module": N_("Hãy chọn phần của chương trình.")})
    lesson = None
    if lesson_key:
        lesson = db.session.scalar(
            sa.select(Lesson).where(Lesson.public_id == lesson_key, Lesson.module_id == module.id)
        )
        if lesson is None:
            raise Invalid(fields={"lesson": N_("Bài học này không thuộc phần đã chọn.")})
    offered = kinds[kind].choices(course_class) if kind in kinds else []
    chosen = next((one for one in offered if one.key == target), None)
    if chosen is None:
        raise Invalid(fields={"what": N_("Hãy chọn việc cần giao trong danh sách.")})
    if any((one.kind, one.target) == (kind, target) for one in present):
        raise Conflict(N_("“%(title)s” đã có trong lớp này."), title=chosen.title)
    last = max((one.position for one in present if one.module_id == module.id), default=0)
    made = Activity(
        class_id=course_class.id,
        module_id=module.id,
        lesson_id=lesson.id if lesson else None,
        position=last + 1,
        kind=kind,
        target=target,
        required=required,
    )
    db.session.add(made)
    data = {"module": module.title, "kind": kind, "title": chosen.title, "required": required}
    record(actor=actor, action="class.activity_added", subject=course_class, data=data)
    return made


def _find(activities: list[Activity], key: str) -> Activity:
    found = next((one for one in activities if one.public_id == key), None)
    if found is None:
        raise NotFound
    return found


@operation
def move_activity(*, actor: Actor, course_class: CourseClass, key: str, up: bool) -> None:
    """Change places with the activity before or after in its module.

    Raises:
        NotAllowed: the actor doesn't arrange this class.
        NotFound: the class has no such activity.
    """
    activities = _hold(actor, course_class)
    activity = _find(activities, key)
    order = moved([one for one in activities if one.module_id == activity.module_id], activity, up=up)
    if order is None:
        return
    for number, one in enumerate(order, start=1):
        one.position = number
    data = {"kind": activity.kind, "target": activity.target, "position": activity.position}
    record(actor=actor, action="class.activity_moved", subject=course_class, data=data)


@operation
def require_activity(*, actor: Actor, course_class: CourseClass, key: str, required: bool) -> None:
    """Say whether the activity has to be done.

    Raises:
        NotAllowed: the actor doesn't arrange this class.
        NotFound: the class has no such activity.
    """
    activity = _find(_hold(actor, course_class), key)
    if activity.required is not required:
        activity.required = required
        data = {"kind": activity.kind, "target": activity.target, "required": required}
        record(actor=actor, action="class.activity_required", subject=course_class, data=data)


@operation
def remove_activity(*, actor: Actor, course_class: CourseClass, key: str) -> None:
    """Take the activity out of the class's modules; what it leads to stays as it is.

    Raises:
        NotAllowed: the actor doesn't arrange this class.
        NotFound: the class has no such activity.
    """
    activity = _find(_hold(actor, course_class), key)
    data = {"kind": activity.kind, "target": activity.target}
    db.session.delete(activity)
    record(actor=actor, action="class.activity_removed", subject=course_class, data=data)
