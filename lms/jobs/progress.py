"""What a page that waits for a job is told, in the form its script reads."""

from flask_babel import gettext as _

from lms.jobs import texts
from lms.jobs.models import Job
from lms.web.i18n import say

Answer = dict[str, object]


def of_reading(job: Job | None, *, reading: bool, next_url: str) -> Answer:
    """How far the reading of an uploaded file is; ``reading`` says whether its draft still waits for it."""
    done, total = (job.progress, job.total) if job else (0, 0)
    if reading and job is not None and job.ended_at is not None:
        text = _("Việc đọc tệp bị dừng giữa chừng. Hãy bỏ bản này rồi tải tệp lên lại.")
        return {"done": done, "total": total, "message": text, "state": "failed", "next_url": ""}
    return {
        "done": done,
        "total": total,
        "message": _("Đang đọc tệp…") if reading else _("Đọc xong."),
        "state": "running" if reading else "finished",
        "next_url": next_url,
    }


def of_making(job: Job | None, here: str, otherwise: str = "") -> Answer:
    """How far the making of papers is; ``here`` is the page that shows them, ``otherwise`` said where the job says nothing."""
    if job is None or not job.is_waiting:
        return {"done": 1, "total": 1, "message": "", "state": "finished", "next_url": here}
    message = texts.read(job.message)
    said = say(message) if message.id else otherwise
    return {"done": job.progress, "total": job.total, "message": said, "state": "running", "next_url": ""}
