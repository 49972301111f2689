"""The pages of timetables and rolls."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from lms.core import clock
from lms.core.numbers import format_number, format_percent, format_share
from lms.courses.attendance import rules, words
from lms.courses.attendance.models import Half
from lms.courses.attendance.queries import Clash
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import DAYS, language, zone_name

timetable_pages = GuardedBlueprint("timetable", __name__, template_folder="../templates")
roll_pages = GuardedBlueprint("attendance", __name__, template_folder="../templates")
KEEPERS = roles(*rules.KEEPERS)
READERS = roles(*rules.READERS)
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def kept(key: str) -> CourseClass:
    """The class of this address, if the reader keeps it."""
    return class_in(rules.kept_scope(require_actor()), key)


def seen(key: str) -> CourseClass:
    """The class of this address, if the reader may read it."""
    return class_in(rules.seen_scope(require_actor()), key)


def today() -> date:
    """The date on the wall calendar of the installation."""
    return clock.to_local(clock.now(), zone_name()).date()


def weekday(day: date) -> str:
    """*thứ Hai*, or its English twin."""
    return (DAYS if language() == "vi" else ENGLISH_DAYS)[day.weekday()]


def half_day(day: date, half: Half) -> str:
    """*buổi sáng, thứ Hai 23/11/2026*."""
    return f"{_(words.HALVES_WITHIN[half])}, {weekday(day)} {day:%d/%m/%Y}"


def limit_words(limit: Fraction) -> str:
    """A share as people say it: ``20 %``."""
    text = format_number(limit * 100, language())
    return f"{text}\u00a0%" if language() == "vi" else f"{text}%"


def clash_words(clash: Clash) -> str:
    """What stands in the way, with the other class's name."""
    if clash.lecturer and not clash.class_title:
        return str(_("Giảng viên có lớp ở trung tâm khác"))
    if clash.lecturer:
        return str(_("Trùng giảng viên với %(title)s", title=clash.class_title))
    return str(_("Trùng phòng với %(title)s", title=clash.class_title))


def share_words(count: int, total: int) -> str:
    """``8/120 (6,67 %)``; a dash where there is nothing to share."""
    return format_share(count, total, language()) if total else "–"


def percent_words(value: Decimal) -> str:
    """``93,33 %``."""
    return format_percent(value, language())


def sentence(text: str) -> str:
    """``text`` with its first letter large; the others stay, as in *Thứ Hai*."""
    return text[:1].upper() + text[1:]


roll_pages.add_app_template_filter(weekday)
roll_pages.add_app_template_filter(sentence)
roll_pages.add_app_template_filter(share_words, "attendance_share")
roll_pages.add_app_template_filter(percent_words, "attendance_percent")
timetable_pages.add_app_template_filter(clash_words)
