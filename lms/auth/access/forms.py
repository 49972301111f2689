"""Forms of the access room."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from lms.auth.access.passwords import LONGEST, SHORTEST, TOO_SHORT
from lms.web.forms import BaseForm


class SignInForm(BaseForm):
    """A name and a password."""

    name = StringField(
        _l("Mã học viên, số điện thoại hoặc thư điện tử"),
        validators=[
            InputRequired(_l("Hãy nhập mã học viên, số điện thoại hoặc thư điện tử.")),
            Length(max=200),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Mật khẩu hoặc mã PIN"),
        validators=[InputRequired(_l("Hãy nhập mật khẩu hoặc mã PIN.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ChangePasswordForm(BaseForm):
    """The present password and a new one, typed twice."""

    present = PasswordField(
        _l("Mật khẩu đang dùng"),
        validators=[InputRequired(_l("Hãy nhập mật khẩu đang dùng.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("Mật khẩu mới"),
        validators=[
            InputRequired(_l("Hãy nhập mật khẩu mới.")),
            Length(min=SHORTEST, max=LONGEST, message=_l(TOO_SHORT)),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Gõ lại mật khẩu mới"),
        validators=[EqualTo("new", _l("Hai lần gõ mật khẩu mới không giống nhau."))],
        render_kw={"autocomplete": "new-password", "required": True},
    )
