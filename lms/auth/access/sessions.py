"""The sign-in cookie: its name, its token, and who stands behind it.

The cookie carries a random token, the table only its SHA-256, so that a copy of the table opens no session.
"""

import hashlib

import sqlalchemy as sa
from flask import Flask, Response, current_app, request
from flask_login import LoginManager, UserMixin

from lms.auth.access.models import SignInSession
from lms.auth.accounts.models import Account, AccountState, RoleGrant
from lms.auth.units.models import Unit
from lms.core import clock, seeds
from lms.core.actor import Actor, Grant
from lms.core.db import db
from lms.web import guard, presented

SECURE_NAME = "__Host-lms"
PLAIN_NAME = "lms"


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login holds for a request: the actor, nothing else."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.id = actor.public_id


def cookie_name() -> str:
    """``__Host-`` over HTTPS; a plain name over HTTP, which only the loopback address may use."""
    return SECURE_NAME if request.is_secure else PLAIN_NAME


def new_token() -> str:
    """A fresh token of 256 bits."""
    return seeds.secret()


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def presented_hash() -> str | None:
    """The stored form of the token that this request carries, if any."""
    token = request.cookies.get(cookie_name(), "")
    return token_hash(token) if token else None


def set_cookie(response: Response, token: str) -> None:
    """Hand the token to the browser for as long as the session lives."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=current_app.config["LMS"].sign_in_hours * 3600,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def clear_cookie(response: Response) -> None:
    """Take the token back."""
    response.delete_cookie(cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


_ACTOR = (
    sa.select(
        Account.id,
        Account.public_id,
        Account.full_name,
        Account.unit_id,
        Account.language,
        Account.must_change_password,
        RoleGrant.role,
        Unit.path,
    )
    .join(SignInSession, SignInSession.account_id == Account.id)
    .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
    .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
    .where(
        SignInSession.token_hash == sa.bindparam("token_hash"),
        SignInSession.expires_at > sa.bindparam("now"),
        Account.state == AccountState.ACTIVE,
    )
)


def load_actor() -> Actor | None:
    """The person behind this request's cookie, in one statement; None for a stranger, a lapsed or suspended one."""
    hashed = presented_hash()
    if hashed is None:
        return None
    rows = db.session.execute(_ACTOR, {"token_hash": hashed, "now": clock.now()}).all()
    if not rows:
        return None
    first = rows[0]
    return Actor(
        id=first.id,
        public_id=first.public_id,
        full_name=first.full_name,
        unit_id=first.unit_id,
        grants=tuple(Grant(row.role, row.path) for row in rows if row.role is not None),
        language=first.language,
        must_change_password=first.must_change_password,
    )


def init_sessions(app: Flask) -> None:
    """Bind the loader to the guard and to Flask-Login."""
    guard.plug_in_actor_loader(app, load_actor)
    presented.plug_in_token_reader(app, presented_hash)
    manager = LoginManager(app)

    @manager.request_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(_request: object) -> SignedIn | None:
        actor = guard.current_actor()
        return SignedIn(actor) if actor is not None else None
