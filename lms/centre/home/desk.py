"""What waits for somebody at the centre: each thing with its count and where to do it; one statement each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.auth.units.queries import within
from lms.centre.leading.queries.signing import waiting as waiting_for_signature
from lms.core import clock
from lms.core.actor import Actor, Role
from lms.core.db import db
from lms.core.messages import N_, Message
from lms.core.vietnamese import after_class
from lms.courses.attendance.models import Half
from lms.courses.attendance.queries.meetings import next_taught
from lms.courses.attendance.queries.rolls import rolls_missing
from lms.courses.classes.models import CourseClass
from lms.courses.nominations import queries as nominations
from lms.courses.nominations.models import ListState, NominationList
from lms.courses.study import rules as study
from lms.courses.study.queries.lessons import unsaved
from lms.quizzes.bank.models import ImportBatch, ImportState, Question, QuestionBank, QuestionState
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.grading.queries.marks import waiting_counts
from lms.quizzes.grading.queries.tasks import tasks_to_mark
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState
from lms.results.gradebook.models import Publication
from lms.results.letters.models import LetterState, UnitLetter


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to do: what it is, the endpoint where it is done with its arguments, and its icon."""

    what: Message
    endpoint: str
    arguments: dict[str, str]
    icon: str


def waiting(actor: Actor, moment: datetime) -> list[Waiting]:
    """Everything that waits for the actor, the most urgent first."""
    return [
        *_sessions(actor, moment),
        *_teaching(actor, moment),
        *_rolls(actor, moment),
        *_signatures(actor),
        *_approvals(actor),
        *_essays(actor),
        *_publications(actor, moment),
        *_nominations(actor),
        *_open_classes(actor, moment),
        *_unsent(actor),
        *_letters(actor),
        *_drafts(actor),
        *_lessons(actor),
    ]


def _sessions(actor: Actor, moment: datetime) -> Iterator[Waiting]:
    scope = actor.scope(Role.STAFF, Role.LEADER, Role.LECTURER)
    if not scope:
        return
    writing = sa.func.count(Attempt.id).filter(Attempt.state == AttemptState.IN_PROGRESS)
    rows = db.session.execute(
        sa.select(
            Assessment.public_id, Assessment.title, CourseClass.code, writing, sa.func.count(Attempt.id)
        )
        .join(Unit, Unit.id == Assessment.unit_id)
        .join(CourseClass, CourseClass.id == Assessment.class_id)
        .outerjoin(Attempt, Attempt.assessment_id == Assessment.id)
        .where(
            within(scope),
            Assessment.state == AssessmentState.RELEASED,
            Assessment.kind != AssessmentKind.PRACTICE,
            Assessment.opens_at <= moment,
            Assessment.closes_at > moment,
        )
        .group_by(Assessment.id, CourseClass.code)
        .order_by(Assessment.closes_at, Assessment.id)
        .limit(10)
    )
    for public_id, title, code, now_writing, begun in rows:
        text = N_("Đang mở: %(title)s, lớp %(code)s. Đang làm %(writing)s, đã nộp %(done)s")
        message = Message(
            text, {"title": title, "code": code, "writing": now_writing, "done": begun - now_writing}
        )
        yield Waiting(message, "delivery.monitor", {"assessment_id": public_id}, "stopwatch")


TEACHING = {
    Half.MORNING: N_("Dạy buổi sáng %(day)s: %(what)s"),
    Half.AFTERNOON: N_("Dạy buổi chiều %(day)s: %(what)s"),
    Half.EVENING: N_("Dạy buổi tối %(day)s: %(what)s"),
}


def _teaching(actor: Actor, moment: datetime) -> Iterator[Waiting]:
    if not actor.has(Role.LECTURER):
        return
    meeting = next_taught(actor.id, clock.to_local(moment).date())
    if meeting is not None:
        what = ", ".join(part for part in (meeting.course_class.title, meeting.room) if part)
        message = Message(TEACHING[meeting.half], {"day": meeting.held_on.strftime("%d/%m"), "what": what})
        yield Waiting(message, "timetable.my_week", {}, "calendar3")


