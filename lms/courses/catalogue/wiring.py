"""Opens the catalogue."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.catalogue import rules
from lms.courses.catalogue.views import blueprint, sources
from lms.web.navigation import Entry, add_entry


def register(app: Flask) -> None:
    """Its pages and the menu entries."""
    app.register_blueprint(blueprint)
    app.register_blueprint(sources)
    readers = frozenset(rules.READERS)
    add_entry(
        app, Entry(N_("Chương trình"), "catalogue.index", "book", readers, order=16, prefix="catalogue.")
    )
    add_entry(
        app, Entry(N_("Văn bản"), "sources.index", "file-earmark-text", readers, order=17, prefix="sources.")
    )
