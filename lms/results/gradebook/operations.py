"""Recording, publishing and taking back."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from lms.audit.operations import Subject, record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.messages import N_
from lms.core.vietnamese import clean_name
from lms.courses.classes.models import Enrolment
from lms.notices.operations import notify
from lms.quizzes.bank.models import Topic
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.marking import AttemptMarks
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.rules import is_practice
from lms.results.gradebook.models import Publication, Result
from lms.results.gradebook.queries import accounts_with_results, assessment_in, publication_of, writing_count
from lms.results.gradebook.rules import PUBLISHES


@operation
def record_result(*, attempt: Attempt, marks: AttemptMarks) -> Result | None:
    """Write the result of an attempt that was just closed, in the transaction that closes it; None for practice."""
    assessment = attempt.assessment
    if is_practice(assessment):
        return None
    rows = db.session.execute(sa.select(Topic.id, Topic.title).where(Topic.bank_id == assessment.bank_id))
    titles: dict[object, str] = {topic_id: title for topic_id, title in rows}  # noqa: C416  (a result has keys(), so dict() would read it as a mapping)
    total = marks.total_hundredths
    result = Result(
        attempt_id=attempt.id,
        assessment_id=assessment.id,
        account_id=attempt.account_id,
        unit_id=db.session.scalar(
            sa.select(Enrolment.unit_id).where(
                Enrolment.class_id == assessment.class_id, Enrolment.account_id == attempt.account_id
            )
        ),
        total=total,
        theory=marks.theory.hundredths,
        practice=marks.practice.hundredths,
        topics=[
            {
                "topic": topic,
                "title": titles.get(topic, ""),
                "mark": part.hundredths,
                "questions": part.items,
            }
            for topic, part in marks.topics.items()
        ],
        answered=sum(1 for item in marks.items if item.answered),
        questions=len(marks.items),
        passed=total >= assessment.pass_mark,
        recorded_at=clock.now(),
    )
    db.session.add(result)
    return result


@operation
def publish(*, actor: Actor, assessment_id: str) -> Publication:
    """Let learners see their results.

    Raises:
        NotFound: no such assessment in the actor's centres.
        Conflict: published already, or somebody is still writing.
    """
    assessment = _locked(actor, assessment_id)
    if publication_of(assessment.id) is not None:
        raise Conflict(N_("Điểm đã được công bố rồi."))
    writing = writing_count(assessment.id)
    if writing:
        raise Conflict(N_("Còn %(count)s người đang làm bài. Hãy chờ nộp xong rồi công bố."), count=writing)
    publication = Publication(assessment_id=assessment.id, published_at=clock.now(), published_by_id=actor.id)
    db.session.add(publication)
    record(actor=actor, action="results.published", subject=assessment)
    notify(
        account_ids=accounts_with_results(assessment.id),
        text=N_("Đã có điểm: %(title)s."),
        params={"title": assessment.title},
        url="/learn",
        once=f"results.published:{assessment.id}:{publication.published_at:%Y%m%dT%H%M%S}",
    )
    return publication


@operation
def withdraw_publication(*, actor: Actor, assessment_id: str, reason: str) -> None:
    """Take the publication back, with a reason that is recorded.

    Raises:
        NotFound: no such assessment in the actor's centres.
        Conflict: nothing is published (any more).
        Invalid: the reason is empty.
    """
    assessment = _locked(actor, assessment_id)
    publication = publication_of(assessment.id)
    if publication is None:
        raise Conflict(N_("Điểm hiện không được công bố, không có gì để thu lại."))
    words = clean_name(reason)
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do thu lại.")})
    was = {"published_at": publication.published_at, "published_by": publication.published_by.full_name}
    db.session.delete(publication)
    record(actor=actor, action="results.withdrawn", subject=assessment, data={"reason": words, **was})


def _locked(actor: Actor, assessment_id: str) -> Assessment:
    """The assessment, held so that two people can't publish and withdraw at the same time."""
    assessment = assessment_in(actor.scope(*PUBLISHES), assessment_id)
    if assessment is None:
        raise NotFound
    db.session.execute(sa.select(Assessment.id).where(Assessment.id == assessment.id).with_for_update())
    return assessment


@operation
def note_access(
    *, actor: Actor, action: str, subject: Subject, data: Mapping[str, Any] | None = None
) -> None:
    """Note that somebody looked at a learner's answers or took marks away; called once the answer is made."""
    record(actor=actor, action=action, subject=subject, data=data)
