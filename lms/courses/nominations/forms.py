"""Forms of the nominations room."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.courses.nominations.models import NominationRow
from lms.courses.nominations.operations import Typed
from lms.courses.nominations.reading.values import GENDERS
from lms.web.forms import BaseForm

UPLOADS = ".xlsx,.xls,.docx,.csv,.txt,.html,.htm"


class UploadForm(BaseForm):
    """A roster."""

    file = FileField(_l("Tệp danh sách"), [FileRequired(_l("Hãy chọn tệp danh sách."))])


class RowForm(BaseForm):
    """One person."""

    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Hãy nhập họ và tên.")), Length(max=150)])
    born = StringField(_l("Ngày sinh"), [Optional(), Length(max=40)])
    gender = SelectField(_l("Giới tính"), [Optional()])
    post = StringField(_l("Chức vụ"), [Optional(), Length(max=200)])
    phone = StringField(_l("Số điện thoại"), [Optional(), Length(max=60)])
    email = StringField(_l("Thư điện tử"), [Optional(), Length(max=120)])
    code = StringField(_l("Mã học viên"), [Optional(), Length(max=60)])
    note = StringField(_l("Ghi chú"), [Optional(), Length(max=300)])
    unit = SelectField(_l("Đơn vị"), [Optional()])
    everywhere = BooleanField(_l("Lấy đơn vị này cho mọi hàng ghi như vậy"))

    @classmethod
    def offering(
        cls, units: Sequence[tuple[str, str]], row: NominationRow | None = None, *, fresh: bool = False
    ) -> "RowForm":
        """The form with the units to choose among, and what ``row`` holds; ``fresh`` ignores what was posted."""
        form = cls(formdata=None, obj=row) if fresh else cls(obj=row)
        form.gender.choices = [("", "–"), *zip(GENDERS, (_("Nam"), _("Nữ")), strict=True)]
        form.unit.choices = [("", _("– chọn đơn vị –")), *units]
        if row is not None and (fresh or not form.is_submitted()):
            form.unit.data = row.unit.public_id if row.unit is not None else ""
            form.gender.data = row.gender
        return form

    def typed(self) -> Typed:
        """What was typed; the form has been validated."""
        names = ("full_name", "born", "gender", "post", "phone", "email", "code", "note")
        return Typed(**{name: self[name].data or "" for name in names})


class ReturnForm(BaseForm):
    """Why a list goes back."""

    note = TextAreaField(
        _l("Lý do trả lại"), [InputRequired(_l("Hãy ghi vì sao trả lại.")), Length(max=1000)]
    )
