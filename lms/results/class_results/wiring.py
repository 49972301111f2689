"""Opens the class results."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.courses.nominations.passed import plug_in_passed
from lms.results.class_results import rules
from lms.results.class_results.queries import passed_pairs
from lms.results.class_results.views import blueprint


def register(app: Flask) -> None:
    """Its pages among those of a class, and its word on who has passed what."""
    app.register_blueprint(blueprint)
    plug_in_passed(passed_pairs)
    add_class_tab(
        app,
        ClassTab(
            N_("Kết quả lớp"),
            "class_results.show",
            frozenset(rules.READERS),
            order=70,
            prefix="class_results.",
        ),
    )
