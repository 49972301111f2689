"""Opens the exams room."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.quizzes.delivery.places import plug_in_places
from lms.quizzes.exams import rules
from lms.quizzes.exams.queries.candidates import numbers_of, place_of
from lms.quizzes.exams.views import blueprint


def register(app: Flask) -> None:
    """Its pages, the tab of every class, and what delivery asks of a learner's place."""
    app.register_blueprint(blueprint)
    plug_in_places(place_of, numbers_of)
    add_class_tab(
        app, ClassTab(N_("Ca thi"), "exams.index", frozenset(rules.READERS), order=60, prefix="exams.")
    )
