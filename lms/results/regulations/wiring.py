"""Opens the regulations room."""

from fractions import Fraction

from flask import Flask

from lms.core.messages import N_
from lms.courses.attendance.limits import plug_in_limit
from lms.results.classification.regulation import WHOLE
from lms.results.regulations import rules
from lms.results.regulations.queries import content_followed
from lms.results.regulations.views import blueprint
from lms.web.navigation import Entry, add_entry


def limit_of(class_id: int) -> Fraction | None:
    """The largest share of a class's periods that may be missed, by its regulation; one statement.

    None where the class has no regulation; where the regulation sets no limit, all may be missed.
    """
    content = content_followed(class_id)
    if content is None:
        return None
    return Fraction(1) if content.absence_limit is None else Fraction(content.absence_limit, WHOLE)


def register(app: Flask) -> None:
    """Its pages, the menu entry, and its word on how much of a class may be missed."""
    app.register_blueprint(blueprint)
    plug_in_limit(limit_of)
    add_entry(
        app,
        Entry(
            N_("Quy chế"),
            "regulations.index",
            "journal-text",
            frozenset(rules.KEEPERS),
            order=55,
            prefix="regulations.",
        ),
    )
