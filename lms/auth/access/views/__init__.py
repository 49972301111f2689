"""Pages of the access room."""

from lms.auth.access.views import own, sign_in
from lms.auth.access.views.blueprint import blueprint

__all__ = ["blueprint", "own", "sign_in"]
