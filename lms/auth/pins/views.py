"""Setting a PIN with a slip, on any phone and without scripts; changing it later.

Looking at a slip's page never spends the slip: in-app browsers fetch addresses before anybody taps them.
"""

from flask import Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.access import passwords, throttle
from lms.auth.access.operations import open_session
from lms.auth.access.sessions import presented_hash, set_cookie
from lms.auth.accounts.models import Account, NameKind, SecretKind
from lms.auth.pins import operations, queries, rules
from lms.auth.pins.forms import ChangePinForm, CodeForm, PinForm
from lms.auth.pins.queries import Found, Standing
from lms.auth.pins.weakness import typed_pin, weakness
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import Closed, NotAllowed, TooMany
from lms.core.messages import N_
from lms.web.guard import PUBLIC, GuardedBlueprint, require_actor, roles
from lms.web.i18n import say

blueprint = GuardedBlueprint("pins", __name__, template_folder="templates")
UNKNOWN = N_("Không có phiếu nào mang mã này. Hãy xem lại mã trên phiếu, hoặc xin giáo vụ in phiếu mới.")
UNCHANGED = N_("Mã PIN mới phải khác mã đang dùng.")
NOT_FOUND, GONE = 404, 410
LEARNERS = roles(Role.LEARNER)


@blueprint.route("/pin", access=PUBLIC)
def type_code() -> ResponseReturnValue:
    """Where the printed code is typed; it leads on to the slip's own page."""
    if typed := queries.bare_token(request.args.get("code", "")[:60]):
        return redirect(url_for("pins.slip", token=typed))
    return render_template("pins/code.html", form=CodeForm(formdata=None), problem=None)


@blueprint.route("/pin/<token>", access=PUBLIC)
def slip(token: str) -> ResponseReturnValue:
    """The form for a new PIN, or why the slip is good for nothing any more."""
    found = queries.found(token)
    if found is None or found.standing is not Standing.OPEN:
        return _closed(found)
    return _page(found, PinForm())


@blueprint.route("/pin/<token>", access=PUBLIC, methods=["POST"])
def set_pin(token: str) -> ResponseReturnValue:
    """Set the PIN and sign in here; hashing happens outside any transaction."""
    key = current_app.config["SECRET_KEY"]
    guesses = [throttle.watched_pin_address(request.remote_addr or "", key)]
    if wait := throttle.standing(guesses).wait:
        raise TooMany(retry_after=wait)
    found = queries.found(token)
    if found is None:
        db.session.rollback()
        with UnitOfWork():
            throttle.count_failure(watched=guesses)
        return _closed(None)
    if found.standing is not Standing.OPEN:
        return _closed(found)
    form, account = PinForm(), found.account
    pin = _chosen(form, account)
    if form.errors:
        return _page(found, form, 422)
    name = _shown_name(account)
    counters = _counters(account)
    db.session.rollback()
    try:
        opened = operations.set_pin(
            token=token,
            pin_hash=passwords.hash_password(pin),
            counters=counters,
            hours=current_app.config["LMS"].sign_in_hours,
            browser=request.user_agent.string,
            previous=presented_hash(),
        )
    except Closed:
        db.session.rollback()
        return _closed(queries.found(token))
    flash(_("Đã đặt mã PIN. Lần sau đăng nhập bằng %(name)s và mã PIN này.", name=name), "ok")
    return _signed_in(opened)


def _page(found: Found, form: PinForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "pins/slip.html", form=form, owner=found.account, name=_shown_name(found.account)
    ), status


def _closed(found: Found | None) -> ResponseReturnValue:
    """Why nothing can be set here, and where to type another code."""
    problem = UNKNOWN if found is None else operations.WHY_CLOSED[found.standing]
    page = render_template(
        "pins/code.html",
        form=CodeForm(formdata=None),
        problem=say(problem),
        used_at=found.invitation.used_at if found is not None else None,
    )
    return page, NOT_FOUND if found is None else GONE


def _chosen(form: PinForm, account: Account) -> str:
    """The PIN that was typed; what is wrong with it stands on the form."""
    pin = typed_pin(form.pin.data or "")
    if form.validate():
        names = [name.value for name in account.names]
        problem = weakness(pin, born=account.born, names=names)
        if problem is not None:
            form.pin.errors = [say(problem)]
    return pin


def _shown_name(account: Account) -> str:
    """What its owner types to sign in: the code where there is one."""
    kinds = list(NameKind)
    names = sorted(account.names, key=lambda name: (kinds.index(name.kind), name.value))
    return names[0].value if names else ""


def _counters(account: Account) -> list[str]:
    key = current_app.config["SECRET_KEY"]
    watched = [throttle.watched_pin_account(account.id, key)]
    for name in account.names:
        watched += [throttle.watched_name(name.value, key), throttle.watched_pin_name(name.value, key)]
    return [one.subject for one in watched]


def _signed_in(token: str) -> Response:
    session.pop("csrf_token", None)
    response = current_app.make_response(redirect(url_for("home.index")))
    set_cookie(response, token)
    return response


@blueprint.route("/account/pin", access=LEARNERS)
def change() -> ResponseReturnValue:
    """The form for another PIN."""
    return _change_page(ChangePinForm())


@blueprint.route("/account/pin", access=LEARNERS, methods=["POST"])
def save() -> ResponseReturnValue:
    """Set another PIN; guesses at the present one count like guesses at the door."""
    actor = require_actor()
    account = _own()
    form, present = ChangePinForm(), account.password_hash
    watched = [throttle.watched_pin_account(actor.id, current_app.config["SECRET_KEY"])]
    wait = throttle.standing(watched).wait
    pin = _chosen(form, account)
    is_pin = account.secret_kind is SecretKind.PIN
    db.session.rollback()
    if wait:
        raise TooMany(retry_after=wait)
    if form.present.data:
        _check_present(form, present, pin, is_pin=is_pin, watched=watched)
    if form.errors:
        return _change_page(form, 422)
    operations.change_pin(actor=actor, checked_hash=present, pin_hash=passwords.hash_password(pin))
    opened = open_session(
        account_id=actor.id,
        hours=current_app.config["LMS"].sign_in_hours,
        browser=request.user_agent.string,
        previous=None,
    )
    flash(_("Đã đổi mã PIN. Các máy khác đã được thoát ra."), "ok")
    return _signed_in(opened)


def _check_present(
    form: ChangePinForm, present: str, pin: str, *, is_pin: bool, watched: list[throttle.Watched]
) -> None:
    typed = form.present.data or ""
    if not passwords.fits(present, typed_pin(typed) if is_pin else typed):
        form.present.errors = [_("Mã đang dùng chưa đúng.")]
        with UnitOfWork():
            throttle.count_failure(watched=watched)
    elif passwords.fits(present, pin):
        form.pin.errors = [say(UNCHANGED)]


def _own() -> Account:
    actor = require_actor()
    if not rules.has_pin(actor):
        raise NotAllowed(N_("Mã PIN chỉ dành cho học viên. Tài khoản này đăng nhập bằng mật khẩu."))
    return queries.person(actor.id)


def _change_page(form: ChangePinForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "pins/change.html", form=form, has_pin=_own().secret_kind is SecretKind.PIN
    ), status
