"""Lessons, the timetable with its rolls, and the essay of the finished class."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.auth.accounts.models import Account
from lms.cli.demo.coursework import Essay
from lms.cli.demo.coursework import Lesson as LessonRecord
from lms.cli.demo.loading import closing
from lms.cli.demo.loading.assessments import Made
from lms.cli.demo.loading.bank import Catalogue
from lms.cli.demo.loading.hours import at
from lms.cli.demo.loading.people import People
from lms.cli.demo.records import Content
from lms.core import clock, seeds
from lms.core.db import db
from lms.core.rounding import scaled
from lms.core.sanitising import escape_text
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.catalogue.models import Module
from lms.courses.classes.models import ClassLecturer, CourseClass, Enrolment
from lms.courses.study.models import (
    Activity,
    Lesson,
    LessonProgress,
    LessonSource,
    LessonState,
)
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading import settling
from lms.quizzes.grading.models import (
    EssayGrader,
    EssayMark,
    EssayState,
    EssayTask,
    RubricCriterion,
    Submission,
    SubmissionState,
)

HALF_DAYS_APART = timedelta(days=3)
AUTHOR, GRADER, STAFF = "GV03", "GV04", "NV01"
STEP = 25
"""Hundredths of a point that graders go by."""


def build(content: Content, people: People, catalogue: Catalogue, made: Made) -> None:
    """Fill the finished class and the running ones; the first of these meets today."""
    _lessons(content.lessons, people, catalogue)
    closing.regulations(people)
    finished = Classroom(made.classes["NV"], people, at(-40, 7, 50))
    finished.timetable()
    finished.read_lessons(95, at(-23, 19, 30))
    finished.essay(content.essay, at(-24, 15))
    closing.close_class(made.classes["NV"], made.finished, made.sat_at, people)
    for name, days, share in (("NT", 9, 60), ("DV", 5, 25)):
        room = Classroom(made.classes[name], people, at(-days, 7, 50))
        room.timetable()
        room.read_lessons(share, at(-1, 19, 30))
        room.activity("practice_quiz", made.practice[name].public_id, module=2)


def _lessons(records: Sequence[LessonRecord], people: People, catalogue: Catalogue) -> None:
    """Every lesson, published, with what it cites."""
    moment = at(-50, 15, 20)
    positions: dict[tuple[str, int], int] = {}
    for record in records:
        place = (record.programme, record.module)
        positions[place] = positions.get(place, 0) + 1
        module = catalogue.programmes[record.programme].modules[record.module - 1]
        lesson = Lesson(
            module_id=module.id,
            position=positions[place],
            title=record.title,
            body=record.body,
            state=LessonState.PUBLISHED,
            author_id=people.accounts[AUTHOR].id,
            created_at=moment,
            edited_at=moment,
        )
        lesson.sources = [
            LessonSource(source_document_id=catalogue.documents[one.source].id, note=one.place)
            for one in record.citations
        ]
        db.session.add(lesson)
    db.session.flush()


class Classroom:
    """What happens in one class: who teaches, when it meets, who was absent, what was read."""

    def __init__(self, course_class: CourseClass, people: People, begins: datetime) -> None:
        self.course_class = course_class
        self.people = people
        self.begins = begins
        self.modules = db.session.scalars(
            sa.select(Module)
            .where(Module.programme_id == course_class.programme_id)
            .order_by(Module.position)
        ).all()
        self.enrolments = db.session.scalars(
            sa.select(Enrolment)
            .join(Account, Account.id == Enrolment.account_id)
            .where(Enrolment.class_id == course_class.id)
            .order_by(Account.sort_key, Account.id)
        ).all()

    def timetable(self) -> None:
        """A half day for each module; rolls are called for those that are over."""
        self.enrolments[0].is_monitor = True
        for code in (AUTHOR, GRADER):
            db.session.add(
                ClassLecturer(class_id=self.course_class.id, account_id=self.people.accounts[code].id)
            )
        for number, module in enumerate(self.modules):
            day = self.begins + HALF_DAYS_APART * number
            meeting = ClassMeeting(
                class_id=self.course_class.id,
                held_on=clock.to_local(day).date(),
                half=Half.MORNING,
                periods=module.periods,
                module_id=module.id,
                lecturer_id=self.people.accounts[(AUTHOR, GRADER)[number % 2]].id,
                room="Hội trường A",
            )
            db.session.add(meeting)
            if day < at(0, 0):
                meeting.called_at = day
                meeting.called_by_id = self.enrolments[0].account_id
                meeting.absences = [*self._absent(number)]
        db.session.flush()

    def _absent(self, number: int) -> list[Absence]:
        found = []
        for place, enrolment in enumerate(self.enrolments):
            if seeds.derive(17, place) % 20 == number:
                leave = Leave.EXCUSED if place % 2 else Leave.UNEXCUSED
                found.append(Absence(enrolment_id=enrolment.id, leave=leave))
        return found

    def read_lessons(self, share: int, evening: datetime) -> None:
        """About ``share`` percent of the class opened each lesson that evening, and most said so."""
        ids = [module.id for module in self.modules]
        found = db.session.scalars(
            sa.select(Lesson).where(Lesson.module_id.in_(ids)).order_by(Lesson.id)
        ).all()
        for lesson in found:
            for place, enrolment in enumerate(self.enrolments):
                luck = seeds.derive(19, lesson.title, place) % 100
                if luck < share:
                    moment = evening + timedelta(minutes=luck)
                    done = moment + timedelta(minutes=12) if luck < share * 3 // 4 else None
                    db.session.add(
                        LessonProgress(
                            lesson_id=lesson.id,
                            account_id=enrolment.account_id,
                            opened_at=moment,
                            done_at=done,
                        )
                    )
        db.session.flush()

    def activity(self, kind: str, target: str, *, module: int = 0) -> None:
        """Put something to do into a module."""
        db.session.add(
            Activity(
                class_id=self.course_class.id,
                module_id=self.modules[module].id,
                kind=kind,
                target=target,
                position=1,
            )
        )

    def essay(self, record: Essay, day: datetime) -> EssayTask:
        """Everybody wrote it, one lecturer marked it, staff published it."""
        task = self._task(record, day)
        criteria = list(task.criteria)
        grader = self.people.accounts[AUTHOR].id
        for place, enrolment in enumerate(self.enrolments):
            luck = [seeds.derive(23, record.title, place, part) for part in range(8)]
            pieces = (record.theory, record.limit, record.deed)
            text = "\n\n".join(part[luck[number] % len(part)] for number, part in enumerate(pieces))
            points = {
                one.id: max(0, one.most - STEP * (luck[3 + number] % 5 + (one.aspect is Aspect.PRACTICE)))
                for number, one in enumerate(criteria)
            }
            submission = Submission(
                task_id=task.id,
                account_id=enrolment.account_id,
                state=SubmissionState.SETTLED,
                text=text,
                code=f"{10_000 + seeds.derive(37, record.title) % 80_000 + place * 7:05d}",
                saved_at=day,
                handed_in_at=day + timedelta(minutes=place),
                mark=sum(points.values()),
                theory=_share(points, criteria, Aspect.THEORY),
                practice=_share(points, criteria, Aspect.PRACTICE),
                settled_at=day + timedelta(days=2),
            )
            submission.marks = [
                EssayMark(
                    turn=1,
                    grader_id=grader,
                    points={str(key): value for key, value in points.items()},
                    total=sum(points.values()),
                    comment=record.comments[luck[7] % len(record.comments)],
                    saved_at=day + timedelta(days=2),
                    given_at=day + timedelta(days=2),
                )
            ]
            db.session.add(submission)
        db.session.flush()
        return task

    def _task(self, record: Essay, day: datetime) -> EssayTask:
        task = EssayTask(
            class_id=self.course_class.id,
            module_id=self.modules[min(2, len(self.modules) - 1)].id,
            title=record.title,
            prompt=f"<p>{escape_text(record.prompt)}</p>",
            state=EssayState.PUBLISHED,
            due_at=day + timedelta(days=1, hours=2),
            author_id=self.people.accounts[AUTHOR].id,
            created_at=day - timedelta(days=5),
            published_at=day + timedelta(days=3),
            published_by_id=self.people.accounts[STAFF].id,
        )
        task.criteria = [
            RubricCriterion(
                position=number,
                title=one.title,
                description=one.description,
                aspect=Aspect(one.aspect),
                most=one.most,
            )
            for number, one in enumerate(record.criteria, start=1)
        ]
        task.graders_named = [EssayGrader(turn=1, account_id=self.people.accounts[AUTHOR].id)]
        db.session.add(task)
        db.session.flush()
        return task


def _share(points: Mapping[int, int], criteria: Sequence[RubricCriterion], aspect: Aspect) -> int:
    """The points of an aspect's lines on the 10-point scale, in hundredths."""
    exact = settling.share([points], [one for one in criteria if one.aspect is aspect])
    return scaled(exact, 1) if exact is not None else 0
