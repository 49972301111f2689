"""The blueprints of the catalogue's pages, and who may enter."""

from lms.courses.catalogue import rules
from lms.courses.catalogue.forms import shown_issued
from lms.web.guard import GuardedBlueprint, roles

blueprint = GuardedBlueprint("catalogue", __name__, template_folder="../templates")
sources = GuardedBlueprint("sources", __name__, template_folder="../templates", url_prefix="/sources")
blueprint.add_app_template_filter(shown_issued)
READERS = roles(*rules.READERS)
KEEPERS = roles(*rules.KEEPERS)
REGISTRARS = roles(*rules.REGISTRARS)
