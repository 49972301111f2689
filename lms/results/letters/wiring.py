"""Opens the room of letters and the unit's own pages."""

from flask import Flask

import lms.results.letters.jobs
import lms.results.letters.views.of_class
import lms.results.letters.views.of_unit
import lms.results.letters.views.one  # noqa: F401  (imported for its routes, like the lines above)
from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.results.letters import rules
from lms.results.letters.views import blueprint, liaison
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Routes, the tab of every class, and the entries of a unit's menu."""
    app.register_blueprint(blueprint)
    app.register_blueprint(liaison)
    add_class_tab(
        app,
        ClassTab(N_("Công văn"), "letters.of_class", frozenset(rules.KEEPERS), order=80, prefix="letters."),
    )
    units = frozenset(rules.LIAISON)
    add_entry(
        app,
        Entry(
            N_("Học viên của đơn vị"),
            "liaison.learners",
            "people",
            units,
            order=20,
            prefix="liaison.learners",
        ),
    )
    add_entry(
        app, Entry(N_("Công văn"), "liaison.letters", "envelope", units, order=21, prefix="liaison.letter")
    )
