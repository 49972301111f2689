"""Opens the notices room."""

from flask import Flask, url_for

from lms.notices.views import blueprint, unread_notices


def register(app: Flask) -> None:
    """Its routes, and the bell of the layouts."""
    app.register_blueprint(blueprint)
    app.add_template_global(unread_notices)
    app.add_template_global(lambda: url_for("notices.index"), "notices_url")
