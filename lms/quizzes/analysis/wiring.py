"""Opens the analysis of questions."""

from flask import Flask

from lms.quizzes.analysis.views import blueprint, usage_of_question
from lms.quizzes.bank.queries import usage_sources


def register(app: Flask) -> None:
    """Routes, and how a question did on the bank's page of it."""
    app.register_blueprint(blueprint)
    if usage_of_question not in usage_sources:
        usage_sources.append(usage_of_question)
