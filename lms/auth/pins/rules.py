"""Who may have a PIN, and who hands out slips for one."""

from lms.auth.accounts import rules as accounts
from lms.auth.accounts.models import Account
from lms.core.actor import Actor, Role


def has_pin(actor: Actor) -> bool:
    """A PIN is for learners who are nothing else; everybody else has a password."""
    return actor.roles == {Role.LEARNER}


def may_invite(actor: Actor, account: Account) -> bool:
    """Whether the actor looks after this person, who is a learner and nothing else."""
    return accounts.learns_only(account) and accounts.may_manage(actor, account)
