"""The own account: data, password, signed-in browsers."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.access import passwords, throttle
from lms.auth.access.browsers import describe
from lms.auth.access.forms import ChangePasswordForm
from lms.auth.access.operations import end_other_sessions, end_own_session, open_session
from lms.auth.access.operations import set_password as keep_password
from lms.auth.access.queries import known_about, own_account, signed_in_browsers
from lms.auth.access.sessions import presented_hash, set_cookie
from lms.auth.access.views.blueprint import blueprint
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import TooMany
from lms.web.guard import OWN_PASSWORD, SIGNED_IN, require_actor
from lms.web.i18n import say


@blueprint.route("/password", access=OWN_PASSWORD)
def change_password() -> ResponseReturnValue:
    """The form for a new password."""
    return render_template("access/password.html", form=ChangePasswordForm())


@blueprint.route("/password", access=OWN_PASSWORD, methods=["POST"])
def save_password() -> ResponseReturnValue:
    """Set a new password; every other browser is signed out. Guessing of the present one is slowed down too."""
    actor = require_actor()
    form = ChangePasswordForm()
    account = own_account(actor.id)
    present, about = account.password_hash, known_about(account)
    watched = [throttle.watched_account(actor.id, current_app.config["SECRET_KEY"])]
    wait = throttle.standing(watched).wait
    db.session.rollback()
    if wait:
        raise TooMany(retry_after=wait)
    if form.validate():
        _check(form, present, about)
    if form.present.errors and form.present.data:
        with UnitOfWork():
            throttle.count_failure(watched=watched)
    if form.errors:
        return render_template("access/password.html", form=form), 422
    keep_password(
        actor=actor, checked_hash=present, password_hash=passwords.hash_password(form.new.data or "")
    )
    token = open_session(
        account_id=actor.id,
        hours=current_app.config["LMS"].sign_in_hours,
        browser=request.user_agent.string,
        previous=None,
    )
    flash(_("Đã đổi mật khẩu. Các máy khác đã được thoát ra."), "ok")
    response = current_app.make_response(redirect(url_for("home.index")))
    set_cookie(response, token)
    return response


def _check(form: ChangePasswordForm, present: str, about: list[str]) -> None:
    new = form.new.data or ""
    if not passwords.fits(present, form.present.data or ""):
        form.present.errors = [_("Mật khẩu đang dùng chưa đúng.")]
        return
    problem = passwords.UNCHANGED if passwords.fits(present, new) else passwords.weakness(new, about)
    if problem is not None:
        form.new.errors = [say(problem)]


@blueprint.route("/account", access=SIGNED_IN)
def my_account() -> ResponseReturnValue:
    """The own account."""
    actor = require_actor()
    return render_template(
        "access/account.html",
        person=own_account(actor.id),
        browsers=signed_in_browsers(actor.id, presented_hash()),
        describe=describe,
        may_have_pin=actor.roles == {Role.LEARNER},
    )


@blueprint.route("/account/browsers/<key>/end", access=SIGNED_IN, methods=["POST"])
def end_browser(key: str) -> ResponseReturnValue:
    """Sign one of the own browsers out."""
    end_own_session(actor=require_actor(), key=key)
    flash(_("Đã thoát khỏi máy đó."), "ok")
    return redirect(url_for("access.my_account"))


@blueprint.route("/account/browsers/end", access=SIGNED_IN, methods=["POST"])
def end_other_browsers() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    end_other_sessions(actor=require_actor(), here=presented_hash())
    flash(_("Đã thoát khỏi mọi máy khác."), "ok")
    return redirect(url_for("access.my_account"))
