"""The blueprint of the accounts room, and what all its pages need."""

from flask_babel import gettext as _

from lms.auth.accounts import rules
from lms.auth.accounts.models import Account
from lms.auth.accounts.queries import account_in
from lms.auth.accounts.words import ROLES
from lms.auth.units.models import Unit
from lms.auth.units.queries import unit_in
from lms.core.actor import Role
from lms.web.guard import GuardedBlueprint, require_actor, roles

blueprint = GuardedBlueprint("accounts", __name__, template_folder="../templates", url_prefix="/accounts")
MANAGERS = roles(*rules.MANAGERS)
ADMINS = roles(Role.ADMIN)


def load(key: str) -> Account:
    """The account of an address, within the actor's scope."""
    return account_in(rules.seen_scope(require_actor()), key)


def load_unit(key: str | None) -> Unit:
    """The unit that a form names, within the actor's scope."""
    return unit_in(rules.seen_scope(require_actor()), key or "")


def role_choices() -> list[tuple[str, str]]:
    """Every role under its name."""
    return [(role.value, _(word)) for role, word in ROLES.items()]
