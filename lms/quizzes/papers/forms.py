"""Forms of the papers room: the settings of an assessment, and the table of its blueprint."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateTimeLocalField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from lms.core import clock
from lms.core.errors import Invalid
from lms.core.messages import N_, Message
from lms.core.numbers import NotANumber, parse_number
from lms.core.vietnamese import nfc
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import Level, QuestionBank, Topic
from lms.quizzes.papers.blueprints import ANY, COLUMNS, MOST_QUESTIONS, MOST_WEIGHT, Column, Line
from lms.quizzes.papers.checking import INSTRUCTIONS_LENGTH, TITLE_LENGTH
from lms.quizzes.papers.models import Assessment, AssessmentKind, ReviewRule
from lms.quizzes.papers.operations import Settings
from lms.quizzes.papers.words import REVIEW_RULES
from lms.web.forms import BaseForm
from lms.web.i18n import language, marks, say, zone_name

WALL = "%Y-%m-%dT%H:%M"
REQUIRED = _l("Hãy điền ô này.")
NOT_A_MOMENT = _l("Giờ và ngày chưa đúng, ví dụ 17:00 ngày 27/11/2026.")
NOT_A_COUNT = N_("Số câu là số nguyên từ 0 đến %(most)s.")
NOT_A_WEIGHT = N_("Điểm mỗi câu là số lớn hơn 0 và không quá %(most)s, ví dụ 0,25.")


def hundredths(text: str) -> int:
    """A mark that a person typed, ``5``, ``5,0`` or ``5.25``, in hundredths; raises :class:`NotANumber`."""
    number = parse_number(text, language()) * 100
    if number != number.to_integral_value() or abs(number) > Decimal(10) ** 9:
        raise NotANumber(text)
    return int(number)


class MomentField(DateTimeLocalField):  # type: ignore[misc]  # WTForms has no types
    """A local date and time; what it gives the program is an aware moment."""

    def __init__(self, label: Any, *, required: Any = None, **options: Any) -> None:
        validator = InputRequired(required) if required else Optional()
        super().__init__(label, [validator], format=[WALL, "%Y-%m-%dT%H:%M:%S"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, with a message of our own."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(NOT_A_MOMENT)) from None

    def moment(self) -> datetime | None:
        """In UTC."""
        return None if self.data is None else clock.from_local(self.data, zone_name())


class MarkField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A mark as people write it; ``hundredths`` is what it means."""

    hundredths = 0

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002  (WTForms' signature)
        """Read the number."""
        try:
            self.hundredths = hundredths(self.data or "")
        except NotANumber:
            raise ValidationError(_("Điểm viết bằng số, ví dụ 5 hoặc 5,5.")) from None


class SettingsForm(BaseForm):
    """Everything of an assessment but its kind and blueprint. Practice has no time limit and no pass mark."""

    title = StringField(_l("Tên đề"), [InputRequired(REQUIRED), Length(max=TITLE_LENGTH)])
    course_class = SelectField(_l("Lớp"), [InputRequired(_l("Hãy chọn lớp."))])
    bank = SelectField(_l("Ngân hàng câu hỏi"), [InputRequired(REQUIRED)])
    instructions = TextAreaField(_l("Lời dặn người học"), [Length(max=INSTRUCTIONS_LENGTH)])
    opens_at = MomentField(_l("Giờ mở"))
    closes_at = MomentField(_l("Giờ đóng"))
    time_limit = IntegerField(_l("Thời gian làm bài"), [Optional()])
    attempts_allowed = IntegerField(_l("Số lần được làm"), [InputRequired(REQUIRED)])
    pass_mark = MarkField(_l("Điểm đạt"), [InputRequired(REQUIRED)])
    review_rule = SelectField(_l("Sau khi công bố, người học"), [InputRequired(REQUIRED)])
    shuffle_options = BooleanField(_l("Trộn thứ tự các phương án của mỗi câu"))
    revision = HiddenField()

    @classmethod
    def offering(
        cls, kind: AssessmentKind, classes: Sequence[CourseClass], banks: Sequence[QuestionBank], **start: Any
    ) -> "SettingsForm":
        """The form for ``kind``, with what can be chosen."""
        form = cls(**start)
        form.course_class.choices = [(one.public_id, one.title) for one in classes]
        if len(classes) > 1:  # the first one isn't the right one by chance
            form.course_class.choices.insert(0, ("", _("– chọn lớp –")))
        form.bank.choices = [(one.public_id, one.title) for one in banks]
        form.review_rule.choices = [(rule.value, say(words)) for rule, words in REVIEW_RULES.items()]
        if kind is AssessmentKind.PRACTICE:
            del form.time_limit
            del form.pass_mark
        return form

    def settings(self, classes: Sequence[CourseClass], banks: Sequence[QuestionBank]) -> Settings:
        """What was typed; the form has been validated."""
        graded = self.pass_mark is not None
        limit = self.time_limit.data if graded else None
        return Settings(
            course_class=next(one for one in classes if one.public_id == self.course_class.data),
            bank=next(one for one in banks if one.public_id == self.bank.data),
            title=self.title.data,
            instructions=self.instructions.data or "",
            opens_at=self.opens_at.moment(),
            closes_at=self.closes_at.moment(),
            time_limit=None if limit is None else limit * 60,
            attempts_allowed=self.attempts_allowed.data,
            pass_mark=self.pass_mark.hundredths if graded else 500,
            review_rule=ReviewRule(self.review_rule.data),
            shuffle_options=self.shuffle_options.data,
        )

    def refuse(self, error: Invalid) -> None:
        """Show what an operation found wrong at its field."""
        for name, message in error.fields.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(say(message))
            else:
                field.errors = [*field.errors, say(message)]
        if not error.fields:
            self.form_errors.append(say(error.message))


def defaults(kind: AssessmentKind) -> dict[str, Any]:
    """What a new form begins with: practice open and explained, a graded one timed and sat once."""
    practice = kind is AssessmentKind.PRACTICE
    return {
        "attempts_allowed": 0 if practice else 1,
        "time_limit": None if practice else {AssessmentKind.MODULE_TEST: 15}.get(kind, 45),
        "pass_mark": marks(500),
        "review_rule": (ReviewRule.KEY_AND_EXPLANATION if practice else ReviewRule.OWN_ANSWERS).value,
        "shuffle_options": True,
    }


def present(assessment: Assessment) -> dict[str, Any]:
    """An assessment as its form begins."""
    return {
        "title": assessment.title,
        "course_class": assessment.course_class.public_id,
        "bank": assessment.bank.public_id,
        "instructions": assessment.instructions,
        "opens_at": wall(assessment.opens_at),
        "closes_at": wall(assessment.closes_at),
        "time_limit": assessment.time_limit // 60 if assessment.time_limit else None,
        "attempts_allowed": assessment.attempts_allowed,
        "pass_mark": marks(assessment.pass_mark),
        "review_rule": assessment.review_rule.value,
        "shuffle_options": assessment.shuffle_options,
        "revision": assessment.revision,
    }


def wall(moment: datetime | None) -> datetime | None:
    """A moment as the wall clock shows it, for a date-time field."""
    return None if moment is None else clock.to_local(moment, zone_name()).replace(tzinfo=None)


class ReturnForm(BaseForm):
    """Why a draft goes back to its author."""

    reason = TextAreaField(
        _l("Lý do trả lại"), [InputRequired(_l("Hãy ghi lý do, để người soạn biết cần sửa gì."))]
    )


class QuickForm(BaseForm):
    """So many questions from the ticked topics, of any level."""

    questions = IntegerField(
        _l("Số câu"), [InputRequired(REQUIRED), NumberRange(1, MOST_QUESTIONS, _l("Số câu từ 1 đến 300."))]
    )


class WindowForm(BaseForm):
    """A later end of a window."""

    closes_at = MomentField(_l("Giờ đóng mới"), required=_l("Hãy chọn giờ đóng mới."))


def revision_of(text: str | None) -> int:
    """The revision a form was based on; 0, which is never current, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def cell_name(topic: Topic | None, column: Column) -> str:
    """The name of a cell's field."""
    return f"n-{topic.public_id if topic else ANY}-{column.key}"


def weight_name(level: Level | None) -> str:
    """The name of the field for the weight of a level's questions."""
    return f"w-{level.value if level else ANY}"


class BlueprintInput:
    """A posted blueprint: only the fields of the bank's own topics and the table's columns are read.

    ``typed`` keeps the texts, to show them again; ``errors`` says what is wrong, by field name.
    """

    def __init__(
        self, posted: Mapping[str, str], topics: Sequence[Topic], columns: Sequence[Column] = COLUMNS
    ) -> None:
        self.typed = dict(posted)
        self.errors: dict[str, Message] = {}
        self.even = posted.get("weights") != "levels"
        self.weights = None if self.even else {level: self._weight(level) for level in (*Level, None)}
        self.lines = [
            Line(topic.id if topic else None, column.level, column.aspect, count)
            for topic in (*topics, None)
            for column in columns
            if (count := self._count(cell_name(topic, column)))
        ]

    def _count(self, name: str) -> int:
        text = nfc(self.typed.get(name, "")).strip()
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or len(text) > 4 or int(text) > MOST_QUESTIONS:  # noqa: PLR2004
            self.errors[name] = Message(NOT_A_COUNT, {"most": MOST_QUESTIONS})
            return 0
        return int(text)

    def _weight(self, level: Level | None) -> int:
        name = weight_name(level)
        try:
            weight = hundredths(self.typed.get(name, ""))
        except NotANumber:
            weight = 0
        if not 0 < weight <= MOST_WEIGHT:
            self.errors[name] = Message(NOT_A_WEIGHT, {"most": MOST_WEIGHT // 100})
        return weight
