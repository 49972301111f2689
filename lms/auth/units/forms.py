"""Forms of the units room."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from lms.auth.units.letterhead import PARTY, STATE
from lms.web.forms import BaseForm


class NameForm(BaseForm):
    """What a unit is called."""

    name = StringField(_l("Tên đơn vị"), [InputRequired(_l("Hãy nhập tên đơn vị.")), Length(max=250)])
    short_name = StringField(_l("Tên gọi tắt"), [Optional(), Length(max=80)])


class UnitForm(NameForm):
    """A new unit."""

    kind = SelectField(_l("Loại"), [InputRequired(_l("Hãy chọn loại đơn vị."))])
    code = StringField(_l("Mã đơn vị"), [Optional(), Length(max=40)])


class RenameForm(NameForm):
    """Another name from a day on."""

    since = DateField(_l("Dùng tên này từ ngày"), [InputRequired(_l("Hãy chọn ngày."))])


class CentreForm(BaseForm):
    """Settings of a centre."""

    superior = StringField(_l("Cơ quan cấp trên, như ghi ở đầu công văn"), [Optional(), Length(max=250)])
    small_centre = BooleanField(_l("Trung tâm nhỏ"))


class LetterheadForm(BaseForm):
    """The heading of a centre's official papers, and who signs them."""

    style = SelectField(
        _l("Thể thức"),
        choices=[
            (PARTY, _l("Văn bản của Đảng (Hướng dẫn 36-HD/VPTW)")),
            (STATE, _l("Văn bản hành chính nhà nước (Nghị định 30/2020/NĐ-CP)")),
        ],
    )
    superior = StringField(_l("Cơ quan cấp trên"), [Optional(), Length(max=250)])
    issuer = StringField(
        _l("Cơ quan ban hành"), [InputRequired(_l("Hãy ghi tên cơ quan ban hành.")), Length(max=250)]
    )
    code = StringField(
        _l("Chữ viết tắt trong số công văn"),
        [InputRequired(_l("Hãy ghi chữ viết tắt dùng trong số công văn, ví dụ TTCT.")), Length(max=20)],
    )
    place = StringField(_l("Địa danh"), [Optional(), Length(max=80)])
    signer_role = SelectField(
        _l("Người ký"),
        choices=[
            ("director", _l("Giám đốc ký: GIÁM ĐỐC")),
            ("deputy", _l("Phó giám đốc ký thay: K/T GIÁM ĐỐC, PHÓ GIÁM ĐỐC")),
        ],
    )
    signer_name = StringField(_l("Họ tên người ký"), [Optional(), Length(max=120)])
