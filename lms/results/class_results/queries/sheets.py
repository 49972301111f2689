"""On how many sheets everybody of a class sat a component."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.grading.models import Submission, SubmissionPage
from lms.results.class_results.queries.gathering import typed_marks
from lms.results.class_results.queries.sources import ASSESSMENT, ESSAY, sources_of
from lms.results.class_results.table import Row
from lms.results.classification.regulation import Component

ON_MACHINE = "trên máy"


def sheets_of(class_id: int, component: Component | None, rows: Sequence[Row]) -> Mapping[int, str]:
    """What the score sheet says under *Số tờ*, by enrolment id; empty where everybody sat on the machine.

    A mark typed by staff was given on paper: its sheets are counted and written by hand. Three statements at most.
    """
    if component is None:
        return {}
    sources = sources_of(class_id).get(component.code, ())
    typed = {enrolment_id for enrolment_id, code in typed_marks(class_id) if code == component.code}
    if not typed and all(one.kind == ASSESSMENT for one in sources):
        return {}
    essays = _essays({one.target_id for one in sources if one.kind == ESSAY and one.target_id})
    on_machine = any(one.kind == ASSESSMENT for one in sources)
    found = {}
    for row in rows:
        sat = row.components.get(component.code) is not None and row.enrolment_id not in typed
        found[row.enrolment_id] = essays.get(row.account_id, ON_MACHINE if on_machine else "") if sat else ""
    return found


def _essays(task_ids: Collection[int]) -> dict[int, str]:
    """Photographed pages of what was written by hand, by account id; the rest was handed in on the machine."""
    if not task_ids:
        return {}
    rows = db.session.execute(
        sa.select(Submission.account_id, Submission.handwritten, sa.func.count(SubmissionPage.id))
        .outerjoin(SubmissionPage, SubmissionPage.submission_id == Submission.id)
        .where(Submission.task_id.in_(task_ids), Submission.handed_in_at.is_not(None))
        .group_by(Submission.id)
        .order_by(Submission.id)
    )
    return {
        account_id: f"{pages} trang" if handwritten else ON_MACHINE for account_id, handwritten, pages in rows
    }
