"""Opens the grading room."""

from flask import Flask

from lms.core.actor import Role
from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.courses.study.registry import plug_in
from lms.quizzes.grading import rules
from lms.quizzes.grading.activity import ESSAY
from lms.quizzes.grading.views import blueprint
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its pages, the tab of a class, the menu entry of graders, and essays among the activities of a module."""
    app.register_blueprint(blueprint)
    add_class_tab(
        app, ClassTab(N_("Thu hoạch"), "essays.index", frozenset(rules.WRITERS), order=50, prefix="essays.")
    )
    add_entry(
        app,
        Entry(
            N_("Chấm bài"),
            "essays.mine",
            "pencil",
            frozenset({Role.LECTURER, Role.LEADER}),
            order=35,
            prefix="essays.marking",
        ),
    )
    plug_in(ESSAY)
