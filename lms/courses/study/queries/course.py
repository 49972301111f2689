"""A class as it is studied: its modules with lessons and activities, and who did what of it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.db import db
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import ClassLecturer, CourseClass, Enrolment, EnrolmentState
from lms.courses.study.models import (
    Activity,
    DoneWhen,
    Lesson,
    LessonProgress,
    LessonState,
)
from lms.courses.study.reckoning import Mark, Tally, is_done, may_confirm
from lms.courses.study.registry import ActivityKind, Target, kinds

F = TypeVar("F", bound=Hashable)


@dataclass(frozen=True, slots=True)
class LessonHead:
    """A lesson without its text."""

    id: int
    public_id: str
    title: str
    state: LessonState
    done_when: DoneWhen


@dataclass(frozen=True, slots=True)
class Task:
    """An activity of a class with what it leads to; ``target`` is None when the room above no longer has it."""

    activity: Activity
    kind: ActivityKind
    target: Target | None

    @property
    def counts(self) -> bool:
        """Whether it is part of what has to be done."""
        return self.activity.required and self.target is not None

    @property
    def asks(self) -> bool:
        """Whether it has to be done and can be done now."""
        return self.counts and self.target is not None and self.target.open


@dataclass(slots=True)
class Part:
    """A module as a class studies it; tasks in their order, those of a lesson among them."""

    id: int
    public_id: str
    position: int
    title: str
    lessons: list[LessonHead] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def tasks_of(self, lesson_id: int | None) -> list[Task]:
        """The tasks of one lesson, or those that belong to none."""
        return [one for one in self.tasks if one.activity.lesson_id == lesson_id]

    @property
    def rest(self) -> list[Task]:
        """Tasks that stand after the lessons: those of no lesson, or of one that isn't shown."""
        shown = {lesson.id for lesson in self.lessons}
        return [one for one in self.tasks if one.activity.lesson_id not in shown]


Outlines = dict[int, list[Part]]
Marks = dict[tuple[int, int], Mark]


def outline(programme_id: int, *, drafts: bool = False) -> list[Part]:
    """The programme's modules with their lessons, the published ones or all; one statement."""
    outlines, _marks = outlines_and_marks([programme_id], drafts=drafts)
    return outlines.get(programme_id, [])


def outlines_and_marks(
    programme_ids: Collection[int], *, drafts: bool = False, account_id: int = 0
) -> tuple[Outlines, Marks]:
    """Modules with lessons by programme, and what the account did with those lessons; one statement."""
    shown = Lesson.module_id == Module.id
    if not drafts:
        shown = sa.and_(shown, Lesson.state == LessonState.PUBLISHED)
    own = sa.and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.account_id == account_id)
    rows = db.session.execute(
        sa.select(
            Module.programme_id,
            Module.id,
            Module.public_id,
            Module.position,
            Module.title,
            Lesson.id.label("lesson_id"),
            Lesson.public_id.label("lesson_key"),
            Lesson.title.label("lesson_title"),
            Lesson.state,
            Lesson.done_when,
            LessonProgress.opened_at,
            LessonProgress.done_at,
        )
        .outerjoin(Lesson, shown)
        .outerjoin(LessonProgress, own)
        .where(Module.programme_id.in_(programme_ids))
        .order_by(Module.position, Lesson.position)
    )
    found: dict[int, dict[int, Part]] = {}
    marks: Marks = {}
    for row in rows:
        parts = found.setdefault(row.programme_id, {})
        part = parts.setdefault(row.id, Part(row.id, row.public_id, row.position, row.title))
        if row.lesson_id is None:
            continue
        part.lessons.append(
            LessonHead(row.lesson_id, row.lesson_key, row.lesson_title, row.state, row.done_when)
        )
        if row.opened_at is not None:
            marks[row.lesson_id, account_id] = Mark(opened=True, confirmed=row.done_at is not None)
    return {programme_id: list(parts.values()) for programme_id, parts in found.items()}, marks


def activities_of(class_id: int, lesson_id: int | None = None) -> Sequence[Activity]:
    """The activities of a class in order, or those of one lesson."""
    statement = (
        sa.select(Activity).where(Activity.class_id == class_id).order_by(Activity.position, Activity.id)
    )
    if lesson_id is not None:
        statement = statement.where(Activity.lesson_id == lesson_id)
    return db.session.scalars(statement).all()


def _names_by(answers: Callable[[ActivityKind], F], names: Iterable[str]) -> list[tuple[F, set[str]]]:
    """Names of kinds by who answers for them: a room that offers several kinds may answer for all at once."""
    found: dict[F, set[str]] = {}
    for name in sorted(set(names)):
        found.setdefault(answers(kinds[name]), set()).add(name)
    return list(found.items())


def with_targets(activities: Iterable[Activity]) -> list[Task]:
    """What activities lead to; a statement or two for each room that offers some. One of an unknown kind is left out."""
    known = [one for one in activities if one.kind in kinds]
    targets: dict[str, dict[str, Target]] = {}
    for finds, names in _names_by(lambda kind: kind.targets, (one.kind for one in known)):
        keys = {one.target for one in known if one.kind in names}
        found = {target.key: target for target in finds(keys)}
        targets.update(dict.fromkeys(names, found))
    return [Task(one, kinds[one.kind], targets[one.kind].get(one.target)) for one in known]


def parts_of(course_class: CourseClass, *, drafts: bool = False) -> list[Part]:
    """The class's modules with lessons and tasks."""
    parts = outline(course_class.programme_id, drafts=drafts)
    place({course_class.id: parts}, with_targets(activities_of(course_class.id)))
    return parts


