"""Setting a task: its text, rubric and graders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Closed, Conflict, Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.core.numbers import format_mark
from lms.core.sanitising import clean_html
from lms.core.vietnamese import clean_name, nfc
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading import queries, rules
from lms.quizzes.grading.models import EssayGrader, EssayState, EssayTask, RubricCriterion
from lms.quizzes.grading.settling import SCALE

TITLE_LENGTH = 250
PROMPT_LENGTH = 20_000
MOST_CRITERIA = 20
PAIR = 2


@dataclass(frozen=True, slots=True)
class CriterionInput:
    """A line of the rubric as it was written; ``most`` in hundredths of a point."""

    title: str
    description: str
    aspect: Aspect
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskInput:
    """Everything of a task but its state. ``prompt`` is HTML; ``graders`` 1 or 2; ``named`` by turn."""

    title: str
    prompt: str = ""
    module: Module | None = None
    due_at: datetime | None = None
    typed: bool = True
    uploaded: bool = True
    handwritten: bool = False
    anonymous: bool = False
    graders: int = 1
    difference_limit: int = 100
    criteria: Sequence[CriterionInput] = ()
    named: Mapping[int, Account] = field(default_factory=dict)


@operation
def create_task(*, actor: Actor, course_class: CourseClass, given: TaskInput) -> EssayTask:
    """A task that learners don't see yet. The author marks it where nobody else is named.

    Raises:
        NotAllowed: the actor sets no tasks at this centre.
        Invalid: by field, what is wrong.
    """
    if not rules.may_write(actor, course_class.unit.path):
        raise NotAllowed
    _check(course_class, given)
    task = EssayTask(class_id=course_class.id, author_id=actor.id, created_at=clock.now())
    task.course_class = course_class
    _apply(task, given)
    task.criteria = _criteria(given.criteria)
    db.session.add(task)
    db.session.flush()
    _name(actor, task, given.named or {1: db.session.get_one(Account, actor.id)})
    record(actor=actor, action="essay.created", subject=task, data={"title": task.title})
    return task


@operation
def save_task(*, actor: Actor, task: EssayTask, given: TaskInput, revision: int) -> None:
    """Other words, rubric, dates or graders. Once a mark was given, rubric and kind of marking stand.

    Raises:
        NotAllowed: the actor may not edit it.
        Conflict: somebody saved it since ``revision``.
        Closed: its marks are published.
        Invalid: by field, what is wrong.
    """
    queries.lock(task)
    if not rules.may_edit(actor, task):
        raise NotAllowed
    if task.state is EssayState.PUBLISHED:
        raise Closed(N_("Điểm đã công bố, bài thu hoạch này không sửa được nữa."))
    if task.revision != revision:
        raise Conflict(N_("Bài này vừa được người khác sửa. Hãy tải lại trang, rồi sửa tiếp trên bản mới."))
    begun = queries.marks_begun(task)
    _check(task.course_class, given, rubric=not begun)
    if begun and (given.graders, given.anonymous) != (task.graders, task.anonymous):
        raise Invalid(N_("Đã bắt đầu chấm, nên không đổi được số người chấm và việc đánh phách."))
    _apply(task, given)
    if not begun:
        task.criteria.clear()
        db.session.flush()  # the places of the old lines are free before the new ones take them
        task.criteria.extend(_criteria(given.criteria))
    if given.named:
        _name(actor, task, given.named)
    task.revision += 1
    named = {str(one.turn): one.account_id for one in task.graders_named}
    record(actor=actor, action="essay.changed", subject=task, data={"title": task.title, "graders": named})


def _check(course_class: CourseClass, given: TaskInput, *, rubric: bool = True) -> None:
    fields: dict[str, Message | str] = {}
    if not 0 < len(clean_name(given.title)) <= TITLE_LENGTH:
        fields["title"] = Message(N_("Tên bài phải có từ 1 đến %(most)s chữ."), {"most": TITLE_LENGTH})
    if len(given.prompt) > PROMPT_LENGTH:
        fields["prompt"] = Message(N_("Đề bài dài quá %(most)s chữ."), {"most": PROMPT_LENGTH})
    if not (given.typed or given.uploaded or given.handwritten):
        fields["typed"] = Message(N_("Hãy chọn ít nhất một cách nộp bài."))
    if not 0 <= given.difference_limit <= SCALE:
        fields["difference_limit"] = Message(N_("Mức chênh lệch từ 0 đến 10 điểm."))
    if given.module is not None and given.module.programme_id != course_class.programme_id:
        fields["module"] = Message(N_("Phần đã chọn không thuộc chương trình của lớp."))
    if given.graders not in {1, PAIR}:
        fields["graders"] = Message(N_("Chọn một hoặc hai người chấm."))
    if len({one.id for one in given.named.values()}) < len(given.named):
        fields["first"] = Message(N_("Mỗi lượt chấm phải là một người khác nhau."))
    if rubric and (problem := _rubric_problem(given.criteria)):
        fields["criteria"] = problem
    if fields:
        raise Invalid(fields=fields)


def _rubric_problem(criteria: Sequence[CriterionInput]) -> Message | None:
    """Why the rubric can't be used: without lines, with one that has no name or no points, or not summing to 10."""
    if not criteria:
        return Message(N_("Thang điểm phải có ít nhất một tiêu chí."))
    if len(criteria) > MOST_CRITERIA:
        return Message(N_("Thang điểm có nhiều nhất %(most)s tiêu chí."), {"most": MOST_CRITERIA})
    for place, one in enumerate(criteria, start=1):
        if not clean_name(one.title):
            return Message(N_("Tiêu chí ở dòng %(place)s chưa có tên."), {"place": place})
        if not 0 < one.most <= SCALE:
            return Message(N_("Tiêu chí ở dòng %(place)s phải có điểm lớn hơn 0."), {"place": place})
    total = sum(one.most for one in criteria)
    if total == SCALE:
        return None
    params = {"total": format_mark(total), "off": format_mark(abs(SCALE - total))}
    if total < SCALE:
        return Message(N_("Các tiêu chí cộng lại được %(total)s điểm, còn thiếu %(off)s cho đủ 10."), params)
    return Message(N_("Các tiêu chí cộng lại được %(total)s điểm, thừa %(off)s so với 10."), params)


