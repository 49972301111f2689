"""Whether the server is up (``/healthz``) and able to work (``/readyz``)."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue

from lms.core.db import db
from lms.web.guard import PUBLIC, GuardedBlueprint

blueprint = GuardedBlueprint("health", __name__)


@blueprint.route("/healthz", access=PUBLIC)
def healthz() -> ResponseReturnValue:
    """Answer as soon as the process serves."""
    return {"status": "ok"}


@blueprint.route("/readyz", access=PUBLIC)
def readyz() -> ResponseReturnValue:
    """Answer once the database does; a failure becomes 503 in the error handler."""
    db.session.execute(sa.text("SELECT 1"))
    return {"status": "ready"}
