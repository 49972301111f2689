"""Pages of the catalogue."""

from lms.courses.catalogue.views import programmes, register
from lms.courses.catalogue.views.blueprint import blueprint, sources

__all__ = ["blueprint", "programmes", "register", "sources"]
