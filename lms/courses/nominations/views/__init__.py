"""Pages of the nominations room."""

from lms.courses.nominations.views import centre, lists, rows, sending
from lms.courses.nominations.views.blueprint import blueprint

__all__ = ["blueprint", "centre", "lists", "rows", "sending"]
