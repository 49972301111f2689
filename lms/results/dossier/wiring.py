"""Opens the room of dossiers."""

from flask import Flask

import lms.results.dossier.jobs  # noqa: F401  (imported for its job)
from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.results.dossier import rules
from lms.results.dossier.builders import plug_in_all
from lms.results.dossier.views import blueprint


def register(app: Flask) -> None:
    """Routes, the tab of every class, and the papers of other rooms."""
    app.register_blueprint(blueprint)
    add_class_tab(
        app, ClassTab(N_("Hồ sơ"), "dossier.show", frozenset(rules.KEEPERS), order=90, prefix="dossier.")
    )
    plug_in_all()
