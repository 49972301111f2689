"""Which rooms there are: their blueprints, jobs, menu entries and receivers, each opened by its ``wiring``."""

from datetime import timedelta

from flask import Flask

from lms.audit.operations import seal_past_days
from lms.auth.access import wiring as access
from lms.auth.accounts import wiring as accounts
from lms.auth.pins import wiring as pins
from lms.auth.units import wiring as units
from lms.centre.home import wiring as home
from lms.centre.leading import wiring as leading
from lms.courses.attendance import wiring as attendance
from lms.courses.catalogue import wiring as catalogue
from lms.courses.classes import wiring as classes
from lms.courses.nominations import wiring as nominations
from lms.courses.study import wiring as study
from lms.jobs import wiring as jobs
from lms.jobs.registry import duty
from lms.notices import wiring as notices
from lms.quizzes.analysis import wiring as analysis
from lms.quizzes.bank import wiring as bank
from lms.quizzes.delivery import wiring as delivery
from lms.quizzes.exams import wiring as exams
from lms.quizzes.grading import wiring as grading
from lms.quizzes.papers import wiring as papers
from lms.quizzes.practice import wiring as practice
from lms.results.class_results import wiring as class_results
from lms.results.dossier import wiring as dossier
from lms.results.gradebook import wiring as gradebook
from lms.results.letters import wiring as letters
from lms.results.regulations import wiring as regulations


def register_rooms(app: Flask) -> None:
    """Open every room."""
    jobs.register(app)
    duty("audit.seal", timedelta(hours=1))(seal_past_days)
    notices.register(app)
    access.register(app)
    accounts.register(app)
    pins.register(app)
    units.register(app)
    catalogue.register(app)
    classes.register(app)
    nominations.register(app)
    study.register(app)
    attendance.register(app)
    bank.register(app)
    papers.register(app)
    delivery.register(app)
    practice.register(app)
    grading.register(app)
    analysis.register(app)
    exams.register(app)
    gradebook.register(app)
    letters.register(app)
    dossier.register(app)
    regulations.register(app)
    class_results.register(app)
    leading.register(app)
    home.register(app)
