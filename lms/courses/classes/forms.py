"""Forms of the classes room."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass
from lms.courses.classes.operations import ClassData
from lms.web.forms import BaseForm, DayField

LONGEST_PASTE = 20_000
MOST_PLACES = 2000


class ClearedDayField(DayField):
    """A day that is empty where it wasn't sent, not what is stored."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        if not valuelist:
            self.data = None
        super().process_formdata(valuelist)


class ClassForm(BaseForm):
    """What is known of a class; the centre is asked for only where there are several."""

    unit = SelectField(_l("Của trung tâm"), [InputRequired(_l("Hãy chọn trung tâm."))])
    title = StringField(_l("Tên lớp"), [InputRequired(_l("Hãy nhập tên lớp.")), Length(max=250)])
    code = StringField(_l("Mã lớp"), [InputRequired(_l("Hãy nhập mã lớp.")), Length(max=40)])
    programme = SelectField(_l("Chương trình"), [Optional()])
    new_programme = StringField(_l("Chương trình mới"), [Optional(), Length(max=250)])
    starts_on = DayField(_l("Ngày khai giảng"), [InputRequired(_l("Hãy chọn ngày."))])
    ends_on = DayField(_l("Ngày bế giảng"), [InputRequired(_l("Hãy chọn ngày."))])
    place = StringField(_l("Nơi học"), [Optional(), Length(max=200)])
    nominate_by = ClearedDayField(_l("Hạn cử người"), [Optional()])
    lecturers = SelectMultipleField(
        _l("Giảng viên"), [Optional()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    @classmethod
    def offering(
        cls,
        programmes: Sequence[Programme],
        lecturers: Sequence[Account],
        centres: Sequence[Unit] = (),
        course_class: CourseClass | None = None,
    ) -> "ClassForm":
        """The form with what can be chosen, and what is stored of ``course_class``."""
        form = cls(obj=course_class)
        form.lecturers.choices = [(one.public_id, one.full_name) for one in lecturers]
        form.programme.choices = [("", _("– chương trình mới –"))]
        form.programme.choices += [(one.public_id, one.title) for one in programmes]
        if len(centres) > 1:
            form.unit.choices = [(centre.public_id, centre.name) for centre in centres]
        else:
            del form.unit
        if course_class is not None and not form.is_submitted():
            form.programme.data = course_class.programme.public_id
            form.lecturers.data = [one.account.public_id for one in course_class.lecturers]
        return form

    def class_data(self, programmes: Sequence[Programme], lecturers: Sequence[Account]) -> ClassData:
        """What was typed; the form has been validated."""
        return ClassData(
            code=self.code.data,
            title=self.title.data,
            programme=next((one for one in programmes if one.public_id == self.programme.data), None),
            new_programme=self.new_programme.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            place=self.place.data or "",
            nominate_by=self.nominate_by.data,
            lecturers=tuple(one for one in lecturers if one.public_id in (self.lecturers.data or ())),
        )


class CodesForm(BaseForm):
    """Codes of learners, pasted."""

    codes = TextAreaField(
        _l("Mã học viên"),
        [InputRequired(_l("Hãy dán ít nhất một mã học viên.")), Length(max=LONGEST_PASTE)],
    )


class SentForm(BaseForm):
    """All learners of a unit."""

    unit = SelectField(_l("Đơn vị"), [InputRequired(_l("Hãy chọn đơn vị."))])


class QuotaForm(BaseForm):
    """Places for one more unit."""

    unit = SelectField(_l("Đơn vị"), [InputRequired(_l("Hãy chọn đơn vị."))])
    places = IntegerField(
        _l("Số chỗ"),
        [
            InputRequired(_l("Hãy ghi số chỗ, ví dụ 10.")),
            NumberRange(min=0, max=MOST_PLACES, message=_l("Số chỗ từ 0 đến 2000.")),
        ],
    )
