"""One person: the page, taking in, correcting, suspending."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.audit.queries import trail
from lms.auth.accounts import operations, rules
from lms.auth.accounts.forms import NewPersonForm, PersonForm, ReasonForm, RoleForm, unit_choices
from lms.auth.accounts.models import Account, AccountState
from lms.auth.accounts.operations import Person
from lms.auth.accounts.views.blueprint import MANAGERS, blueprint, load, load_unit, role_choices
from lms.auth.accounts.words import ACTIONS, NAMES, ROLES, STATES
from lms.auth.units.queries import tree
from lms.core.actor import Role
from lms.core.db import db
from lms.core.errors import Invalid, NotAllowed
from lms.web.forms import mark_fields
from lms.web.guard import require_actor

HISTORY = 20


@blueprint.route("/<key>", access=MANAGERS)
def show(key: str) -> ResponseReturnValue:
    """What is known of a person, the roles held, what was done."""
    return person_page(load(key))


def person_page(
    account: Account,
    *,
    reason: ReasonForm | None = None,
    role: RoleForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page, with a form that was not right when there is one."""
    actor = require_actor()
    grantable = tree(actor.scope(Role.ADMIN))
    if role is None:
        role = RoleForm(formdata=None, prefix="role")
    role.role.choices, role.over.choices = role_choices(), unit_choices(grantable)
    return render_template(
        "accounts/show.html",
        person=account,
        history=trail("account", account.id, limit=HISTORY),
        words={"actions": ACTIONS, "names": NAMES, "roles": ROLES, "states": STATES},
        suspended=account.state is AccountState.SUSPENDED,
        reason=reason or ReasonForm(formdata=None, prefix="reason"),
        role=role,
        may_grant=bool(grantable),
        revocable={grant.id for grant in account.grants if rules.may_grant(actor, grant.unit)},
        may_manage=rules.may_manage(actor, account),
        may_edit=rules.may_edit(actor, account),
        learns_only=rules.learns_only(account),
    ), status


def _person(form: PersonForm) -> Person:
    return Person(
        full_name=form.full_name.data or "",
        born=form.born.data or "",
        unit=load_unit(form.unit.data),
        names=form.typed_names(),
    )


def _new_form() -> NewPersonForm | PersonForm:
    """Giáo vụ takes in learners and is asked for no role."""
    actor = require_actor()
    form = NewPersonForm() if actor.has(Role.ADMIN) else PersonForm()
    form.unit.choices = unit_choices(tree(rules.seen_scope(actor)))
    if isinstance(form, NewPersonForm):
        form.role.choices = role_choices()
    return form


@blueprint.route("/new", access=MANAGERS)
def new() -> ResponseReturnValue:
    """The form for a new person."""
    form = _new_form()
    form.unit.data = request.args.get("unit")
    return render_template("accounts/new.html", form=form)


@blueprint.route("/new", access=MANAGERS, methods=["POST"])
def create() -> ResponseReturnValue:
    """Take a person in; the password comes on a slip."""
    form = _new_form()
    if form.validate():
        role = Role(form.role.data) if isinstance(form, NewPersonForm) else Role.LEARNER
        try:
            account = operations.create_account(actor=require_actor(), person=_person(form), role=role)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lập tài khoản. Hãy in phiếu đăng nhập."), "ok")
            return redirect(url_for("accounts.show", key=account.public_id))
    return render_template("accounts/new.html", form=form), 422


@blueprint.route("/<key>/edit", access=MANAGERS)
def edit(key: str) -> ResponseReturnValue:
    """The form with what is stored."""
    account = load(key)
    form = _edit_form(account)
    form.show(account)
    return render_template("accounts/edit.html", form=form, person=account)


def _edit_form(account: Account) -> PersonForm:
    actor = require_actor()
    if not rules.may_edit(actor, account):
        raise NotAllowed
    form = PersonForm()
    form.unit.choices = unit_choices(tree(rules.seen_scope(actor)))
    return form


@blueprint.route("/<key>/edit", access=MANAGERS, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Correct a person's data."""
    account = load(key)
    form = _edit_form(account)
    if form.validate():
        try:
            operations.edit_account(actor=require_actor(), account=account, person=_person(form))
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("accounts.show", key=key))
    return render_template("accounts/edit.html", form=form, person=load(key)), 422


@blueprint.route("/<key>/suspend", access=MANAGERS, methods=["POST"])
def suspend(key: str) -> ResponseReturnValue:
    """Shut a person out, with a reason."""
    form = ReasonForm(prefix="reason")
    account = load(key)
    if not form.validate():
        return person_page(account, reason=form, status=422)
    operations.suspend(actor=require_actor(), account=account, reason=form.reason.data or "")
    flash(_("Đã khóa tài khoản. Người này không vào được nữa."), "ok")
    return redirect(url_for("accounts.show", key=key))


@blueprint.route("/<key>/resume", access=MANAGERS, methods=["POST"])
def resume(key: str) -> ResponseReturnValue:
    """Let a suspended person in again, with a reason."""
    form = ReasonForm(prefix="reason")
    account = load(key)
    if not form.validate():
        return person_page(account, reason=form, status=422)
    operations.resume(actor=require_actor(), account=account, reason=form.reason.data or "")
    flash(_("Đã mở lại tài khoản."), "ok")
    return redirect(url_for("accounts.show", key=key))
