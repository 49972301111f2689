"""What an author does with a draft: set it up, change it, fill its blueprint, copy it, delete it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.messages import N_, Message
from lms.core.vietnamese import clean_name, nfc
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank import queries as bank_queries
from lms.quizzes.bank.models import QuestionBank
from lms.quizzes.papers import queries, rules
from lms.quizzes.papers.blueprints import FULL_SCALE, MOST_QUESTIONS, MOST_WEIGHT, Line
from lms.quizzes.papers.checking import INSTRUCTIONS_LENGTH, MOST_ATTEMPTS, TITLE_LENGTH, window_problems
from lms.quizzes.papers.models import Assessment, AssessmentKind, BlueprintCell, ReviewRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an author sets of an assessment but its kind and its blueprint.

    Moments are aware; ``time_limit`` in seconds; ``attempts_allowed`` 0 is unlimited; ``pass_mark`` in hundredths.
    """

    course_class: CourseClass
    bank: QuestionBank
    title: str
    instructions: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_limit: int | None = None
    attempts_allowed: int = 1
    pass_mark: int = 500
    review_rule: ReviewRule = ReviewRule.OWN_ANSWERS
    shuffle_options: bool = True


@operation
def create_assessment(*, actor: Actor, kind: AssessmentKind, settings: Settings) -> Assessment:
    """A draft with an empty blueprint.

    Raises:
        NotAllowed: the actor doesn't compose for the class's centre.
        Invalid: by field, what is wrong.
    """
    if not rules.may_compose(actor, settings.course_class.unit.path):
        raise NotAllowed
    assessment = Assessment(kind=kind, author_id=actor.id, created_at=clock.now())
    _apply(assessment, settings)
    record(actor=actor, action="assessment.created", subject=assessment, data={"kind": kind.value})
    return assessment


@operation
def change_assessment(*, actor: Actor, assessment: Assessment, settings: Settings, revision: int) -> None:
    """Other settings for a draft; another bank empties the blueprint, whose topics belong to the old one.

    Raises:
        Conflict: it was changed since ``revision``, or released.
    """
    _must_edit(actor, assessment, revision)
    if not rules.may_compose(actor, settings.course_class.unit.path):
        raise NotAllowed
    if settings.bank.id != assessment.bank_id:
        assessment.cells.clear()
    _apply(assessment, settings)
    _changed(assessment)
    record(actor=actor, action="assessment.changed", subject=assessment, data={"title": assessment.title})


def _apply(assessment: Assessment, settings: Settings) -> None:
    """Check everything, then set everything."""
    practice = assessment.kind is AssessmentKind.PRACTICE
    title = clean_name(settings.title)
    time_limit = None if practice else settings.time_limit
    fields = window_problems(
        opens_at=settings.opens_at, closes_at=settings.closes_at, time_limit=time_limit, moment=clock.now()
    )
    if not 0 < len(title) <= TITLE_LENGTH:
        fields["title"] = Message(N_("Tên phải có từ 1 đến %(most)s chữ."), {"most": TITLE_LENGTH})
    if len(settings.instructions) > INSTRUCTIONS_LENGTH:
        fields["instructions"] = Message(N_("Lời dặn dài quá %(most)s chữ."), {"most": INSTRUCTIONS_LENGTH})
    if not (0 if practice else 1) <= settings.attempts_allowed <= MOST_ATTEMPTS:
        fields["attempts_allowed"] = (
            Message(N_("Số lần làm từ 0 (không giới hạn) đến %(most)s."), {"most": MOST_ATTEMPTS})
            if practice
            else Message(N_("Bài kiểm tra phải cho làm từ 1 đến %(most)s lần."), {"most": MOST_ATTEMPTS})
        )
    if not 0 <= settings.pass_mark <= FULL_SCALE:
        fields["pass_mark"] = Message(N_("Điểm đạt từ 0 đến 10."))
    if not settings.course_class.unit.path.startswith(settings.bank.unit.path):
        fields["bank"] = Message(N_("Ngân hàng này là của trung tâm khác, không dùng cho lớp này được."))
    if fields:
        raise Invalid(fields=fields)
    assessment.unit_id = settings.course_class.unit_id
    assessment.class_id = settings.course_class.id
    assessment.bank_id = settings.bank.id
    assessment.title = title
    assessment.instructions = nfc(settings.instructions).strip()
    assessment.opens_at = settings.opens_at
    assessment.closes_at = settings.closes_at
    assessment.time_limit = time_limit
    assessment.attempts_allowed = settings.attempts_allowed
    assessment.pass_mark = settings.pass_mark
    assessment.review_rule = settings.review_rule
    assessment.shuffle_options = settings.shuffle_options


