"""What is arranged for a class: the places of each unit, and who calls the roll."""

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, NotAllowed
from lms.core.messages import N_
from lms.courses.classes import queries, rules
from lms.courses.classes.models import ClassQuota, CourseClass, EnrolmentState
from lms.courses.classes.operations.keeping import lock_class


@operation
def set_quota(*, actor: Actor, course_class: CourseClass, unit: Unit, places: int | None) -> None:
    """How many learners ``unit``, with those below it, may send; None: it has no quota any more.

    Raises:
        NotAllowed: the actor doesn't keep the class, or the unit isn't below its centre.
    """
    centre = course_class.unit
    if not rules.may_keep(actor, centre.path) or not unit.path.startswith(centre.path):
        raise NotAllowed
    lock_class(course_class=course_class)
    known = db.session.get(ClassQuota, (course_class.id, unit.id))
    before = known.places if known is not None else None
    if known is None and places is not None:
        db.session.add(ClassQuota(class_id=course_class.id, unit_id=unit.id, places=places))
    elif known is not None and places is not None:
        known.places = places
    elif known is not None:
        db.session.delete(known)
    if before != places:
        data = {"unit": unit.name, "places": [before, places]}
        record(actor=actor, action="class.quota", subject=course_class, data=data)


@operation
def set_monitor(*, actor: Actor, course_class: CourseClass, account_key: str, monitor: bool) -> None:
    """Make a learner of the class its monitor, who calls the roll, or no longer.

    Raises:
        NotAllowed: the actor doesn't keep the class.
        NotFound: the person never was in it.
        Conflict: the person has withdrawn.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    lock_class(course_class=course_class)
    enrolment = queries.enrolment_of(course_class, account_key)
    if enrolment.state is not EnrolmentState.ACTIVE:
        raise Conflict(N_("Người này đã rút khỏi lớp."))
    if enrolment.is_monitor != monitor:
        enrolment.is_monitor = monitor
        data = {"account": account_key, "monitor": monitor}
        record(actor=actor, action="class.monitor", subject=course_class, data=data)