def _apply(task: EssayTask, given: TaskInput) -> None:
    task.title = clean_name(given.title)
    task.prompt = clean_html(nfc(given.prompt))
    task.module_id = given.module.id if given.module else None
    task.due_at = given.due_at
    task.typed, task.uploaded, task.handwritten = given.typed, given.uploaded, given.handwritten
    task.anonymous = given.anonymous
    task.graders = given.graders
    task.difference_limit = given.difference_limit


def _criteria(given: Sequence[CriterionInput]) -> list[RubricCriterion]:
    return [
        RubricCriterion(
            position=place,
            title=clean_name(one.title)[:TITLE_LENGTH],
            description=nfc(one.description).strip()[:2000],
            aspect=one.aspect,
            most=one.most,
        )
        for place, one in enumerate(given, start=1)
    ]


@operation
def name_graders(*, actor: Actor, task: EssayTask, named: Mapping[int, Account]) -> None:
    """Say who marks in which turn. Marks that were given stay, with the name of who gave them.

    Raises:
        NotAllowed: the actor may not edit the task.
        Invalid: somebody is named twice, is not of the centre, has marked in another turn, or a lecturer replaces who has marked.
    """
    queries.lock(task)
    if not rules.may_edit(actor, task):
        raise NotAllowed
    if len({one.id for one in named.values()}) < len(named):
        raise Invalid(N_("Mỗi lượt chấm phải là một người khác nhau."))
    _name(actor, task, named)
    record(
        actor=actor,
        action="essay.graders",
        subject=task,
        data={str(turn): account.full_name for turn, account in sorted(named.items())},
    )


def _name(actor: Actor, task: EssayTask, named: Mapping[int, Account]) -> None:
    """Set the graders. Whoever runs the centre may let another take over a turn; nobody marks in two turns."""
    known = {one.id for one in queries.possible_graders(task.course_class.unit)}
    if not {one.id for one in named.values()} <= known:
        raise Invalid(N_("Người chấm phải là người của trung tâm."))
    before = {one.turn: one.account_id for one in task.graders_named}
    for turn in sorted(queries.turns_begun(task)):
        now = named.get(turn)
        same = now is not None and now.id == before.get(turn)
        if now is None or not (same or rules.may_run(actor, task)):
            raise Invalid(N_("Lượt chấm %(turn)s đã bắt đầu; chỉ giáo vụ đổi được người chấm."), turn=turn)
    gave = queries.turns_of_graders(task)
    for turn, account in named.items():
        if gave.get(account.id, turn) != turn:
            raise Invalid(
                N_("%(name)s đã chấm ở lượt %(turn)s, không chấm thêm lượt khác được."),
                name=account.full_name,
                turn=gave[account.id],
            )
    task.graders_named.clear()
    db.session.flush()  # a person may change the turn
    task.graders_named.extend(
        EssayGrader(turn=turn, account_id=account.id) for turn, account in sorted(named.items())
    )
    db.session.flush()
