"""Giving and taking roles."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.accounts import operations
from lms.auth.accounts.forms import RoleForm, unit_choices
from lms.auth.accounts.views.blueprint import ADMINS, blueprint, load, load_unit, role_choices
from lms.auth.accounts.views.person import person_page
from lms.auth.units.queries import tree
from lms.core.actor import Role
from lms.web.guard import require_actor


def _form() -> RoleForm:
    form = RoleForm(prefix="role")
    form.role.choices = role_choices()
    form.over.choices = unit_choices(tree(require_actor().scope(Role.ADMIN)))
    return form


@blueprint.route("/<key>/roles", access=ADMINS, methods=["POST"])
def grant(key: str) -> ResponseReturnValue:
    """Give a role over a unit."""
    form = _form()
    account = load(key)
    if not form.validate():
        return person_page(account, role=form, status=422)
    operations.grant_role(
        actor=require_actor(), account=account, role=Role(form.role.data), unit=load_unit(form.over.data)
    )
    flash(_("Đã giao vai trò. Người này cần đăng nhập lại."), "ok")
    return redirect(url_for("accounts.show", key=key))


@blueprint.route("/<key>/roles/revoke", access=ADMINS, methods=["POST"])
def revoke(key: str) -> ResponseReturnValue:
    """Take a role back."""
    form = RoleForm(prefix="role")
    form.role.choices = role_choices()
    account = load(key)
    unit = load_unit(form.over.data)
    form.over.choices = [(unit.public_id, unit.name)]
    if not form.validate():
        return person_page(account, role=form, status=422)
    operations.revoke_role(actor=require_actor(), account=account, role=Role(form.role.data), unit=unit)
    flash(_("Đã thu vai trò. Người này cần đăng nhập lại."), "ok")
    return redirect(url_for("accounts.show", key=key))
