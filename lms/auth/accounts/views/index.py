"""The list of people."""

from enum import StrEnum
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.accounts import rules
from lms.auth.accounts.forms import unit_choices
from lms.auth.accounts.models import AccountState
from lms.auth.accounts.queries import AccountFilter, accounts
from lms.auth.accounts.views.blueprint import MANAGERS, blueprint, role_choices
from lms.auth.accounts.words import ROLES, STATES
from lms.auth.units.queries import tree
from lms.core.actor import Role
from lms.web.guard import require_actor

Choice = TypeVar("Choice", bound=StrEnum)


def _chosen(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value in set(kind) else None


@blueprint.route("", access=MANAGERS)
def index() -> ResponseReturnValue:
    """People of the own units, by name, with filters."""
    actor = require_actor()
    scope = rules.seen_scope(actor)
    branches = tree(scope)
    args = request.args
    wanted = AccountFilter(
        text=args.get("q", "").strip(),
        role=_chosen(Role, args.get("role")),
        unit=next((one.unit for one in branches if one.unit.public_id == args.get("unit")), None),
        state=_chosen(AccountState, args.get("state")),
        sort=args.get("sort", ""),
    )
    return render_template(
        "accounts/index.html",
        page=accounts(scope, wanted, args.get("page", 1, type=int)),
        active=_active(wanted),
        units=unit_choices(branches),
        roles=role_choices(),
        role_words=ROLES,
        state_words=STATES,
        states=[(state.value, _(word)) for state, word in STATES.items()],
        scope=scope,
    )


def _active(wanted: AccountFilter) -> list[tuple[str, str]]:
    """What the list is narrowed to, in words, with the parameter that takes it off."""
    pairs = [
        (wanted.text, "q"),
        (_(ROLES[wanted.role]) if wanted.role else "", "role"),
        (wanted.unit.name if wanted.unit else "", "unit"),
        (_(STATES[wanted.state]) if wanted.state else "", "state"),
    ]
    return [(words, name) for words, name in pairs if words]
