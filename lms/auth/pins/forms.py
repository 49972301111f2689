"""Forms of the PIN room."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from lms.auth.access.passwords import LONGEST
from lms.web.forms import BaseForm

LONGEST_TYPED = 20
_DIGITS = {
    "inputmode": "numeric",
    "autocomplete": "new-password",
    "spellcheck": "false",
    "pattern": "[0-9 ]*",
    "maxlength": "11",  # six digits with a space between each
}


class PinForm(BaseForm):
    """A PIN of one's own choice, shown while it is typed."""

    pin = StringField(
        _l("Mã PIN mới"),
        validators=[InputRequired(_l("Hãy nhập 6 chữ số.")), Length(max=LONGEST_TYPED)],
        render_kw=_DIGITS,
    )


class ChangePinForm(PinForm):
    """The same from inside, with the present secret."""

    present = PasswordField(
        _l("Mã PIN đang dùng"),
        validators=[InputRequired(_l("Hãy nhập mã đang dùng.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(BaseForm):
    """The code printed on a slip, for whoever can't scan."""

    code = StringField(
        _l("Mã trên phiếu"),
        validators=[InputRequired(_l("Hãy nhập mã in trên phiếu.")), Length(max=60)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
