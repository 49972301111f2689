"""The pages of a class: rooms plug theirs in at wiring time, and every page of a class shows the tabs that open."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext

from lms.core.actor import Actor, Role
from lms.courses.classes.models import CourseClass

KEY = "lms_class_tabs"


@dataclass(frozen=True)
class ClassTab:
    """A page of a class. ``label`` is a message id; ``endpoint`` takes the class's public id as ``key``.

    ``prefix`` names the endpoints of the tab, such as ``attendance.``; ``roles`` open it within the class's centre.
    """

    label: str
    endpoint: str
    roles: frozenset[Role]
    order: int
    prefix: str


def add_class_tab(app: Flask, tab: ClassTab) -> None:
    """Put a page among the tabs of every class."""
    app.extensions.setdefault(KEY, []).append(tab)


def class_tabs(actor: Actor, course_class: CourseClass) -> list[dict[str, object]]:
    """The tabs that open to ``actor``, as the ``tabs`` component takes them. ``course_class.unit`` is loaded."""
    tabs: list[ClassTab] = sorted(current_app.extensions.get(KEY, []), key=lambda tab: tab.order)
    endpoint = request.endpoint or ""
    return [
        {
            "label": gettext(tab.label),
            "url": url_for(tab.endpoint, key=course_class.public_id),
            "active": endpoint.startswith(tab.prefix),
        }
        for tab in tabs
        if actor.holds(course_class.unit.path, *tab.roles)
    ]
