"""Filling and printing a class's dossier."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock, files, seeds, vietnamese
from lms.core.actor import Actor, nobody
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.core.stored_file import StoredFile
from lms.courses.classes.models import CourseClass
from lms.jobs.models import Job
from lms.jobs.operations import enqueue
from lms.results.dossier import queries, rules
from lms.results.dossier.checklist import BY_CODE
from lms.results.dossier.models import DossierPaper
from lms.results.dossier.queries import JOB

SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})
AT_MOST = 200
"""Scans of one class."""


@operation
def add_paper(
    *, actor: Actor, course_class: CourseClass, item: str, title: str, scan: files.Prepared
) -> DossierPaper:
    """Put a scan under an item of the checklist.

    Raises:
        NotAllowed: the actor doesn't keep the class's dossier.
        Invalid: there is no such item, the file is neither PDF nor picture, or there are too many.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    if item not in BY_CODE:
        raise Invalid(fields={"item": N_("Hãy chọn một mục trong hồ sơ.")})
    if scan.media_type not in SCANS or not scan.size:
        raise Invalid(
            fields={
                "file": N_("Tệp này không phải PDF, JPG hay PNG. Hãy quét lại thành một trong các loại đó.")
            }
        )
    if len(queries.papers_of(course_class)) >= AT_MOST:
        raise Invalid(N_("Hồ sơ đã có 200 tệp. Hãy gộp các bản quét rồi tải lên lại."))
    paper = DossierPaper(
        class_id=course_class.id,
        item=item,
        title=vietnamese.clean_name(title) or scan.name,
        file=files.save(scan),
        added_by_id=actor.id,
        added_at=clock.now(),
    )
    db.session.add(paper)
    record(
        actor=actor,
        action="dossier.added",
        subject=course_class,
        data={"item": item, "title": paper.title, "sha256": scan.sha256},
    )
    return paper


@operation
def remove_paper(*, actor: Actor, course_class: CourseClass, key: str) -> None:
    """Take a scan out of the dossier; the trail keeps its title and digest.

    Raises:
        NotAllowed: the actor doesn't keep the class's dossier.
        NotFound: the class has none such.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    paper = queries.paper_in(course_class, key)
    data = {"item": paper.item, "title": paper.title, "sha256": paper.file.sha256}
    db.session.delete(paper)
    record(actor=actor, action="dossier.removed", subject=course_class, data=data)


@operation
def start_printing(*, actor: Actor, course_class: CourseClass, url: str) -> Job:
    """Begin to bind the whole dossier; the job that already does so, if there is one.

    Raises:
        NotAllowed: the actor doesn't keep the class's dossier.
        Conflict: there is nothing in it.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    if not any(line.there for line in queries.lines_of(course_class)):
        raise Conflict(N_("Hồ sơ chưa có gì để in. Hãy ghi danh học viên hoặc tải bản quét lên trước."))
    running = next(
        (job for job in queries.prints_of(course_class) if job.is_waiting),
        None,
    )
    if running is not None:
        return running
    return enqueue(
        kind=JOB,
        payload={"class": course_class.id, "next_url": url},
        actor_id=actor.id,
        idempotency_key=f"{JOB}:{course_class.id}:{seeds.token()}",
    )


@operation
def keep_print(*, course_class: CourseClass, whole: files.Prepared, broken: Sequence[str]) -> str:
    """Keep the bound dossier in the place of those printed before; the file's public id."""
    before = [job.result["file"] for job in queries.prints_of(course_class) if job.result.get("file")]
    db.session.execute(sa.delete(StoredFile).where(StoredFile.public_id.in_(before)))
    stored = files.save(whole)
    db.session.flush()  # the row gets its public id
    record(
        actor=nobody(),
        action="dossier.printed",
        subject=course_class,
        data={"sha256": whole.sha256, "broken": list(broken)},
    )
    return stored.public_id
