"""Opens the exams room."""

from flask import Flask, url_for

from lms.core.actor import Actor
from lms.core.messages import N_
from lms.courses.classes.tabs import ClassTab, add_class_tab
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.delivery.places import Held, plug_in_places
from lms.quizzes.delivery.signals import attempt_taken_in
from lms.quizzes.exams import rules
from lms.quizzes.exams.operations import note_taken_in
from lms.quizzes.exams.queries.candidates import numbers_of, place_of
from lms.quizzes.exams.queries.sessions import sessions_on
from lms.quizzes.exams.views import blueprint


def sessions_held(assessment_id: int) -> Held:
    """The sessions of an assessment, for its monitor."""
    exams = sessions_on(assessment_id)
    if not exams:
        return Held()
    numbers, seated = numbers_of(assessment_id)
    pages = [(one.title, url_for("exams.show", exam_key=one.public_id)) for one in exams]
    return Held(pages, numbers, frozenset(seated))


def taken_in(attempt: Attempt, *, actor: Actor, reason: str) -> None:
    """What delivery's signal says, noted."""
    note_taken_in(attempt=attempt, actor=actor, reason=reason)


def register(app: Flask) -> None:
    """Its pages, the tab of every class, and what delivery asks of a learner's place."""
    app.register_blueprint(blueprint)
    attempt_taken_in.connect(taken_in)
    plug_in_places(place_of, sessions_held)
    add_class_tab(
        app, ClassTab(N_("Ca thi"), "exams.index", frozenset(rules.READERS), order=60, prefix="exams.")
    )
