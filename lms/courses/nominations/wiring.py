"""Opens the nominations room."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.courses.nominations import jobs, rules
from lms.courses.nominations.views import blueprint
from lms.web.navigation import Entry, add_entry

JOBS = jobs.read_list


def register(app: Flask) -> None:
    """Its pages, the tab of each class, the units' menu entry, the job that reads files."""
    app.register_blueprint(blueprint)
    add_class_tab(
        app,
        ClassTab(
            N_("Danh sách cử"), "nominations.index", frozenset(rules.KEEPERS), order=12, prefix="nominations."
        ),
    )
    add_entry(
        app,
        Entry(
            N_("Cử người đi học"),
            "nominations.open_classes",
            "person-plus",
            frozenset(rules.SENDERS),
            order=16,
            prefix="nominations.",
        ),
    )
