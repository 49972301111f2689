"""What learners wrote and handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.grading.models import EssayState, EssayTask, Submission, SubmissionPage, SubmissionState


@dataclass(frozen=True)
class Person:
    """A learner of the class with what was handed in, if anything; ``pages`` counts files and photographs."""

    account: Account
    unit: Unit | None
    submission: Submission | None
    pages: int

    @property
    def public_id(self) -> str:
        """The account's key."""
        return self.account.public_id

    @property
    def is_photographed_draft(self) -> bool:
        """Whether there are photographs that nobody handed in yet."""
        work = self.submission
        return (
            work is not None and work.handwritten and work.state is SubmissionState.DRAFT and self.pages > 0
        )


_PAGES = (
    sa.select(sa.func.count())
    .select_from(SubmissionPage)
    .where(SubmissionPage.submission_id == Submission.id)
    .scalar_subquery()
)


def people(task: EssayTask) -> list[Person]:
    """Everybody of the class, and whoever left it after handing in, by name in Vietnamese order; one statement."""
    rows = db.session.execute(
        sa.select(Account, Unit, Submission, _PAGES)
        .select_from(Enrolment)
        .join(Account, Account.id == Enrolment.account_id)
        .outerjoin(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(Submission, sa.and_(Submission.account_id == Account.id, Submission.task_id == task.id))
        .where(
            Enrolment.class_id == task.class_id,
            sa.or_(Enrolment.state == EnrolmentState.ACTIVE, Submission.handed_in_at.is_not(None)),
        )
        .order_by(Account.sort_key, Account.id)
    )
    return [
        Person(account, unit, submission, pages if submission else 0)
        for account, unit, submission, pages in rows
    ]


def _given_to(account_id: int) -> sa.Select[EssayTask]:
    """The tasks that learners of the person's classes were given."""
    return (
        sa.select(EssayTask)
        .join(EssayTask.course_class)
        .join(Enrolment, Enrolment.class_id == CourseClass.id)
        .where(
            Enrolment.account_id == account_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            EssayTask.state != EssayState.DRAFT,
        )
        .options(contains_eager(EssayTask.course_class))
    )


def learner_task(account_id: int, key: str) -> EssayTask:
    """The task of this public id that the learner was given, with its class and rubric.

    Raises:
        NotFound: no such task was opened to a class that the learner is in.
    """
    found = db.session.scalar(
        _given_to(account_id).where(EssayTask.public_id == key).options(selectinload(EssayTask.criteria))
    )
    if found is None:
        raise NotFound
    return found


def learner_tasks(account_id: int) -> list[tuple[EssayTask, Submission | None]]:
    """What the learner was given, the latest first, with what was made of it; one statement."""
    own = sa.and_(Submission.task_id == EssayTask.id, Submission.account_id == account_id)
    rows = db.session.execute(
        _given_to(account_id).add_columns(Submission).outerjoin(Submission, own).order_by(EssayTask.id.desc())
    )
    return [(task, mine) for task, mine in rows]


def submission_of(task_id: int, account_id: int) -> Submission | None:
    """The learner's own, with its files; two statements."""
    return db.session.scalar(
        sa.select(Submission)
        .where(Submission.task_id == task_id, Submission.account_id == account_id)
        .options(selectinload(Submission.pages).joinedload(SubmissionPage.file))
    )


def cover_in(scope: Scope, key: str) -> Submission:
    """The submission whose cover page holds this key, with its learner, class, and pages.

    Raises:
        NotFound: there is none within the scope.
    """
    found = db.session.scalar(
        sa.select(Submission)
        .join(Submission.task)
        .join(EssayTask.course_class)
        .join(CourseClass.unit)
        .where(Submission.public_id == key, within(scope))
        .options(
            contains_eager(Submission.task)
            .contains_eager(EssayTask.course_class)
            .contains_eager(CourseClass.unit),
            joinedload(Submission.account),
            selectinload(Submission.pages).joinedload(SubmissionPage.file),
        )
    )
    if found is None:
        raise NotFound
    return found


def page_of(pages: Sequence[SubmissionPage], key: str) -> SubmissionPage:
    """The page of this public id among these.

    Raises:
        NotFound: there is none.
    """
    for page in pages:
        if page.public_id == key:
            return page
    raise NotFound
