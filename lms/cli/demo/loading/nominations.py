"""A class that is still to come: its quotas, and the list of one unit that waits for staff.

Done by the operations that staff and the unit use.
"""

from datetime import date, timedelta

from lms.cli.demo.loading.bank import Catalogue
from lms.cli.demo.loading.closing import acting
from lms.cli.demo.loading.hours import at
from lms.cli.demo.loading.people import People
from lms.core import clock
from lms.core.db import db
from lms.courses.classes.models import CourseClass
from lms.courses.classes.operations.keeping import ClassData, open_class
from lms.courses.classes.operations.setting_up import set_quota
from lms.courses.nominations.operations import Typed, add_row, begin_list, send

STAFF, SENDER, UNIT = "NV01", "DV01", "DU-BS"
LECTURERS = ("GV03", "GV04")
QUOTAS = (("DU-VH", 12), (UNIT, 6), ("DU-PL", 8), ("DU-DM", 10), ("THPT-SV", 4))
LIST = (
    Typed("Rmah H’Duyên", born="12/05/2001", gender="nữ", post="Bí thư Chi đoàn buôn Kte"),
    Typed("Phạm Hữu Nghĩa", born="1994", gender="nam", post="Công an viên thường trực"),
    Typed("Ksor H’Lan", born="06/06/1998", gender="nữ", post="Cán bộ Văn phòng Ủy ban nhân dân xã"),
    Typed("Trịnh Thị Thu Hường", born="28/10/1997", gender="nữ", post="Giáo viên Trường Tiểu học Bãi Soi"),
)
"""Invented people; the third is of the class that is running now."""


def coming_class(people: People, catalogue: Catalogue) -> CourseClass:
    """A class to which units nominate for two weeks more, with one list sent."""
    today = clock.to_local(clock.now()).date()
    with clock.frozen(at(-1, 10, 15)):
        return _nominated(people, catalogue, today)


def _nominated(people: People, catalogue: Catalogue, today: date) -> CourseClass:
    staff, sender = acting(people.accounts[STAFF]), acting(people.accounts[SENDER])
    course_class = open_class(
        actor=staff,
        unit=people.centre,
        data=ClassData(
            code="NT-2026-8",
            title="Lớp bồi dưỡng nhận thức về Đảng, khóa 8 năm 2026",
            programme=catalogue.programmes["NT"],
            starts_on=today + timedelta(days=35),
            ends_on=today + timedelta(days=60),
            place="Hội trường A",
            nominate_by=today + timedelta(days=14),
            lecturers=tuple(people.accounts[code] for code in LECTURERS),
        ),
    )
    db.session.flush()
    for code, places in QUOTAS:
        set_quota(actor=staff, course_class=course_class, unit=people.units[code], places=places)
    sent = begin_list(actor=sender, course_class=course_class, unit=people.units[UNIT])
    db.session.flush()
    for typed in LIST:
        add_row(actor=sender, nomination_list=sent, typed=typed)
    send(actor=sender, nomination_list=sent, url=f"/nominations/{sent.public_id}")
    db.session.flush()
    return course_class
