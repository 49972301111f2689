"""Pictures of questions, for whoever may see the question."""

from flask import send_file
from flask.typing import ResponseReturnValue

from lms.core import files
from lms.core.errors import NotFound
from lms.quizzes.bank.rules import READERS
from lms.quizzes.delivery.queries.pictures import picture_for
from lms.quizzes.delivery.views import blueprint
from lms.web.guard import SIGNED_IN, require_actor

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
HOUR = 3600


@blueprint.route("/files/<file_id>", access=SIGNED_IN)
def picture(file_id: str) -> ResponseReturnValue:
    """A picture of a question in a bank that the person reads, or on a paper that the person was given."""
    actor = require_actor()
    stored = picture_for(account_id=actor.id, reads=actor.scope(*READERS), public_id=file_id)
    if stored is None or stored.media_type not in SHOWN:
        raise NotFound
    response = send_file(files.path_of(stored), mimetype=stored.media_type, max_age=HOUR, etag=stored.sha256)
    response.headers["Cache-Control"] = f"private, max-age={HOUR}"
    return response
