"""The end of the finished class: its exam session with minutes, its result, and the letters to the units.

Done by the operations that staff and leader use, at the times they would have used them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.auth.accounts.models import Account, RoleGrant
from lms.auth.units.models import Unit
from lms.cli.demo.loading.hours import at
from lms.cli.demo.loading.people import People
from lms.core import clock, seeds
from lms.core.actor import Actor, Grant
from lms.core.db import db
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass, Enrolment
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.operations.door import check_card
from lms.quizzes.exams.operations.minutes import lock_minutes, save_minutes
from lms.quizzes.exams.operations.places import Telling
from lms.quizzes.exams.operations.planning import SessionData, open_session
from lms.quizzes.exams.operations.running import end_session, start_session
from lms.quizzes.exams.seating import RoomLine
from lms.quizzes.papers.models import Assessment
from lms.results.class_results.operations.computing import compute
from lms.results.class_results.operations.filling import set_marks, set_remarks, set_sources
from lms.results.class_results.operations.signing import check, publish, sign
from lms.results.class_results.queries.sources import offers_of, proposal
from lms.results.classification.regulation import PRESETS
from lms.results.letters.jobs import drafts_of
from lms.results.letters.models import UnitLetter
from lms.results.letters.operations import answer, keep_letters, send
from lms.results.letters.printing import printed
from lms.results.regulations.operations import found_regulation, point_programmes

STAFF, LEADER = "NV01", "GV01"
CONDUCT = (850, 900, 900, 950, 1000)
REMARKS = (
    "Chấp hành tốt nội quy, tích cực phát biểu.",
    "Nghiêm túc, cần mạnh dạn trao đổi hơn.",
    "Có liên hệ sát với công việc ở đơn vị.",
)
REPLY = "Đơn vị đã nhận thông báo. Chi ủy sẽ giao các đồng chí báo cáo lại nội dung đã học tại sinh hoạt chi bộ tháng tới."


def regulations(people: People) -> None:
    """The centre's regulation, from a preset and not yet compared with its own text, for every programme."""
    title, content = PRESETS["short"]
    staff = acting(people.accounts[STAFF])
    with _on(at(-55, 9)):
        made = found_regulation(actor=staff, unit=people.centre, title=title, content=content)
        db.session.flush()
        keys = db.session.scalars(sa.select(Programme.public_id).where(Programme.unit_id == people.centre.id))
        point_programmes(actor=staff, regulation=made, programme_keys=keys.all())


def acting(account: Account) -> Actor:
    """The person with all the roles held."""
    rows = db.session.execute(
        sa.select(RoleGrant.role, Unit.path)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.account_id == account.id)
    )
    grants = tuple(Grant(role, path) for role, path in rows)
    return Actor(account.id, account.public_id, account.full_name, account.unit_id, grants)


@contextmanager
def _on(day: datetime) -> Iterator[None]:
    with clock.frozen(day):
        yield
        db.session.flush()


def close_class(course_class: CourseClass, test: Assessment, sat_at: datetime, people: People) -> None:
    """From the exam room to the unit's answer."""
    staff, leader = acting(people.accounts[STAFF]), acting(people.accounts[LEADER])
    with _on(sat_at - timedelta(days=1)):
        exam = open_session(
            actor=staff,
            course_class=course_class,
            assessment=test,
            data=SessionData(
                title="Ca thi cuối khóa",
                starts_at=sat_at,
                ends_at=sat_at + timedelta(hours=2),
                rooms=[RoomLine("Phòng 1", 12), RoomLine("Phòng 2", 12)],
                place="Trung tâm Chính trị khu vực Sông Vân",
                invigilator_one=people.accounts["GV03"].full_name,
                invigilator_two=people.accounts["GV04"].full_name,
            ),
            prefix="CU-",
            first_number=1,
            telling=Telling(url=f"/assessments/{test.public_id}"),
        )
    _hold(exam, staff, sat_at)
    with _on(sat_at + timedelta(days=2)):
        _judge(course_class, staff)
        check(actor=staff, course_class=course_class)
    with _on(sat_at + timedelta(days=3)):
        sign(actor=leader, course_class=course_class)
        publish(actor=staff, course_class=course_class)
    _write(course_class, staff, people, sat_at + timedelta(days=5))


def _hold(exam: ExamSession, staff: Actor, sat_at: datetime) -> None:
    with _on(sat_at):
        start_session(actor=staff, exam=exam)
        for candidate in exam.candidates[:-1]:
            check_card(actor=staff, exam=exam, key=candidate.public_id)
    with _on(sat_at + timedelta(hours=2, minutes=5)):
        end_session(actor=staff, exam=exam)
        save_minutes(
            actor=staff,
            exam=exam,
            written={
                "course": "Ca thi diễn ra đúng giờ, máy và mạng ổn định.",
                "opinion": "Không có ý kiến khác.",
                "handover": "Bàn giao danh sách ký nộp bài cho giáo vụ lúc kết thúc.",
            },
        )
        lock_minutes(actor=staff, exam=exam)


def _judge(course_class: CourseClass, staff: Actor) -> None:
    regulation = PRESETS["short"][1]
    set_sources(
        actor=staff, course_class=course_class, chosen=proposal(regulation, offers_of(course_class.id))
    )
    db.session.flush()
    enrolled = db.session.scalars(
        sa.select(Enrolment.id).where(Enrolment.class_id == course_class.id).order_by(Enrolment.id)
    ).all()
    set_marks(
        actor=staff,
        course_class=course_class,
        marks={
            (one, "conduct"): CONDUCT[seeds.derive(29, place) % len(CONDUCT)]
            for place, one in enumerate(enrolled)
        },
    )
    compute(actor=staff, course_class=course_class)
    db.session.flush()
    set_remarks(
        actor=staff,
        course_class=course_class,
        remarks={
            one: REMARKS[seeds.derive(31, place) % len(REMARKS)]
            for place, one in enumerate(enrolled)
            if place % 2
        },
    )
    db.session.flush()


def _write(course_class: CourseClass, staff: Actor, people: People, day: datetime) -> None:
    """Every unit's letter; the first two are sent, and one unit has answered."""
    with _on(day):
        made = {unit_id: printed(draft) for unit_id, draft in drafts_of(course_class).items()}
        keep_letters(actor_id=staff.id, course_class=course_class, made=made)
    found = db.session.scalars(
        sa.select(UnitLetter).where(UnitLetter.class_id == course_class.id).order_by(UnitLetter.id)
    ).all()
    liaison = acting(people.accounts["DV01"])
    own = [one for one in found if one.unit_id == liaison.unit_id]
    chosen = [*own, *(one for one in found if one not in own)][:2]
    with _on(day + timedelta(hours=2)):
        send(
            actor=staff,
            course_class=course_class,
            keys=[one.public_id for one in chosen],
            url="/unit/letters/KEY",
        )
    if own:
        with _on(day + timedelta(days=2)):
            answer(actor=liaison, letter=own[0], text=REPLY, url=f"/letters/{own[0].public_id}")
