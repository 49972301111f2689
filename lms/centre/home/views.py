"""Home."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.centre.home.desk import waiting
from lms.centre.home.queries import agenda, duties
from lms.core import clock
from lms.core.actor import Role
from lms.courses.attendance.words import HALVES_WITHIN
from lms.results.class_results.queries.results import own_results
from lms.results.gradebook.queries import published_results
from lms.web.guard import SIGNED_IN, GuardedBlueprint, require_actor
from lms.web.i18n import say
from lms.web.navigation import navigation

blueprint = GuardedBlueprint("home", __name__, template_folder="templates")


@blueprint.route("/", access=SIGNED_IN)
def index() -> ResponseReturnValue:
    """The learner's next thing; everybody else's desk."""
    actor = require_actor()
    if actor.roles - {Role.LEARNER}:
        return render_template(
            "home/desk.html",
            waiting=waiting(actor, clock.now()),
            items=navigation(),
            learns=actor.has(Role.LEARNER),
        )
    return learn()


@blueprint.route("/learn", access=SIGNED_IN)
def learn() -> ResponseReturnValue:
    """What to learn and to sit now."""
    actor = require_actor()
    moment = clock.now()
    return render_template(
        "home/learner.html",
        agenda=agenda(actor.id, moment),
        duties=duties(actor.id, moment),
        results=published_results(actor.id),
        class_results=own_results(actor.id),
        now=moment,
        half_word=lambda half: say(HALVES_WITHIN[half]),
    )
