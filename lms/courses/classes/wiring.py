"""Opens the classes room."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.classes import rules
from lms.courses.classes.tabs import ClassTab, add_class_tab, class_tabs
from lms.courses.classes.views import blueprint
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its pages and the menu entry."""
    app.register_blueprint(blueprint)
    app.add_template_global(class_tabs)
    add_class_tab(
        app, ClassTab(N_("Học viên"), "classes.show", frozenset(rules.READERS), order=10, prefix="classes.")
    )
    add_entry(
        app,
        Entry(
            N_("Lớp học"),
            "classes.index",
            "mortarboard",
            frozenset(rules.READERS),
            order=15,
            prefix="classes.",
            path="/classes/",
        ),
    )
