"""Pages of the accounts room."""

from lms.auth.accounts.views import index, person, roles, slips
from lms.auth.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "index", "person", "roles", "slips"]
