"""The gradebook's pages."""

from lms.results.gradebook import rules
from lms.web.guard import GuardedBlueprint, roles

blueprint = GuardedBlueprint("gradebook", __name__, template_folder="../templates")
PUBLISHING = roles(*rules.PUBLISHES)
READING = roles(*rules.READS)
