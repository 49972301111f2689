"""Signing in and out, and the language of the interface."""

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from lms.auth.access import passwords, throttle
from lms.auth.access.forms import SignInForm
from lms.auth.access.names import normalise_name
from lms.auth.access.operations import choose_language, close_session
from lms.auth.access.operations import sign_in as open_door
from lms.auth.access.queries import Candidate, candidates
from lms.auth.access.sessions import clear_cookie, presented_hash, set_cookie
from lms.auth.access.throttle import Standing, Watched
from lms.auth.access.views.blueprint import blueprint
from lms.auth.access.views.onward import safe_next
from lms.auth.pins.weakness import is_pin, typed_pin
from lms.core.db import UnitOfWork, db
from lms.core.messages import N_
from lms.web.guard import OWN_PASSWORD, PUBLIC, current_actor
from lms.web.i18n import LANGUAGES, say

MINUTE = 60
WRONG = N_(
    "Tên đăng nhập, mật khẩu hoặc mã PIN chưa đúng. Dùng chung số điện thoại thì hãy đăng nhập bằng mã học viên."
)
LAPSED = N_("Mật khẩu trên phiếu đã hết hạn. Hãy hỏi giáo vụ để nhận phiếu mới.")
PASSWORD_WANTED = N_("Tài khoản này cần mật khẩu. Hãy xin giáo vụ phiếu mới.")


@blueprint.route("/sign-in", access=PUBLIC)
def sign_in() -> ResponseReturnValue:
    """The form."""
    if current_actor() is not None:
        return redirect(safe_next(request.args.get("next")))
    return render_template("access/sign_in.html", form=SignInForm())


@dataclass(frozen=True)
class _Counters:
    """What counts the failures of a try: counters of the name, of the address, and of each account it may mean.

    Six digits have counters of their own, stricter ones, whoever the name belongs to; a longer secret has none of them.
    """

    name: list[Watched]
    address: list[Watched]
    own: dict[int, Watched]

    @classmethod
    def of(cls, name: str, secret: str, found: list[Candidate]) -> "_Counters":
        key, address = current_app.config["SECRET_KEY"], request.remote_addr or ""
        names, addresses = [throttle.watched_name(name, key)], [throttle.watched_address(address, key)]
        if not is_pin(typed_pin(secret)):
            return cls(names, addresses, {})
        names.append(throttle.watched_pin_name(name, key))
        addresses.append(throttle.watched_pin_address(address, key))
        return cls(
            names,
            addresses,
            {one.id: throttle.watched_pin_account(one.id, key) for one in found if one.is_pin},
        )

    @property
    def shared(self) -> list[Watched]:
        return [*self.name, *self.address]

    @property
    def all(self) -> list[Watched]:
        return [*self.shared, *self.own.values()]

    def of_account(self, account_id: int) -> list[Watched]:
        return [self.own[account_id]] if account_id in self.own else []

    def cleared_by(self, account_id: int, standing: Standing) -> list[str]:
        """What a success clears: the name's and the account's own counters, never an address's."""
        watched = [*self.name, *self.of_account(account_id)]
        return [one.subject for one in watched if one.subject in standing.counted]


