"""What staff put into a dossier."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from lms.web.forms import BaseForm


class PaperForm(BaseForm):
    """A scan under an item of the checklist."""

    item = SelectField(_l("Mục trong hồ sơ"))
    title = StringField(_l("Tên tài liệu"), [Optional(), Length(max=250)])
    file = FileField(_l("Bản quét"), [FileRequired(_l("Hãy chọn tệp bản quét."))])
