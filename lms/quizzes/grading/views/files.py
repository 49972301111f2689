"""Files of essays, to whoever may see them: the learner, staff, and the graders by code."""

import io

from flask import Response, send_file
from flask.typing import ResponseReturnValue

from lms.core import files
from lms.core.errors import NotFound
from lms.core.media_types import DOCX
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import SubmissionPage
from lms.quizzes.grading.photos import PDF, PICTURES, without_author
from lms.quizzes.grading.views.blueprint import LEARN, RUN, WRITE, blueprint, open_task
from lms.web.guard import require_actor

FRAMED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A PDF is shown inside the marking page, which no other file of the site may be."""
ENDINGS = {PDF: "pdf", DOCX: "docx"}


@blueprint.route("/my-essays/<key>/files/<page_key>", access=LEARN)
def own_file(key: str, page_key: str) -> ResponseReturnValue:
    """The learner's own file."""
    actor = require_actor()
    task = queries.learner_task(actor.id, key)
    submission = queries.submission_of(task.id, actor.id)
    if submission is None:
        raise NotFound
    return _send(queries.page_of(submission.pages, page_key))


@blueprint.route("/essays/cover/<cover>/files/<page_key>", access=RUN)
def photo(cover: str, page_key: str) -> ResponseReturnValue:
    """A photographed page, to those who photograph."""
    submission = queries.cover_in(require_actor().scope(*rules.RUNNERS), cover)
    if not submission.handwritten:
        raise NotFound
    return _send(queries.page_of(submission.pages, page_key))


@blueprint.route("/essays/<key>/marking/<code>/files/<int:number>", access=WRITE)
def marked_file(key: str, code: str, number: int) -> ResponseReturnValue:
    """A file of the essay under a code, named by the code alone."""
    actor, task = open_task(key)
    if rules.turn_of(actor, task) is None:
        raise NotFound
    submission = queries.marking_of(task, code)
    if not 0 < number <= len(submission.pages):
        raise NotFound
    page = submission.pages[number - 1]
    return _send(page, name=f"{code}-{number}", blind=rules.is_blind(task))


def _send(page: SubmissionPage, *, name: str = "", blind: bool = False) -> Response:
    stored = page.file
    ending = ENDINGS.get(stored.media_type, "jpg")
    shown = stored.media_type in PICTURES or stored.media_type == PDF
    data = files.open_bytes(stored)
    if blind:
        data = without_author(data, stored.media_type)
    response = send_file(
        io.BytesIO(data),
        mimetype=stored.media_type,
        as_attachment=not shown,
        download_name=f"{name}.{ending}" if name else stored.name,
    )
    if stored.media_type == PDF:
        response.headers["Content-Security-Policy"] = FRAMED
    response.headers.pop("Last-Modified", None)
    return response
