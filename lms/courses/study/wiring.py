"""Opens the study room."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.catalogue.uses import CitingKind, ModuleUse, plug_in_citing, plug_in_use
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.courses.study import rules
from lms.courses.study.queries import lessons
from lms.courses.study.views import blueprint


def register(app: Flask) -> None:
    """Its pages, the tab of every class, and what it keeps by module and cites."""
    app.register_blueprint(blueprint)
    add_class_tab(
        app,
        ClassTab(N_("Bài học"), "study.of_class", frozenset(rules.READERS), order=30, prefix="study."),
    )
    plug_in_use("lessons", ModuleUse(N_("%(count)s bài học"), lessons.lesson_counts, "study.module"))
    plug_in_use("activities", ModuleUse(N_("%(count)s việc giao cho lớp"), lessons.activity_counts))
    plug_in_use("meetings", ModuleUse(N_("%(count)s buổi học"), lessons.meeting_counts))
    plug_in_citing("lessons", CitingKind(N_("Bài học"), lessons.citations))
