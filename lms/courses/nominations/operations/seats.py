"""The seats of a class: no list takes more than there are."""

from lms.core.errors import Invalid
from lms.core.messages import N_, Message
from lms.courses.nominations import queries
from lms.courses.nominations.models import NominationList
from lms.courses.nominations.queries import ClassSeats

UNIT_FULL = N_(
    "%(unit)s có %(places)s chỉ tiêu, đã có %(taken)s học viên, danh sách thêm %(wanted)s: thừa %(over)s người. "
    "Hãy bỏ qua bớt người hoặc tăng chỉ tiêu. Chưa nhận ai vào lớp."
)
CLASS_FULL = N_(
    "Cả lớp có %(places)s chỉ tiêu, đã có %(taken)s học viên, danh sách thêm %(wanted)s: thừa %(over)s người. "
    "Hãy bỏ qua bớt người hoặc tăng chỉ tiêu. Chưa nhận ai vào lớp."
)
UNIT_SENDS_TOO_MANY = N_(
    "%(unit)s có %(places)s chỉ tiêu, đã cử %(taken)s người, danh sách này thêm %(wanted)s: thừa %(over)s người. "
    "Hãy bỏ qua bớt người, hoặc đề nghị trung tâm tăng chỉ tiêu."
)
NO_ROOM = N_(
    "Lớp có %(places)s chỗ, đã có %(taken)s học viên, danh sách này thêm %(wanted)s: thừa %(over)s người. "
    "Hãy bỏ qua bớt người, hoặc đề nghị trung tâm tăng chỉ tiêu."
)


def must_have_seats(nomination_list: NominationList, *, sending: bool = False) -> None:
    """``Invalid`` that names the first unit for which the list brings too many, or says that the class is full.

    For ``sending`` the people of the unit's other lists that wait for staff count as taken.
    """
    class_id = nomination_list.class_id
    found = queries.seats([class_id], nomination_list.id, waiting=sending).get(class_id)
    message = too_many(found, sending=sending)
    if message is not None:
        raise Invalid(message.id, fields=None, **message.params)


def too_many(found: ClassSeats | None, *, sending: bool = False) -> Message | None:
    """What stands in the way of the list that the seats were counted for; None where there is room."""
    if found is None:
        return None
    for one in found.units:
        taken = one.of.taken + (one.of.waiting if sending else 0)
        over = taken + one.of.wanted - one.of.places
        if one.of.wanted and over > 0:
            counts = {"places": one.of.places, "taken": taken, "wanted": one.of.wanted, "over": over}
            text = UNIT_SENDS_TOO_MANY if sending else UNIT_FULL
            return Message(text, {"unit": one.unit.name, **counts})
    whole = found.whole
    if whole.wanted and whole.left < 0:
        counts = {"places": whole.places, "taken": whole.taken, "wanted": whole.wanted, "over": -whole.left}
        return Message(NO_ROOM if sending else CLASS_FULL, counts)
    return None
