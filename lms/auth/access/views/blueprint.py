"""The blueprint of the access room."""

from lms.web.guard import GuardedBlueprint

blueprint = GuardedBlueprint("access", __name__, template_folder="../templates")