@blueprint.route("/sign-in", access=PUBLIC, methods=["POST"])
def try_sign_in() -> ResponseReturnValue:
    """Check name and password or PIN; hashing happens outside any transaction."""
    form = SignInForm()
    if not form.validate():
        return render_template("access/sign_in.html", form=form), 422
    name, secret = normalise_name(form.name.data or ""), form.password.data or ""
    found = candidates(name)
    counters = _Counters.of(name, secret, found)
    before = throttle.standing(counters.all)
    db.session.rollback()
    free = [one for one in found if not before.wait_for(counters.of_account(one.id))]
    if wait := before.wait_for(counters.shared) or (before.wait if found and not free else 0):
        return _wait(form, wait)
    fitting = _fitting(free, secret)
    problem = _problem(fitting)
    if fitting is None or problem is not None:
        return _refuse(form, counters.all, problem)
    token = open_door(
        account_id=fitting.id,
        checked_hash=fitting.password_hash,
        better_hash=_better_hash(fitting, secret),
        watched=[*counters.shared, *counters.of_account(fitting.id)],
        counted=counters.cleared_by(fitting.id, before),
        hours=current_app.config["LMS"].sign_in_hours,
        browser=request.user_agent.string,
        previous=presented_hash(),
    )
    if token is None:
        return _refuse(form, counters.all, None)
    session.pop("csrf_token", None)
    response = current_app.make_response(redirect(safe_next(request.args.get("next"))))
    set_cookie(response, token)
    return response


def _as_kept(candidate: Candidate, secret: str) -> str:
    return typed_pin(secret) if candidate.is_pin else secret


def _fitting(found: list[Candidate], secret: str) -> Candidate | None:
    """The one active account that the secret fits; every candidate is checked, and somebody always is."""
    fitting = [
        one for one in found if passwords.fits(one.password_hash, _as_kept(one, secret)) and one.active
    ]
    if not found:
        passwords.fits("", secret)
    return fitting[0] if len(fitting) == 1 else None


def _problem(fitting: Candidate | None) -> str | None:
    """Why a right secret opens nothing any more, as a message id."""
    if fitting is None:
        return None
    if fitting.is_pin and not fitting.learns_only:
        return PASSWORD_WANTED
    return LAPSED if fitting.lapsed else None


def _better_hash(candidate: Candidate, password: str) -> str | None:
    if not passwords.is_outdated(candidate.password_hash):
        return None
    return passwords.hash_password(_as_kept(candidate, password))


def _refuse(form: SignInForm, watched: list[Watched], problem: str | None) -> ResponseReturnValue:
    """The same answer for an unknown name, a wrong password and a suspended account, and one failure more."""
    with UnitOfWork():
        throttle.count_failure(watched=watched)
    form.form_errors.append(say(problem or WRONG))
    return render_template("access/sign_in.html", form=form), 422


def _wait(form: SignInForm, seconds: int) -> ResponseReturnValue:
    minutes = -(-seconds // MINUTE)
    form.form_errors.append(
        _("Đã nhập sai nhiều lần. Hãy đợi %(minutes)s phút rồi thử lại, hoặc hỏi giáo vụ.", minutes=minutes)
    )
    return render_template("access/sign_in.html", form=form), 429, {"Retry-After": str(seconds)}


@blueprint.route("/sign-out", access=OWN_PASSWORD, methods=["POST"])
def sign_out() -> ResponseReturnValue:
    """End this session and forget what the browser holds of it.

    Answers that were not sent yet stay in the browser's own store, bound to account and attempt: they would be
    lost for good, and nobody else can read them out through this site. Once the page has seen that none wait
    (``drained``), the browser forgets everything it stored.
    """
    hashed = presented_hash()
    if hashed is not None:
        close_session(hashed=hashed)
    session.clear()
    flash(_("Đã thoát. Có thể đưa máy cho người khác."), "ok")
    response = current_app.make_response(redirect(url_for("access.sign_in")))
    clear_cookie(response)
    drained = request.form.get("drained") == "1"
    response.headers["Clear-Site-Data"] = '"cache", "storage"' if drained else '"cache"'
    return response


@blueprint.route("/language", access=PUBLIC, methods=["POST"])
def set_language() -> ResponseReturnValue:
    """Choose the language of the interface; a signed-in person's choice goes with the account."""
    locale = request.form.get("locale", "")
    if locale in LANGUAGES:
        actor = current_actor()
        if actor is not None and actor.language != locale:
            choose_language(actor=actor, language=locale)
        session["language"] = locale
        refresh()
    return redirect(safe_next(request.form.get("next")))
