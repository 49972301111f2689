"""What staff and units type about letters."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from lms.web.forms import BaseForm


class RecommendationForm(BaseForm):
    """What the centre recommends to the unit, one thought a line."""

    recommendation = TextAreaField(_l("Đề nghị với đơn vị"), [Optional(), Length(max=5000)])


class NumberForm(BaseForm):
    """What the clerk gave the letter."""

    number = StringField(_l("Số công văn"), [Optional(), Length(max=10)])
    dated = DateField(_l("Ngày ký"), [Optional()])


class ScanForm(BaseForm):
    """The stamped copy."""

    file = FileField(_l("Bản đóng dấu"), [FileRequired(_l("Hãy chọn tệp bản quét."))])


class ReplyForm(BaseForm):
    """The unit's remarks."""

    reply = TextAreaField(
        _l("Nhận xét của đơn vị"), [DataRequired(_l("Hãy ghi nhận xét của đơn vị.")), Length(max=5000)]
    )
