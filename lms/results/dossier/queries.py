"""What is in a class's dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.messages import Message
from lms.core.stored_file import StoredFile
from lms.courses.classes.models import CourseClass
from lms.jobs.models import Job, JobState
from lms.results.dossier.checklist import ITEMS, Item
from lms.results.dossier.models import DossierPaper
from lms.results.dossier.registry import sources

JOB = "dossier.print"


@dataclass(frozen=True)
class Line:
    """An item, the first at place 1, with what the software makes of it, and the scans that came from outside."""

    place: int
    item: Item
    made: Sequence[Message | str]
    made_whole: bool
    papers: Sequence[DossierPaper]

    @property
    def there(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.made or self.papers)

    @property
    def whole(self) -> bool:
        """Whether the paper itself is there, not only what is annexed to it."""
        return self.made_whole or bool(self.papers)

    @property
    def missing(self) -> bool:
        """Whether inspectors would miss it."""
        return not self.whole and not self.item.optional


def lines_of(course_class: CourseClass) -> list[Line]:
    """The checklist of a class; one statement, and one for each source that is plugged in."""
    papers = papers_of(course_class)
    return [_line(course_class, place, item, papers) for place, item in enumerate(ITEMS, start=1)]


def _line(course_class: CourseClass, place: int, item: Item, papers: Sequence[DossierPaper]) -> Line:
    made = [(source, list(source.titles(course_class))) for source in sources.get(item.code, ())]
    return Line(
        place=place,
        item=item,
        made=[title for _, titles in made for title in titles],
        made_whole=any(titles and not source.annex for source, titles in made),
        papers=[one for one in papers if one.item == item.code],
    )


def papers_of(course_class: CourseClass) -> Sequence[DossierPaper]:
    """The scans of a class in the order in which they came."""
    return db.session.scalars(
        sa.select(DossierPaper)
        .where(DossierPaper.class_id == course_class.id)
        .options(joinedload(DossierPaper.file))
        .order_by(DossierPaper.id)
    ).all()


def paper_in(course_class: CourseClass, key: str) -> DossierPaper:
    """The scan of this public id.

    Raises:
        NotFound: the class has none such.
    """
    found = db.session.scalar(
        sa.select(DossierPaper)
        .where(DossierPaper.class_id == course_class.id, DossierPaper.public_id == key)
        .options(joinedload(DossierPaper.file))
    )
    if found is None:
        raise NotFound
    return found


def prints_of(course_class: CourseClass) -> Sequence[Job]:
    """The jobs that print, or printed, the class's dossier, the latest first."""
    return db.session.scalars(
        sa.select(Job)
        .where(Job.kind == JOB, Job.idempotency_key.startswith(f"{JOB}:{course_class.id}:"))
        .order_by(Job.id.desc())
        .limit(5)
    ).all()


def whole_of(jobs: Sequence[Job]) -> Job | None:
    """The latest of these jobs that was done."""
    return next((job for job in jobs if job.state is JobState.DONE and job.result.get("file")), None)


def printed_file(job: Job) -> StoredFile:
    """The PDF that a job made.

    Raises:
        NotFound: it is gone.
    """
    found = db.session.scalar(sa.select(StoredFile).where(StoredFile.public_id == job.result["file"]))
    if found is None:
        raise NotFound
    return found