def _lessons(actor: Actor) -> Iterator[Waiting]:
    scope = study.written_scope(actor)
    if not scope:
        return
    for key, title in unsaved(actor.id, scope, most=5):
        message = Message(N_("Bài học “%(title)s” còn phần chưa lưu"), {"title": title})
        yield Waiting(message, "study.edit", {"key": key}, "journal-text")


def _approvals(actor: Actor) -> Iterator[Waiting]:
    scope = actor.scope(Role.LEADER)
    if not scope:
        return
    rows = db.session.execute(
        sa.select(QuestionBank.public_id, QuestionBank.title, sa.func.count())
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(Unit, Unit.id == QuestionBank.unit_id)
        .where(within(scope), Question.state == QuestionState.IN_REVIEW)
        .group_by(QuestionBank.id)
        .order_by(QuestionBank.id)
    )
    for public_id, title, count in rows:
        message = Message(N_("%(count)s câu chờ duyệt trong %(title)s"), {"count": count, "title": title})
        yield Waiting(message, "bank.show", {"key": public_id, "state": "in_review"}, "check2-square")


def _publications(actor: Actor, moment: datetime) -> Iterator[Waiting]:
    scope = actor.scope(Role.STAFF, Role.LEADER)
    if not scope:
        return
    rows = db.session.execute(
        sa.select(Assessment.public_id, Assessment.title)
        .join(Unit, Unit.id == Assessment.unit_id)
        .outerjoin(Publication, Publication.assessment_id == Assessment.id)
        .where(
            within(scope),
            Assessment.state == AssessmentState.RELEASED,
            Assessment.kind != AssessmentKind.PRACTICE,
            Assessment.closes_at <= moment,
            Publication.assessment_id.is_(None),
            sa.exists().where(Attempt.assessment_id == Assessment.id),
        )
        .order_by(Assessment.closes_at)
        .limit(10)
    )
    for public_id, title in rows:
        message = Message(N_("Chưa công bố điểm: %(title)s"), {"title": title})
        yield Waiting(message, "gradebook.results", {"assessment_id": public_id}, "bar-chart")


def _drafts(actor: Actor) -> Iterator[Waiting]:
    if not actor.has(Role.LECTURER):
        return
    rows = db.session.execute(
        sa.select(ImportBatch.public_id, ImportBatch.file_name)
        .where(ImportBatch.author_id == actor.id, ImportBatch.state == ImportState.DRAFT)
        .order_by(ImportBatch.id.desc())
        .limit(5)
    )
    for public_id, name in rows:
        message = Message(N_("Đang nhập dở tệp %(name)s"), {"name": name})
        yield Waiting(message, "bank.preview", {"batch_key": public_id}, "file-earmark-word")


def _rolls(actor: Actor, moment: datetime) -> Iterator[Waiting]:
    scope = actor.scope(Role.STAFF)
    if not scope:
        return
    for due in rolls_missing(scope, clock.to_local(moment).date(), most=5):
        message = Message(
            N_("Chưa điểm danh ngày %(day)s: %(title)s"),
            {"day": due.held_on.strftime("%d/%m"), "title": due.class_title},
        )
        yield Waiting(message, "attendance.roll", {"meeting_key": due.key}, "calendar-check")


def _signatures(actor: Actor) -> Iterator[Waiting]:
    if not actor.has(Role.LEADER):
        return
    signables = waiting_for_signature(actor)
    results = sum(one.is_result for one in signables)
    if results:
        message = Message(N_("%(count)s kết quả lớp chờ ký"), {"count": results})
        yield Waiting(message, "leading.signing", {}, "pen")
    papers = [one for one in signables if not one.is_result]
    for paper in papers[:10]:
        message = Message(N_("Đề chờ phát hành: %(title)s"), {"title": paper.title})
        yield Waiting(message, paper.endpoint, paper.arguments, "file-earmark-text")


