"""How far a job is, for the page of the person who waits for it."""

from flask.typing import ResponseReturnValue

from lms.core.errors import NotFound
from lms.jobs import queries, texts
from lms.jobs.models import Job, JobState
from lms.web.guard import SIGNED_IN, GuardedBlueprint, require_actor
from lms.web.i18n import say

blueprint = GuardedBlueprint("jobs", __name__, url_prefix="/jobs")


@blueprint.route("/<public_id>", access=SIGNED_IN)
def progress(public_id: str) -> ResponseReturnValue:
    """``done`` of ``total``, ``state``, a ``message`` to show, and ``next_url`` once it is done, else null."""
    job = queries.job_of(public_id, require_actor().id)
    if job is None:
        raise NotFound
    message = texts.read(job.message)
    answer = {
        "done": job.progress,
        "total": job.total,
        "message": say(message) if message.id else "",
        "state": job.state.value,
        "next_url": _next_url(job),
    }
    return answer, {"Cache-Control": "no-store"}


def _next_url(job: Job) -> str | None:
    url = job.result.get("next_url") if job.state is JobState.DONE else None
    if not isinstance(url, str) or not url.startswith("/") or url.startswith("//"):
        return None
    return url
