"""Reading an uploaded roster: in a process of its own, outside of any transaction; then one write."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app

from lms.core import clock, files
from lms.core.db import db
from lms.core.intake.guard import Limits
from lms.core.messages import N_, Message
from lms.courses.nominations.models import ListState, NominationList
from lms.courses.nominations.operations import JOB, forget_abandoned, keep_reading
from lms.courses.nominations.reading.sandbox import read_file
from lms.jobs.registry import JobContext, duty, job

STEPS = 2
ABANDONED = timedelta(days=7)


@job(JOB)
def read_list(context: JobContext) -> Mapping[str, Any]:
    """Read the file of ``payload["list"]`` and store what was understood; repeating it changes nothing."""
    list_id = int(context.payload["list"])
    nomination_list = db.session.get(NominationList, list_id)
    if (
        nomination_list is None
        or nomination_list.file is None
        or nomination_list.state is not ListState.READING
    ):
        return {}
    path = files.path_of(nomination_list.file)
    db.session.rollback()
    context.progress(0, STEPS, Message(N_("Đang đọc tệp…")))
    roster = read_file(path, limits=Limits(file_size=current_app.config["LMS"].max_upload_bytes))
    context.progress(1, STEPS, Message(N_("Đang đối chiếu với học viên đã có…")))
    keep_reading(list_id=list_id, roster=roster)
    return {"people": len(roster.people)}


@duty("nominations.forget_files", every=timedelta(days=1))
def forget_files() -> None:
    """No uploaded list stays on the disk, even where its reading never came to an end."""
    forget_abandoned(before=clock.now() - ABANDONED)