def _essays(actor: Actor) -> Iterator[Waiting]:
    scope = actor.scope(Role.LECTURER)
    if not scope:
        return
    tasks = tasks_to_mark(actor.id, scope)
    counts = waiting_counts(tasks, actor.id)
    for task in tasks:
        if count := counts.get(task.id, 0):
            message = Message(N_("%(count)s bài chờ chấm: %(title)s"), {"count": count, "title": task.title})
            yield Waiting(message, "essays.mine", {}, "pencil-square")


def _nominations(actor: Actor) -> Iterator[Waiting]:
    scope = actor.scope(Role.STAFF)
    if not scope:
        return
    rows = db.session.execute(
        sa.select(CourseClass.public_id, CourseClass.title, sa.func.count(NominationList.id))
        .join(NominationList, NominationList.class_id == CourseClass.id)
        .join(Unit, Unit.id == CourseClass.unit_id)
        .where(within(scope), NominationList.state == ListState.SENT)
        .group_by(CourseClass.id)
        .order_by(CourseClass.starts_on)
        .limit(10)
    )
    for public_id, title, count in rows:
        message = Message(
            N_("%(count)s danh sách cử chờ nhận vào lớp %(title)s"),
            {"count": count, "title": after_class(title)},
        )
        yield Waiting(message, "nominations.index", {"key": public_id}, "person-plus")


def _letters(actor: Actor) -> Iterator[Waiting]:
    """Letters that a unit has not answered."""
    scope = actor.scope(Role.UNIT)
    if not scope:
        return
    rows = db.session.execute(
        sa.select(UnitLetter.public_id, CourseClass.title)
        .join(Unit, Unit.id == UnitLetter.unit_id)
        .join(CourseClass, CourseClass.id == UnitLetter.class_id)
        .where(within(scope), UnitLetter.state == LetterState.SENT)
        .order_by(UnitLetter.sent_at)
        .limit(10)
    )
    for public_id, title in rows:
        message = Message(N_("Công văn của trung tâm chờ nhận xét: %(title)s"), {"title": title})
        yield Waiting(message, "liaison.letter", {"key": public_id}, "envelope-paper")


def _open_classes(actor: Actor, moment: datetime) -> Iterator[Waiting]:
    """Classes to nominate for, with the last day and the places left; a unit whose places are filled is left alone."""
    scope = actor.scope(Role.UNIT)
    if not scope:
        return
    units = nominations.sending_units(scope)
    found = nominations.open_classes(units, clock.to_local(moment).date())
    seats = nominations.seats([one.id for one in found], waiting=True) if found else {}
    for one in found[:10]:
        places = nominations.places_of(units, seats.get(one.id))
        if places is not None and places.free <= 0:
            continue
        params: dict[str, str | int] = {"title": after_class(one.title), "due": f"{one.nominate_by:%d/%m/%Y}"}
        if places is not None:
            text = N_("Cử người đi học lớp %(title)s: hạn %(due)s, còn %(left)s chỗ")
            params["left"] = places.free
        elif one.id in seats:
            text = N_("Cử người đi học lớp %(title)s: hạn %(due)s, đơn vị chưa có chỉ tiêu")
        else:
            text = N_("Cử người đi học lớp %(title)s: hạn %(due)s, không giới hạn số người")
        yield Waiting(Message(text, params), "nominations.start", {"key": one.public_id}, "person-plus")


def _unsent(actor: Actor) -> Iterator[Waiting]:
    """The unit's lists that were returned, or that nobody has sent yet."""
    scope = actor.scope(Role.UNIT)
    if not scope:
        return
    drafts = nominations.lists_sent_by(scope, states=(ListState.DRAFT,))
    for row in sorted(drafts, key=lambda one: not one.nomination_list.note)[:10]:
        found = row.nomination_list
        if not row.people and not found.note:
            continue
        text = N_("Chưa gửi trung tâm: danh sách %(people)s người cho lớp %(title)s")
        if found.note:
            text = N_("Trung tâm trả lại để sửa: danh sách %(people)s người cho lớp %(title)s")
        title = after_class(found.course_class.title)
        message = Message(text, {"people": row.people, "title": title})
        yield Waiting(message, "nominations.show", {"key": found.public_id}, "list-check")
