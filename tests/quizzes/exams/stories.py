"""A class with a released final test, and an exam session on it."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.attendance.models import Absence, ClassMeeting, Half, Leave
from lms.courses.classes.models import CourseClass, Enrolment
from lms.quizzes.exams.models import Candidate, ExamSession
from lms.quizzes.exams.operations import SessionData, Telling, open_session
from lms.quizzes.exams.seating import parse_rooms
from tests.visitor import Visitor
from tests.world import World

NAMES = ("Nguyễn Văn An", "Trần Thị Ân", "Lê Văn Bình", "Phạm Thị Cúc", "Đỗ Văn Đức", "Vũ Thị Em")


def wall(moment: datetime) -> str:
    """As a date-time field sends it."""
    return clock.to_local(moment).strftime("%Y-%m-%dT%H:%M")


class ExamStory:
    """The people of an exam; ``open`` makes the session by the operation, ``form`` is what the page sends."""

    def __init__(self, app: Flask | None, world: World, learners: int = len(NAMES)) -> None:
        self.app, self.world = app, world
        self.centre = world.centre(
            letterhead={
                "superior": "Đảng ủy xã Thử Nghiệm",
                "place": "Thử Nghiệm",
                "signer_name": "Lê Giám Đốc",
            }
        )
        self.unit = world.unit("Đảng bộ xã Hòa Bình", parent=self.centre)
        self.course_class = world.course_class(self.centre)
        self.bank = world.bank(self.centre)
        self.lecturer = world.person(Role.LECTURER, self.centre, "Đặng Văn Giảng")
        self.staff = world.person(Role.STAFF, self.centre, "Phạm Thị Vụ")
        self.leader = world.person(Role.LEADER, self.centre, "Lê Giám Đốc")
        self.assessment = world.assessment(self.course_class, self.bank, self.lecturer)
        names = [NAMES[n] if n < len(NAMES) else f"Học viên {n:03d}" for n in range(learners)]
        self.learners = [world.learner(self.unit, self.course_class, name) for name in reversed(names)][::-1]
        now = clock.now().replace(second=0, microsecond=0)
        self.starts_at, self.ends_at = now + timedelta(minutes=-1), now + timedelta(hours=2)

    def visitor(self, account: Account | None = None) -> Visitor:
        assert self.app is not None
        return Visitor(self.app).sign_in_as(account or self.staff)

    def form(self, **more: Any) -> dict[str, Any]:
        return {
            "title": "Thi cuối khóa",
            "starts_at": wall(self.starts_at),
            "ends_at": wall(self.ends_at),
            "rooms": "Phòng 1: 4\nPhòng 2: 4",
            "place": "Hội trường A",
            "invigilator_one": "Đặng Văn Giảng",
            "invigilator_two": "Hồ Thị Coi",
            "prefix": "LLCT-",
            "first_number": "1",
            **more,
        }

    def data(self, rooms: str = "Phòng 1: 4\nPhòng 2: 4", **more: Any) -> SessionData:
        return SessionData(
            title="Thi cuối khóa",
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            rooms=parse_rooms(rooms),
            **{
                "place": "Hội trường A",
                "invigilator_one": "Đặng Văn Giảng",
                "invigilator_two": "Hồ Thị Coi",
                **more,
            },
        )

    @property
    def telling(self) -> Telling:
        return Telling(url=f"/assessments/{self.assessment.public_id}")

    def open(self, rooms: str = "Phòng 1: 4\nPhòng 2: 4", **more: Any) -> ExamSession:
        with UnitOfWork():
            return open_session(
                actor=self.world.actor(self.staff),
                course_class=self.course_class,
                assessment=self.assessment,
                data=self.data(rooms, **more),
                prefix="LLCT-",
                first_number=1,
                telling=self.telling,
            )

    def absent(self, learner: Account, periods: int, total: int = 40) -> None:
        """The learner missed so many of the class's periods."""
        with UnitOfWork():
            for half, count in ((Half.MORNING, periods), (Half.AFTERNOON, total - periods)):
                meeting = ClassMeeting(
                    class_id=self.course_class.id,
                    held_on=self.course_class.starts_on,
                    half=half,
                    periods=count,
                    called_at=clock.now(),
                    called_by_id=self.staff.id,
                )
                db.session.add(meeting)
                db.session.flush()
                if half is Half.MORNING:
                    enrolment = db.session.query(Enrolment).filter_by(account_id=learner.id).one()
                    db.session.add(
                        Absence(meeting_id=meeting.id, enrolment_id=enrolment.id, leave=Leave.UNEXCUSED)
                    )

    def later_enrolled(self, name: str = "Hoàng Văn Muộn") -> Account:
        return self.world.learner(self.unit, self.course_class, name)

    def class_of(self) -> CourseClass:
        return db.session.get_one(CourseClass, self.course_class.id)


def people(exam: ExamSession) -> list[Candidate]:
    """The candidates in the order of the list, read anew."""
    db.session.expire_all()
    return db.session.query(Candidate).filter_by(session_id=exam.id).order_by(Candidate.position).all()


def by_name(exam: ExamSession, name: str) -> Candidate:
    """The candidate of this name."""
    return next(one for one in people(exam) if one.account.full_name == name)
