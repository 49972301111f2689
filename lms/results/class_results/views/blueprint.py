"""The blueprint, who may enter, and how a view finds its class."""

from fractions import Fraction

from lms.core.rounding import to_hundredths
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.results.class_results import rules
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import marks

blueprint = GuardedBlueprint(
    "class_results", __name__, template_folder="../templates", url_prefix="/classes/<key>/result"
)
READERS = roles(*rules.READERS)
KEEPERS = roles(*rules.KEEPERS)
SIGNERS = roles(*rules.SIGNERS)


@blueprint.app_template_filter("point_marks")
def point_marks(points: Fraction | None) -> str:
    """Points of a component as a table shows them, at most two decimals; a dash where there are none."""
    return marks(None if points is None else to_hundredths(points))


def seen(key: str) -> CourseClass:
    """The class of this address; ``NotFound`` outside of the reader's scope."""
    return class_in(rules.seen_scope(require_actor()), key)


def kept(key: str) -> CourseClass:
    """The same for whoever makes its result."""
    return class_in(rules.kept_scope(require_actor()), key)


def signed(key: str) -> CourseClass:
    """The same for whoever signs."""
    return class_in(rules.signed_scope(require_actor()), key)