@operation
def set_blueprint(*, actor: Actor, assessment: Assessment, lines: Sequence[Line], revision: int) -> None:
    """Put these lines in place of the draft's blueprint; lines without questions are left out.

    Raises:
        NotFound: a line names a topic of another bank.
        Invalid: counts or weights out of bounds.
        Conflict: it was changed since ``revision``, or released.
    """
    _must_edit(actor, assessment, revision)
    wanted = [line for line in lines if line.count]
    topics = {topic.id for topic in bank_queries.topics_of(assessment.bank_id)}
    if any(line.topic is not None and line.topic not in topics for line in wanted):
        raise NotFound
    if any(line.count < 0 for line in wanted) or sum(line.count for line in wanted) > MOST_QUESTIONS:
        raise Invalid(N_("Một đề có nhiều nhất %(most)s câu."), most=MOST_QUESTIONS)
    if any(not 0 < line.weight <= MOST_WEIGHT for line in wanted):
        raise Invalid(N_("Điểm mỗi câu phải lớn hơn 0 và không quá %(most)s."), most=MOST_WEIGHT // 100)
    assessment.cells.clear()
    db.session.flush()  # the old cells leave before new ones take their positions
    assessment.cells = _cells(wanted)
    _changed(assessment)
    record(
        actor=actor,
        action="assessment.blueprint_changed",
        subject=assessment,
        data={"questions": sum(line.count for line in wanted), "cells": len(wanted)},
    )


def _cells(lines: Sequence[Line]) -> list[BlueprintCell]:
    return [
        BlueprintCell(
            position=position,
            topic_id=line.topic,
            level=line.level,
            aspect=line.aspect,
            count=line.count,
            weight=line.weight,
        )
        for position, line in enumerate(lines, start=1)
    ]


@operation
def duplicate_assessment(*, actor: Actor, assessment: Assessment, title: str) -> Assessment:
    """A draft of the actor's own with the same settings and blueprint, without its window."""
    if not rules.may_compose(actor, assessment.unit.path):
        raise NotAllowed
    copy = Assessment(
        unit_id=assessment.unit_id,
        class_id=assessment.class_id,
        bank_id=assessment.bank_id,
        kind=assessment.kind,
        title=clean_name(title)[:TITLE_LENGTH],
        instructions=assessment.instructions,
        time_limit=assessment.time_limit,
        attempts_allowed=assessment.attempts_allowed,
        pass_mark=assessment.pass_mark,
        review_rule=assessment.review_rule,
        shuffle_options=assessment.shuffle_options,
        author_id=actor.id,
        created_at=clock.now(),
    )
    copy.cells = _cells(
        [Line(cell.topic_id, cell.level, cell.aspect, cell.count, cell.weight) for cell in assessment.cells]
    )
    record(actor=actor, action="assessment.duplicated", subject=copy, data={"from": assessment.public_id})
    return copy


@operation
def delete_assessment(*, actor: Actor, assessment: Assessment) -> None:
    """Delete a draft; its trail stays."""
    queries.lock(assessment.id)
    if not rules.may_edit(actor, assessment):
        raise NotAllowed(N_("Chỉ người soạn xóa được đề đang soạn."))
    record(actor=actor, action="assessment.deleted", subject=assessment, data={"title": assessment.title})
    db.session.delete(assessment)


def _must_edit(actor: Actor, assessment: Assessment, revision: int) -> None:
    queries.lock(assessment.id)
    if not rules.may_edit(actor, assessment):
        raise NotAllowed(N_("Chỉ người soạn sửa được đề, và chỉ khi đề chưa phát hành."))
    if assessment.revision != revision:
        raise Conflict(N_("Đề vừa được sửa ở nơi khác. Hãy tải lại trang rồi sửa tiếp."))


def _changed(assessment: Assessment) -> None:
    """What a leader was asked to release is no longer the same."""
    assessment.revision += 1
    assessment.submitted_at = None
