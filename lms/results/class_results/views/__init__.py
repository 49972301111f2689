"""Pages of the class result."""

from lms.results.class_results.views import filling, learner, signing, table
from lms.results.class_results.views.blueprint import blueprint

__all__ = ["blueprint", "filling", "learner", "signing", "table"]
