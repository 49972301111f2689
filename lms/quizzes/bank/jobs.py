"""Reading an uploaded file: in a process of its own, outside of any transaction; then one write."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import current_app

from lms.core import files, seeds
from lms.core.db import db
from lms.core.intake.guard import Limits
from lms.core.messages import N_, Message
from lms.jobs.registry import JobContext, job
from lms.quizzes.bank import conversion
from lms.quizzes.bank.models import Aspect, ImportBatch, ImportState, Level
from lms.quizzes.bank.operations import Filling, keep_reading
from lms.quizzes.bank.operations.imports import JOB
from lms.quizzes.interchange.document import QuestionDocument
from lms.quizzes.interchange.sandbox import read_file

STEPS = 2


@job(JOB)
def read_import(context: JobContext) -> Mapping[str, Any]:
    """Read the file of ``payload["batch"]`` and store what was understood; repeating it changes nothing."""
    batch_id = int(context.payload["batch"])
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None or batch.state is not ImportState.READING:
        return {}
    path, name = files.path_of(batch.file), batch.file_name
    db.session.rollback()
    context.progress(0, STEPS, Message(N_("Đang đọc tệp…")))
    limits = Limits(file_size=current_app.config["LMS"].max_upload_bytes)
    with tempfile.TemporaryDirectory(prefix="lms-import-") as folder:
        media = Path(folder)
        document = read_file(path, name, limits=limits, media_folder=media)
        context.progress(1, STEPS, Message(N_("Đang cất các câu đã đọc…")))
        ids = _public_ids(document)
        found = {ids[name]: media / Path(name).name for name in ids}
        pictures = {public_id: _prepare(path) for public_id, path in found.items() if path.is_file()}
    kept = {name: public_id for name, public_id in ids.items() if public_id in pictures}
    data = document.to_json()
    keep_reading(
        batch_id=batch_id,
        document=data,
        questions=conversion.with_drafts(data["questions"], kept),
        pictures=pictures,
        filling=_filling(context.payload),
    )
    return {"questions": len(document.questions)}


def _public_ids(document: QuestionDocument) -> dict[str, str]:
    """A public id for each picture that questions show, by its name in the document."""
    return {media.name: seeds.token() for question in document.questions for media in question.media}


def _prepare(path: Path) -> files.Prepared:
    with path.open("rb") as stream:
        return files.prepare(stream, path.name)


def _filling(payload: Mapping[str, Any]) -> Filling:
    level, aspect = payload.get("level"), payload.get("aspect")
    return Filling(
        topic_id=payload.get("topic"),
        level=Level(level) if level else None,
        aspect=Aspect(aspect) if aspect else None,
    )
