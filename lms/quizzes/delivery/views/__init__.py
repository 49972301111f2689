"""Pages and endpoints of the delivery room."""

from lms.web.guard import GuardedBlueprint

blueprint = GuardedBlueprint("delivery", "lms.quizzes.delivery", template_folder="templates")
