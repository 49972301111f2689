"""Choosing where marks come from, typing those that nothing else gives, and remarks."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Invalid, NotFound
from lms.core.messages import N_
from lms.core.vietnamese import clean_name
from lms.courses.classes.models import CourseClass, Enrolment
from lms.results.class_results.models import ComponentSource, LearnerResult, ManualMark, ResultState
from lms.results.class_results.queries import ATTENDANCE, MANUAL, offers_of, sources_of
from lms.results.class_results.turns import CLOSED, existing, must_keep, opened
from lms.results.classification.regulation import TOP, ComponentKind, Regulation
from lms.results.regulations.operations import settle_version
from lms.results.regulations.queries import content_of

REMARK_LENGTH, NOTE_LENGTH = 1000, 300


@operation
def set_sources(*, actor: Actor, course_class: CourseClass, chosen: Mapping[str, Sequence[str]]) -> None:
    """Say where each component takes its marks from: keys such as ``assessment:PUBLIC_ID`` by component code.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Closed: it was checked already.
        Conflict: the class has no regulation.
        NotFound: a component or source that isn't there.
    """
    opened(actor, course_class)
    regulation = content_of(settle_version(actor=actor, course_class=course_class))
    known = {one.key for one in offers_of(course_class.id)}
    for code, keys in chosen.items():
        _check(regulation, code, keys, known)
    before = {code: sorted(one.key for one in listed) for code, listed in sources_of(course_class.id).items()}
    after = {code: sorted(set(keys)) for code, keys in chosen.items() if keys}
    if before == after:
        return
    db.session.execute(sa.delete(ComponentSource).where(ComponentSource.class_id == course_class.id))
    for code, keys in after.items():
        for key in keys:
            kind, _, target = key.partition(":")
            db.session.add(
                ComponentSource(class_id=course_class.id, component=code, kind=kind, target=target)
            )
    record(actor=actor, action="class_result.sources_set", subject=course_class, data=after)


def _check(regulation: Regulation, code: str, keys: Sequence[str], known: set[str]) -> None:
    component = regulation.component(code)
    if component is None:
        raise NotFound
    plain = {f"{MANUAL}:"} | ({f"{ATTENDANCE}:"} if component.kind is ComponentKind.ATTENDANCE else set())
    if not set(keys) <= known | plain:
        raise NotFound
    if len(keys) > 1 and plain & set(keys):
        raise Invalid(
            fields={
                code: N_(
                    "“Nhập tay” hoặc “Điểm danh” đứng một mình: bỏ chọn các bài khác của thành phần này."
                )
            }
        )


@operation
def set_marks(*, actor: Actor, course_class: CourseClass, marks: Mapping[tuple[int, str], int | None]) -> int:
    """Type marks by enrolment id and component, in hundredths; None takes one away. How many were changed.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Closed: it was checked already.
        NotFound: an enrolment of another class, or no such component.
        Invalid: a mark off the 10-point scale.
    """
    opened(actor, course_class)
    regulation = content_of(settle_version(actor=actor, course_class=course_class))
    stored = {(one.enrolment_id, one.component): one for one in _stored(course_class)}
    mine = set(db.session.scalars(sa.select(Enrolment.id).where(Enrolment.class_id == course_class.id)))
    changes: dict[str, list[int | None]] = {}
    for (enrolment_id, code), mark in marks.items():
        if enrolment_id not in mine or regulation.component(code) is None:
            raise NotFound
        if mark is not None and not 0 <= mark <= TOP:
            raise Invalid
        one = stored.get((enrolment_id, code))
        before = None if one is None else one.mark
        if before == mark:
            continue
        changes[f"{enrolment_id}.{code}"] = [before, mark]
        if one is None:
            db.session.add(_new_mark(actor, enrolment_id, code, mark or 0))
        elif mark is None:
            db.session.delete(one)
        else:
            one.mark, one.given_by_id, one.given_at = mark, actor.id, clock.now()
    if changes:
        record(actor=actor, action="class_result.marks_typed", subject=course_class, data=changes)
    return len(changes)


@operation
def replace_mark(
    *, actor: Actor, course_class: CourseClass, enrolment_id: int, code: str, mark: int | None, note: str
) -> None:
    """Let a typed mark stand for the sources of one component of one learner, with the reason; None takes it back.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Closed: it was checked already.
        NotFound: an enrolment of another class, or no such component.
        Invalid: a mark off the scale, or no reason.
    """
    words = clean_name(note)[:NOTE_LENGTH]
    if mark is not None and not words:
        raise Invalid(fields={"note": N_("Hãy ghi lý do nhập điểm thay.")})
    set_marks(actor=actor, course_class=course_class, marks={(enrolment_id, code): mark})
    db.session.flush()
    one = db.session.get(ManualMark, (enrolment_id, code))
    if one is not None:
        one.note = words
        data = {"enrolment": enrolment_id, "component": code, "mark": mark, "note": words}
        record(actor=actor, action="class_result.mark_replaced", subject=course_class, data=data)


def _stored(course_class: CourseClass) -> Sequence[ManualMark]:
    return db.session.scalars(
        sa.select(ManualMark)
        .join(Enrolment, Enrolment.id == ManualMark.enrolment_id)
        .where(Enrolment.class_id == course_class.id)
    ).all()


def _new_mark(actor: Actor, enrolment_id: int, code: str, mark: int) -> ManualMark:
    return ManualMark(
        enrolment_id=enrolment_id, component=code, mark=mark, given_by_id=actor.id, given_at=clock.now()
    )


@operation
def set_remarks(*, actor: Actor, course_class: CourseClass, remarks: Mapping[int, str]) -> int:
    """Write remarks on conduct and ethics by enrolment id; possible until the result is signed. How many changed.

    Raises:
        NotAllowed: the actor doesn't make the class's result.
        Conflict: no result was computed yet.
        Closed: it was signed or published.
        NotFound: a learner who has no result here.
    """
    must_keep(actor, course_class)
    result = existing(course_class)
    if result.state in {ResultState.SIGNED, ResultState.PUBLISHED}:
        raise Closed(CLOSED[result.state])
    mine = {
        one.enrolment_id: one
        for one in db.session.scalars(
            sa.select(LearnerResult).where(LearnerResult.class_result_id == result.id)
        )
    }
    if not set(remarks) <= set(mine):
        raise NotFound
    differing = {number: clean_name(text)[:REMARK_LENGTH] for number, text in remarks.items()}
    differing = {number: text for number, text in differing.items() if text != mine[number].remark}
    for number, text in differing.items():
        mine[number].remark = text
    if differing:
        data = {str(number): text for number, text in differing.items()}
        record(actor=actor, action="class_result.remarked", subject=result, data=data)
    return len(differing)
