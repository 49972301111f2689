"""The seats of a class: no list takes more than there are."""

from lms.core.errors import Invalid
from lms.core.messages import N_
from lms.courses.nominations import queries
from lms.courses.nominations.models import NominationList


def must_have_seats(nomination_list: NominationList, *, beside_waiting: bool = False) -> None:
    """``Invalid`` that names the first unit for which the list brings too many, or says that the class is full.

    With ``beside_waiting`` the people of the unit's other lists that wait for staff count as taken.
    """
    class_id = nomination_list.class_id
    found = queries.seats([class_id], nomination_list.id, waiting=beside_waiting).get(class_id, [])
    for one in found:
        if one.wanted and one.left - one.waiting < 0:
            raise Invalid(
                N_(
                    "%(unit)s có %(places)s chỉ tiêu, đã có %(taken)s học viên, danh sách thêm %(wanted)s: thừa %(over)s người. "
                    "Hãy bỏ qua bớt người hoặc tăng chỉ tiêu. Chưa nhận ai vào lớp."
                ),
                unit=one.unit.name,
                places=one.places,
                taken=one.taken + one.waiting,
                wanted=one.wanted,
                over=one.waiting - one.left,
            )
    if found:
        total = queries.all_seats(nomination_list)
        places = sum(one.places for one in found if not _inside(one, found))
        if total.wanted and total.taken + total.wanted > places:
            raise Invalid(
                N_(
                    "Cả lớp có %(places)s chỉ tiêu, đã có %(taken)s học viên, danh sách thêm %(wanted)s: thừa %(over)s người. "
                    "Hãy bỏ qua bớt người hoặc tăng chỉ tiêu. Chưa nhận ai vào lớp."
                ),
                places=places,
                taken=total.taken,
                wanted=total.wanted,
                over=total.taken + total.wanted - places,
            )


def _inside(one: queries.Seats, found: list[queries.Seats]) -> bool:
    """Whether the unit lies in another that has places too: those hold its own."""
    return any(other.unit.id != one.unit.id and one.unit.path.startswith(other.unit.path) for other in found)
