"""Pages of letters: the class's for staff and leaders, the unit's own for its liaison."""

from lms.results.letters import rules
from lms.web.guard import GuardedBlueprint, roles

blueprint = GuardedBlueprint("letters", __name__, template_folder="../templates")
liaison = GuardedBlueprint("liaison", __name__, template_folder="../templates")
KEEPERS = roles(*rules.KEEPERS)
LIAISON = roles(*rules.LIAISON)
