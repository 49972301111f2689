"""What every verb on a class result begins with."""

from lms.core.actor import Actor
from lms.core.errors import Closed, Conflict, NotAllowed
from lms.core.messages import N_
from lms.courses.classes.models import CourseClass
from lms.courses.classes.operations import lock_class
from lms.results.class_results import rules
from lms.results.class_results.models import ClassResult, ResultState
from lms.results.class_results.queries import changed, class_result_of, gather, reckon, rows_of
from lms.results.regulations.queries import content_of

CLOSED: dict[ResultState, str] = {
    ResultState.CHECKED: N_("Kết quả đã kiểm tra, đang chờ ký. Muốn sửa thì mở lại trước."),
    ResultState.SIGNED: N_("Kết quả đã ký. Muốn sửa thì giám đốc trả lại trước."),
    ResultState.PUBLISHED: N_("Kết quả đã công bố. Muốn sửa thì thu lại công bố, có ghi lý do."),
}


def lock(course_class: CourseClass) -> ClassResult | None:
    """Hold the class so that one at a time changes its result; the result as it is now."""
    lock_class(course_class=course_class)
    return class_result_of(course_class.id)


def must_keep(actor: Actor, course_class: CourseClass) -> None:
    """Raise ``NotAllowed`` for whoever doesn't make the results of this class's centre."""
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed


def opened(actor: Actor, course_class: CourseClass) -> ClassResult | None:
    """The locked result, which nobody has checked yet.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Closed: it was checked, signed or published.
    """
    must_keep(actor, course_class)
    result = lock(course_class)
    if result is not None and not rules.is_open(result):
        raise Closed(CLOSED[result.state])
    return result


def existing(course_class: CourseClass) -> ClassResult:
    """The locked result.

    Raises:
        Conflict: none was computed yet.
    """
    result = lock(course_class)
    if result is None:
        raise Conflict(N_("Lớp này chưa tính kết quả."))
    return result


def must_be_fresh(course_class: CourseClass, result: ClassResult) -> None:
    """Raise ``Conflict`` when marks have changed since the result was computed."""
    content = content_of(result.version)
    if changed(rows_of(course_class.id, result.id), reckon(gather(course_class), content)):
        raise Conflict(N_("Số liệu đã đổi sau khi tính kết quả. Hãy mở lại và tính kết quả lại."))
