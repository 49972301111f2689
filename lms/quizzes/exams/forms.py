"""Forms of the exams room."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.core import clock
from lms.quizzes.exams.models import ExamSession, ExamState
from lms.quizzes.exams.operations import SessionData
from lms.quizzes.exams.operations.minutes import LONGEST
from lms.quizzes.exams.operations.plan import proposed_times
from lms.quizzes.exams.queries.minutes import TEXTS
from lms.quizzes.exams.seating import BadRoomsError, RoomLine, parse_rooms, rooms_text
from lms.quizzes.papers.forms import MomentField, wall
from lms.quizzes.papers.models import Assessment
from lms.web.forms import BaseForm
from lms.web.i18n import say

REQUIRED = _l("Hãy điền ô này.")
LONGEST_ROOMS = 5000


class RoomsField(TextAreaField):  # type: ignore[misc]  # WTForms has no types
    """Rooms with their seats, a line each; ``lines`` is what they mean."""

    lines: list[RoomLine]

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002  (WTForms' signature)
        """Read them."""
        try:
            self.lines = parse_rooms((self.data or "")[:LONGEST_ROOMS])
        except BadRoomsError as error:
            raise ValidationError(say(error.message)) from None


class SessionForm(BaseForm):
    """When, where and under whom; the numbers are asked for only once, when the list is made."""

    title = StringField(_l("Tên ca thi"), [InputRequired(REQUIRED), Length(max=250)])
    starts_at = MomentField(_l("Bắt đầu"), required=REQUIRED)
    ends_at = MomentField(_l("Kết thúc"), required=REQUIRED)
    place = StringField(_l("Địa điểm"), [Optional(), Length(max=200)])
    rooms = RoomsField(_l("Phòng thi và số chỗ"), [InputRequired(REQUIRED)])
    invigilator_one = StringField(_l("Cán bộ coi thi 1"), [Optional(), Length(max=120)])
    invigilator_two = StringField(_l("Cán bộ coi thi 2"), [Optional(), Length(max=120)])
    card_required = BooleanField(_l("Chỉ cho vào làm bài khi đã đối chiếu giấy tờ"))
    despite = BooleanField(_l("Vẫn giữ như vậy, dù trùng giờ"))
    prefix = StringField(_l("Phần đầu số báo danh"), [Optional(), Length(max=10)])
    first_number = IntegerField(
        _l("Số đầu tiên"), [InputRequired(REQUIRED), NumberRange(1, 99_999, _l("Số từ 1 đến 99999."))]
    )

    @classmethod
    def proposing(cls, assessment: Assessment, **more: Any) -> "SessionForm":
        """The form for a new session, with times within the assessment's window."""
        starts_at, ends_at = proposed_times(assessment, clock.now())
        return cls(
            title=assessment.title,
            starts_at=wall(starts_at),
            ends_at=wall(ends_at),
            first_number=1,
            **more,
        )

    @classmethod
    def holding(cls, exam: ExamSession, **more: Any) -> "SessionForm":
        """The form with what is planned; the numbers can't be changed any more, nor the start of an open session."""
        rooms = rooms_text([RoomLine(room.name, room.seats) for room in exam.rooms])
        stored = {
            name: getattr(exam, name)
            for name in ("title", "place", "invigilator_one", "invigilator_two", "card_required")
        }
        form = cls(starts_at=wall(exam.starts_at), ends_at=wall(exam.ends_at), rooms=rooms, **stored, **more)
        del form.prefix
        del form.first_number
        if exam.state is not ExamState.PLANNED:
            del form.starts_at
        return form

    def session_data(self, exam: ExamSession | None = None) -> SessionData:
        """What was typed; the form has been validated."""
        starts_at = self.starts_at.moment() if self.starts_at is not None else None
        return SessionData(
            title=self.title.data,
            starts_at=starts_at or exam.starts_at,  # type: ignore[union-attr]  # asked for unless there is one
            ends_at=self.ends_at.moment(),  # type: ignore[arg-type]  # required
            rooms=tuple(self.rooms.lines),
            place=self.place.data or "",
            invigilator_one=self.invigilator_one.data or "",
            invigilator_two=self.invigilator_two.data or "",
            card_required=self.card_required.data,
            despite=self.despite.data,
        )


class ReasonForm(BaseForm):
    """A word on why."""

    reason = StringField(_l("Lý do"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=300)])


class UnlistedForm(BaseForm):
    """The person who stands at the door."""

    account = HiddenField(validators=[InputRequired()])


class IncidentForm(BaseForm):
    """What happened, when, and to whom."""

    text = TextAreaField(_l("Sự việc"), [InputRequired(_l("Hãy ghi sự việc.")), Length(max=LONGEST)])
    candidate = SelectField(_l("Thí sinh"), [Optional()])
    at = MomentField(_l("Lúc"))


class MinutesForm(BaseForm):
    """What people write beside the facts."""

    course = TextAreaField(_l("Diễn biến ca thi"), [Length(max=LONGEST)])
    opinion = TextAreaField(_l("Ý kiến của cán bộ coi thi"), [Length(max=LONGEST)])
    handover = TextAreaField(_l("Bàn giao"), [Length(max=LONGEST)])

    def written(self) -> dict[str, str]:
        """The texts by name."""
        return {name: getattr(self, name).data or "" for name in TEXTS}


class CorrectionForm(MinutesForm):
    """The same with the reason of a correction."""

    reason = StringField(
        _l("Lý do đính chính"), [InputRequired(_l("Hãy ghi lý do đính chính.")), Length(max=300)]
    )
