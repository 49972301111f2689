"""Guarded blueprints: a route says who may enter, or it can't be registered; and one commit a request.

``access`` opens the door by role; which object may be seen is the business of the room's ``rules.py`` behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.actor import Actor, Role
from lms.core.db import db, is_writing
from lms.core.errors import NotAllowed
from lms.web.answers import wants_json
from lms.web.limits import hit
from lms.web.local_paths import stays_here

View = Callable[..., ResponseReturnValue]
LEAVING = "access.sign_out"


@dataclass(frozen=True)
class Access:
    """Who may enter a route. ``in_operation`` routes sign the person in inside their one statement."""

    name: str
    roles: frozenset[Role] = frozenset()
    public: bool = False
    in_operation: bool = False
    half_signed_in: bool = False

    def admits(self, actor: Actor) -> bool:
        """Whether the actor's roles open this door."""
        return not self.roles or actor.has(*self.roles)


PUBLIC = Access("public", public=True)
SIGNED_IN = Access("signed in")
OWN_PASSWORD = Access("own password", half_signed_in=True)
IN_OPERATION = Access("checked in the operation", in_operation=True)


def roles(*allowed: Role) -> Access:
    """Open to whoever holds one of the roles anywhere."""
    if not allowed:
        raise TypeError("name at least one role")
    return Access("roles: " + ", ".join(sorted(allowed)), roles=frozenset(allowed))


class UnguardedRouteError(TypeError):
    """A route was registered without saying who may enter."""


class GuardedBlueprint(Blueprint):
    """A blueprint whose routes declare their access."""

    def route(  # type: ignore[override]  # a guarded route asks for one thing more than Flask's
        self,
        rule: str,
        *,
        access: Access,
        methods: Sequence[str] = ("GET",),
        endpoint: str | None = None,
        limit: str | None = None,
    ) -> Callable[[View], View]:
        """Register a view at ``rule`` for whoever ``access`` admits, at most ``limit`` (``30/hour``) times each."""

        def register(view: View) -> View:
            guarded = _guard(view, access, limit)
            self.add_url_rule(rule, endpoint, guarded, methods=list(methods), access=access)
            return view

        return register

    def add_url_rule(self, rule: str, *arguments: Any, access: Access | None = None, **options: Any) -> None:
        """Refuse a rule that has no declared access."""
        if access is None:
            raise UnguardedRouteError(f"{self.name}: {rule} declares no access")
        _endpoint, view = arguments
        view.access = access  # read back by tests
        super().add_url_rule(rule, *arguments, **options)


def current_actor() -> Actor | None:
    """The signed-in person of this request, or None."""
    if "actor" not in g:
        load = current_app.extensions["lms_load_actor"]
        g.actor = load()
    actor: Actor | None = g.actor
    return actor


def require_actor() -> Actor:
    """The signed-in person of a route that only signed-in people reach."""
    actor = current_actor()
    if actor is None:
        raise NotAllowed
    return actor


def plug_in_actor_loader(app: Flask, load: Callable[[], Actor | None]) -> None:
    """Let the access room tell who sends a request; the web floor can't know accounts."""
    app.extensions["lms_load_actor"] = load


def _guard(view: View, access: Access, limit: str | None) -> View:
    @wraps(view)
    def enter(**arguments: Any) -> ResponseReturnValue:
        if not access.public and not access.in_operation and (refusal := _refusal(access)) is not None:
            return refusal
        if limit is not None:
            actor = None if access.public else current_actor()
            hit(limit, actor.public_id if actor is not None else request.remote_addr or "")
        response = current_app.make_response(view(**arguments))
        if response.status_code < 400 and is_writing():  # noqa: PLR2004  (HTTP's own border)
            db.session.commit()
        return response

    return enter


def _to_the_door() -> ResponseReturnValue:
    """Sign in, then on to the page that was asked for, or back to the one whose form came too late, and say so."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
    if request.endpoint == LEAVING:
        return redirect(url_for("access.sign_in"))
    flash(_("Phiên đăng nhập đã hết nên việc vừa bấm chưa được ghi. Hãy đăng nhập rồi làm lại."), "warn")
    before = urlsplit(request.referrer or "")
    onward = before.path if before.netloc == request.host and stays_here(before.path) else None
    return redirect(url_for("access.sign_in", next=onward))


def _refusal(access: Access) -> ResponseReturnValue | None:
    actor = current_actor()
    if actor is None:
        if wants_json():
            return {"error": "signed_out"}, 401
        return _to_the_door()
    if actor.must_change_password and not access.half_signed_in:
        if wants_json():
            return {"error": "must_change_password"}, 403
        return redirect(url_for("access.change_password"))
    if not access.admits(actor):
        raise NotAllowed
    return None
