"""The question bank's place in the application."""

from flask import Flask

from lms.core.messages import N_
from lms.courses.catalogue.uses import CitingKind, plug_in_citing
from lms.quizzes.bank import jobs, reader_words, rules
from lms.quizzes.bank.queries import citing
from lms.quizzes.bank.views import blueprint
from lms.web.navigation import Entry, add_entry

JOBS = jobs.read_import


def register(app: Flask) -> None:
    """Open the room: pages, menu entry, the job that reads files."""
    app.register_blueprint(blueprint)
    app.add_template_filter(reader_words.problem, "reader_problem")
    app.add_template_filter(reader_words.place, "reader_place")
    plug_in_citing("questions", CitingKind(N_("Câu hỏi"), citing.citations))
    add_entry(
        app,
        Entry(
            label=N_("Ngân hàng câu hỏi"),
            endpoint="bank.index",
            icon="journal-text",
            roles=frozenset(rules.READERS),
            order=30,
            prefix="bank.",
        ),
    )
