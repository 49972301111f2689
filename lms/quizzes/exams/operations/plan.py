"""What is planned of a session: its times, its texts, what is wrong with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.core import clock, vietnamese
from lms.core.actor import Actor
from lms.core.errors import Invalid
from lms.core.messages import N_, Message
from lms.courses.classes.models import CourseClass
from lms.quizzes.delivery.operations.windows import set_window
from lms.quizzes.exams import seating
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.queries.clashes import Clash, Plan, clashes
from lms.quizzes.exams.queries.sessions import sessions_on
from lms.quizzes.exams.seating import RoomLine
from lms.quizzes.papers.models import Assessment

LONGEST = timedelta(hours=12)
QUARTER = 15
STEP = timedelta(minutes=QUARTER)
USUAL = timedelta(minutes=90)
CLASHING = N_("Đổi giờ, phòng hoặc người; nếu đúng là phải như vậy thì đánh dấu ô này.")


@dataclass(frozen=True)
class SessionData:
    """What is planned; the texts are cleaned here."""

    title: str
    starts_at: datetime
    ends_at: datetime
    rooms: Sequence[RoomLine]
    place: str = ""
    invigilator_one: str = ""
    invigilator_two: str = ""
    card_required: bool = False
    despite: bool = False
    """Planned though another session at the same time wants the same rooms or people."""


def proposed_times(assessment: Assessment, moment: datetime) -> tuple[datetime, datetime]:
    """When a session could be: the assessment's window, or within one that is longer than a session's day.

    Then it begins at the next quarter of an hour and gives the time limit and a quarter more.
    """
    start = max(assessment.opens_at or moment, moment)
    opens, closes = assessment.opens_at, assessment.closes_at
    if opens is not None and closes is not None and closes - opens <= LONGEST:
        return opens, closes
    start = start.replace(second=0, microsecond=0)
    start += timedelta(minutes=-start.minute % QUARTER)
    limit = timedelta(seconds=assessment.time_limit) if assessment.time_limit else USUAL
    return start, start + limit + STEP


def set_window_of(actor: Actor, assessment: Assessment, exam: ExamSession) -> None:
    """Give the assessment the window of all its sessions together."""
    others = [one for one in sessions_on(assessment.id) if one.id != exam.id]
    set_window(
        actor=actor,
        assessment=assessment,
        opens_at=min([exam.starts_at, *(one.starts_at for one in others)]),
        closes_at=max([exam.ends_at, *(one.ends_at for one in others)]),
    )


def check(data: SessionData, assessment: Assessment) -> None:
    """Refuse a plan whose name or times make no sense, saying which field is wrong."""
    problems: dict[str, Message | str] = {}
    if not vietnamese.clean_name(data.title):
        problems["title"] = N_("Hãy ghi tên ca thi.")
    if data.ends_at <= data.starts_at:
        problems["ends_at"] = N_("Giờ kết thúc phải sau giờ bắt đầu.")
    elif data.ends_at - data.starts_at > LONGEST:
        problems["ends_at"] = N_("Một ca thi dài nhất 12 giờ. Xem lại ngày và giờ kết thúc.")
    elif assessment.time_limit and data.ends_at - data.starts_at < timedelta(seconds=assessment.time_limit):
        problems["ends_at"] = Message(
            N_("Ca thi ngắn hơn thời gian làm bài (%(minutes)s phút)."),
            {"minutes": -(-assessment.time_limit // 60)},
        )
    elif data.ends_at <= clock.now():
        problems["ends_at"] = N_("Giờ kết thúc phải ở phía trước.")
    one, two = (vietnamese.clean_name(name) for name in (data.invigilator_one, data.invigilator_two))
    if one and one.casefold() == two.casefold():
        problems["invigilator_two"] = N_("Hai cán bộ coi thi phải là hai người.")
    if problems:
        raise Invalid(fields=problems)


class Clashing(Invalid):
    """Other sessions at the same time want the same rooms or people: ``found``."""

    def __init__(self, found: Sequence[Clash]) -> None:
        self.found = found
        super().__init__(fields={"despite": CLASHING})


def must_be_free(
    data: SessionData, course_class: CourseClass, accounts: Iterable[int], exam: ExamSession | None = None
) -> None:
    """Refuse a plan that another session of the centre stands in the way of, unless it is wanted despite that.

    Raises:
        Clashing: there is such a session.
    """
    if data.despite:
        return
    plan = Plan(
        unit_id=course_class.unit_id,
        starts_at=data.starts_at,
        ends_at=data.ends_at,
        place=vietnamese.clean_name(data.place),
        rooms=[room.name for room in data.rooms],
        invigilators=[vietnamese.clean_name(one) for one in (data.invigilator_one, data.invigilator_two)],
        accounts=set(accounts),
        exam_id=exam.id if exam is not None else None,
    )
    found = clashes(plan)
    if found:
        raise Clashing(found)


def fill(exam: ExamSession, data: SessionData) -> None:
    """Write the plan into the session, but for its rooms."""
    exam.title, exam.place = vietnamese.clean_name(data.title), vietnamese.clean_name(data.place)
    exam.starts_at, exam.ends_at = data.starts_at, data.ends_at
    exam.invigilator_one = vietnamese.clean_name(data.invigilator_one)
    exam.invigilator_two = vietnamese.clean_name(data.invigilator_two)
    exam.card_required = data.card_required


def known(data: SessionData) -> dict[str, str]:
    """What the audit trail keeps of a plan."""
    return {
        "title": data.title,
        "starts_at": data.starts_at.isoformat(),
        "ends_at": data.ends_at.isoformat(),
        "rooms": seating.rooms_text(data.rooms),
    }
