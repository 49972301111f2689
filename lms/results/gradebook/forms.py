"""What staff type in the gradebook."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from lms.core.vietnamese import clean_name
from lms.web.forms import BaseForm


class WithdrawForm(BaseForm):
    """Why a publication is taken back."""

    reason = TextAreaField(
        _l("Lý do thu lại"),
        filters=[lambda text: clean_name(text or "")],
        validators=[DataRequired(_l("Hãy ghi lý do thu lại.")), Length(max=300)],
    )