def place(parts: Mapping[int, Iterable[Part]], tasks: Iterable[Task]) -> None:
    """Put the tasks of classes, by whose ids the modules are given, where they belong."""
    found = {(class_id, part.id): part for class_id, each in parts.items() for part in each}
    for task in tasks:
        part = found.get((task.activity.class_id, task.activity.module_id))
        if part is not None:
            part.tasks.append(task)


@dataclass(frozen=True, slots=True)
class Deeds:
    """Who did what: marks by lesson and account id, and pairs of activity and account id that are done."""

    marks: Marks
    tasks: set[tuple[int, int]]

    def task_done(self, task: Task, account_id: int) -> bool:
        """Whether the account did the task."""
        return (task.activity.id, account_id) in self.tasks

    def mark(self, lesson_id: int, account_id: int) -> Mark:
        """What the account did with the lesson."""
        return self.marks.get((lesson_id, account_id), Mark())

    def lesson_done(self, lesson: LessonHead, tasks: Iterable[Task], account_id: int) -> bool:
        """Whether the account is done with the lesson, whose tasks are given."""
        asked = [self.task_done(one, account_id) for one in tasks if one.counts]
        return is_done(lesson.done_when, self.mark(lesson.id, account_id), asked)

    def tally(self, part: Part, account_id: int) -> Tally:
        """How far the account is in a module."""
        lessons = [self.lesson_done(one, part.tasks_of(one.id), account_id) for one in part.lessons]
        tasks = [self.task_done(one, account_id) for one in part.tasks if one.counts]
        return Tally(sum(lessons) + sum(tasks), len(lessons) + len(tasks))

    def whole(self, parts: Iterable[Part], account_id: int) -> Tally:
        """How far the account is in all of these modules: the one count that every page shows."""
        return sum((self.tally(part, account_id) for part in parts), Tally())

    def next(self, parts: Iterable[Part], account_id: int) -> LessonHead | Task | None:
        """The first thing that isn't done and can be done now: a lesson, its tasks, then what else a module asks."""
        for part in parts:
            for lesson in part.lessons:
                tasks = part.tasks_of(lesson.id)
                done = self.lesson_done(lesson, tasks, account_id)
                if not done and not self.mark(lesson.id, account_id).opened:
                    return lesson
                if task := self._first(tasks, account_id):
                    return task
                if not done and may_confirm(lesson.done_when, [False for one in tasks if one.counts]):
                    return lesson
            if task := self._first(part.rest, account_id):
                return task
        return None

    def _first(self, tasks: Iterable[Task], account_id: int) -> Task | None:
        return next((one for one in tasks if one.asks and not self.task_done(one, account_id)), None)

    def begun(self) -> set[int]:
        """The accounts that opened or did anything."""
        return {account_id for _, account_id in (*self.marks, *self.tasks)}


def done_tasks(tasks: Sequence[Task], account_ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs of activity and account id that are done; one statement or two for each room that offers some."""
    done: set[tuple[int, int]] = set()
    for tells, names in _names_by(lambda kind: kind.done, (one.kind.kind for one in tasks)):
        own: dict[str, list[int]] = {}
        for one in tasks:
            if one.kind.kind in names:
                own.setdefault(one.activity.target, []).append(one.activity.id)
        done |= {(one, who) for key, who in tells(list(own), account_ids) for one in own[key]}
    return done


def deeds(lesson_ids: Collection[int], tasks: Sequence[Task], account_id: int) -> Deeds:
    """What the account did of these lessons and tasks; one statement besides those about tasks."""
    rows = db.session.execute(
        sa.select(LessonProgress.lesson_id, LessonProgress.done_at).where(
            LessonProgress.lesson_id.in_(lesson_ids), LessonProgress.account_id == account_id
        )
    )
    marks = {
        (row.lesson_id, account_id): Mark(opened=True, confirmed=row.done_at is not None) for row in rows
    }
    return Deeds(marks, done_tasks(tasks, [account_id]))


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner of a class in the table of progress."""

    account_id: int
    name: str
    unit: str


def everybodys_deeds(course_class: CourseClass, parts: Sequence[Part]) -> tuple[list[LearnerRow], Deeds]:
    """Who is in the class now, by name in Vietnamese order, and what they did of everything in these modules.

    One statement besides those about tasks.
    """
    lessons = [lesson.id for part in parts for lesson in part.lessons]
    own = sa.and_(LessonProgress.account_id == Account.id, LessonProgress.lesson_id.in_(lessons))
    rows = db.session.execute(
        sa.select(Account.id, Account.full_name, Unit.name, LessonProgress.lesson_id, LessonProgress.done_at)
        .join(Enrolment, Enrolment.account_id == Account.id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(LessonProgress, own)
        .where(Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Account.sort_key, Account.id)
    )
    learners: dict[int, LearnerRow] = {}
    marks: Marks = {}
    for account_id, name, unit, lesson_id, done_at in rows:
        learners.setdefault(account_id, LearnerRow(account_id, name, unit or ""))
        if lesson_id is not None:
            marks[lesson_id, account_id] = Mark(opened=True, confirmed=done_at is not None)
    tasks = [task for part in parts for task in part.tasks]
    return list(learners.values()), Deeds(marks, done_tasks(tasks, list(learners)))


def lecturer_ids(course_class: CourseClass) -> set[int]:
    """The accounts of the class's lecturers."""
    rows = db.session.scalars(
        sa.select(ClassLecturer.account_id).where(ClassLecturer.class_id == course_class.id)
    )
    return set(rows)
