"""The base of every form: the one typed face of Flask-WTF, which ships no types."""

from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField

from lms.core.errors import Invalid
from lms.web.i18n import say


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with the CSRF token."""


class DayField(DateField):  # type: ignore[misc]  # WTForms has no types
    """A day, with a message of our own when it isn't one; after validation its data is a ``date`` or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Ngày chưa đúng, ví dụ 27/11/2026.")) from None


def mark_fields(form: BaseForm, error: Invalid) -> None:
    """Put what an operation found wrong beside the fields, and what belongs to no field at the form's head."""
    for name, message in error.fields.items():
        field = getattr(form, name, None)
        (form.form_errors if field is None else field.errors).append(say(message))
    if not error.fields:
        form.form_errors.append(say(error.message))
