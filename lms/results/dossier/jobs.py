"""*In cả bộ*: every paper set, bound behind a cover and numbered; then one operation keeps the file."""

from collections.abc import Mapping
from typing import Any

from lms.core import files
from lms.core.db import db
from lms.core.messages import N_, Message
from lms.courses.classes.models import CourseClass
from lms.jobs.registry import JobContext, job
from lms.results.dossier.binding import Bound, Part, bind
from lms.results.dossier.checklist import ITEMS
from lms.results.dossier.operations import keep_print
from lms.results.dossier.papers import cover_of, file_name
from lms.results.dossier.queries import JOB, papers_of
from lms.results.dossier.registry import sources

PDF = "application/pdf"


@job(JOB)
def print_dossier(context: JobContext) -> Mapping[str, Any]:
    """Bind the dossier of the class ``payload["class"]``; what can't be read is named in the result."""
    course_class = db.session.get_one(CourseClass, int(context.payload["class"]))
    parts: list[Part] = []
    for done, item in enumerate(ITEMS):
        context.progress(done, len(ITEMS) + 1, Message(N_("Đang lấy: %(title)s."), {"title": item.title}))
        if context.cancelled():
            context.stop()
        parts += parts_of(course_class, item.code)
    context.progress(len(ITEMS), len(ITEMS) + 1, Message(N_("Đang đóng thành một tệp…")))
    bound = bound_of(course_class, parts)
    name = file_name(course_class)
    db.session.rollback()
    whole = files.prepare(bound.data, name, PDF)
    key = keep_print(course_class=course_class, whole=whole, broken=bound.broken)
    return {
        "file": key,
        "pages": bound.pages,
        "broken": bound.broken,
        "next_url": context.payload.get("next_url", ""),
    }


def parts_of(course_class: CourseClass, item: str) -> list[Part]:
    """Everything under one item: what the software makes first, then the scans."""
    made = [
        Part(item, title, data, source.annex)
        for source in sources.get(item, ())
        for title, data in source.build(course_class)
    ]
    scans = [
        Part(item, paper.title, files.open_bytes(paper.file))
        for paper in papers_of(course_class)
        if paper.item == item
    ]
    return made + scans


def bound_of(course_class: CourseClass, parts: list[Part]) -> Bound:
    """The parts behind the cover of this class."""
    return bind(parts, lambda placed, broken, pages: cover_of(course_class, placed, broken, pages))
