"""Forms of the attendance room."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.auth.accounts.models import Account
from lms.courses.attendance import words
from lms.courses.attendance.models import ClassMeeting, Half
from lms.courses.attendance.operations import MeetingData
from lms.courses.attendance.operations.timetable import MOST_PERIODS, TEXT_LENGTH
from lms.courses.attendance.planning import Wish
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from lms.web.forms import BaseForm, DayField

USUAL_PERIODS = 4
WEEKDAYS = (
    _l("Thứ Hai"),
    _l("Thứ Ba"),
    _l("Thứ Tư"),
    _l("Thứ Năm"),
    _l("Thứ Sáu"),
    _l("Thứ Bảy"),
    _l("Chủ nhật"),
)
WORKING_DAYS = 5
MOST_DAYS_OFF = 60
_PERIODS_WRONG = _l("Số tiết là số nguyên từ 1 đến %(most)s.", most=MOST_PERIODS)


def half_choices() -> list[tuple[str, str]]:
    """Halves of a day to choose from."""
    return [(half.value, _(text)) for half, text in words.HALVES.items()]


class MeetingForm(BaseForm):
    """One half day."""

    held_on = DayField(_l("Ngày"), [InputRequired(_l("Hãy chọn ngày."))])
    half = SelectField(_l("Buổi"))
    periods = IntegerField(
        _l("Số tiết"), [InputRequired(_PERIODS_WRONG), NumberRange(1, MOST_PERIODS, _PERIODS_WRONG)]
    )
    module = SelectField(_l("Nội dung"), [Optional()])
    lecturer = SelectField(_l("Giảng viên"), [Optional()])
    guest = StringField(_l("Báo cáo viên mời"), [Optional(), Length(max=TEXT_LENGTH)])
    room = StringField(_l("Phòng"), [Optional(), Length(max=TEXT_LENGTH)])

    @classmethod
    def offering(
        cls,
        course_class: CourseClass,
        modules: Sequence[Module],
        lecturers: Sequence[Account],
        meeting: ClassMeeting | None = None,
    ) -> "MeetingForm":
        """The form with what can be chosen, and what is stored of ``meeting``."""
        form = cls(obj=meeting)
        form.half.choices = half_choices()
        form.module.choices = [("", _("– chưa chọn –"))]
        form.module.choices += [(one.public_id, f"{one.position}. {one.title}") for one in modules]
        form.lecturer.choices = [("", _("– chưa chọn –"))]
        form.lecturer.choices += [(one.public_id, one.full_name) for one in lecturers]
        if not form.is_submitted():
            form._show(course_class, meeting)
        return form

    def _show(self, course_class: CourseClass, meeting: ClassMeeting | None) -> None:
        if meeting is None:
            self.periods.data = USUAL_PERIODS
            self.room.data = course_class.place[:TEXT_LENGTH]
            return
        self.half.data = meeting.half.value
        self.module.data = meeting.module.public_id if meeting.module else ""
        self.lecturer.data = meeting.lecturer.public_id if meeting.lecturer else ""

    def meeting_data(self, modules: Sequence[Module], lecturers: Sequence[Account]) -> MeetingData:
        """What was typed; the form has been validated."""
        return MeetingData(
            held_on=self.held_on.data,
            half=Half(self.half.data),
            periods=self.periods.data,
            module=next((one for one in modules if one.public_id == self.module.data), None),
            lecturer=next((one for one in lecturers if one.public_id == self.lecturer.data), None),
            guest=self.guest.data or "",
            room=self.room.data or "",
        )


class ChecksField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DaysOffField(StringField):  # type: ignore[misc]  # WTForms has no types
    """Days parted by commas or spaces, as people write them: ``02/09/2026, 20/11/2026``."""

    days: frozenset[date] = frozenset()

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002  (WTForms' signature)
        """Read them."""
        parts = [part for part in re.split(r"[\s,;]+", self.data or "") if part]
        try:
            self.days = frozenset(datetime.strptime(part, "%d/%m/%Y").date() for part in parts)  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            raise ValidationError(_("Ngày nghỉ chưa đúng, ví dụ 02/09/2026, 20/11/2026.")) from None
        if len(parts) > MOST_DAYS_OFF:
            raise ValidationError(_("Nhiều nhất %(most)s ngày nghỉ.", most=MOST_DAYS_OFF))


class FillForm(BaseForm):
    """Half days between two dates; what it proposes is looked at before it is added."""

    first = DayField(_l("Từ ngày"), [InputRequired(_l("Hãy chọn ngày."))])
    last = DayField(_l("Đến ngày"), [InputRequired(_l("Hãy chọn ngày."))])
    weekdays = ChecksField(
        _l("Các thứ trong tuần"), [InputRequired(_l("Hãy chọn ít nhất một thứ trong tuần."))], coerce=int
    )
    halves = ChecksField(_l("Các buổi"), [InputRequired(_l("Hãy chọn ít nhất một buổi."))])
    periods = IntegerField(
        _l("Số tiết một buổi"),
        [InputRequired(_PERIODS_WRONG), NumberRange(1, MOST_PERIODS, _PERIODS_WRONG)],
        default=USUAL_PERIODS,
    )
    room = StringField(_l("Phòng"), [Optional(), Length(max=TEXT_LENGTH)])
    days_off = DaysOffField(_l("Nghỉ các ngày"), [Optional(), Length(max=1000)])

    @classmethod
    def offering(cls, course_class: CourseClass, given: Any = None) -> "FillForm":
        """The form with what was given, or with the usual: the class's dates, working days, morning and afternoon.

        Looking at a proposal needs no token; what is sent to be added is checked before any form sees it.
        """
        form = cls(formdata=given or None, meta={"csrf": False})
        form.weekdays.choices = list(enumerate(WEEKDAYS))
        form.halves.choices = half_choices()
        if not given:
            form.first.data, form.last.data = course_class.starts_on, course_class.ends_on
            form.weekdays.data = list(range(WORKING_DAYS))
            form.halves.data = [Half.MORNING.value, Half.AFTERNOON.value]
            form.room.data = course_class.place[:TEXT_LENGTH]
        return form

    def wish(self) -> Wish:
        """What was asked for; the form has been validated."""
        return Wish(
            first=self.first.data,
            last=self.last.data,
            weekdays=frozenset(self.weekdays.data),
            halves=frozenset(Half(one) for one in self.halves.data),
            periods=self.periods.data,
            room=self.room.data or "",
            days_off=self.days_off.days,
        )


class CancelForm(BaseForm):
    """Why a roll is taken back."""

    reason = StringField(_l("Lý do"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=200)])
