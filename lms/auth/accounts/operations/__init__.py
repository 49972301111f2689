"""Verbs of the accounts room."""

from lms.auth.accounts.operations.people import Person, create_account, edit_account, resume, suspend
from lms.auth.accounts.operations.roles import grant_role, revoke_role
from lms.auth.accounts.operations.slips import (
    ONE_TIME_DAYS,
    Slip,
    issue_slips,
    set_first_password,
    shortest_names,
)

__all__ = [
    "ONE_TIME_DAYS",
    "Person",
    "Slip",
    "create_account",
    "edit_account",
    "grant_role",
    "issue_slips",
    "resume",
    "revoke_role",
    "set_first_password",
    "shortest_names",
    "suspend",
]
