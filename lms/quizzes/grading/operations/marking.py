"""Marking: codes are given, points written, marks settled, and corrected with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from lms.audit.operations import record
from lms.core import clock, seeds
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotFound
from lms.core.messages import N_, Message
from lms.core.numbers import format_mark
from lms.core.rounding import scaled
from lms.core.vietnamese import clean_name, nfc
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import EssayMark, EssayState, EssayTask, Submission, SubmissionState
from lms.quizzes.grading.settling import deciding, settle, share

COMMENT_LENGTH = 5000
CODE_DIGITS = 5
UNMARKED = N_("Chưa cho điểm tiêu chí này.")
OUT_OF_RANGE = N_("Điểm từ 0 đến %(most)s.")


@dataclass(frozen=True, slots=True)
class Marking:
    """What a grader wrote: points in hundredths by the criterion's id, None where nothing stands yet."""

    points: Mapping[int, int | None]
    comment: str


@operation
def begin_marking(*, actor: Actor, task: EssayTask) -> int:
    """Give a random code (*số phách*) to everything handed in that has none; how many got one.

    The codes come from no order and no name, so nothing follows from them. Doing it again changes nothing.

    Raises:
        NotFound: the actor is no grader of the task.
        Closed: the task still takes work; somebody might yet be given a code before the rest.
    """
    queries.lock(task)
    if rules.turn_of(actor, task) is None:
        raise NotFound
    if task.anonymous and task.state is EssayState.OPEN and not _due_over(task):
        raise Closed(N_("Bài có đánh phách chỉ chấm sau khi đóng nhận bài."))
    waiting = db.session.scalars(
        sa.select(Submission).where(
            Submission.task_id == task.id,
            Submission.code.is_(None),
            Submission.state == SubmissionState.HANDED_IN,
        )
    ).all()
    taken = set(
        db.session.scalars(
            sa.select(Submission.code).where(Submission.task_id == task.id, Submission.code.is_not(None))
        )
    )
    for submission in waiting:
        code = seeds.pin(CODE_DIGITS)
        while code in taken:
            code = seeds.pin(CODE_DIGITS)
        taken.add(code)
        submission.code = code
    if waiting:
        record(actor=actor, action="essay.coded", subject=task, data={"codes": len(waiting)})
    return len(waiting)


def _due_over(task: EssayTask) -> bool:
    return task.due_at is not None and task.due_at <= clock.now()


@operation
def save_mark(*, actor: Actor, task: EssayTask, code: str, marking: Marking) -> EssayMark:
    """Keep points and comment for later; they count for nothing yet.

    Raises:
        NotFound: not the actor's to mark.
        Closed: the actor's mark is final, or the essay is settled.
        Invalid: points below 0 or above what a criterion allows.
    """
    submission, turn = _to_mark(actor, task, code)
    return _write(actor, submission, turn, marking)


@operation
def give_mark(*, actor: Actor, task: EssayTask, code: str, marking: Marking) -> Submission:
    """Make the mark final, and settle the essay if it was the last one wanted.

    Raises:
        NotFound: not the actor's to mark.
        Closed: the actor's mark is final, or the essay is settled.
        Invalid: a criterion has no points, or has too many.
    """
    submission, turn = _to_mark(actor, task, code)
    missing = {
        f"points-{one.id}": Message(UNMARKED) for one in task.criteria if marking.points.get(one.id) is None
    }
    if missing:
        raise Invalid(fields=missing)
    mark = _write(actor, submission, turn, marking)
    mark.given_at = clock.now()
    record(actor=actor, action="essay.marked", subject=submission, data={"turn": turn, "total": mark.total})
    db.session.flush()
    _settle(task, submission)
    return submission


def _to_mark(actor: Actor, task: EssayTask, code: str) -> tuple[Submission, int]:
    """The essay, held, and the actor's turn, if it is wanted now."""
    turn = rules.turn_of(actor, task)
    if turn is None:
        raise NotFound
    submission = _held(task, code)
    final = {one.turn: one.total for one in submission.marks if one.given_at is not None}
    if turn in final or submission.state is SubmissionState.SETTLED:
        raise Closed(N_("Bài này đã chấm xong. Muốn sửa điểm thì dùng “Sửa điểm”, có ghi lý do."))
    if turn > task.graders and not queries.needs_third(task, final):
        raise NotFound
    return submission, turn


