"""The staff menu: rooms register their entries, the reader sees those that open."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app, request, url_for
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as DatabaseTimeout

from lms.core.actor import Actor, Role
from lms.web.guard import current_actor

KEY = "lms_navigation"


@dataclass(frozen=True)
class Entry:
    """One entry of the menu; ``label`` is a message id, ``order`` places it.

    It is shown as the current one on its own page, on those whose endpoint begins with ``prefix``, and before any other
    entry on those whose address begins with ``path``.
    """

    label: str
    endpoint: str
    icon: str
    roles: frozenset[Role]
    order: int
    prefix: str = ""
    path: str = ""


@dataclass(frozen=True)
class Item:
    """An entry as the page shows it."""

    label: str
    url: str
    icon: str
    active: bool
    children: list["Item"] = field(default_factory=list)


def add_entry(app: Flask, entry: Entry) -> None:
    """Put an entry into the menu at wiring time."""
    app.extensions.setdefault(KEY, []).append(entry)


def navigation() -> list[Item]:
    """The menu of the signed-in person."""
    actor = current_actor()
    if actor is None or actor.must_change_password:
        return []
    entries: list[Entry] = sorted(current_app.extensions.get(KEY, []), key=lambda entry: entry.order)
    current = _current([entry for entry in entries if actor.has(*entry.roles)])
    return [
        Item(
            label=gettext(entry.label),
            url=url_for(entry.endpoint),
            icon=entry.icon,
            active=entry in current,
        )
        for entry in entries
        if actor.has(*entry.roles)
    ]


def _current(entries: list[Entry]) -> list[Entry]:
    by_path = [entry for entry in entries if entry.path and request.path.startswith(entry.path)]
    endpoint = request.endpoint or ""
    return by_path or [
        entry
        for entry in entries
        if endpoint == entry.endpoint or (entry.prefix and endpoint.startswith(entry.prefix))
    ]


def init_navigation(app: Flask, centre_name: Callable[[Actor | None], str]) -> None:
    """Offer the menu, the signed-in person and the centre's name to templates."""
    app.add_template_global(navigation)
    app.add_template_global(lambda: url_for("home.index"), "home_url")
    app.add_template_global(lambda: url_for("access.sign_out"), "sign_out_url")
    app.add_template_global(lambda: url_for("access.my_account"), "account_url")
    app.add_template_global(lambda: url_for("access.set_language"), "language_url")

    @app.context_processor
    def who() -> dict[str, object]:
        try:
            actor = current_actor()
            name = centre_name(actor)
        except (DBAPIError, DatabaseTimeout):  # the page that says so must not fail for the same reason
            actor, name = None, ""
        return {"current_account": actor, "centre_name": name or gettext("Trung tâm Chính trị")}
