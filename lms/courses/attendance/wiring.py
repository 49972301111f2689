"""Opens the attendance room."""

from flask import Flask

import lms.courses.attendance.views.mine
import lms.courses.attendance.views.overview
import lms.courses.attendance.views.roll
import lms.courses.attendance.views.timetable
import lms.courses.attendance.views.week  # noqa: F401  (imported for its routes, like the lines above)
from lms.core.actor import Role
from lms.core.messages import N_
from lms.courses.attendance import rules
from lms.courses.attendance.views import roll_pages, timetable_pages
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.web.navigation import Entry, add_entry

TABS = (
    ClassTab(
        N_("Thời khóa biểu"), "timetable.index", frozenset(rules.READERS), order=20, prefix="timetable."
    ),
    ClassTab(N_("Điểm danh"), "attendance.index", frozenset(rules.READERS), order=30, prefix="attendance."),
)


def register(app: Flask) -> None:
    """Its pages, two tabs of every class, and a lecturer's week in the menu."""
    app.register_blueprint(timetable_pages)
    app.register_blueprint(roll_pages)
    for tab in TABS:
        add_class_tab(app, tab)
    add_entry(
        app,
        Entry(N_("Tuần của tôi"), "timetable.my_week", "calendar3", frozenset({Role.LECTURER}), order=12),
    )