def _held(task: EssayTask, code: str) -> Submission:
    submission = queries.marking_of(task, code)
    db.session.execute(
        sa.select(Submission)
        .where(Submission.id == submission.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    db.session.expire(submission, ["marks"])
    return submission


def _write(actor: Actor, submission: Submission, turn: int, marking: Marking) -> EssayMark:
    task = submission.task
    _check_points(task, marking)
    mark = next((one for one in submission.marks if one.turn == turn), None)
    if mark is None:
        mark = EssayMark(turn=turn, grader_id=actor.id)
        submission.marks.append(mark)
    given = {one.id: marking.points.get(one.id) for one in task.criteria}
    mark.grader_id = actor.id
    mark.points = {str(key): value for key, value in given.items() if value is not None}
    mark.total = sum(value for value in given.values() if value is not None)
    mark.comment = nfc(marking.comment).strip()
    mark.saved_at = clock.now()
    return mark


def _check_points(task: EssayTask, marking: Marking) -> None:
    """Refuse points outside a criterion's range and a comment without end."""
    fields: dict[str, Message | str] = {}
    for one in task.criteria:
        points = marking.points.get(one.id)
        if points is not None and not 0 <= points <= one.most:
            fields[f"points-{one.id}"] = Message(OUT_OF_RANGE, {"most": format_mark(one.most)})
    if len(marking.comment) > COMMENT_LENGTH:
        fields["comment"] = Message(N_("Nhận xét dài quá %(most)s chữ."), {"most": COMMENT_LENGTH})
    if fields:
        raise Invalid(fields=fields)


def _settle(task: EssayTask, submission: Submission) -> None:
    """Write the settled mark and its sides once every mark that is wanted is final."""
    final = sorted((one for one in submission.marks if one.given_at is not None), key=lambda one: one.turn)
    if len(final) < task.graders:
        return
    totals = [one.total for one in final]
    mark = settle(totals, task.difference_limit)
    if mark is None:
        return
    chosen = deciding(totals, task.difference_limit) or range(0)
    points = [{int(key): value for key, value in final[one].points.items()} for one in chosen]
    submission.mark = mark
    for aspect, name in ((Aspect.THEORY, "theory"), (Aspect.PRACTICE, "practice")):
        reached = share(points, [one for one in task.criteria if one.aspect is aspect])
        setattr(submission, name, None if reached is None else scaled(reached, 1))
    submission.state = SubmissionState.SETTLED
    submission.settled_at = submission.settled_at or clock.now()


@operation
def correct_mark(*, actor: Actor, task: EssayTask, code: str, marking: Marking, reason: str) -> Submission:
    """Change one's own final points after the essay was settled; the first total stays beside the new one.

    Raises:
        NotFound: the actor gave no mark here.
        Closed: the essay is not settled yet.
        Conflict: it would set the two graders further apart than the limit, and nobody third has marked.
        Invalid: no reason, or points that don't fit.
    """
    turn = rules.turn_of(actor, task)
    if turn is None:
        raise NotFound
    submission = _held(task, code)
    mark = next((one for one in submission.marks if one.turn == turn and one.given_at), None)
    if mark is None:
        raise NotFound
    words = clean_name(reason)
    if not words:
        raise Invalid(fields={"reason": N_("Hãy ghi lý do sửa điểm.")})
    if submission.state is not SubmissionState.SETTLED or submission.mark is None:
        raise Closed(N_("Bài này còn chờ người chấm khác, chưa sửa điểm được."))
    missing = [one.id for one in task.criteria if marking.points.get(one.id) is None]
    if missing:
        raise Invalid(fields={f"points-{one}": UNMARKED for one in missing})
    before, given_before = submission.mark, mark.total
    _write(actor, submission, turn, marking)
    totals = [one.total for one in sorted(submission.marks, key=lambda one: one.turn) if one.given_at]
    if settle(totals, task.difference_limit) is None:
        raise Conflict(
            N_("Sửa như vậy thì hai người chấm lệch quá mức cho phép. Hãy thống nhất trước khi sửa.")
        )
    submission.first_mark = before if submission.first_mark is None else submission.first_mark
    _settle(task, submission)
    record(
        actor=actor,
        action="essay.corrected",
        subject=submission,
        data={
            "reason": words,
            "turn": turn,
            "before": before,
            "after": submission.mark,
            "given_before": given_before,
            "given_after": mark.total,
        },
    )
    return submission
