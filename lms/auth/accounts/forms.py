"""Forms of the accounts room."""

import re
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.auth.accounts.models import Account, NameKind
from lms.auth.units.queries import Branch
from lms.web.forms import BaseForm


def unit_choices(branches: Sequence[Branch]) -> list[tuple[str, str]]:
    """Units to choose from, each set in below the one it belongs to."""
    return [(branch.unit.public_id, "– " * branch.depth + branch.unit.name) for branch in branches]


class PersonForm(BaseForm):
    """A person's data and the names to sign in with; several of a kind are divided by commas."""

    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Hãy nhập họ và tên.")), Length(max=120)])
    born = StringField(_l("Ngày sinh"), [Optional(), Length(max=20)])
    unit = SelectField(_l("Đơn vị"), [InputRequired(_l("Hãy chọn đơn vị."))])
    code = StringField(_l("Mã học viên"), [Optional(), Length(max=200)])
    phone = StringField(_l("Số điện thoại"), [Optional(), Length(max=200)])
    email = StringField(_l("Thư điện tử"), [Optional(), Length(max=400)])

    def typed_names(self) -> dict[NameKind, list[str]]:
        """The names as they were typed."""
        return {
            kind: [part for part in re.split(r"[,;]", self[kind.value].data or "") if part.strip()]
            for kind in NameKind
        }

    def show(self, account: Account) -> None:
        """Fill in what is stored."""
        self.full_name.data = account.full_name
        self.born.data = account.born
        self.unit.data = account.unit.public_id if account.unit is not None else None
        for kind in NameKind:
            self[kind.value].data = ", ".join(name.value for name in account.names if name.kind is kind)


class NewPersonForm(PersonForm):
    """A person to take in; the role is offered to administrators only."""

    role = SelectField(_l("Vai trò"), [InputRequired()])


class ReasonForm(BaseForm):
    """Why."""

    reason = TextAreaField(_l("Lý do"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=500)])


class RoleForm(BaseForm):
    """A role over a unit."""

    role = SelectField(_l("Vai trò"), [InputRequired(_l("Hãy chọn vai trò."))])
    over = SelectField(_l("Phụ trách đơn vị"), [InputRequired(_l("Hãy chọn đơn vị."))])
